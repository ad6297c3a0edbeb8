//! No line ends in blanks.

use baton_source::{Applicability, Fix, Span};
use baton_syntax::yaml::tokens::TokenKind;

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "trailing-spaces") else {
        return;
    };
    for line in lint.lines() {
        let text = line.of(lint.text);
        let kept = text
            .trim_end_matches([' ', '\t', '\u{b}', '\u{c}', '\r'])
            .len();
        if kept == text.len()
            || !text
                .get(kept..)
                .is_some_and(|rest| rest.starts_with([' ', '\t']))
        {
            continue;
        }
        let blanks = Span::new(line.start as usize + kept, line.end as usize);
        let Some(finding) = lint.report(out, blanks, "this line ends in blanks") else {
            continue;
        };
        let applicability = if is_content(&lint, blanks) {
            Applicability::Unsafe
        } else {
            Applicability::Safe
        };
        finding.help("Remove them.").fix(Fix {
            title: "Remove the blanks at the end".to_owned(),
            applicability,
            edits: vec![file.edit(blanks, "")],
        });
    }
}

/// Whether blanks belong to a text below `|` or `>`, or nobody knows because the file cannot be
/// read. In quotes, and without, blanks before a line ending count for nothing.
fn is_content(lint: &Lint<'_>, blanks: Span) -> bool {
    let tokens = lint.tokens();
    let after = tokens.partition_point(|token| token.span.start <= blanks.start);
    let before = tokens.get(..after).and_then(<[_]>::last);
    let stopped = lint.file.yaml_tokens().stopped;
    let is_unread = stopped.is_some_and(|at| at < blanks.end as usize);
    is_unread || before.is_some_and(|token| token.kind == TokenKind::Block)
}
