//! What gitleaks' files may say.

use super::{Ignored, Policy, ignored};

/// A token without a valid checksum, put together here.
fn token() -> String {
    ["ghp", "_", "8Zq2LmV0xKtR5nYw7BcJ4hDf9GsP3aEuT6oI"].concat()
}

fn found(config: &str, ignore: &str, path: &str, text: &str) -> Vec<String> {
    let policy = Policy::read(config, ignore);
    assert!(policy.problems.is_empty(), "{:?}", policy.problems);
    let found = policy.scan(path, text).into_iter();
    found.map(|secret| secret.kind.into_owned()).collect()
}

#[test]
fn allowlists_old_and_new() {
    let text = format!("a = {}\n", token());
    let passes = |config: &str| found(config, "", "src/a.txt", &text).is_empty();
    assert!(!passes(""));
    assert!(passes("[allowlist]\npaths = ['^src/']"));
    assert!(!passes("[allowlist]\npaths = ['^docs/']"));
    assert!(passes("[[allowlists]]\nregexes = ['8Zq2L']"));
    assert!(passes("[[allowlists]]\nstopwords = ['8zq2lm']"));
    assert!(passes(
        "[[allowlists]]\nregexTarget = 'line'\nregexes = ['^a = ']"
    ));
    assert!(!passes("[[allowlists]]\nregexes = ['^a = ']"));
    assert!(passes(
        "[[allowlists]]\ntargetRules = ['github-pat']\npaths = ['src']"
    ));
    assert!(!passes(
        "[[allowlists]]\ntargetRules = ['gitlab-pat']\npaths = ['src']"
    ));
    assert!(!passes(
        "[allowlist]\ncondition = 'AND'\npaths = ['src']\nregexes = ['nothing']"
    ));
    assert!(passes(
        "[allowlist]\ncondition = 'AND'\npaths = ['src']\nregexes = ['8Zq']"
    ));
    assert!(passes(
        "[extend]\nuseDefault = true\ndisabledRules = ['github-pat']"
    ));
}

#[test]
fn rules_of_the_repository_run_beside_ours() {
    let config = "[[rules]]\nid = 'harbour-pass'\ndescription = 'Harbour pass.'\nregex = '''harbour-([a-z0-9]{8})'''\nkeywords = ['HARBOUR']\nentropy = 2.0\n[rules.allowlist]\nstopwords = ['beacon']\n";
    assert_eq!(
        found(config, "", "a.txt", "x harbour-k3j9x2q7"),
        ["harbour-pass"]
    );
    assert!(found(config, "", "a.txt", "x harbour-aaaaaaaa").is_empty());
    assert!(found(config, "", "a.txt", "x harbour-beacon12").is_empty());
    assert!(found(config, "", "a.txt", "x harbour-k3j9x2q7 # gitleaks:allow").is_empty());
}

#[test]
fn ignored_finds() {
    let text = format!("\na = {}\n", token());
    let left = |ignore: &str| found("", ignore, "src/a.txt", &text).len();
    assert_eq!(left("src/a.txt:github-pat:2"), 0);
    assert_eq!(
        left("# said\n0123456789abcdef0123456789abcdef01234567:src/a.txt:github-pat:2\n"),
        0
    );
    assert_eq!(left("src/a.txt:github-pat:1"), 1);
    assert_eq!(left("src/a.txt:generic-api-key:2"), 1);
    assert_eq!(left("src/b.txt:github-pat:2"), 1);
    assert_eq!(ignored("nothing"), None);
    let one = Ignored {
        file: "a:b.txt".to_owned(),
        rule: "r".to_owned(),
        line: 3,
    };
    assert_eq!(ignored("a:b.txt:r:3"), Some(one));
}

#[test]
fn what_cannot_be_followed_is_said() {
    let messages = |config: &str| {
        let problems = Policy::read(config, "").problems;
        problems
            .into_iter()
            .map(|problem| problem.message)
            .collect::<Vec<_>>()
    };
    assert!(messages("rules = [")[0].starts_with("this cannot be read"));
    assert!(messages("[[rules]]\nid = 'a'\nregex = '(?=x)'")[0].contains("no effect"));
    assert!(messages("[[rules]]\nid = 'a'\npath = 'x'")[0].contains("paths alone"));
    assert!(messages("[extend]\npath = 'more.toml'")[0].contains("`more.toml`"));
    assert!(
        messages("[[rules]]\nid = 'github-pat'\n[[rules.allowlists]]\npaths = ['x']").is_empty()
    );
}
