//! Commit messages judged by us and by commitlint: the same rules for the same messages.
//!
//! `BATON_E2E_TOOLS` names a folder into which `.ci/run` installs commitlint; without it this
//! comparison says that it was skipped. `BATON_COMMITS` names another repository whose messages
//! are compared as well.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot prepare its input has failed"
)]
#![expect(
    clippy::print_stderr,
    reason = "a test that is skipped says so, and one that compares says how much"
)]

mod scratch;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use scratch::{baton, code, command, err, out, put, with_stdin};

/// First lines, good and bad.
const HEADERS: &[&str] = &[
    "feat: add x",
    "feat: Add x",
    "feat: Add X Y",
    "feat: ADD X",
    "feat: AddX",
    "feat: addX",
    "feat: add x.",
    "feat: add x...",
    "Feat: x",
    "FEAT: x",
    "oops",
    "feat:x",
    "feat :x",
    "feat:",
    "feat: ",
    "feat:  two blanks",
    " feat: x",
    "feat: x ",
    "feat!: drop z",
    "feat(ui)!: drop z",
    "feat(ui): add z",
    "feat(UI/API): add z",
    "feat(ui,api): add z",
    "feat(): add z",
    "feat(a)(b): add z",
    "fix: `Page` is there",
    "fix: 12 pages",
    "fix: \"Quoted\" and 'More' words",
    "fix: don't stop",
    "fix: Überschrift",
    "fix: überschrift",
    "fix: 日本語",
    "feat: 🎉 party",
    "wip: x",
    "docs: see https://example.com/A",
    "Merge branch 'a'",
    "Merge branch 'a' into b",
    "Merge pull request #1 from a/b",
    "Merge tag 'v1'",
    "Merge remote-tracking branch 'origin/x'",
    "Merged PR 12: Add x",
    "Revert \"feat: x\"",
    "revert: feat: x",
    "Reapply \"feat: x\"",
    "fixup! feat: x",
    "squash! x",
    "1.2.3",
    "v1.2.3-rc.1+b",
    "chore: 1.2.3",
    "chore(release): 1.2.3 [skip ci]",
    "chore: 1.2",
    "feat: a line that goes on and on and on and on until it has more than one hundred characters, I think",
    "feat: eine Zeile mit Umlauten äöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöüäöü",
    "feat: 🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉",
    "feat: closes #12",
];

/// What follows them.
const TAILS: &[&str] = &[
    "",
    "\n",
    "\nbody\n",
    "\n\nbody\n",
    "\n\nbody\n# comment\nmore\n",
    "\n\nbody\nCloses #1\n",
    "\n\nbody\n\nCloses: #1\nRefs: #2\n",
    "\n\nBREAKING CHANGE: x\n",
    "\nBREAKING-CHANGE: x\n\nmore\n",
    "\n\nbody\n\nSigned-off-by: A <a@example.com>\n",
    "\r\n\r\nbody\r\nmore\r\n",
    "\n\na line that goes on and on and on and on until it has more than one hundred characters, I should think\n",
    "\n\nsee https://example.com/a/line/that/goes/on/and/on/and/on/and/on/until/it/has/more/than/one/hundred\n",
    "\n\nx\n\nRefs: a line that goes on and on and on and on until it has more than one hundred characters, I should\n",
    "\n\nbody\n# ------------------------ >8 ------------------------\ndiff --git a/x b/x\n",
    "\n\n\n\nbody\n\n\n\nRefs: #1\n\n\n",
    "\n\n- one: two\n- three\n\nnote: this looks like a trailer\n",
];

/// Configurations to judge by.
const CONFIGURATIONS: &[(&str, &str)] = &[
    (
        ".commitlintrc.json",
        r#"{ "extends": ["@commitlint/config-conventional"] }"#,
    ),
    (
        "commitlint.config.mjs",
        "const types = ['feat', 'fix', 'docs'];\n\
         export default { extends: ['@commitlint/config-conventional'], rules: {\n\
         'subject-case': [1, 'always', ['sentence-case']], 'type-enum': [2, 'always', types],\n\
         'scope-enum': [2, 'always', ['ui', 'api']], 'scope-case': [1, 'always', 'lower-case'],\n\
         'scope-empty': [1, 'never'], 'body-empty': [1, 'never'], 'references-empty': [1, 'never'],\n\
         'header-max-length': [2, 'always', 72], 'subject-min-length': [2, 'always', 3],\n\
         'signed-off-by': [1, 'always', 'Signed-off-by:'], 'footer-empty': [1, 'always'],\n\
         'breaking-change-exclamation-mark': [2, 'always'], 'body-full-stop': [1, 'always', '.'] } };\n",
    ),
    (
        ".commitlintrc.yml",
        "defaultIgnores: false\nrules:\n  type-enum: [2, never, [wip]]\n  subject-case: [2, always, [lower-case]]\n  \
         type-case: [2, always, kebab-case]\n  subject-exclamation-mark: [2, never]\n  \
         header-case: [1, always, [lower-case, camel-case]]\n  body-case: [1, always, sentence-case]\n  \
         header-min-length: [1, always, 10]\n  body-max-length: [1, always, 40]\n  scope-delimiter-style: [1, always, [',']]\n",
    ),
];

/// What commitlint says of each message: the names of the rules that are broken.
const THEIRS: &str = "
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import fs from 'node:fs';
const from = (name) => import(pathToFileURL(process.argv[2] + '/node_modules/@commitlint/' + name));
const { default: load } = await from('load/lib/load.js');
const { default: lint } = await from('lint/lib/lint.js');
const loaded = await load({}, { cwd: process.cwd() });
const opts = {
  parserOpts: { ...(loaded.parserPreset?.parserOpts ?? {}), commentChar: '#' },
  ignores: loaded.ignores,
  defaultIgnores: loaded.defaultIgnores ?? true,
  plugins: {},
};
const answers = [];
for (const message of JSON.parse(fs.readFileSync('messages.json', 'utf8'))) {
  const said = await lint(message + '\\n', loaded.rules, opts);
  const names = [...said.errors, ...said.warnings].map((one) => one.level + ' ' + one.name);
  answers.push(names.sort());
}
console.log(JSON.stringify(answers));
";

#[test]
fn messages_are_judged_as_commitlint_does() {
    let Some(tools) = std::env::var_os("BATON_E2E_TOOLS").map(PathBuf::from) else {
        eprintln!("skipped: BATON_E2E_TOOLS names no folder of tools");
        return;
    };
    let mut messages: Vec<String> = Vec::new();
    for (at, header) in HEADERS.iter().enumerate() {
        // Each with a few of what may follow, and all of them over a few headers.
        let tails = TAILS.iter().enumerate();
        let tails = tails.filter(|(number, _)| at < 2 || (at + number) % 5 == 0);
        messages.extend(tails.map(|(_, tail)| format!("{header}{tail}")));
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let other = std::env::var_os("BATON_COMMITS").map(PathBuf::from);
    for repository in std::iter::once(here).chain(other) {
        messages.extend(written_in(&repository));
    }
    for (name, configuration) in CONFIGURATIONS {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), name, configuration);
        let modules = tools.join("node_modules");
        std::os::unix::fs::symlink(modules, folder.path().join("node_modules")).unwrap();
        put(folder.path(), "theirs.mjs", THEIRS);
        let listed = serde_json::to_string(&messages).unwrap();
        put(folder.path(), "messages.json", &listed);
        let theirs = theirs(folder.path(), &tools);
        assert_eq!(theirs.len(), messages.len());
        for (message, theirs) in messages.iter().zip(theirs) {
            assert_eq!(ours(folder.path(), message), theirs, "{name}: {message:?}");
        }
        eprintln!("{name}: {} messages judged alike", messages.len());
    }
}

/// The messages of a repository's last commits.
fn written_in(repository: &Path) -> Vec<String> {
    let output = Command::new("git")
        .args(["log", "-100", "-z", "--format=%B"])
        .current_dir(repository)
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let messages = text
        .split('\0')
        .filter(|message| !message.trim().is_empty());
    messages.map(str::to_owned).collect()
}

fn theirs(folder: &Path, tools: &Path) -> Vec<BTreeSet<String>> {
    let output = Command::new("node")
        .arg("theirs.mjs")
        .arg(tools)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", err(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What we say: level and commitlint's name for each rule that is broken.
fn ours(folder: &Path, message: &str) -> BTreeSet<String> {
    let output = with_stdin(
        folder,
        &["commit-msg", "-", "--output-format", "json"],
        message,
    );
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let findings = findings.filter(|finding| finding["rule"] != "unread-commit-convention");
    let named = findings.map(|finding| {
        let message = finding["message"].as_str().unwrap();
        let (_, name) = message.strip_suffix(')').unwrap().rsplit_once('(').unwrap();
        let level = if finding["severity"] == "error" { 2 } else { 1 };
        format!("{level} {name}")
    });
    named.collect()
}

#[test]
fn nothing_configured_is_said_and_nothing_judged() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "message", "oops\n");
    let output = baton(folder.path(), &["commit-msg", "message"]);
    assert_eq!(code(&output), Some(0), "{}", err(&output));
    assert!(
        err(&output).contains("no convention for commit messages"),
        "{}",
        err(&output)
    );
    let output = baton(folder.path(), &["commit-msg", "--conventional", "message"]);
    assert_eq!(code(&output), Some(1), "{}", out(&output));
    put(
        folder.path(),
        "baton.toml",
        "[options.commits.rules]\ntype-empty = 'loud never'\n",
    );
    let output = baton(folder.path(), &["commit-msg", "message"]);
    assert_eq!(code(&output), Some(2));
    assert!(err(&output).contains("baton.toml:2:14"), "{}", err(&output));
}

#[test]
fn the_comment_sign_of_git_counts() {
    let folder = tempfile::tempdir().unwrap();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(arguments)
            .current_dir(folder.path())
            .output();
        assert!(output.unwrap().status.success());
    };
    git(&["init", "-q"]);
    put(
        folder.path(),
        "baton.toml",
        "[options.commits]\nconventional = true\n",
    );
    fs::write(
        folder.path().join("message"),
        "; said by git\nfeat: add x\n",
    )
    .unwrap();
    let judged = || {
        code(
            &command(folder.path(), &["commit-msg", "message"])
                .output()
                .unwrap(),
        )
    };
    assert_eq!(judged(), Some(1));
    git(&["config", "core.commentChar", ";"]);
    assert_eq!(judged(), Some(0));
    git(&["config", "core.commentChar", "auto"]);
    assert_eq!(judged(), Some(1));
    fs::write(
        folder.path().join("message"),
        "feat: add x\n\n; said by git\n",
    )
    .unwrap();
    assert_eq!(judged(), Some(0));
}
