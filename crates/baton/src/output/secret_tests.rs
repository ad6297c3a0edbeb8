//! No format shows a secret, whichever rule's finding stands on its line.

use std::sync::Arc;

use baton_check::{CheckConfig, Scope, check, fingerprint, select};
use baton_repo::{Date, Memory, Options, Repo};
use baton_source::{Diagnostic, Severity, Span};

use super::{Shown, statistics, write};
use crate::cli::Format;
use crate::terminal::Terminal;

const FORMATS: [Format; 8] = [
    Format::Full,
    Format::Concise,
    Format::Json,
    Format::Jsonl,
    Format::Sarif,
    Format::Github,
    Format::Junit,
    Format::Markdown,
];

/// Put together here, so that no scanner takes this file for a leak.
fn secrets() -> [String; 5] {
    [
        ["ghp", "_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ", "0mLq17"].concat(),
        ["w1nDyb", "Harbor8q"].concat(),
        ["h4rbour", "Lantern"].concat(),
        ["u8m4c6", "e2h7n1"].concat(),
        ["MIIEvQIBADANBgkqhkiG9w0", "BAQEFAASCBKcwggSjAgEAAoIB"].concat(),
    ]
}

fn repository([token, password, literal, own, key]: &[String; 5]) -> Repo {
    let rule = "[[rules]]\nid = 'harbour-pass'\nregex = 'harbour-([a-z0-9]{12})'\n";
    let files = [
        (".gitleaks.toml", rule.to_owned()),
        (
            "a.yml",
            format!("# Ünïcode\nuse: {token} # {token}\npass: harbour-{own}\n"),
        ),
        ("b.env", format!("export DB_PASSWORD={password}\n")),
        (
            "c.json",
            format!("{{ \"k\": \"-----BEGIN PRIVATE KEY-----\\n{key}\\n\" }}\n"),
        ),
        (
            "main.bicep",
            format!("param adminPassword string = '{literal}'\n"),
        ),
        (
            "d.yml",
            format!("# baton-ignore source-host-token: it was revoked\nuse: {token}\n"),
        ),
    ];
    Repo::open(Arc::new(Memory::new(files)), &Options::default()).unwrap()
}

#[test]
fn no_format_shows_a_secret() {
    let secrets = secrets();
    let repo = repository(&secrets);
    let names = ["lint:secrets", "hardcoded-secret"].map(str::to_owned);
    let today = "2026-11-21".parse::<Date>().unwrap();
    let config = CheckConfig::new(select(&names, &[]).unwrap(), today);
    let mut report = check(&repo, &config, &Scope::All).unwrap();
    let rules: Vec<_> = report.findings.iter().map(|found| found.rule).collect();
    for rule in [
        "assigned-secret",
        "custom-secret",
        "hardcoded-secret",
        "private-key",
        "source-host-token",
    ] {
        assert!(rules.contains(&rule), "{rule} is not among {rules:?}");
    }
    assert_eq!(report.suppressed.len(), 1);
    // Another rule points at the beginning of every line.
    let others: Vec<Diagnostic> = repo
        .files()
        .iter()
        .flat_map(|file| {
            let starts = (0..3).filter_map(|line| file.lines().start_of(line));
            starts.map(|start| Diagnostic {
                rule: "missing-agent-key",
                severity: Severity::Warning,
                at: file.at(&Span::at(start as usize)),
                message: "it is wrong".to_owned(),
                labels: Vec::new(),
                help: None,
                fix: None,
            })
        })
        .collect();
    report.findings.extend(others);
    let shown = Shown {
        repo: &repo,
        report: &report,
        config: &config,
        fail_on: Severity::Error,
        fixed: &[],
    };
    let mut outputs = Vec::new();
    for format in FORMATS {
        let mut out = Vec::new();
        write(&mut out, format, &shown, Terminal::PLAIN).unwrap();
        outputs.push(String::from_utf8(out).unwrap());
    }
    let mut out = Vec::new();
    statistics(&mut out, &shown, Terminal::PLAIN).unwrap();
    outputs.push(String::from_utf8(out).unwrap());
    for output in &outputs {
        for secret in &secrets {
            assert!(!output.contains(secret.as_str()), "{secret} in\n{output}");
            let half = Span::new(0, secret.len() / 2).of(secret);
            assert!(!output.contains(half), "half of {secret} in\n{output}");
        }
    }
    assert!(outputs[0].contains("param adminPassword string = ****"));
}

#[test]
fn a_fingerprint_does_not_depend_on_what_is_hidden() {
    let fingerprints = |password: &str| {
        let file = ("b.env", format!("export DB_PASSWORD={password}\n"));
        let repo = Repo::open(Arc::new(Memory::new([file])), &Options::default()).unwrap();
        let names = ["assigned-secret".to_owned()];
        let today = "2026-11-21".parse::<Date>().unwrap();
        let config = CheckConfig::new(select(&names, &[]).unwrap(), today);
        let report = check(&repo, &config, &Scope::All).unwrap();
        let found = report.findings.iter();
        found
            .map(|finding| fingerprint(&repo, finding))
            .collect::<Vec<_>>()
    };
    let one = fingerprints(&["w1nDyb", "Harbor8q"].concat());
    assert_eq!(one.len(), 1);
    assert_eq!(one, fingerprints(&["w2lLama", "Grove9q"].concat()));
}
