//! Texts and the trees they become.

use baton_iac::bicep::{self, DeclarationKind, TokenKind};

use crate::dump;

#[track_caller]
fn check(text: &str, expected: &str) {
    let (file, errors) = bicep::parse(text);
    assert_eq!(errors, [], "{text}");
    assert_eq!(dump::file(&file), expected, "{text}");
}

#[track_caller]
fn check_expr(text: &str, expected: &str) {
    check(&format!("var x = {text}\n"), &format!("(var x {expected})"));
}

#[track_caller]
fn check_type(text: &str, expected: &str) {
    check(
        &format!("type t = {text}\n"),
        &format!("(type t {expected})"),
    );
}

#[test]
fn declarations() {
    check("", "");
    check("\n\n// only a comment\n", "");
    check(
        "targetScope = 'subscription'",
        "(targetScope 'subscription')",
    );
    check(
        "metadata owner = { team: 'a' }",
        "(metadata owner {team: 'a'})",
    );
    check("param size int", "(param size : int)");
    check("param size int = 3", "(param size : int = 3)");
    check("param size = 3", "(param size = 3)");
    check(
        "param vm resource 'a/b@2024-01-01'",
        "(param vm : (resource 'a/b@2024-01-01'))",
    );
    check("var a = 1", "(var a 1)");
    check("var a string = 'x'", "(var a : string 'x')");
    check("func f() string => 'x'", "(func f () string 'x')");
    check(
        "func f(a string, b int[]) bool =>\n  a == b[0]",
        "(func f (a: string, b: (array int)) bool (Equal a ([] b 0)))",
    );
    check(
        "func f(\n  a string,\n  b int\n) string => a",
        "(func f (a: string, b: int) string a)",
    );
    check("output id string = a.id", "(output id : string (. a id))");
    check("output it resource = a", "(output it : (resource) a)");
    check("assert ok = a == 1", "(assert ok (Equal a 1))");
    check(
        "test t 'main.test.bicep' = { params: {} }",
        "(test t 'main.test.bicep' {params: {}})",
    );
}

#[test]
fn resources_and_modules() {
    check("resource a 'r@v' = {}", "(resource a 'r@v' {})");
    check(
        "resource a 'r@v' existing = {\n  name: 'x'\n}",
        "(resource a 'r@v' existing {name: 'x'})",
    );
    check(
        "resource a 'r@v' = if (x) {}",
        "(resource a 'r@v' (if x {}))",
    );
    check(
        "resource a 'r@v' =\n  if (x) {}",
        "(resource a 'r@v' (if x {}))",
    );
    check(
        "resource a 'r@v' = if (\n  x\n) {}",
        "(resource a 'r@v' (if x {}))",
    );
    check(
        "resource a 'r@v' = [for n in ns: {}]",
        "(resource a 'r@v' [for n in ns: {}])",
    );
    check(
        "resource a 'r@v' = [\n  for (n, i) in ns: if (i > 0) {\n    name: n\n  }\n]",
        "(resource a 'r@v' [for n # i in ns: (if (Greater i 0) {name: n})])",
    );
    check(
        "resource a 'r@v' = {\n  resource: 1\n  @batchSize(2)\n  resource b 'c' = [for d in e: {}]\n  resource f 'g' = {}\n}",
        "(resource a 'r@v' {resource: 1, @(batchSize 2) (resource b 'c' [for d in e: {}]), (resource f 'g' {})})",
    );
    check("module m './m.bicep' = {}", "(module m './m.bicep' {})");
    check(
        "module m 'br/public:avm/res/a/b:1.0.0' = if (x) { params: {} }",
        "(module m 'br/public:avm/res/a/b:1.0.0' (if x {params: {}}))",
    );
}

#[test]
fn imports_and_extensions() {
    check(
        "import { a, b as c } from 'x.bicep'",
        "(import a, b as c from 'x.bicep')",
    );
    check(
        "import {\n  a\n  'b-c' as d\n} from 'x'",
        "(import a, 'b-c' as d from 'x')",
    );
    check("import * as all from 'x'", "(import * as all from 'x')");
    check(
        "import 'kubernetes@1.0.0' with { a: 1 } as k8s",
        "(extension 'kubernetes@1.0.0' with {a: 1} as k8s)",
    );
    check("extension graph", "(extension graph)");
    check("extension 'br:x/y:1' as z", "(extension 'br:x/y:1' as z)");
    check("provider 'az@1'", "(extension 'az@1')");
    check("using 'main.bicep'", "(using 'main.bicep')");
    check("using none", "(using none)");
    check(
        "using 'main.bicep' with { mode: 'stack' }",
        "(using 'main.bicep' with {mode: 'stack'})",
    );
    check("extends 'base.bicepparam'", "(extends 'base.bicepparam')");
    check(
        "extensionConfig k8s with { a: 1 }",
        "(extensionConfig k8s {a: 1})",
    );
}

#[test]
fn decorators() {
    check("@secure()\nparam p string", "@(secure) (param p : string)");
    check(
        "@sys.description('x')\n\n// note\n@allowed([\n  'a'\n])\nparam p string",
        "@(call sys description 'x') @(allowed ['a']) (param p : string)",
    );
    check(
        "@export()\ntype t = { @minValue(1)\n a: int }",
        "@(export) (type t {@(minValue 1) a: int})",
    );
    check(
        "#disable-next-line no-unused-params BCP001\nparam p string",
        "(param p : string)",
    );
}

#[test]
fn operators() {
    check_expr("1 + 2 * 3", "(Add 1 (Multiply 2 3))");
    check_expr("(1 + 2) * 3", "(Multiply (paren (Add 1 2)) 3)");
    check_expr("1 - 2 - 3", "(Subtract (Subtract 1 2) 3)");
    check_expr("8 / 4 % 3", "(Modulo (Divide 8 4) 3)");
    check_expr("a && b || c ?? d", "(Coalesce (Or (And a b) c) d)");
    check_expr("a ?? b || c && d", "(Coalesce a (Or b (And c d)))");
    check_expr(
        "a =~ b && c !~ d",
        "(And (EqualIgnoringCase a b) (NotEqualIgnoringCase c d))",
    );
    check_expr("a < 1 == b >= 2", "(Equal (Less a 1) (GreaterOrEqual b 2))");
    check_expr("!a != -1", "(NotEqual (Not a) (Minus 1))");
    check_expr("a ? b : c ? d : e", "(? a b (? c d e))");
    check_expr("a\n  ? b\n  : c", "(? a b c)");
    check_expr("-a.b", "(Minus (. a b))");
}

#[test]
fn access() {
    check_expr("a.b.?c.d", "(. (.? (. a b) c) d)");
    check_expr("a[0][?'b'][^1][?^2]", "([?^] ([^] ([?] ([] a 0) 'b') 1) 2)");
    check_expr("a::b.c!", "(! (. (:: a b) c))");
    check_expr("a.b(1, 2)[0].c", "(. ([] (call a b 1 2) 0) c)");
    check_expr("f()", "(f)");
    check_expr("f(\n  1,\n  g(\n)\n)", "(f 1 (g))");
    check_expr(
        "az.resourceGroup().location",
        "(. (call az resourceGroup) location)",
    );
    check_expr("a!.b", "(. (! a) b)");
}

#[test]
fn lambdas_and_loops() {
    check_expr("map(a, x => x.b)", "(map a (lambda (x) (. x b)))");
    check_expr("map(a, (x, i) =>\n  x)", "(map a (lambda (x i) x))");
    check_expr("f(() => 1)", "(f (lambda () 1))");
    check_expr("[for x in y: x]", "[for x in y: x]");
    check_expr(
        "[\n  for (x, i) in range(0, 3): {\n    a: i\n  }\n]",
        "[for x # i in (range 0 3): {a: i}]",
    );
    check_expr(
        "[for x in [1, 2]: [for y in x: y]]",
        "[for x in [1, 2]: [for y in x: y]]",
    );
}

#[test]
fn objects_and_arrays() {
    check_expr("{}", "{}");
    check_expr(
        "{ a: 1, 'b-c': 2, '${d}': 3 }",
        "{a: 1, 'b-c': 2, '${d}': 3}",
    );
    check_expr("{ a: 1, }", "{a: 1}");
    check_expr(
        "{\n\n  a: 1 // one\n  /* two */ b: 2, c: 3\n}",
        "{a: 1, b: 2, c: 3}",
    );
    check_expr("{ ...a, ...b ?? {} }", "{...a, ...(Coalesce b {})}");
    check_expr("[]", "[]");
    check_expr("[1, 2,]", "[1, 2]");
    check_expr("[\n  1\n  2, 3\n  ...a\n]", "[1, 2, 3, ...a]");
    check_expr("{ param: 1, for: 2, if: 3 }", "{param: 1, for: 2, if: 3}");
}

#[test]
fn strings() {
    check_expr("''", "''");
    check_expr(r"'a\'b\\c\n\t\r\$\u{1F600}'", r"'a\'b\\c\n\t\r$😀'");
    check_expr(r"'\${a}'", "'${a}'");
    check_expr("'a${b}c'", "'a${b}c'");
    check_expr("'${a}${'b${c}'}'", "'${a}${'b${c}'}'");
    check_expr("'${f({ a: { b: 1 } })}}'", "'${(f {a: {b: 1}})}}'");
    check_expr("'$a $'", "'$a $'");
    check_expr("'''a'''", "'''a'''");
    check_expr("'''\n  a ${b} \\n\n'''", r"'''  a ${b} \\n\n'''");
    check_expr("'''\r\na'''", "'''a'''");
    check_expr("'''a'b''c'''''", r"'''a\'b\'\'c\'\''''");
    check_expr("''''''", "''''''");
    check_expr("$'''a ${b} $c'''", "'''a ${b} $c'''");
    check_expr("$$'''${a} $${b} $$${c}'''", "'''${a} ${b} $${c}'''");
    check_expr("$'''\n${a}\n'''", r"'''${a}\n'''");
}

#[test]
fn types() {
    check_type("string", "string");
    check_type("string[]?", "(? (array string))");
    check_type("'a' | 'b' | null", "(| 'a' 'b' null)");
    check_type("\n  | 'a'\n  | 'b'", "(| 'a' 'b')");
    check_type("| 1", "(| 1)");
    check_type(
        "-1 | +2 | true | !false",
        "(| (Minus 1) (Plus 2) true (Not false))",
    );
    check_type("('a' | 'b')[]", "(array (paren (| 'a' 'b')))");
    check_type(
        "{ a: string, 'b': int?, *: bool }",
        "{a: string, 'b': (? int), *: bool}",
    );
    check_type(
        "{\n  @description('x')\n  a: string\n\n  *: bool\n}",
        "{@(description 'x') a: string, *: bool}",
    );
    check_type(
        "[\n  @minValue(1)\n  int\n  string\n]",
        "[@(minValue 1) int, string]",
    );
    check_type(
        "resourceInput<'a/b@v'>.properties",
        "(. resourceInput<'a/b@v'> properties)",
    );
    check_type("resourceOutput<'a/b@v'>", "resourceOutput<'a/b@v'>");
    check_type("sys.resourceInput<'a'>", "(. sys resourceInput<'a'>)");
    check_type("a.b.*[*][0]!", "(! ([] ([*] (.* (. a b))) 0))");
}

#[test]
fn spans_cover_what_they_name() {
    let text = "// é\n@secure()\nparam p string = 'é${a}'\n\nvar v = { 'k': 1 } // x\n";
    let (file, errors) = bicep::parse(text);
    assert_eq!(errors, []);
    let texts: Vec<&str> = file
        .declarations
        .iter()
        .map(|it| it.span.of(text))
        .collect();
    assert_eq!(
        texts,
        ["@secure()\nparam p string = 'é${a}'", "var v = { 'k': 1 }"]
    );
    let [param, var] = file.declarations.as_slice() else {
        panic!("two declarations")
    };
    assert_eq!(param.keyword.of(text), "param");
    assert_eq!(param.name().expect("a name").span.of(text), "p");
    let DeclarationKind::Param(it) = &param.kind else {
        panic!("a parameter")
    };
    assert_eq!(it.ty.as_ref().expect("a type").span.of(text), "string");
    assert_eq!(it.value.as_ref().expect("a value").span.of(text), "'é${a}'");
    assert!(
        param
            .decorator("secure")
            .is_some_and(|it| it.arguments().is_empty())
    );
    let DeclarationKind::Var(it) = &var.kind else {
        panic!("a variable")
    };
    let property = it
        .value
        .object()
        .and_then(|it| it.get("k"))
        .expect("a property");
    assert_eq!(property.span.of(text), "'k': 1");
}

#[test]
fn tokens_keep_every_byte() {
    let text = "\u{feff}#disable-next-line a-b  // c\r\nvar x = 1 /* d\n */\t\n";
    let tokens = bicep::lex(text);
    let kinds: Vec<TokenKind> = tokens.iter().map(|token| token.kind).collect();
    assert_eq!(
        kinds,
        [
            TokenKind::ByteOrderMark,
            TokenKind::Directive,
            TokenKind::Whitespace,
            TokenKind::LineComment,
            TokenKind::Newline,
            TokenKind::Identifier,
            TokenKind::Whitespace,
            TokenKind::Identifier,
            TokenKind::Whitespace,
            TokenKind::Assign,
            TokenKind::Whitespace,
            TokenKind::Integer,
            TokenKind::Whitespace,
            TokenKind::BlockComment,
            TokenKind::Whitespace,
            TokenKind::Newline,
        ]
    );
    let joined: String = tokens.iter().map(|token| token.span.of(text)).collect();
    assert_eq!(joined, text);
}
