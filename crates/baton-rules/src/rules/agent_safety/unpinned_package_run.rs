//! Hooks and servers run the version of a package that somebody looked at.

use baton_repo::agent_hooks::Call;

use crate::support::agent_safety::started;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for started in started(ctx) {
        for call in &started.calls {
            let Some((package, how)) = unpinned(call) else {
                continue;
            };
            let whose = started.whose;
            let message = format!("the {whose} runs whatever `{package}` is at the time");
            started.report(&package, message, out).help(how);
        }
    }
}

/// The package that a call takes from a registry without a version, and how to name one.
fn unpinned(call: &Call) -> Option<(String, String)> {
    let words: Vec<&str> = call.words.iter().map_while(Option::as_deref).collect();
    let (program, rest) = words.split_first()?;
    let name = program.rsplit('/').next().unwrap_or(program);
    match (name, rest) {
        // Without `-y` it asks, or takes what is installed.
        ("npx", rest) if !rest.iter().any(|word| matches!(*word, "-y" | "--yes")) => None,
        ("bunx", rest) => node(rest).filter(|(package, _)| !is_local(package)),
        ("npx", rest) | ("pnpm" | "yarn", ["dlx", rest @ ..]) => node(rest),
        ("uvx", rest) | ("uv", ["tool", "run", rest @ ..]) | ("pipx", ["run", rest @ ..]) => {
            python(rest)
        }
        ("docker" | "podman", ["run", rest @ ..]) => image(rest),
        _ => None,
    }
}

fn is_local(package: &str) -> bool {
    package.starts_with(['.', '/', '$']) || package.contains("://") || package.starts_with("file:")
}

/// A package of npm.
fn node(words: &[&str]) -> Option<(String, String)> {
    let mut words = words.iter();
    let package = loop {
        match *words.next()? {
            "-p" | "--package" => break *words.next()?,
            "-c" | "--call" => return None,
            word => match word.strip_prefix("--package=") {
                Some(package) => break package,
                None if word.starts_with('-') => {}
                None => break word,
            },
        }
    };
    let scope = usize::from(package.starts_with('@'));
    let version = package
        .get(scope..)?
        .split_once('@')
        .map(|(_, version)| version);
    let is_pinned = version.is_some_and(|version| version != "latest" && version != "next");
    if is_pinned || is_local(package) {
        return None;
    }
    let bare = package
        .trim_end_matches("@latest")
        .trim_end_matches("@next");
    Some((package.to_owned(), format!("Write `{bare}@VERSION`.")))
}

/// A package of `PyPI`.
fn python(words: &[&str]) -> Option<(String, String)> {
    let valued = [
        "--python",
        "-p",
        "--with",
        "--index-url",
        "--default-index",
        "--index",
        "--spec",
    ];
    let mut words = words.iter();
    let package = loop {
        match *words.next()? {
            "--from" | "--spec" => break *words.next()?,
            word if valued.contains(&word) => {
                words.next()?;
            }
            word if word.starts_with('-') => {}
            word => break word,
        }
    };
    let is_pinned =
        package.contains("==") || package.contains('@') && !package.ends_with("@latest");
    if is_pinned || is_local(package) || package.starts_with("git+") {
        return None;
    }
    let bare = package.trim_end_matches("@latest");
    Some((package.to_owned(), format!("Write `{bare}==VERSION`.")))
}

/// An image of a container.
fn image(words: &[&str]) -> Option<(String, String)> {
    let valued = [
        "-e",
        "--env",
        "-v",
        "--volume",
        "--mount",
        "-p",
        "--publish",
        "--name",
        "--network",
        "-w",
        "--workdir",
        "-u",
        "--user",
        "--env-file",
        "--add-host",
        "--platform",
        "--entrypoint",
        "-m",
        "--memory",
        "--cpus",
        "--label",
        "-l",
        "--hostname",
        "-h",
        "--pull",
        "--security-opt",
        "--cap-drop",
        "--cap-add",
        "--tmpfs",
        "--restart",
        "--gpus",
    ];
    let mut words = words.iter();
    let image = loop {
        match *words.next()? {
            word if valued.contains(&word) => {
                words.next()?;
            }
            word if word.starts_with('-') => {}
            word => break word,
        }
    };
    let name = image.rsplit('/').next().unwrap_or(image);
    let tag = name.split_once(':').map(|(_, tag)| tag);
    let is_pinned = image.contains('@') || tag.is_some_and(|tag| tag != "latest");
    // What was built here has no registry in its name, but neither do official images.
    if is_pinned || image.contains(['$', '{']) {
        return None;
    }
    let bare = image.trim_end_matches(":latest");
    Some((
        image.to_owned(),
        format!("Write `{bare}:VERSION`, or better `{bare}@sha256:…`."),
    ))
}
