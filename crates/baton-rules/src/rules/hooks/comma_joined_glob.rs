//! Several globs are a list, not one text with commas.

use crate::support::hooks::{has_bare_comma, jobs, lefthooks, matched};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for (file, matcher) in lefthooks(ctx.repo) {
        let jobs = jobs(file);
        let globs = jobs
            .iter()
            .flat_map(|job| job.globs.iter().chain(&job.excludes));
        for node in globs {
            let glob = node.as_str().unwrap_or_default();
            // A file may have a comma in its name.
            let is_dead = || matched(ctx.repo, glob, matcher).is_some_and(|found| found.is_empty());
            if !has_bare_comma(glob) || !is_dead() {
                continue;
            }
            let message = format!("`{glob}` is one glob with commas in it and matches no file");
            let parts: Vec<String> = split(glob).iter().map(|part| format!("{part:?}")).collect();
            out.report(file.at(*node), message)
                .help(format!("Write a list: `[{}]`.", parts.join(", ")));
        }
    }
}

/// The parts between commas outside braces.
fn split(glob: &str) -> Vec<String> {
    let mut depth = 0_usize;
    let mut parts = vec![String::new()];
    for character in glob.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(character);
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts.iter().map(|part| part.trim().to_owned()).collect()
}
