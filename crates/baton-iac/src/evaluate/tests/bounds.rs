//! However a template is written, a question takes so much work and no more.

use std::fmt::Write as _;

use super::*;
use crate::bicep_lowering;

/// What a question may count, and the step that it is refused.
const MOST: usize = 20_001;

/// What a property comes to, and why it was given up; the work is bounded.
fn check(template: &Template, expected: Option<Limit>) {
    let scope = FileScope::new(template);
    for resource in &template.resources {
        let values = Site::resource(&scope, resource).lookup(&["p"]);
        assert_eq!(values.limit, expected);
        assert!(values.steps <= MOST, "{}", values.steps);
        assert_eq!(values.unknown, expected.is_some());
    }
}

fn bicep(text: &str) -> Template {
    let (template, errors) = bicep_lowering::parse(text);
    assert_eq!(errors, []);
    template
}

fn doubling(first: &str, next: impl Fn(usize) -> String) -> Template {
    let vars = (0..60).map(|n| format!("var v{} = {}\n", n + 1, next(n)));
    let vars: String = vars.collect();
    bicep(&format!(
        "param b bool\nvar v0 = {first}\n{vars}resource x 'A/b@1' = {{\n  p: v60\n}}\n"
    ))
}

#[test]
fn what_doubles_is_given_up() {
    let steps = Some(Limit::Steps);
    check(&doubling("['x']", |n| format!("concat(v{n}, v{n})")), steps);
    check(
        &doubling("'xxxx'", |n| format!("'${{v{n}}}${{v{n}}}'")),
        steps,
    );
    check(
        &doubling("b ? '1' : '2'", |n| format!("b ? v{n} : v{n}")),
        steps,
    );
    check(
        &doubling("{\n  a: 1\n}", |n| format!("union(v{n}, v{n})")),
        steps,
    );
}

#[test]
fn names_without_end_are_given_up() {
    let limit = Some(Limit::Depth);
    check(
        &bicep("var a = b\nvar b = a\nresource x 'A/b@1' = {\n  p: a\n}\n"),
        limit,
    );
    let text = "locals {\n  a = local.a\n}\nresource \"x\" \"y\" {\n  p = local.a\n}\n";
    check(&template(text), limit);
}

#[test]
fn alternatives_beyond_the_bound_are_told() {
    let limit = Some(Limit::Alternatives);
    let chain = (0..64).fold("'z'".to_owned(), |rest, n| {
        format!("b{n} ? 'v{n}' : {rest}")
    });
    let params = (0..64).map(|n| format!("param b{n} bool\n"));
    let params: Vec<String> = params.collect();
    let params = params.concat();
    let text = |value: &str| format!("{params}resource x 'A/b@1' = {{\n  p: {value}\n}}\n");
    check(&bicep(&text(&chain)), limit);
    let parts = (0..7).map(|n| format!("${{b{n} ? 'x' : 'y'}}"));
    let product: String = parts.collect();
    check(&bicep(&text(&format!("'{product}'"))), limit);
    let fewer = product.replacen("${b6 ? 'x' : 'y'}", "", 1);
    check(&bicep(&text(&format!("'{fewer}'"))), None);
}

#[test]
fn large_collections_are_not_gone_through() {
    let elements = "  {\n    q: 1\n  }\n".repeat(100_000);
    let text = format!(
        "param a array = [\n{elements}]\nparam i int\nresource x 'A/b@1' = {{\n  p: a[i].q\n}}\n"
    );
    check(&bicep(&text), Some(Limit::Steps));
}

#[test]
fn many_resources_share_the_work() {
    let mut text = "var v0 = ['x']\n".to_owned();
    for n in 0..20 {
        let _ = writeln!(text, "var v{} = concat(v{n}, v{n})", n + 1);
    }
    for n in 0..10_000 {
        let _ = writeln!(text, "resource x{n} 'A/b@1' = {{\n  p: 1\n  q: v20\n}}");
    }
    let template = bicep(&text);
    check(&template, None);
    let scope = FileScope::new(&template);
    let steps = template.resources.iter().map(|resource| {
        let values = Site::resource(&scope, resource).lookup(&["q"]);
        assert_eq!(values.limit, Some(Limit::Steps));
        values.steps
    });
    assert!(steps.sum::<usize>() <= 10_000_000);
}

#[test]
fn a_name_that_takes_too_much_is_found_out_once() {
    let mut text = "param b bool\nvar v0 = b ? '1' : '2'\n".to_owned();
    for n in 0..60 {
        let _ = writeln!(text, "var v{} = b ? v{n} : v{n}", n + 1);
    }
    for n in 0..1_000 {
        let _ = writeln!(text, "resource x{n} 'A/b@1' = {{\n  p: v60\n}}");
    }
    let template = bicep(&text);
    let scope = FileScope::new(&template);
    for resource in &template.resources {
        let values = Site::resource(&scope, resource).lookup(&["p"]);
        assert_eq!(values.limit, Some(Limit::Steps));
        assert!(values.steps < 10, "{}", values.steps);
    }
}
