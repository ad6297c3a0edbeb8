//! What the values of Bicep properties come to.

use super::told;
use crate::bicep_lowering;
use crate::evaluate::Site;
use crate::evaluate::{FileScope, Known, Verdict, elements, entries, judge, lookup};
use crate::model::Template;

fn template(text: &str) -> Template {
    let (template, errors) = bicep_lowering::parse(text);
    assert_eq!(errors, [], "{text}");
    template
}

/// Puts `body` and `rest` around a resource and looks `path` up in it.
fn check(body: &str, rest: &str, path: &str, expected: &str) {
    let text = format!("resource r 'A.B/c@2024-01-01' = {{\n{body}\n}}\n{rest}\n");
    let template = template(&text);
    let path: Vec<&str> = path.split('.').collect();
    let values = lookup(
        &FileScope::new(&template),
        &template.resources[0].body,
        &path,
    );
    assert_eq!(told(&text, &values), expected, "{text}");
}

/// Looks up `p` of a resource where it is `value`.
fn check_value(value: &str, rest: &str, expected: &str) {
    check(&format!("p: {value}"), rest, "p", expected);
}

#[test]
fn literals_and_keys() {
    check_value("'1.0'", "", "'1.0'");
    check("'P': true", "", "p", "true");
    check("Q: { P: 1 }", "", "q.p", "1");
    check("xp: 1", "", "p", "absent");
    check("// p: 1\n/* p: 2 */\nq: 'p: 3'", "", "p", "absent");
    check_value("null", "", "absent");
    check_value("-1", "", "-1");
    check_value("'''x'''", "", "'x'");
    check_value("trueish", "", "unknown");
}

#[test]
fn names_lead_to_values() {
    check_value("a", "param a bool = true", "true at `a` via a");
    check_value("a", "param a bool", "unknown");
    check_value(
        "a.b[0].C",
        "var a = { b: [{ c: 1 }] }",
        "1 at `a.b[0].C` via a",
    );
    check_value("a.?b ?? 1", "var a = {}", "1");
    check_value("a.?b ?? 1", "param a object = {}", "1");
    check_value("a.b", "var a = {}", "unknown");
    check_value("a['b']", "var a = { b: 1 }", "1 at `a['b']` via a");
    check_value(
        "a[b]",
        "var a = { x: 1, y: 2 }\nparam b string = 'x'",
        "1 at `a[b]` via a, 2 at `a[b]` via a",
    );
    check_value("a!", "var a = 1", "1 at `a!` via a");
    check_value("o", "output o int = 1", "unknown");
    check_value("r.id", "", "unknown");
}

#[test]
fn both_branches_are_reachable() {
    check_value("a ? false : true", "param a bool = true", "false, true");
    check_value("a ? false : true", "var a = true", "false");
    check_value("a =~ 'PROD' ? 1 : 2", "var a = 'prod'", "1");
}

#[test]
fn functions_pass_values_on() {
    check(
        "p: union({ a: { x: 1 } }, { A: { y: 2 } })",
        "",
        "p.a.x",
        "1",
    );
    check(
        "p: union({ a: { x: 1 } }, { a: { x: 2 } })",
        "",
        "p.a.x",
        "2",
    );
    check(
        "p: union({ a: { x: 1 } }, { a: b })",
        "param b object",
        "p.a.x",
        "1, unknown",
    );
    check(
        "p: union({ a: 1 }, b)",
        "param b object",
        "p.a",
        "1, unknown",
    );
    check("p: sys.union({ a: 1 }, { b: 1 })", "", "p.a", "1");
    check(
        "p: union({ a: 1 }, {})",
        "func union(a object, b object) object => {}",
        "p.a",
        "unknown",
    );
    check("p: { ...b, a: 1 }", "param b object", "p.a", "1");
    check("p: { a: 1, ...b }", "param b object", "p.a", "1, unknown");
    check(
        "p: { a: 1, ...b }",
        "var b = { a: 2 }",
        "p.a",
        "2 at `b` via b",
    );
    check("p: { '${'a'}': 1 }", "", "p.a", "1");
    check_value("coalesce(null, 'x')", "", "'x'");
    check_value("bool('true')", "", "true");
    check_value("any(1)", "", "1");
    check_value(
        "'TLS1_${a}'",
        "param a int = 0",
        "'TLS1_0' at `'TLS1_${a}'` via a",
    );
    check_value("'${true}'", "", "unknown");
}

#[test]
fn concat_joins_lists_or_texts() {
    check_value("concat(['a'], b)", "param b array", "[2+]");
    check_value(
        "concat('a', b, 1)",
        "var b = 'c'",
        "'ac1' at `concat('a', b, 1)` via b",
    );
    check_value("concat(a ? 'x' : 'y', 'z')", "param a bool", "'xz', 'yz'");
    check_value("concat('a', b)", "param b string", "unknown");
    check_value("concat(a, b)", "param a string\nparam b string", "unknown");
    check_value("concat('a', ['b'])", "", "unknown");
    check_value("concat('a', true)", "", "unknown");
    check_value("concat()", "", "unknown");
}

#[test]
fn texts_that_grow_without_end_are_unknown() {
    let doubled = |times: usize| {
        let names = (0..times).map(|at| format!("var v{at} = '${{v{0}}}${{v{0}}}'\n", at + 1));
        format!(
            "{}var v{times} = '{}'\n",
            names.collect::<String>(),
            "x".repeat(4096)
        )
    };
    for (times, expected) in [(2, "known"), (12, "unknown"), (60, "unknown")] {
        let text = format!("resource r 'A.B/c@1' = {{\n p: v0\n}}\n{}", doubled(times));
        let template = template(&text);
        let scope = FileScope::new(&template);
        let values = lookup(&scope, &template.resources[0].body, &["p"]);
        let found = if values.unknown { "unknown" } else { "known" };
        assert_eq!(found, expected, "{times}");
        let longest = values
            .candidates
            .iter()
            .filter_map(|one| one.value.as_str());
        assert!(longest.map(str::len).sum::<usize>() < 1 << 20, "{times}");
    }
}

#[test]
fn iterators_hide_other_names() {
    let text = "resource r 'A.B/c@1' = [for (p, i) in ps: {\n a: p\n b: 1\n c: i\n}]\nvar p = 1";
    let template = template(text);
    let scope = FileScope::new(&template);
    let site = Site::resource(&scope, &template.resources[0]);
    let look = |name: &str| told(text, &site.lookup(&[name]));
    assert_eq!(
        [look("a"), look("b"), look("c")],
        ["unknown", "1", "unknown"]
    );
    assert_eq!(site.rounds(), None);
}

#[test]
fn rounds_of_loops_are_told_apart() {
    let text = "var ps = [{ n: 'x', v: 1 }, { n: 'y', v: 2 }]\nresource r 'A.B/c@1' = [for (p, i) in ps: {\n a: p.n\n b: p.v\n c: i\n d: [for q in ps: { e: q.v, f: p.v }]\n}]";
    let template = template(text);
    let scope = FileScope::new(&template);
    let any = Site::resource(&scope, &template.resources[0]);
    assert_eq!(any.rounds(), Some(2));
    assert_eq!(
        told(text, &any.lookup(&["b"])),
        "1 at `p.v` via p ps, 2 at `p.v` via p ps"
    );
    let second = Site {
        round: Some(1),
        ..any
    };
    let values = |name: &str| told(text, &second.lookup(&[name]));
    assert_eq!(
        [values("a"), values("b"), values("c")],
        [
            "'y' at `p.n` via p ps",
            "2 at `p.v` via p ps",
            "1 at `i` via i ps"
        ]
    );
    let items = second.items(&["d"]);
    assert!(!items.open);
    let pairs: Vec<String> = items
        .items
        .iter()
        .map(|item| {
            let value = |name: &str| item.lookup(&[name]).candidates[0].value.clone();
            format!("{:?} {:?}", value("e").as_text(), value("f").as_text())
        })
        .collect();
    assert_eq!(
        pairs,
        ["Some(\"1\") Some(\"2\")", "Some(\"2\") Some(\"2\")"]
    );
}

#[test]
fn lists_and_tag_sets() {
    let text = "param more object\nvar t = { Owner: 1 }\nresource r 'A.B/c@1' = {\n tags: union(t, { owner: 2 }, more)\n o: [...['*'], 'x']\n}";
    let template = template(text);
    let scope = FileScope::new(&template);
    let body = &template.resources[0].body;
    assert_eq!(told(text, &elements(&scope, body, &["o"])), "'*', 'x'");
    let sets = entries(&scope, body, &["tags"]);
    let keys: Vec<&str> = sets[0].entries.iter().map(|entry| &*entry.key).collect();
    assert_eq!((keys, sets[0].open), (vec!["Owner", "owner"], true));
}

#[test]
fn the_probe_lines_have_the_right_verdict() {
    use Verdict::{Fail, Pass, Unknown};
    let cases = [
        ("// q: 'TLS1_0'", Unknown),
        ("q: 'TLS1_3'", Pass),
        ("q: 'tls1_0'", Fail),
        ("q   :   'TLS1_0'", Fail),
        ("q: isProd ? 'TLS1_2' : 'TLS1_0'", Fail),
        ("q: isProd ? 'TLS1_2' : 'TLS1_3'", Pass),
        ("q: bad", Fail),
        ("q: good", Pass),
        ("q: open", Unknown),
        ("'q': 'TLS1_1'", Fail),
        ("Q: 'TLS1_1'", Fail),
        ("myq: 'TLS1_0'", Unknown),
        ("q: 'TLS1_05'", Fail),
    ];
    let secure = |known: &Known| match known.as_str() {
        Some("TLS1_2" | "TLS1_3") => Pass,
        _ => Fail,
    };
    for (line, expected) in cases {
        let text = format!(
            "param isProd bool = true\nparam bad string = 'TLS1_0'\nparam good string = 'TLS1_2'\nparam open string\nresource r 'A.B/c@1' = {{\n  {line}\n}}"
        );
        let template = template(&text);
        let values = lookup(
            &FileScope::new(&template),
            &template.resources[0].body,
            &["q"],
        );
        assert_eq!(judge(&values, secure).verdict, expected, "{line}");
    }
}
