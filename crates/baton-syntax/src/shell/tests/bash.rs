//! What bash accepts we accept, and most of what it refuses we refuse.

use std::process::{Command, Stdio};

use super::super::parse;

/// Accepted by bash 5.
const ACCEPTED: &[&str] = &[
    "",
    "\n\n",
    "# only a comment",
    "ls",
    "ls;",
    "ls &",
    "ls & pwd",
    "a && b || c",
    "a &&\n\n# why\nb",
    "a |\nb |& c",
    "! a",
    "! ! a",
    "!",
    "time",
    "time -p ls | wc",
    "echo 'a b' \"c $d\" e\\ f",
    "echo \"a\\\"b\" 'it'\\''s'",
    "echo $'a\\'b' $\"x\"",
    "echo a\\\nb",
    "a \\\n  | b",
    "a &\\\n& b",
    "echo \\",
    "x=1",
    "x=1 y=2 cmd",
    "x= cmd",
    "x+=1",
    "a[1]=2",
    "a[i + 1]=2",
    "a=(1 2 3)",
    "a=(1\n# one\n2 [5]=x)",
    "a+=(x)",
    "declare -a a=(1 2)",
    "local x=(1)",
    "export A=b C=\"d\"",
    "echo a=b a=",
    "echo ${x} ${x:-y} ${x:=y} ${x:?y} ${x:+y}",
    "echo ${#x} ${x#a} ${x##a*} ${x%b} ${x%%b} ${x/a/b} ${x//a/b} ${x^^} ${x,,}",
    "echo ${x:1:2} ${x[@]} ${#x[@]} ${!x} ${!x@} ${!x[@]} ${x@Q}",
    "echo ${x:-${y:-z}} \"${x:-\"a b\"}\" ${x:-'a}b'}",
    "echo \"${x:-it's}\" \"${x#'}'}\"",
    "echo ${x:-{a}}",
    "echo $# $? $$ $! $@ $* $- $0 $1 ${10} $_",
    "echo ${#} ${#-} ${?} ${@:2} ${*}",
    "echo $ a$ \"$\" \"$ \"",
    "echo $(ls) $(ls; pwd) `ls` `echo \\`pwd\\``",
    "echo $( (a) ) $((1 + (2 * 3))) $[1+2]",
    "echo $((a) ; (b))",
    "echo \"$(echo \"$(echo 'a\"b')\")\"",
    "echo $(case x in x) echo y;; esac)",
    "echo $(# comment )\n)",
    "echo $((x ? y : z)) $(( a[1] << 2 ))",
    "diff <(a) <(b | c) > >(tee x)",
    "cat < in > out 2> err 2>&1 >> more >| over &> both &>> all <> rw",
    "cat 0< in 3>&- 2>&1 >&2 <&3 {fd}> x",
    "> x",
    "> x echo y",
    "cat <<EOF\na $b $(c)\nEOF\n",
    "cat <<'EOF'\na $( \" `\nEOF\n",
    "cat <<-EOF\n\ta\n\tEOF\necho b",
    "cat <<A <<B\na\nA\nb\nB\nls",
    "cat <<EOF | grep a && echo b\nx\nEOF\nls",
    "cat <<\"E F\"\nx\nE F\n",
    "cat <<E\\OF\nx\nEOF\n",
    "cat <<< word",
    "cat <<< \"a $b\" | c",
    "x=$(cat <<EOF\nit's )\nEOF\n)\nls",
    "cat <<EOF",
    "cat <<EOF\nnever ended",
    "if a; then b; fi",
    "if a\nthen b\nelif c; then d\nelse e\nfi",
    "if (a) then b; fi",
    "if ! a; then b; fi > x 2>&1",
    "if a; then b; fi | c && d",
    "for x in a b c; do echo $x; done",
    "for x do echo; done",
    "for x; do echo; done",
    "for x\ndo echo; done",
    "for x in; do echo; done",
    "for x in a; { echo; }",
    "for x\nin a b\ndo echo; done",
    "for ((i = 0; i < 3; i++)); do echo $i; done",
    "for ((;;)) { break; }",
    "select x in a b; do break; done",
    "while read -r x; do echo; done < in",
    "until a; do b; done",
    "while a; do b; done | c",
    "case $x in a) b;; c|d) e;; *) f; esac",
    "case x in (a) b;; esac",
    "case x in\n  a)\n    b\n    ;;\n  # more\n  c) ;;\nesac",
    "case x in a) b;& c) d;;& *) e;; esac",
    "case x in esac",
    "case $x in [a-z]*) y;; \"q r\") z;; esac",
    "f() { a; }",
    "f () { a; } > x",
    "f()\n{\n a\n}",
    "f() ( a )",
    "f() if a; then b; fi",
    "function f { a; }",
    "function f() { a; }",
    "function my-f.x { a; }",
    "{ a; b; }",
    "{ a\n} && c",
    "( a; b ) | c",
    "((x++))",
    "((x > 1)) && a",
    "((a) || (b))",
    "( (a) )",
    "[[ -f x && ! -d y ]]",
    "[[ $a == b* || ( $c != d ) ]]",
    "[[ $a =~ ^(b|c)+$ ]]",
    "[[ $a =~ ^[0-9]+\\.[0-9]$ ]] && b",
    "[[ $a =~ (a b) ]]",
    "[[ $a < $b ]]",
    "[[ -n $a\n&& -n $b ]]",
    "[[ $a == @(x|y) ]]",
    "[ -f x ] || b",
    "[ \"$a\" = b ] && [ c ]",
    "test a -a b",
    "echo {a,b} {1..3} a{b,c}d {} {a",
    "find . -exec rm {} \\;",
    "find . -name '*.sh' -o -name \"*.md\"",
    "echo * ?.md [a-z] [!a] a[",
    "ls ~ ~/x ~user/y a~b",
    "echo if then fi do done",
    "echo } { ! [[ ]]",
    "echo a#b #c",
    "a;# b",
    "coproc a",
    "coproc N { a; }",
    "a | { b; } | (c) | while d; do e; done",
    "set -euo pipefail",
    "trap 'rm -f \"$x\"' EXIT",
    "x=$((y+1))z",
    "x=`a b`",
    "echo `# nothing`",
    "echo \"`echo \\\"a\\\"`\"",
    "echo \"a\nb\" 'c\nd'",
    "az deployment group create \\\n  --name x \\\n  --parameters a=b",
    "a=b; b=$a; [ -z \"${b:-}\" ] && exit 1",
    "printf '%s\\n' \"${a[@]}\"",
    "eval \"$(a)\"",
    "exec 3>&1 4< x",
    "time { a; }",
    "echo é ü \"日本\"",
    "while :; do case x in y) break ;; esac; done",
    "if [[ $x ]]; then :; fi; for y in \"${z[@]}\"; do :; done",
    "echo $(cat <<'X'\na ' b\nX\n) c",
    "a=$(b) c=${d%/*}/e f",
    "jq '.a | .b' x.json",
    "awk '{ print $1 }' x | sort | uniq -c",
    "echo a>b",
    "echo 2>b",
    "echo 2 >b",
    "echo a2>b",
];

/// Refused by bash 5, and by us.
const REFUSED: &[&str] = &[
    "'",
    "echo \"a",
    "echo $(a",
    "echo `a",
    "echo ${a",
    "echo $((1 + 2",
    ")",
    "(a",
    "a )",
    "{ a",
    "{ a }",
    "}",
    "fi",
    "if a; then b",
    "if a; b; fi",
    "while a; b; done",
    "for x in a; echo; done",
    "for x in a; do echo",
    "case x in a b;; esac",
    "case x in a) b",
    "done",
    ";",
    "a ;; b",
    "a; ; b",
    "& a",
    "a | | b",
    "a &&",
    "a && && b",
    "| a",
    "a >",
    "a > ; b",
    "a < ",
    "f() a",
    "f()",
    "echo a(b)",
    "(a) b",
    "[[ a",
    "a=(1",
    "then",
    "esac",
    "cat <<",
    "az show --name <name>",
    "az show --name <name> # why",
    "if a; then # b\nfi",
    "if a; then b; else fi",
    "while a; do done",
    "()",
    "{ }",
    "f() { }",
];

#[test]
fn what_bash_accepts_has_no_errors() {
    for text in ACCEPTED {
        let (_, errors) = parse(text);
        assert!(errors.is_empty(), "{text:?}: {errors:?}");
    }
}

#[test]
fn what_bash_refuses_has_errors() {
    for text in REFUSED.iter().filter(|text| !text.is_empty()) {
        let (_, errors) = parse(text);
        assert!(!errors.is_empty(), "{text:?} is read without an error");
    }
}

/// Holds the two tables against bash itself, where there is one.
#[test]
fn the_tables_say_what_bash_says() {
    for (texts, expected) in [(ACCEPTED, true), (REFUSED, false)] {
        for text in texts.iter().filter(|text| !text.is_empty()) {
            let Some(accepted) = bash_accepts(text) else {
                return;
            };
            assert_eq!(accepted, expected, "{text:?}");
        }
    }
}

fn bash_accepts(text: &str) -> Option<bool> {
    let status = Command::new("bash")
        .args(["-n", "-O", "extglob", "-c", text])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.ok().map(|status| status.success())
}
