//! The `baton` command: reads the command line and the configuration, runs, renders.

mod actor;
mod baseline;
mod cli;
mod commands;
mod config;
mod exit;
mod output;
mod place;
mod policy;
mod project;
mod terminal;
mod workflow;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match cli::Cli::try_parse() {
        Ok(cli) => {
            terminal::wish(cli.color);
            exit::guard(|| commands::dispatch(cli.command))
        }
        Err(error) => {
            // Help and the version arrive here too; a closed pipe is no failure.
            let _ = error.print();
            ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
        }
    }
}
