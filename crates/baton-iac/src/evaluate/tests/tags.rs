//! The properties that one object has at once.

use super::template;
use crate::evaluate::{EntrySet, FileScope, entries};

#[test]
fn entries_of_tag_sets() {
    let check = |value: &str, expected: &[&str]| {
        let text = format!(
            "resource \"t\" \"a\" {{\n tags = {value}\n}}\nlocals {{\n t = {{ Owner = \"x\" }}\n}}"
        );
        let template = template(&text);
        let body = &template.resources[0].body;
        let sets = entries(&FileScope::new(&template), body, &["tags"]);
        let keys = |set: &EntrySet| {
            let keys = set.entries.iter().map(|entry| {
                let written = entry.key_place.span.of(&text).trim_matches('"');
                assert!(written == entry.key || written == "lower(k)", "{written}");
                entry.key.clone()
            });
            let mut keys: Vec<String> = keys.collect();
            keys.extend(set.open.then(|| "…".to_owned()));
            keys.join(" ")
        };
        let found: Vec<String> = sets.iter().map(keys).collect();
        assert_eq!(found, expected, "{value}");
    };
    check("{ Owner = 1, \"owner\" = 2 }", &["Owner owner"]);
    check("merge(local.t, { owner = \"y\" })", &["Owner owner"]);
    check("merge(local.t, { Owner = \"y\" })", &["Owner"]);
    check("merge(var.t, { owner = \"y\" })", &["owner …"]);
    check("var.x ? { a = 1 } : { A = 1 }", &["a", "A"]);
    check("{ for k, v in local.t : lower(k) => v }", &["owner"]);
    check("{ for k, v in var.t : lower(k) => v }", &["…"]);
    check("var.x", &[]);
}
