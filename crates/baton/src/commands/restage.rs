//! Fixing what is staged: in the index and in the work tree, where the two agree.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use baton_check::Scope;
use baton_repo::{FileMode, FileSource as _, Git};
use baton_source::RepoPath;

use super::check::{Run, report_to_user};
use super::mend;
use crate::exit::{Verdict, say};
use crate::output::Shown;
use crate::terminal::{Terminal, harmless};

/// How the work tree holds a staged text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    /// Byte for byte.
    Same,
    /// With line ends of Windows.
    Crlf,
    /// Otherwise: something is not staged.
    Differently,
}

/// Applies fixes to the index and the work tree, and reports what is left.
///
/// A file with changes that are not staged is left untouched, and the run fails for it.
pub(super) fn fix(run: &Run, git: &Git, scope: &Scope) -> Result<Verdict> {
    let may_change = |path: &RepoPath| held(run, path) != Held::Differently;
    let fixed = mend::fixed(run, scope, &may_change)?;
    for (path, text) in &fixed.changed {
        let written = match held(run, path) {
            Held::Crlf => with_crlf(text),
            Held::Same | Held::Differently => text.clone(),
        };
        let mode = run.source.mode(path).unwrap_or(FileMode::Regular);
        let failed = "some fixes were not written";
        run.worktree.write(path, &written).context(failed)?;
        git.stage(path, mode, text).context(failed)?;
    }
    let shown = mend::shown(run, &fixed);
    let untouched = untouched(run, &shown, &may_change);
    let verdict = report_to_user(run, scope, &shown)?;
    for path in &untouched {
        let word = Terminal::stderr().strong_error("not fixed:");
        let path = harmless(path.as_str());
        say(&format!(
            "{word} `{path}` has changes that are not staged, so it was left untouched"
        ));
    }
    if verdict == Verdict::Clean && !untouched.is_empty() && !run.args.exit_zero {
        return Ok(Verdict::Findings);
    }
    Ok(verdict)
}

fn held(run: &Run, path: &RepoPath) -> Held {
    if run.source.mode(path) == Some(FileMode::Symlink) {
        return Held::Differently;
    }
    let staged = run.source.read(path, run.limit());
    let (Ok(staged), Ok(written)) = (staged, run.worktree.read(path, run.limit())) else {
        return Held::Differently;
    };
    if staged == written {
        Held::Same
    } else if !staged.contains(&b'\r') && with_crlf(&staged) == written {
        Held::Crlf
    } else {
        Held::Differently
    }
}

fn with_crlf(text: &[u8]) -> Vec<u8> {
    let mut written = Vec::with_capacity(text.len());
    for byte in text {
        if *byte == b'\n' {
            written.push(b'\r');
        }
        written.push(*byte);
    }
    written
}

/// Files whose findings could have been mended.
fn untouched(
    run: &Run,
    shown: &Shown<'_>,
    may_change: &dyn Fn(&RepoPath) -> bool,
) -> BTreeSet<RepoPath> {
    let most = mend::most(run);
    let findings = shown.report.findings.iter();
    let mendable = findings
        .filter_map(|finding| finding.fix.as_ref())
        .filter(|fix| fix.applicability <= most);
    let edited = mendable
        .flat_map(|fix| &fix.edits)
        .filter_map(|edit| shown.repo.by_id(edit.file));
    let paths: BTreeSet<RepoPath> = edited.map(|file| file.path.clone()).collect();
    paths.into_iter().filter(|path| !may_change(path)).collect()
}
