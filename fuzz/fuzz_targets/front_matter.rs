//! Front matter: the parts are those of the text, in order, and are what they claim to be.
#![no_main]

use baton_fuzz::assert_fits;
use baton_fuzz::nodes::assert_document;
use baton_source::Span;
use baton_syntax::front_matter::{Split, split};
use baton_syntax::{markdown, yaml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| match split(text) {
    Split::None => {
        let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
        assert!(!rest.starts_with("---\n"), "a delimiter was overlooked");
    }
    Split::Unclosed(opening) => {
        assert_fits(text, opening);
        assert_eq!(opening.of(text), "---");
    }
    Split::Found(found) => {
        for span in [found.block, found.yaml, Span::new(found.body, text.len())] {
            assert_fits(text, span);
        }
        assert!(found.block.start < found.yaml.start);
        assert!(found.yaml.end < found.block.end);
        assert!(found.block.end as usize <= found.body);
        let block = found.block.of(text);
        assert!(block.starts_with("---"));
        assert!(block.ends_with("---") || block.ends_with("..."));
        let between = Span::new(found.block.end as usize, found.body).of(text);
        assert!(between.trim().is_empty(), "lost {between:?}");

        let document = yaml::parse(found.yaml.of(text), found.yaml.start as usize);
        assert_document(text, found.yaml, &document);
        let outline = markdown::parse(text, found.body);
        assert_eq!(outline.body, Span::new(found.body, text.len()));
    }
});
