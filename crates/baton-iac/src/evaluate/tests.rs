//! What the values of Terraform properties come to.

use super::*;
use crate::model::Template;
use crate::terraform;

mod bicep;
mod bounds;
mod module;
mod tags;

/// Everything a look-up says, in one line: `=value @at ~via … | unknown absent`.
fn told(text: &str, values: &Values) -> String {
    let mut words: Vec<String> = values
        .candidates
        .iter()
        .map(|candidate| {
            let value = match &candidate.value {
                Known::String(text) => format!("'{text}'"),
                Known::Array { len, open } => format!("[{len}{}]", if *open { "+" } else { "" }),
                Known::Object { len, open } => format!("{{{len}{}}}", if *open { "+" } else { "" }),
                known => known.as_text().unwrap_or("null").to_owned(),
            };
            let at = candidate.at.span.of(text);
            let via = candidate.via.iter().map(|via| &*via.address);
            let via: Vec<&str> = via.collect();
            match via.as_slice() {
                [] => value,
                via => format!("{value} at `{at}` via {}", via.join(" ")),
            }
        })
        .collect();
    words.extend(values.unknown.then(|| "unknown".to_owned()));
    words.extend(values.absent.then(|| "absent".to_owned()));
    words.join(", ")
}

fn template(text: &str) -> Template {
    let (template, errors) = terraform::parse(text);
    assert_eq!(errors, [], "{text}");
    template
}

/// Puts `body` and `rest` around a resource and looks `path` up in it.
fn check(body: &str, rest: &str, path: &str, expected: &str) {
    let text = format!("resource \"azurerm_x\" \"a\" {{\n{body}\n}}\n{rest}\n");
    let template = template(&text);
    let scope = FileScope::new(&template);
    let path: Vec<&str> = path.split('.').filter(|name| !name.is_empty()).collect();
    let site = Site::resource(&scope, &template.resources[0]);
    assert_eq!(told(&text, &site.lookup(&path)), expected, "{text}");
}

/// Looks up `p` of a resource where it is `value`.
fn check_value(value: &str, rest: &str, expected: &str) {
    check(&format!("p = {value}"), rest, "p", expected);
}

#[test]
fn literals() {
    check_value("\"1.0\"", "", "'1.0'");
    check_value("1.0", "", "1.0");
    check_value("-1", "", "-1");
    check_value("(true)", "", "true");
    check_value("null", "", "absent");
    check_value("[1, 2]", "", "[2]");
    check_value("<<E\nx\nE", "", "'x\n'");
    check("q = 1", "", "p", "absent");
    check("# p = 1\nq = \"p = 1\"", "", "p", "absent");
    check("xp = 1\np_x = 2", "", "p", "absent");
}

#[test]
fn names_lead_to_values() {
    check_value("var.x", "variable \"x\" {}", "unknown");
    check_value("var.x", "", "unknown");
    check_value(
        "var.x",
        "variable \"x\" {\n default = false\n}",
        "false at `var.x` via var.x",
    );
    check_value(
        "local.a",
        "locals {\n a = local.b.c[0]\n b = { c = [var.x] }\n}\nvariable \"x\" { default = 1 }",
        "1 at `local.a` via local.a local.b var.x",
    );
    check_value(
        "\"${var.x}\"",
        "variable \"x\" { default = false }",
        "false at `\"${var.x}\"` via var.x",
    );
    check_value("data.a.b.c", "", "unknown");
    check_value("each.value.x", "", "unknown");
    check_value("local.a[*].b", "locals {\n a = [{ b = 1 }]\n}", "unknown");
    check_value("local.a.none", "locals {\n a = {}\n}", "unknown");
}

#[test]
fn both_branches_are_reachable() {
    check_value("var.x ? true : false", "", "true, false");
    check_value(
        "var.x ? true : false",
        "variable \"x\" { default = true }",
        "true, false",
    );
    check_value(
        "local.x ? true : false",
        "locals {\n x = !false && \"a\" != \"b\"\n}",
        "true",
    );
    check_value("1 == 1.0 ? 1 : 2", "", "1");
    check_value("false && var.x ? 1 : 2", "", "2");
    check_value("true || var.x ? 1 : 2", "", "1");
    check_value("var.x ? var.y : false", "", "false, unknown");
    check("b = var.x ? { p = 1 } : {}", "", "b.p", "1, absent");
}

#[test]
fn blocks_are_gone_through() {
    check("b {\n p = 1\n}\nb {\n p = 2\n}", "", "b.p", "1, 2");
    check("b {\n p = 1\n}\nb {\n}", "", "b.p", "1, absent");
    check("b {\n c { p = 1 }\n}", "", "b.c.p", "1");
    check("b = [{ p = 1 }]", "", "b.p", "1");
    check("b = []", "", "b.p", "absent");
    check("b {\n p = 1\n}", "", "b", "[1]");
    check(
        "dynamic \"b\" {\n for_each = var.y\n content {\n p = b.value.p\n q = 1\n }\n}",
        "",
        "b.q",
        "1",
    );
    check(
        "dynamic \"b\" {\n for_each = []\n content {\n p = b.value.p\n }\n}",
        "",
        "b.p",
        "absent",
    );
    let rounds = "dynamic \"b\" {\n for_each = { x = { p = 1 }, y = { p = 2 } }\n content {\n p = b.value.p\n q = b.key\n }\n}";
    check(
        rounds,
        "",
        "b.p",
        "1 at `b.value.p` via b.value, 2 at `b.value.p` via b.value",
    );
    check(
        rounds,
        "",
        "b.q",
        "'x' at `b.key` via b.key, 'y' at `b.key` via b.key",
    );
    check("dynamic \"b\" {\n for_each = []\n}", "", "b.p", "unknown");
}

#[test]
fn functions_pass_values_on() {
    check("b = merge({ p = 1 }, { p = 2 })", "", "b.p", "2");
    check("b = merge({ p = 1 }, var.x)", "", "b.p", "1, unknown");
    check("b = merge(var.x, { p = 1 })", "", "b.p", "1");
    check(
        "b = merge({ p = { q = 1 } }, { p = {} })",
        "",
        "b.p.q",
        "absent",
    );
    check("b = merge([{ p = 1 }, { q = 2 }]...)", "", "b.p", "1");
    check(
        "b = merge(var.x ? { p = 1 } : {}, null)",
        "",
        "b.p",
        "1, absent",
    );
    check_value("coalesce(null, \"\", 1)", "", "1");
    check_value("coalesce(var.x, 1)", "", "1, unknown");
    check_value(
        "coalesce(var.x, 1)",
        "variable \"x\" { default = null }",
        "1",
    );
    check_value("try(var.x.y, 1)", "", "1, unknown");
    check_value("lookup({ a = 1 }, \"a\", 2)", "", "1");
    check_value("lookup({ a = 1 }, \"b\", 2)", "", "2");
    check_value("lookup({ a = 1 }, var.x, 2)", "", "1, 2");
    check_value("lookup(var.m, \"a\", 2)", "", "2, unknown");
    check_value("{ a = 1, b = 2 }[var.x]", "", "1, 2");
    check_value("tobool(\"true\")", "", "true");
    check_value("upper(\"tls\")", "", "'TLS'");
    check_value("upper(var.x)", "", "unknown");
    check_value("jsonencode({})", "", "{0}");
    check_value("jsonencode(\"x\")", "", "unknown");
    check_value("provider::x::upper(\"a\")", "", "unknown");
    check_value("concat([1], var.x)", "", "[2+]");
}

#[test]
fn each_value_is_any_of_the_collection() {
    let check = |for_each: &str, expected: &str| {
        let body = format!("for_each = {for_each}\nb {{\n p = each.value.p\n}}");
        check(
            &body,
            "locals {\n m = { x = { p = 3 } }\n}",
            "b.p",
            expected,
        );
    };
    check(
        "{ x = { p = 1 }, y = { p = 2 } }",
        "1 at `each.value.p` via each.value, 2 at `each.value.p` via each.value",
    );
    check("local.m", "3 at `each.value.p` via each.value local.m");
    check("var.m", "unknown");
    check("{}", "unknown");
    check("{ x = {} }", "unknown");
    check("{ x = { p = each.value.p } }", "unknown");
}

#[test]
fn strings_fold() {
    check_value("\"TLS${1}_${\"2\"}\"", "", "'TLS1_2'");
    check_value(
        "\"TLS1_${var.x}\"",
        "variable \"x\" { default = 0 }",
        "'TLS1_0' at `\"TLS1_${var.x}\"` via var.x",
    );
    check_value("\"TLS1_${var.x}\"", "", "unknown");
    check_value("\"${1.0}x\"", "", "unknown");
    check_value("\"%{ if true }a%{ endif }\"", "", "unknown");
    check_value("\"$${x}\"", "", "'${x}'");
}

#[test]
fn what_never_ends_is_unknown() {
    check_value(
        "local.a",
        "locals {\n a = local.b\n b = local.a\n}",
        "unknown",
    );
    let levels: Vec<String> = (0..39)
        .map(|below| format!("a{} = var.x ? local.a{below} : local.a{below}", below + 1))
        .collect();
    let locals = format!("a0 = 1\n{}", levels.join("\n"));
    let text = format!("resource \"t\" \"a\" {{\n p = local.a39\n}}\nlocals {{\n{locals}\n}}");
    let template = template(&text);
    let values = lookup(
        &FileScope::new(&template),
        &template.resources[0].body,
        &["p"],
    );
    assert!(values.unknown);
    check_value(
        "local.a",
        "locals {\n a = merge(local.a, local.a)\n}",
        "unknown",
    );
}

#[test]
fn cycles_of_every_kind_fit_the_stack() {
    let cycles = [
        "lookup({ a = (true ? \"${local.a}x\" : 1) }, \"a\", 1)",
        "coalesce(null, [try(local.a[0], 1)][0])",
        "{ a = local.a }[local.a]",
        "merge({ a = !local.a }, local.a).a",
        "concat([local.a == 1], local.a...)",
        "[for x in [1] : local.a][0]",
        "upper(\"${local.a}\")",
        "var.x ? local.a : [local.a]",
    ];
    for cycle in cycles {
        let text =
            format!("resource \"t\" \"a\" {{\n p = local.a\n}}\nlocals {{\n a = {cycle}\n}}");
        let template = template(&text);
        let scope = FileScope::new(&template);
        let body = &template.resources[0].body;
        lookup(&scope, body, &["p", "a", "a"]);
        elements(&scope, body, &["p"]);
        entries(&scope, body, &["p"]);
    }
}

#[test]
fn the_probe_lines_have_the_right_verdict() {
    let cases = [
        (
            "# min_tls_version = \"1.0\"",
            "min_tls_version",
            Verdict::Unknown,
        ),
        (
            "min_tls_version = \"TLS1_0\"",
            "min_tls_version",
            Verdict::Fail,
        ),
        (
            "minimum_tls_version = 1.0",
            "minimum_tls_version",
            Verdict::Fail,
        ),
        (
            "minimum_tls_version =  \"1.2\"",
            "minimum_tls_version",
            Verdict::Pass,
        ),
        (
            "minimum_tls_version = (\n\"1.0\")",
            "minimum_tls_version",
            Verdict::Fail,
        ),
        ("https_only = var.https", "https_only", Verdict::Fail),
        ("https_only = var.nothing", "https_only", Verdict::Unknown),
        (
            "https_only = var.https ? true : false",
            "https_only",
            Verdict::Fail,
        ),
        ("ssh_https_only = false", "https_only", Verdict::Unknown),
        ("https_only = \"false\"", "https_only", Verdict::Fail),
        ("https_only = \"true\"", "https_only", Verdict::Pass),
        ("https_only = true", "https_only", Verdict::Pass),
    ];
    for (body, path, expected) in cases {
        let text = format!(
            "resource \"t\" \"a\" {{\n{body}\n}}\nvariable \"https\" {{ default = false }}"
        );
        let template = template(&text);
        let scope = FileScope::new(&template);
        let values = lookup(&scope, &template.resources[0].body, &[path]);
        let judged = judge(&values, |known| match known.as_bool_like() {
            Some(true) => Verdict::Pass,
            None if known.as_text().is_some_and(|text| text.ends_with('2')) => Verdict::Pass,
            _ => Verdict::Fail,
        });
        assert_eq!(judged.verdict, expected, "{body}");
        assert_eq!(judged.failing.is_empty(), expected != Verdict::Fail);
    }
}

#[test]
fn a_finding_stands_at_the_use_and_names_the_default() {
    let text = "resource \"t\" \"a\" {\n b {\n  p = var.x ? true : local.y\n }\n}\nlocals {\n y = false\n}";
    let template = template(text);
    let scope = FileScope::new(&template);
    let values = lookup(&scope, &template.resources[0].body, &["b", "p"]);
    let places = |candidate: &Candidate| {
        let of = |place: Place| place.span.of(text).to_owned();
        let via = candidate
            .via
            .iter()
            .map(|via| of(via.place))
            .collect::<Vec<_>>();
        (
            of(candidate.at),
            of(candidate.source),
            candidate.key.map(of),
            via,
        )
    };
    let found: Vec<_> = values.candidates.iter().map(places).collect();
    let told = |at: &str, source: &str, via: &[&str]| {
        let via: Vec<String> = via.iter().map(|&word| word.to_owned()).collect();
        (at.to_owned(), source.to_owned(), Some("p".to_owned()), via)
    };
    assert_eq!(
        found,
        [told("true", "true", &[]), told("local.y", "false", &["y"])]
    );
}

#[test]
fn elements_of_lists() {
    let check = |value: &str, expected: &str| {
        let text = format!("resource \"t\" \"a\" {{\n cors {{\n  p = {value}\n }}\n}}");
        let template = template(&text);
        let body = &template.resources[0].body;
        let values = elements(&FileScope::new(&template), body, &["cors", "p"]);
        assert_eq!(told(&text, &values), expected, "{value}");
    };
    check("[\"https://a\", \"*\"]", "'https://a', '*'");
    check("concat([\"*\"], var.x)", "'*', unknown");
    check("toset([\"*\"])", "'*'");
    check("[for x in var.y : x]", "unknown");
    check("[for x in var.y : \"*\"]", "'*'");
    check("var.x ? [] : [\"*\"]", "'*'");
    check("[]", "");
    check("null", "absent");
}
