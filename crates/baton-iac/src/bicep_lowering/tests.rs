//! What Bicep declarations become in the model.

use proptest::prelude::*;

use super::{comments, parse};
use crate::evaluate::{FileScope, entries, lookup};
use crate::model::Template;

/// The declarations of a text, one line each.
fn told(text: &str, template: &Template) -> Vec<String> {
    let mut lines = Vec::new();
    for it in &template.resources {
        let flags = (it.existing, it.condition.is_some(), it.looped, it.parent);
        let version = it.version.as_deref().unwrap_or("");
        let header = it.span.of(text);
        lines.push(format!(
            "{} {} {version} [{header}] {flags:?}",
            it.address, it.kind
        ));
    }
    for it in &template.modules {
        let arguments = it.arguments.span.of(text);
        lines.push(format!(
            "{} {} {arguments} {}",
            it.name,
            it.source,
            it.condition.is_some()
        ));
    }
    for it in &template.symbols {
        let value = it.value.as_ref().map(|value| value.span.of(text));
        let name = it.name_span.of(text);
        let about = it.description.as_deref();
        lines.push(format!(
            "{:?} {name} {value:?} {:?} {} {about:?}",
            it.kind, it.type_name, it.secure
        ));
    }
    for it in &template.assignments {
        lines.push(format!(
            "{} = {}",
            it.name_span.of(text),
            it.value.span.of(text)
        ));
    }
    for it in &template.blocks {
        lines.push(format!(
            "{} {:?} [{}]",
            it.kind,
            it.labels,
            it.span.of(text)
        ));
    }
    lines
}

fn check(text: &str, expected: &[&str]) {
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    for text in [text, &windows] {
        let (template, errors) = parse(text);
        assert_eq!(errors, [], "{text}");
        assert_eq!(told(text, &template), expected, "{text}");
    }
}

#[test]
fn declarations() {
    check("", &[]);
    check(
        "@secure()\n@description('d')\nparam p string = 'x'\nvar v = 1\noutput o int = v",
        &[
            "Parameter p Some(\"'x'\") Some(\"string\") true Some(\"d\")",
            "Variable v Some(\"1\") None false None",
            "Output o Some(\"v\") Some(\"int\") false None",
        ],
    );
    check(
        "module m './m.bicep' = if (c) {\n name: 'n'\n params: { a: 1 }\n}\nmodule n 'br:x.io/y:1' = {}",
        &["m ./m.bicep { a: 1 } true", "n br:x.io/y:1 {} false"],
    );
    check(
        "targetScope = 'subscription'\nmetadata a = 1",
        &[
            "targetScope [] [targetScope = 'subscription']",
            "metadata [\"a\"] [metadata a]",
        ],
    );
    check(
        "using 'main.bicep'\nparam p = 1",
        &["p = 1", "using [\"main.bicep\"] [using 'main.bicep']"],
    );
}

#[test]
fn resources_and_their_parents() {
    check(
        "resource a 'A.B/c@1' existing = {\n name: 'x'\n}",
        &["a A.B/c 1 [resource a 'A.B/c@1' existing] (true, false, false, None)"],
    );
    check(
        "resource a 'A.B/c@1' = [for x in y: if (x) {\n resource b 'd' = {\n resource e 'f@2' = {}\n }\n}]",
        &[
            "a A.B/c 1 [resource a 'A.B/c@1'] (false, true, true, None)",
            "a::b A.B/c/d 1 [resource b 'd'] (false, false, false, Some(0))",
            "a::b::e A.B/c/d/f 2 [resource e 'f@2'] (false, false, false, Some(1))",
        ],
    );
    check(
        "resource b 'A.B/c/d@1' = {\n parent: a\n}\nresource a 'A.B/c@1' = {}",
        &[
            "b A.B/c/d 1 [resource b 'A.B/c/d@1'] (false, false, false, Some(1))",
            "a A.B/c 1 [resource a 'A.B/c@1'] (false, false, false, None)",
        ],
    );
}

#[test]
fn nobody_is_their_own_ancestor() {
    let resources = |parents: &[&str]| {
        let resources = parents
            .iter()
            .enumerate()
            .map(|(at, parent)| format!("resource r{at} 'A.B/c@1' = {{\n parent: {parent}\n}}\n"));
        let (template, errors) = parse(&resources.collect::<String>());
        assert_eq!(errors, []);
        let parents = template.resources.iter().map(|resource| resource.parent);
        parents.collect::<Vec<_>>()
    };
    assert_eq!(resources(&["r0"]), [None]);
    assert_eq!(resources(&["r1", "r0"]), [Some(1), None]);
    assert_eq!(resources(&["r1", "r2", "r0"]), [Some(1), Some(2), None]);
    assert_eq!(resources(&["r1", "r1"]), [Some(1), None]);
}

#[test]
fn endless_names_are_not_repeated_in_what_is_nested() {
    let long = "x".repeat(10_000);
    let inner = " resource b 'd' = {}\n".repeat(3);
    let (template, _) = parse(&format!("resource a '{long}' = {{\n{inner}}}"));
    let kinds = template.resources.iter().map(|it| it.kind.as_str());
    assert_eq!(kinds.collect::<Vec<_>>(), [long.as_str(), "d", "d", "d"]);
}

#[test]
fn comments_are_found() {
    let text = "var a = '// no' // yes\r\n/* too */";
    let found: Vec<&str> = comments(text).iter().map(|span| span.of(text)).collect();
    assert_eq!(found, ["// yes", "/* too */"]);
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(text in "\\PC{0,80}") {
        parse(&text);
    }

    #[test]
    fn nothing_panics_on_likely_text(values in prop::collection::vec(value(), 3)) {
        let [a, b, c] = values.as_slice() else {
            return Ok(());
        };
        let text = format!("resource r 'A.B/c@1' = {{\n a: {a}\n}}\nvar a = {b}\nvar b = {c}\n");
        let (template, _) = parse(&text);
        let scope = FileScope::new(&template);
        for resource in &template.resources {
            for candidate in lookup(&scope, &resource.body, &["a", "a"]).candidates {
                prop_assert!(!candidate.source.span.of(&text).is_empty());
            }
            entries(&scope, &resource.body, &["a"]);
        }
    }
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["null", "true", "1", "'x'", "a", "b", "p", "'é${a}'"]);
    leaf.prop_map(str::to_owned)
        .prop_recursive(5, 40, 3, |inner| {
            let one = inner.clone();
            let two = (inner.clone(), inner.clone());
            let three = (inner.clone(), inner.clone(), inner);
            prop_oneof![
                one.clone().prop_map(|a| format!("[...{a}, 1]")),
                one.clone().prop_map(|a| format!("{a}.?a")),
                one.prop_map(|a| format!("[for a in {a}: a]")),
                two.clone()
                    .prop_map(|(a, b)| format!("{{ a: {a}, ...{b} }}")),
                two.clone().prop_map(|(a, b)| format!("union({a}, {b}).a")),
                two.clone().prop_map(|(a, b)| format!("({a} ?? {b})")),
                two.prop_map(|(a, b)| format!("{a}[{b}]")),
                three.prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            ]
        })
}
