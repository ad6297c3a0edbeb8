//! Terraform laid out by us and by the formatter of HCL: the same bytes.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs that formatter, which knows
//! nothing of what Terraform itself rewrites; without it these tests say that they were skipped.
//! `BATON_TERRAFORM` names another repository to compare.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that is skipped says so, and one that compares says how much"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use baton_iac::terraform::format::{format, is_formatted, lay_out};
use baton_iac::terraform::syntax_error;

/// Reads a list of texts and prints the list of what the formatter makes of them.
const PROGRAM: &str = "
const { format } = require(process.argv[1]);
(async () => {
  const done = [];
  for (const text of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    done.push(await format(text));
  }
  process.stdout.write(JSON.stringify(done), () => process.exit(0));
})();
";

/// How many texts one process formats.
const BATCH: usize = 500;

#[test]
fn our_fixtures_are_laid_out_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut texts = files(&root.join("fixtures"));
    texts.extend(documents(&root.join("rules")));
    assert!(texts.len() > 20, "{}", texts.len());
    compare(&texts);
}

#[test]
fn another_repository_is_laid_out_alike() {
    match std::env::var_os("BATON_TERRAFORM") {
        Some(repository) => compare(&files(Path::new(&repository))),
        None => eprintln!("skipped: BATON_TERRAFORM names no repository"),
    }
}

/// A name and a text.
type Named = (String, String);

/// Every Terraform file below a folder.
fn files(folder: &Path) -> Vec<Named> {
    let mut found = Vec::new();
    for path in paths(folder) {
        let name = path.display().to_string();
        if is_formatted(&name)
            && let Ok(text) = fs::read_to_string(&path)
        {
            found.push((name, text));
        }
    }
    found
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap() {
            kind if kind.is_dir() => paths.extend(self::paths(&entry.path())),
            kind if kind.is_file() => paths.push(entry.path()),
            _ => {}
        }
    }
    paths
}

/// Every Terraform file in a document of a rule.
fn documents(folder: &Path) -> Vec<Named> {
    let mut found = Vec::new();
    for path in paths(folder) {
        let text = fs::read_to_string(&path).unwrap();
        for block in text.split("\n```terraform ").skip(1) {
            let (head, rest) = block.split_once('\n').unwrap();
            let body = rest.split("\n```").next().unwrap();
            if !head.contains("escaped") {
                found.push((format!("{}: {head}", path.display()), format!("{body}\n")));
            }
        }
    }
    found
}

/// Compares what blanks both set, and asks whether the formatter leaves our whole work alone.
fn compare(texts: &[Named]) {
    let Some(tools) = std::env::var_os("BATON_E2E_TOOLS").map(PathBuf::from) else {
        eprintln!("skipped: BATON_E2E_TOOLS names no folder of tools");
        return;
    };
    // The formatter's version of HCL does not know functions of providers.
    let texts: Vec<&Named> = texts
        .iter()
        .filter(|(_, text)| !text.contains("::") && syntax_error(text).is_none())
        .collect();
    let mut differences = Vec::new();
    for batch in texts.chunks(BATCH) {
        let whole: Vec<String> = batch.iter().map(|(_, text)| format(text)).collect();
        let before: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
        let blanks = theirs(&tools, &before);
        let again = theirs(
            &tools,
            &whole.iter().map(String::as_str).collect::<Vec<_>>(),
        );
        for (number, (name, text)) in batch.iter().enumerate() {
            if lay_out(text) != blanks[number] {
                differences.push(format!("{name}: other blanks"));
            }
            if whole[number] != again[number] || format(&whole[number]) != whole[number] {
                differences.push(format!("{name}: not left alone"));
            }
        }
    }
    eprintln!("{} texts, {} differ", texts.len(), differences.len());
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn theirs(tools: &Path, texts: &[&str]) -> Vec<String> {
    let package = tools.join("node_modules/@cdktf/hcl-tools");
    let mut child = Command::new("node")
        .args(["--eval", PROGRAM])
        .arg(package)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = serde_json::to_string(texts).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}
