//! How Bicep is written.

use baton_iac::bicep::format::{IndentKind, Newline, Options, format};

/// Formatting the first text gives the second, and leaves that.
fn check_with(options: &Options, text: &str, expected: &str) {
    assert_eq!(format(text, options), expected, "{text}");
    assert_eq!(format(expected, options), expected, "{expected}");
}

fn check(text: &str, expected: &str) {
    check_with(&Options::default(), text, expected);
}

fn unchanged(text: &str) {
    check(text, text);
}

fn narrow(width: usize) -> Options {
    Options {
        width,
        ..Options::default()
    }
}

#[test]
fn blanks_around_words_and_operators() {
    check(
        "param   size  int=3\nvar a=1+2  *-3\nvar b = ! c[ 0 ]. d  .? e::f !\n",
        "param size int = 3\nvar a = 1 + 2 * -3\nvar b = !c[0].d.?e::f!\n",
    );
    check(
        "targetScope='subscription'\nmetadata  owner  =  'x'\nassert  a=  b==c\n",
        "targetScope = 'subscription'\nmetadata owner = 'x'\nassert a = b == c\n",
    );
    check(
        "output  all  array=[  for  ( item , index )  in  items :  item ]",
        "output all array = [for (item, index) in items: item]\n",
    );
}

#[test]
fn empty_lines_collapse_and_ends_are_trimmed() {
    check("", "\n");
    check("\n\n  \n", "\n");
    check(
        "\n\nvar a = 1\n\n  \n\t\n\nvar b = 2\nvar c = 3   \n\n\n",
        "var a = 1\n\nvar b = 2\nvar c = 3\n",
    );
    check(
        "var o = {\n\n\n  a: 1\n\n\n  b: 2\n\n}\n",
        "var o = {\n  a: 1\n\n  b: 2\n}\n",
    );
}

#[test]
fn one_line_stays_one_line_and_broken_stays_broken() {
    check(
        "var o = {a:1,b:[ 1,2 ]}\nvar e = {   }\nvar f = [\n]\n",
        "var o = { a: 1, b: [1, 2] }\nvar e = {}\nvar f = []\n",
    );
    check(
        "var o = {\na:1, b:2}\nvar l = [\n1\n2]\n",
        "var o = {\n  a: 1\n  b: 2\n}\nvar l = [\n  1\n  2\n]\n",
    );
    check("var o = {a:1\nb:2}\n", "var o = { a: 1, b: 2 }\n");
}

#[test]
fn what_is_too_long_is_broken() {
    check_with(
        &narrow(20),
        "var o = { alpha: 1, beta: 2 }\nvar l = [first, second, third]\n",
        "var o = {\n  alpha: 1\n  beta: 2\n}\nvar l = [\n  first\n  second\n  third\n]\n",
    );
    check_with(
        &narrow(20),
        "var c = concat(first, second)\nvar d = condition ? first : second\n",
        "var c = concat(\n  first,\n  second\n)\nvar d = condition\n  ? first\n  : second\n",
    );
    check_with(
        &narrow(20),
        "type t = 'first' | 'second'\nvar f = map(xs, x => x.name.other)\n",
        "type t =\n  | 'first'\n  | 'second'\nvar f = map(\n  xs,\n  x => x.name.other\n)\n",
    );
}

#[test]
fn the_body_of_a_last_argument_leaves_the_call_on_its_line() {
    unchanged("var u = union(tags, {\n  a: 1\n})\n");
    unchanged("var m = map(xs, x => {\n  a: x\n})\n");
    check(
        "var u = union(\n  tags,\n  {\n    a: 1\n  })\n",
        "var u = union(tags, {\n  a: 1\n})\n",
    );
    check(
        "var u = length({\na: 1\n})\n",
        "var u = length({\n  a: 1\n})\n",
    );
}

#[test]
fn a_call_that_breaks_only_at_first_settles() {
    check_with(
        &narrow(30),
        "var tags = union(all, { one: 'first', two: 'second' })\n",
        "var tags = union(all, {\n  one: 'first'\n  two: 'second'\n})\n",
    );
}

#[test]
fn comments_stay_where_they_are() {
    unchanged("// first\n\n// second\nvar a = 1 // third\n\n/* fourth */\n");
    unchanged("var a = /* one */ 1 /* two */ + /* three */ 2\n");
    check(
        "var o = { // here\n  a: 1 // there\n  /* last */ }\n",
        "var o = {\n  // here\n  a: 1 // there\n  /* last */\n}\n",
    );
    check(
        "var c = concat(a, // first\n  b)\n",
        "var c = concat(\n  a,\n  // first\n  b\n)\n",
    );
    // Comments Bicep itself would lose.
    unchanged("var a = [/* rest */ ...items]\nvar b = 1 + /* plus */ +2\n");
}

#[test]
fn directives_have_single_blanks() {
    check(
        "#disable-next-line   no-unused-vars\tno-unused-params\nvar a = 1\n",
        "#disable-next-line no-unused-vars no-unused-params\nvar a = 1\n",
    );
}

#[test]
fn decorators_stand_above_what_they_describe() {
    check(
        "@description( 'x' )\n\n\n@secure( )\n// why\nparam a string\n",
        "@description('x')\n@secure()\n// why\nparam a string\n",
    );
    check(
        "type t = { @sealed()\na: string }\ntype u = [ @sealed()\nstring ]\n",
        "type t = {\n  @sealed()\n  a: string\n}\ntype u = [\n  @sealed()\n  string\n]\n",
    );
}

#[test]
fn strings_are_kept() {
    unchanged("var a = 'x  ${b + 'y ${ c }'}  z'\nvar d = '''\n  text  \n\n'''\n");
    check(
        "var d = '''\r\n  text\r\n'''\r\n",
        "var d = '''\n  text\n'''\n",
    );
}

#[test]
fn declarations_of_every_kind() {
    unchanged(
        "func f(a string, b int[]) string => '${a}${b}'\n\
         resource a 'A/b@2024-01-01' existing = {\n  name: 'a'\n}\n\
         resource c 'A/b@2024-01-01' = if (d) {\n  name: 'c'\n\n  resource e 'x' = {}\n}\n\
         module m 'm.bicep' = [\n  for x in xs: if (x.on) {\n    name: 'm'\n  }\n]\n\
         import { a, b as c } from 'x.bicep'\n\
         import * as all from 'x.bicep'\n\
         extension kubernetes with {} as k\n\
         type t = resourceInput<'A/b@2024-01-01'>.properties.*?\n",
    );
    unchanged("using none\nextends './base.bicepparam'\nparam a = 1\n");
}

#[test]
fn what_cannot_be_read_stays() {
    check(
        "param   a = =   1\nvar   b = 2\n  resource x {\n     a:    1\n }\nvar  c = 3\n",
        "param   a = =   1\nvar b = 2\nresource x {\n     a:    1\n }\nvar c = 3\n",
    );
    // Bicep does not read a value in parentheses over several lines.
    check("var  a = (\n1  )\n", "var  a = (\n1  )\n");
}

#[test]
fn options_are_followed() {
    let options = Options {
        indent_kind: IndentKind::Tab,
        newline: Newline::CrLf,
        final_newline: false,
        ..Options::default()
    };
    check_with(
        &options,
        "var o = {\n  a: {\n    b: 1\n  }\n}\n",
        "var o = {\r\n\ta: {\r\n\t\tb: 1\r\n\t}\r\n}",
    );
    let options = Options {
        indent_size: 4,
        newline: Newline::Cr,
        ..Options::default()
    };
    check_with(
        &options,
        "var o = {\n  a: 1\n}\n",
        "var o = {\r    a: 1\r}\r",
    );
}
