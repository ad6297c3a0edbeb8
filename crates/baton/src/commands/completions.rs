//! Completion scripts and manual pages.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::print;
use crate::cli::Cli;
use crate::exit::Verdict;

/// Prints a completion script.
pub(super) fn completions(shell: Shell) -> Result<Verdict> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "baton", &mut script);
    print(|out| out.write_all(&script))?;
    Ok(Verdict::Clean)
}

/// Prints the manual page, or writes one page per command to a folder.
pub(super) fn man(folder: Option<&Path>) -> Result<Verdict> {
    let Some(folder) = folder else {
        let page = Man::new(Cli::command());
        let mut text = Vec::new();
        page.render(&mut text)
            .context("cannot make the manual page")?;
        print(|out| out.write_all(&text))?;
        return Ok(Verdict::Clean);
    };
    let failed = || format!("cannot write manual pages to `{}`", folder.display());
    fs::create_dir_all(folder).with_context(failed)?;
    clap_mangen::generate_to(Cli::command(), folder).with_context(failed)?;
    Ok(Verdict::Clean)
}
