//! Which paths globs match, and which globs are refused.

use proptest::prelude::*;

use super::{GlobSet, compiled, matches, segments};

#[test]
fn matches_paths() {
    let cases = [
        ("a/b.md", "a/b.md", true),
        ("a/b.md", "x/a/b.md", false),
        ("*.tf", "main.tf", true),
        ("*.tf", "a/main.tf", false),
        ("**/*.tf", "main.tf", true),
        ("**/*.tf", "a/b/main.tf", true),
        ("**/*.tf", "a/b/main.tfvars", false),
        ("**/SKILL.md", "SKILL.md", true),
        ("**/SKILL.md", "a/b/SKILL.md", true),
        ("**/SKILL.md", "a/b/xSKILL.md", false),
        ("a/**", "a/b/c", true),
        ("a/**", "a", false),
        ("a/**", "ab/c", false),
        ("**/out/**", "out/a", true),
        ("**/out/**", "a/out/b/c", true),
        ("**/out/**", "a/out", false),
        ("**/out/**", "a/outer/b", false),
        ("a/**/c", "a/c", true),
        ("a/**/c", "a/b/b/c", true),
        ("a/*/c", "a/b/c", true),
        ("a/*/c", "a/b/b/c", false),
        ("**", "a/b", true),
        ("a/*.{yml,yaml}", "a/x.yaml", true),
        ("a/*.{yml,yaml}", "a/x.json", false),
        ("{a,b}/{c,d}.md", "b/c.md", true),
        ("{a,b}/{c,d}.md", "b/e.md", false),
        ("0[1-7]-*.md", "03-x.md", true),
        ("0[1-7]-*.md", "08-x.md", false),
        ("a?c", "abc", true),
        ("{a/**,b}/*.md", "a/x/y.md", true),
        ("*-*-*", "a-b-c", true),
        ("*ab*b", "ab", false),
        (".*", ".github", true),
    ];
    for (pattern, path, expected) in cases {
        assert_eq!(matches(pattern, path), Ok(expected), "{pattern} on {path}");
    }
}

#[test]
fn ordinary_patterns_need_no_automaton() {
    let patterns = [
        "a/b.md",
        "*.tf",
        "**/*.bicep",
        "a/**",
        ".github/**/*.{yml,yaml}",
        "a/*/0*-x.md",
        "**",
    ];
    let set = GlobSet::new(patterns).expect("good patterns");
    assert!(set.rest.is_empty());
    assert_eq!(
        GlobSet::new(["0[1-7].md", "a?"])
            .expect("good patterns")
            .rest
            .len(),
        2
    );
}

#[test]
fn tells_which_patterns_match() {
    let patterns = ["**/*.md", "a/[bc].md", "a/**", "*.tf", "{a,x}/{b,c}.md"];
    let set = GlobSet::new(patterns).expect("good patterns");
    assert_eq!(set.matching("a/b.md"), [0, 1, 2, 4]);
    assert_eq!(set.matching("z.tf"), [3]);
    assert!(set.matching("z").is_empty());
    assert!(!GlobSet::new([""; 0]).expect("no patterns").matches("a"));
}

#[test]
fn names_the_wrong_pattern() {
    let error = GlobSet::new(["*.md", "a[b"]).expect_err("a wrong pattern");
    assert_eq!(error.pattern, "a[b");
    assert!(
        error
            .to_string()
            .starts_with("`a[b` is not a path pattern: ")
    );
    assert!(matches("{a,b", "a").is_err());
}

#[test]
fn many_patterns_are_built_at_once() {
    let patterns = (0..4000).map(|number| format!("dir{number}/[ab]?.md"));
    let set = GlobSet::new(patterns).expect("good patterns");
    assert_eq!(set.matching("dir3999/ax.md"), [3999]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_globset(
        pattern in "([ab.*/]|\\*\\*/|/\\*\\*|\\{a,b\\.\\}|\\{b\\}){0,8}",
        path in "[ab.]{0,2}(/[ab.]{0,3}){0,4}",
    ) {
        if let (Some(plain), Ok(glob)) = (segments::alternatives(&pattern), compiled(&pattern)) {
            let parts: Vec<&str> = path.split('/').collect();
            let ours = plain.iter().any(|plain| plain.matches(&parts));
            let theirs = glob.compile_matcher().is_match(&path);
            prop_assert_eq!(ours, theirs, "{} on {}", pattern, path);
        }
    }

    #[test]
    fn never_panics(pattern in ".{0,12}", path in ".{0,12}") {
        let _ = matches(&pattern, &path);
    }
}
