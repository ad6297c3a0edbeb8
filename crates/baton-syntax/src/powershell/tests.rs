//! Words and groups of PowerShell.

use proptest::prelude::*;

use super::{PartKind, Script, Word, parse};

fn shown(script: &Script) -> String {
    let pipelines = script.pipelines.iter().map(|pipeline| {
        let commands = pipeline.commands.iter().map(|command| {
            let words: Vec<String> = command.words.iter().map(word).collect();
            words.join(" ")
        });
        commands.collect::<Vec<_>>().join(" | ")
    });
    pipelines.collect::<Vec<_>>().join("; ")
}

fn word(word: &Word) -> String {
    if let Some(text) = word.static_text() {
        return format!("<{text}>");
    }
    let parts = word.parts.iter().map(|part| match &part.kind {
        PartKind::Literal(text) | PartKind::SingleQuoted(text) => text.clone(),
        PartKind::DoubleQuoted(_) => "\"\"".to_owned(),
        PartKind::Variable(name) => format!("${name}"),
        PartKind::Group(script) => format!("({})", shown(script)),
        PartKind::Block(script) => format!("{{{}}}", shown(script)),
        PartKind::Table(_) => "@{}".to_owned(),
    });
    parts.collect()
}

#[test]
fn words_are_told_apart() {
    for (text, expected) in [
        (
            "Remove-Item -Recurse -Force C:\\",
            "<Remove-Item> <-Recurse> <-Force> <C:\\>",
        ),
        ("rm 'a b' \"c d\"", "<rm> <a b> <c d>"),
        ("r`m x", "<rm> <x>"),
        ("& 'rm' x", "<&> <rm> <x>"),
        ("a; b | c", "<a>; <b> | <c>"),
        ("a |\n b", "<a> | <b>"),
        ("a\nb", "<a>; <b>"),
        ("a `\n b", "<a> <b>"),
        ("a # b", "<a>"),
        ("a <# b #> c", "<a> <c>"),
        ("a && b || c", "<a>; <b>; <c>"),
        ("a b,c", "<a> <b> <c>"),
        ("'it''s'", "<it's>"),
        ("\"a\"\"b\"", "<a\"b>"),
        ("a $x $env:HOME ${a b}", "<a> $x $env:HOME $a b"),
        ("a $(b; c)", "<a> (<b>; <c>)"),
        ("if ($x) { rm y }", "<if> ($x) {<rm> <y>}"),
        ("a | % { b $_ }", "<a> | <%> {<b> $_}"),
        ("$x = @{ a = 1; b = 2 }", "$x <=> @{}"),
        ("a @'\nb c\n'@", "<a> <b c>"),
        ("a @'\n'@ b", "<a> <> <b>"),
        ("cmd --% /c a \"b\"", "<cmd> </c> <a> <\"b\">"),
        ("[IO.File]::Delete('x')", "[IO.File]::Delete(<x>)"),
        ("a 2>&1 > b", "<a>"),
        ("\u{201c}a b\u{201d}", "<a b>"),
    ] {
        let (script, errors) = parse(text);
        assert!(errors.is_empty(), "{text:?}: {errors:?}");
        assert_eq!(shown(&script), expected, "{text:?}");
    }
}

#[test]
fn what_is_not_closed_is_reported() {
    for text in ["'a", "\"a", "(a", "{a", "$(a", "@'\na", "<# a", "a)", "a >"] {
        let (_, errors) = parse(text);
        assert!(!errors.is_empty(), "{text:?}");
    }
    let deep = "(".repeat(200);
    assert!(!parse(&deep).1.is_empty());
}

proptest! {
    #[test]
    fn any_text_is_read(text in "[-a-z$@(){}'\"`|;&,<>#%: \\n\u{201c}é]{0,60}") {
        let (script, errors) = parse(&text);
        for error in &errors {
            prop_assert!(text.get(error.span.start as usize..error.span.end as usize).is_some());
        }
        for pipeline in &script.pipelines {
            for command in &pipeline.commands {
                for word in &command.words {
                    let (start, end) = (word.span.start as usize, word.span.end as usize);
                    prop_assert!(text.get(start..end).is_some());
                }
            }
        }
    }
}
