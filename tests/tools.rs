//! What only other people's programs can judge: the official SARIF schema, and what the tools
//! that we start really print.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs them; without it these tests
//! say that they were skipped.

#![expect(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed, and one that is skipped says so"
)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use serde_json::Value;

/// The folder of tools, when there is one.
fn tools() -> Option<PathBuf> {
    let folder = std::env::var_os("BATON_E2E_TOOLS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: BATON_E2E_TOOLS names no folder of tools");
    }
    folder
}

#[test]
fn sarif_is_valid_for_the_official_schema() {
    let Some(tools) = tools() else { return };
    let schemas = tools.join("node_modules/@microsoft/jest-sarif/lib/schemas");
    let schema = fs::read_dir(schemas)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(schema).unwrap()).unwrap();
    // The schema's pattern for languages has a bracket too many and is no regular expression.
    for owner in ["run", "toolComponent"] {
        let pointer = format!("/definitions/{owner}/properties/language");
        let language = schema.pointer_mut(&pointer).unwrap();
        language.as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    for repository in ["june-clean", "june-broken"] {
        let output = Command::new(env!("CARGO_BIN_EXE_baton"))
            .args(["check", "--output-format", "sarif"])
            .current_dir(
                Path::new(env!("CARGO_MANIFEST_DIR"))
                    .join("../../fixtures/repos")
                    .join(repository),
            )
            .output()
            .unwrap();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{repository}:\n{}", errors.join("\n"));
    }
}

/// Runs the binary in a folder with these files, with the real tools and no others in reach.
fn with_tools(files: &[(&str, &str)], arguments: &[&str]) -> Option<Output> {
    let tools = tools()?;
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let output = Command::new(env!("CARGO_BIN_EXE_baton"))
        .args(arguments)
        .args(["--output-format", "concise"])
        .current_dir(folder.path())
        .env("PATH", tools.join("venv/bin"))
        .env("NO_COLOR", "1")
        .output();
    Some(output.unwrap())
}

/// The places and the tools' own codes of what was found.
fn found(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let one = |line: &str| {
        let (place, rest) = line.split_once(": ").unwrap();
        let code = rest.rsplit_once("(`").map_or(rest, |(_, code)| code);
        format!("{place} {}", code.trim_end_matches("`)"))
    };
    text.lines().map(one).collect()
}

const GOOD: &[(&str, &str)] = &[
    ("tools/good.py", "print(\"prices\")\n"),
    ("tools/good.sh", "#!/bin/sh\nrm -r \"$1\"\n"),
];

const BAD: &[(&str, &str)] = &[
    ("tools/bad.py", "print(\"é\"); import os\n"),
    ("tools/bad.sh", "#!/bin/sh\n\techo \"é\" $1\n"),
    ("tools/broken.bash", "#!/bin/bash\nif [ 1 ; then\n"),
    ("tools/broken.py", "def (:\n"),
    ("tools/loose.py", "print( 1 )\n"),
    ("tools/odd name.py", "\u{feff}x = \"😀\" + undefined\r\n"),
];

#[test]
fn real_tools_are_content_with_good_files() {
    for arguments in [["lint", "python"], ["lint", "shell"], ["validate", "all"]] {
        let Some(output) = with_tools(GOOD, &arguments) else {
            return;
        };
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert_eq!(found(&output), [""; 0], "{arguments:?}");
    }
}

#[test]
fn real_tools_find_faults_at_their_places() {
    let Some(output) = with_tools(BAD, &["lint", "python"]) else {
        return;
    };
    let python = found(&output);
    let said = String::from_utf8_lossy(&output.stderr);
    for wanted in [
        "tools/bad.py:1:20 F401",
        "tools/broken.py:1:5 invalid-syntax",
        "tools/odd name.py:1:11 F821",
    ] {
        assert!(
            python.iter().any(|one| one == wanted),
            "{wanted}: {python:#?}\n{said}"
        );
    }
    let unformatted = |name: &str| {
        let text = String::from_utf8_lossy(&output.stdout);
        text.lines()
            .any(|line| line.starts_with(name) && line.contains("[unformatted-python]"))
    };
    assert!(unformatted("tools/loose.py:1:"), "{python:#?}");
    assert!(!unformatted("tools/broken.py"), "{python:#?}");
    let shell = with_tools(BAD, &["lint", "shell"]).unwrap();
    let wanted = [
        "tools/bad.sh:2:11 SC2086",
        "tools/broken.bash:2:1 SC1009",
        "tools/broken.bash:2:4 SC1073",
        "tools/broken.bash:2:8 SC1072",
    ];
    assert_eq!(found(&shell), wanted);
    let all = with_tools(BAD, &["validate", "all"]).unwrap();
    assert_eq!(all.status.code(), Some(1));
    let all = found(&all);
    let shell = wanted.map(str::to_owned);
    for one in python.iter().chain(&shell) {
        assert!(all.contains(one), "{one}: {all:#?}");
    }
}

#[test]
fn dead_links_are_found_at_their_places() {
    if tools().is_none() {
        return;
    }
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let at = format!("http://{}", server.local_addr().unwrap());
    thread::spawn(move || serve(&server));
    let text = format!(
        "# é\n\né [here]({at}/ok), [not]({at}/gone \"t\"), <{at}/busy>\n\n[r][ref]\n\n[ref]: {at}/gone\n"
    );
    // The repository's own configuration could name a program to run, so nobody reads it.
    let files = [
        ("docs/[a].md", text.as_str()),
        (".github/b.md", text.as_str()),
        ("lychee.toml", "this is no configuration\n"),
    ];
    let arguments = ["lint", "links:online"];
    let output = with_tools(&files, &arguments).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let column = 3 + "[here](/ok), ".len() + at.len();
    let lines = |path: &str| {
        [
            format!(
                "{path}:3:{} error[dead-external-link] `{at}/gone` is answered with 404 Not Found",
                column + 6
            ),
            format!(
                "{path}:3:{} warning[dead-external-link] `{at}/busy` is answered with 503 Service Unavailable",
                column + "[not](/gone \"t\"), <".len() + at.len()
            ),
            format!(
                "{path}:7:8 error[dead-external-link] `{at}/gone` is answered with 404 Not Found"
            ),
        ]
    };
    let wanted = [lines(".github/b.md"), lines("docs/[a].md")].concat();
    assert_eq!(found(&output), wanted, "{said}");
}

/// Answers every request by its path.
fn serve(server: &TcpListener) {
    for stream in server.incoming() {
        let Ok(mut stream) = stream else { continue };
        let mut request = [0; 1024];
        let read = stream.read(&mut request).unwrap_or(0);
        let request = String::from_utf8_lossy(&request[..read]).into_owned();
        let status = match request.split(' ').nth(1) {
            Some("/ok") => "200 OK",
            Some("/busy") => "503 Service Unavailable",
            _ => "404 Not Found",
        };
        let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        let _ = stream.write_all(answer.as_bytes());
    }
}
