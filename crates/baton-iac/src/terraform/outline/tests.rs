//! References as they stand in the text.

use crate::terraform::parse_with_outline;

/// Every reference of `value = <text>`, with what marks it: `?` guarded, `~` lazy.
fn check(text: &str, expected: &[&str]) {
    let text = format!("value = {text}\n");
    let (_, outline, errors) = parse_with_outline(&text);
    assert!(errors.is_empty(), "{text}: {errors:?}");
    let found: Vec<String> = outline.body.attributes[0]
        .references
        .iter()
        .map(|it| {
            let guarded = if it.is_guarded { "?" } else { "" };
            let lazy = if it.is_lazy { "~" } else { "" };
            format!("{guarded}{lazy}{}", it.span.of(&text))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn every_name_is_found_where_it_stands() {
    check("var.a", &["var.a"]);
    check("var.a.b[0][\"c\"].d", &["var.a.b[0][\"c\"].d"]);
    check("a.b[local.c].d", &["local.c", "a.b[local.c].d"]);
    check("a.b[*].c", &["a.b[*].c"]);
    check("a.b.*.c", &["a.b.*.c"]);
    check("\"x ${var.a} y\"", &["var.a"]);
    check(
        "<<E\n${var.a}\n%{ if var.b }${var.c}%{ endif }\nE\n",
        &["var.a", "var.b", "~var.c"],
    );
    check("f(var.a, [local.b])[0]", &["var.a", "local.b"]);
    check("{ a = var.b, (var.c) = 1 }", &["var.b", "var.c"]);
    check("-var.a + var.b", &["var.a", "var.b"]);
    check("p::f(var.a)", &["var.a"]);
}

#[test]
fn names_that_the_expression_binds_are_no_references() {
    check("[for x in var.a : x.b if x.c]", &["var.a"]);
    check(
        "{ for k, v in var.a : k => [v, var.b] }",
        &["var.a", "~var.b"],
    );
    check(
        "\"%{ for i in var.a }${i}${var.b}%{ endfor }\"",
        &["var.a", "~var.b"],
    );
}

#[test]
fn what_may_never_be_evaluated_is_told() {
    check("try(var.a, var.b)", &["?var.a", "?var.b"]);
    check("var.a ? var.b : var.c", &["var.a", "~var.b", "~var.c"]);
    check("var.a && var.b", &["var.a", "~var.b"]);
}

#[test]
fn iterators_of_dynamic_blocks_are_known_in_their_content() {
    let text = "resource \"a\" \"b\" {\n  dynamic \"c\" {\n    for_each = c.d\n    content {\n      e = c.value\n      f = g.value\n    }\n  }\n}\n";
    let (_, outline, _) = parse_with_outline(text);
    let dynamic = &outline.body.blocks[0].body.blocks[0].body;
    assert_eq!(dynamic.attributes[0].references.len(), 1);
    let content = &dynamic.blocks[0].body;
    assert!(content.attributes[0].references.is_empty());
    assert!(content.attributes[1].references[0].is_lazy);
}
