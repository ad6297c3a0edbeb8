//! The parts of a commit message by the names that commitlint gives them.

use baton_source::Span;

use crate::support::commits::Commit;

/// The part that a rule such as `scope-max-length` is about, as text and place; `None` when the
/// message has none.
pub(crate) fn part(commit: &Commit<'_>, name: &str) -> Option<(String, Span)> {
    let message = &commit.message;
    let one = |span: Option<Span>| span.map(|span| (span.of(commit.text).to_owned(), span));
    let several = |lines: &[Span]| {
        let span = lines.first()?.to(*lines.last()?);
        Some((commit.joined(lines), span))
    };
    match name {
        "type" => one(message.kind),
        "scope" => one(message.scope),
        "subject" => one(message.subject),
        "header" => one(message.header).filter(|(text, _)| !text.is_empty()),
        "body" => several(&message.body),
        "footer" => several(&message.footer),
        _ => None,
    }
}

/// Whether a rule is about what the header is made of.
pub(crate) fn is_of_header(name: &str) -> bool {
    ["type-", "scope-", "subject-"]
        .iter()
        .any(|part| name.starts_with(part))
}

/// The length of a text as JavaScript counts it.
pub(crate) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// What of a line lies beyond so many signs.
pub(crate) fn beyond(text: &str, line: Span, most: usize) -> Span {
    let mut count = 0;
    for (at, sign) in line.of(text).char_indices() {
        if count >= most {
            return Span::new(line.start as usize + at, line.end as usize);
        }
        count += sign.len_utf16();
    }
    Span::at(line.end as usize)
}

/// The parts of a scope.
pub(crate) fn segments<'s>(scope: &'s str, delimiters: &[String]) -> Vec<&'s str> {
    let usual = ["/", "\\", ","];
    let delimiters: Vec<&str> = match delimiters {
        [] => usual.to_vec(),
        given => given.iter().map(String::as_str).collect(),
    };
    let mut found = Vec::new();
    let mut rest = scope;
    loop {
        let at = delimiters
            .iter()
            .filter_map(|delimiter| Some((rest.find(delimiter)?, *delimiter)))
            .min_by_key(|(at, _)| *at);
        let Some((at, delimiter)) = at else {
            found.push(rest);
            return found;
        };
        found.push(rest.get(..at).unwrap_or(""));
        rest = rest.get(at + delimiter.len()..).unwrap_or("");
        if delimiter == "," {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
    }
}
