//! Texts that agents read as instructions.

use std::sync::LazyLock;

use baton_repo::File;
use baton_source::Span;
use regex::Regex;

/// A pattern that is a constant.
pub(crate) fn pattern(text: &str) -> Regex {
    #[expect(clippy::unwrap_used, reason = "patterns are constants and tested")]
    Regex::new(text).unwrap()
}

/// Whether an offset lies in no code.
pub(crate) fn is_prose(file: &File, offset: u32) -> bool {
    let outline = file.markdown();
    !outline.is_code(offset) && !outline.is_code_span(offset)
}

/// The lines around a place up to the next empty ones.
pub(crate) fn block_around(text: &str, at: Span) -> &str {
    let before = Span::new(0, at.start as usize).of(text);
    let after = Span::new(at.end as usize, text.len()).of(text);
    let start = before.rfind("\n\n").map_or(0, |found| found + 2);
    let end = after.find("\n\n").unwrap_or(after.len());
    Span::new(start, at.end as usize + end).of(text)
}

/// The line of a place, as far as it stands before it.
pub(crate) fn line_before(text: &str, at: u32) -> &str {
    let before = Span::new(0, at as usize).of(text);
    before.rsplit('\n').next().unwrap_or("")
}

/// Whether quotation marks are open at a place.
pub(crate) fn is_quoted(text: &str, at: u32) -> bool {
    let before = line_before(text, at);
    let plain = before.matches('"').count() % 2 == 1;
    let curly = before.matches(['“', '„', '«']).count() > before.matches(['”', '»']).count();
    let single = before.ends_with(['\'', '‘', '`']);
    plain || curly || single || before.trim_start().starts_with('>')
}

/// Whether a place is there to tell of attacks: its block, its heading or its file speaks of them.
pub(crate) fn tells_of_attacks(file: &File, at: Span) -> bool {
    let headings = &file.markdown().headings;
    let after = headings.partition_point(|one| one.span.start <= at.start);
    let heading = after.checked_sub(1).and_then(|last| headings.get(last));
    let title = headings.first();
    let named = |text: &str| ATTACKS.is_match(text);
    named(block_around(file.text(), at))
        || heading.is_some_and(|heading| named(&heading.text))
        || title.is_some_and(|title| named(&title.text))
        || named(file.path.as_str())
}

/// Whether what stands before a place on its line forbids what follows.
pub(crate) fn is_forbidden(text: &str, at: u32) -> bool {
    FORBIDS.is_match(line_before(text, at))
}

/// The parts of a text that no reader of the rendered page sees.
pub(crate) fn hidden_parts(file: &File) -> Vec<Span> {
    let outline = file.markdown();
    let mut parts: Vec<Span> = outline.comments.iter().map(|one| one.content).collect();
    let text = file.text();
    for html in &outline.html {
        let source = html.span.of(text);
        if !source.contains(['=', ' ']) || !HIDES.is_match(source) {
            continue;
        }
        let rest = Span::new(html.span.end as usize, text.len()).of(text);
        let content = rest.find("</").unwrap_or(0);
        parts.push(Span::new(
            html.span.start as usize,
            html.span.end as usize + content,
        ));
    }
    let comments = outline.definitions.iter();
    let comments =
        comments.filter(|one| one.label == "//" || one.label.eq_ignore_ascii_case("comment"));
    parts.extend(comments.map(|one| one.span));
    parts.sort_by_key(|part| part.start);
    parts
}

static ATTACKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)inject|attack|malicious|malware|adversar|jailbreak|untrusted|hijack|exploit|smuggl|phish|red.?team|pentest|penetration|escalation|forensic|obfuscat|suspicious|threat|owasp|exfiltrat|payload",
    )
});

static FORBIDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:never|not|don['’]t|cannot|can['’]t|avoid|refuse|reject|detect|flag|attempts?|tries|trying|asks?|asking|tells?|telling|says?|such as|e\.g\.|for example|like|if)\b",
    )
});

static HIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?i)<[a-z]+\s[^>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|opacity\s*:\s*0(?:[;"'\s]|\.0)|\bhidden(?:[\s>=])|color\s*:\s*(?:white|#fff(?:fff)?|transparent)\b)"#,
    )
});
