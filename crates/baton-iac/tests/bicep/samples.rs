//! The sample files cover the grammar and parse clean.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "the crate is pure, its tests read their samples"
)]

use std::path::Path;

use baton_iac::bicep::{self, DeclarationKind};

/// Every sample's name and text.
fn named() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/parsers/bicep");
    let entries = std::fs::read_dir(folder).expect("the folder of samples");
    entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let text = std::fs::read_to_string(&path).expect("text");
            (path.display().to_string(), text)
        })
        .collect()
}

/// Every sample's text.
pub(crate) fn all() -> Vec<String> {
    named().into_iter().map(|(_, text)| text).collect()
}

#[test]
fn every_sample_parses_clean() {
    let samples = named();
    for (name, text) in &samples {
        let (file, errors) = bicep::parse(text);
        assert_eq!(errors, [], "{name}");
        let broken = |it: &bicep::Declaration| it.kind == DeclarationKind::Broken;
        assert!(!file.declarations.iter().any(broken), "{name}");
        let windows = text.replace('\n', "\r\n");
        assert_eq!(bicep::parse(&windows).1, [], "{name} with CR LF");
        let joined: String = bicep::lex(&windows)
            .iter()
            .map(|token| token.span.of(&windows))
            .collect();
        assert_eq!(joined, windows, "{name}");
    }
    assert!(samples.len() >= 8, "{} samples", samples.len());
}
