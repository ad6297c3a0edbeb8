//! Globs: the first line is a pattern, the next sixteen are paths; globset is the judge.
#![no_main]

use baton_syntax::glob::{self, GlobSet};
use globset::GlobBuilder;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut lines = text.lines();
    let pattern = lines.next().unwrap_or("");
    let theirs = GlobBuilder::new(pattern).literal_separator(true).build();
    let set = match (GlobSet::new([pattern, "**/*.md"]), theirs) {
        (Ok(set), Ok(theirs)) => (set, theirs.compile_matcher()),
        (Err(error), Err(_)) => {
            assert_eq!(error.pattern, pattern);
            return;
        }
        (ours, theirs) => panic!("{:?} but {:?}", ours.err(), theirs.err()),
    };
    let (set, theirs) = set;
    for path in lines.take(16) {
        let matching = set.matching(path);
        assert_eq!(set.matches(path), !matching.is_empty());
        assert_eq!(glob::matches(pattern, path), Ok(matching.contains(&0)));
        assert!(matching.is_sorted());
        let is_path = !path.is_empty() && !path.split('/').any(str::is_empty);
        if is_path {
            assert_eq!(
                matching.contains(&0),
                theirs.is_match(path),
                "{pattern:?} on {path:?}"
            );
        }
    }
});
