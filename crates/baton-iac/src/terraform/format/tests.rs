//! Texts before and after, and what holds for any text.

use proptest::prelude::*;

use super::super::scanner::{TokenKind, tokens};
use super::{format, is_formatted, is_ignored, lay_out};

fn check(before: &str, after: &str) {
    assert_eq!(lay_out(before), after, "blanks of {before:?}");
    assert_eq!(lay_out(after), after, "again");
}

fn check_whole(before: &str, after: &str) {
    assert_eq!(format(before), after, "{before:?}");
    assert_eq!(format(after), after, "again");
}

#[test]
fn names_say_what_is_formatted() {
    for name in [
        "main.tf",
        "a.tfvars",
        "a.tftest.hcl",
        "a.tofu",
        "a.tfquery.hcl",
    ] {
        assert!(is_formatted(name), "{name}");
    }
    for name in ["a.tf.json", "a.hcl", "tf", ".terraform.lock.hcl"] {
        assert!(!is_formatted(name), "{name}");
    }
    for name in [".a.tf", "a.tf~", "#a.tf#", ".terraform"] {
        assert!(is_ignored(name), "{name}");
    }
    assert!(!is_ignored("a#.tf"));
}

#[test]
fn lines_are_indented_by_open_brackets() {
    check("a {\nb {\nc = 1\n}\n}\n", "a {\n  b {\n    c = 1\n  }\n}\n");
    check(
        "a = foo({\nb = 1\n})\nc = 2\n",
        "a = foo({\n  b = 1\n})\nc = 2\n",
    );
    check(
        "foo(\na,\n[ {\nb=1\n}],{c=2})\n",
        "foo(\n  a,\n  [{\n    b = 1\n}], { c = 2 })\n",
    );
    check("a {\n# c\n\n\n}\n", "a {\n  # c\n\n\n}\n");
    check("  }\n}\na {\n", "}\n}\na {\n");
}

#[test]
fn heredocs_keep_their_text() {
    check(
        "a {\nb=<<-E\n   x ${ c+d }\n\t E \nc=1\n}\n",
        "a {\n  b = <<-E\n   x ${c + d}\n\t E \n  c = 1\n}\n",
    );
    check(
        "x {\na=foo(<<E\n (\nE\n, 1)\n}\n",
        "x {\n  a = foo(<<E\n (\nE\n  , 1)\n}\n",
    );
    check("a = [\n<<E\nx\nE\n,1]\n", "a = [\n  <<E\nx\nE\n, 1]\n");
}

#[test]
fn tokens_are_spaced() {
    check("a=[[1,2],[3]]\n", "a = [[1, 2], [3]]\n");
    check("a=foo( { b=1 } )\n", "a = foo({ b = 1 })\n");
    check("a=b?c:-d\n", "a = b ? c : -d\n");
    check("a=b - - c\n", "a = b - -c\n");
    check("a=!b&&- 1<= c\n", "a = !b && -1 <= c\n");
    check("a = b . c [ 0 ] [1]\n", "a = b.c[0][1]\n");
    check("a=(b) [0]\n", "a = (b)[0]\n");
    check("a = b.*.c\n", "a = b.*.c\n");
    check("a = [for x in [1]:x]\n", "a = [for x in [1] : x]\n");
    check(
        "a={for k,v in {}:k=>v...}\n",
        "a = { for k, v in {} : k => v... }\n",
    );
    check("a = foo (b , c ...)\n", "a = foo(b, c...)\n");
    check("a = provider :: x :: y ( 1 )\n", "a = provider::x::y(1)\n");
    check("a \"x\" y { }\n", "a \"x\" y {}\n");
    check("a \"x\"{b=1}\n", "a \"x\" { b = 1 }\n");
}

#[test]
fn strings_keep_their_text() {
    check(
        "a=\"x  ${ b }${ c } ${ { d=1 } }\"\n",
        "a = \"x  ${b}${c} ${ { d = 1 } }\"\n",
    );
    check(
        "a=\"%{ if b }x%{else}y%{ endif ~}\"\n",
        "a = \"%{if b}x%{else}y%{endif~}\"\n",
    );
    check("a=\"$${ x }%%{ y }\\\"\"\n", "a = \"$${ x }%%{ y }\\\"\"\n");
    check("a=\"${\n  foo\n }\"\n", "a = \"${\n  foo\n}\"\n");
}

#[test]
fn equals_signs_stand_below_one_another() {
    check("a=1\nlong=2\n\nb=3\n", "a    = 1\nlong = 2\n\nb = 3\n");
    check("a=1\n# c\nlong=2\n", "a = 1\n# c\nlong = 2\n");
    check("a={b=1}\nlong=2\n", "a    = { b = 1 }\nlong = 2\n");
    check("a=1\nlong={\nb=2\n}\n", "a = 1\nlong = {\n  b = 2\n}\n");
    check("\"é\"=1\ne\u{301}=2\n", "\"é\" = 1\ne\u{301}   = 2\n");
    check("x={\"a\":1,\nb:2}\n", "x = { \"a\" : 1,\nb : 2 }\n");
}

#[test]
fn comments_stand_below_one_another() {
    check("a=1 # c\nlong=2 # d\n", "a    = 1 # c\nlong = 2 # d\n");
    check("a=1 // c\nfoo(22) # d", "a = 1   // c\nfoo(22) # d");
    check(
        "a=1 # c\nb=2\nlong=3# d\n",
        "a    = 1 # c\nb    = 2\nlong = 3 # d\n",
    );
    check(
        "a=1   /* c */\nbb=2 /* d */\n",
        "a  = 1 /* c */\nbb = 2 /* d */\n",
    );
    check("bbb=1 # c\na=2   /* d */", "bbb = 1 # c\na   = 2 /* d */");
}

#[test]
fn line_endings_stay() {
    check("\ta\t=\t1\r\n\tb = 2\t# x\r\n", "a = 1\r\nb = 2 # x\r\n");
    check("a=1", "a = 1");
    check("a=1 \t\n\t\n \t", "a = 1\n\n  ");
    check("\u{feff}a=1\n", "a = 1\n");
    check("", "");
}

#[test]
fn names_of_blocks_are_quoted() {
    check_whole(
        "resource aws_x  \"y\" {\nprovisioner p {}\n}\n",
        "resource \"aws_x\" \"y\" {\n  provisioner \"p\" {}\n}\n",
    );
    check_whole(
        "resource /* a */ x /* b */ \"y\" /* c */ {\n}\n",
        "resource \"x\" \"y\" /* c */ {\n}\n",
    );
    check_whole("locals /* a */ {\n}\n", "locals /* a */ {\n}\n");
}

#[test]
fn types_of_variables_are_todays() {
    let variable = |text: &str| format!("variable \"a\" {{\n  type = {text}\n}}\n");
    for (before, after) in [
        ("list", "list(any)"),
        ("map", "map(any)"),
        ("set", "set(any)"),
        ("\"string\"", "string"),
        ("\"list\"", "list(string)"),
        ("\"map\"", "map(string)"),
        ("\"set\"", "\"set\""),
        ("string", "string"),
        ("list(map)", "list(map)"),
        ("\"${string}\"", "\"${string}\""),
    ] {
        check_whole(&variable(before), &variable(after));
    }
    check_whole(
        "variable a { type = \"string\" }\n",
        "variable \"a\" { type = string }\n",
    );
    let inner =
        "output \"a\" {\n  type = list\n}\nvariable \"b\" {\n  x {\n    type = list\n  }\n}\n";
    check_whole(inner, inner);
    check_whole("type = list # c\n", "type = list # c\n");
}

#[test]
fn needless_interpolation_goes() {
    for (before, after) in [
        ("\"${b}\"", "b"),
        ("\"${~ b ~}\"", "b"),
        ("\"${foo(\"${b}\", \"x\")}\"", "foo(\"${b}\", \"x\")"),
        ("\"${\"${b}\"}\"", "b"),
        ("\"${\n\n  b\n}\"", "b"),
        ("\"${b ?\n  c :\nd}\"", "(b ?\n  c :\nd)"),
        ("\"${(b ?\n  c :\nd)}\"", "(b ?\n  c :\nd)"),
        ("\"${(b) +\n(c)}\"", "((b) +\n(c))"),
        ("\"${ # why\n  b}\"", "( # why\nb)"),
        ("/* x */ \"${b}\" /* y */", "/* x */ b /* y */"),
        ("\"${b}${c}\"", "\"${b}${c}\""),
        ("\"x${b}\"", "\"x${b}\""),
        ("\"${b} \"", "\"${b} \""),
        ("\"%{if b}x%{endif}\"", "\"%{if b}x%{endif}\""),
        ("[\"${b}\"]", "[\"${b}\"]"),
        ("\"\"", "\"\""),
    ] {
        check_whole(&format!("a = {before}\n"), &format!("a = {after}\n"));
    }
    check_whole("x { a = \"${b}\" }\n", "x { a = b }\n");
    check_whole("a = \"${b}\"", "a = b");
    check_whole("a = \"${b}\"\r\nc = 1\r\n", "a = b\r\nc = 1\r\n");
}

/// The tokens of a text without the blanks around them.
fn words(text: &str) -> Vec<(TokenKind, &str)> {
    let all = tokens(text).into_iter();
    all.map(|token| (token.kind, token.span.of(text))).collect()
}

fn blank() -> impl Strategy<Value = String> {
    "[ \t]{0,3}"
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-z]{1,6}",
        "-?[0-9]{1,3}",
        Just("a.b[ 0 ]".to_owned()),
        Just("\"x ${ é  } y\"".to_owned()),
        Just("\"e\u{301} %{ if a }b%{ endif }\"".to_owned()),
        Just("\"$${ x }\"".to_owned()),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), blank(), inner.clone()).prop_map(|(a, b, c)| format!("{a}{b}+{b}{c}")),
            (inner.clone(), blank(), inner.clone())
                .prop_map(|(a, b, c)| format!("a{b}=={b}{a}{b}?{b}!b{b}:{b}{c}")),
            (blank(), inner.clone(), inner.clone())
                .prop_map(|(b, a, c)| format!("[{b}{a}{b},\n{b}{c}{b}]")),
            (blank(), inner.clone(), inner.clone())
                .prop_map(|(b, a, c)| format!("{{{b}\nx{b}={b}{a}{b}# c\nyy{b}={b}{c}\n{b}}}")),
            (blank(), inner.clone()).prop_map(|(b, a)| format!("foo{b}({b}{a}{b})")),
            (blank(), inner.clone()).prop_map(|(b, a)| format!("({b}\n{a}{b})")),
            (blank(), inner.clone()).prop_map(|(b, a)| format!("[for x in{b} [{a}]{b}: -x]")),
            inner.prop_map(|a| format!("\"<${{  {a}  }}>\"")),
        ]
    })
}

fn body() -> impl Strategy<Value = String> {
    let attribute = (
        blank(),
        "[a-z]{1,8}",
        value(),
        prop_oneof![Just(""), Just(" # c"), Just("//")],
    )
        .prop_map(|(b, name, value, comment)| format!("{b}{name}{b}={b}{value}{b}{comment}\n"));
    let heredoc = blank().prop_map(|b| format!("{b}text={b}<<-E\n {b}x ${{ a }}\n{b}E{b}\n"));
    let item = prop_oneof![
        4 => attribute,
        1 => heredoc,
        1 => "[ \t]{0,2}(# c|/\\* c \\*/)?\n",
    ];
    let items = proptest::collection::vec(item, 0..6).prop_map(|items| items.concat());
    items.prop_recursive(3, 12, 3, |inner| {
        (inner.clone(), blank(), inner).prop_map(|(before, b, inside)| {
            format!("{before}{b}block{b} \"x\"{b}{{\n{inside}{b}}}\n")
        })
    })
}

proptest! {
    #[test]
    fn blanks_are_all_that_is_set(text in body()) {
        let once = lay_out(&text);
        prop_assert_eq!(words(&once), words(&text));
        prop_assert_eq!(lay_out(&once), once.clone());
        let crlf = text.replace('\n', "\r\n");
        prop_assert_eq!(lay_out(&crlf), once.replace('\n', "\r\n"));
    }

    #[test]
    fn formatting_again_changes_nothing(text in body()) {
        let once = format(&text);
        prop_assert_eq!(format(&once), once);
    }

    #[test]
    fn any_text_keeps_its_words(text in "([a-z0-9éß(){}\\[\\]=,.:?!<>~$%\"#/*+-]|<<E|\\$\\{|\\n| |\\t|\\r|E){0,60}") {
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        prop_assert_eq!(solid(&lay_out(&text)), solid(&text));
        let _ = format(&text);
    }
}
