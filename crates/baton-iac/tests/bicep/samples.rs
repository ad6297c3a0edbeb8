//! The sample files cover the grammar and parse clean.

#![expect(
    clippy::disallowed_methods,
    reason = "the crate is pure, its tests read their samples"
)]

use std::path::Path;

use baton_iac::bicep::{self, DeclarationKind};

#[test]
fn every_sample_parses_clean() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/parsers/bicep");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder of samples") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("text");
        let (file, errors) = bicep::parse(&text);
        assert_eq!(errors, [], "{}", path.display());
        let broken = |it: &bicep::Declaration| it.kind == DeclarationKind::Broken;
        assert!(!file.declarations.iter().any(broken), "{}", path.display());
        let windows = text.replace('\n', "\r\n");
        assert_eq!(
            bicep::parse(&windows).1,
            [],
            "{} with CR LF",
            path.display()
        );
        let joined: String = bicep::lex(&windows)
            .iter()
            .map(|token| token.span.of(&windows))
            .collect();
        assert_eq!(joined, windows, "{}", path.display());
        count += 1;
    }
    assert!(count >= 8, "{count} samples");
}
