//! Aliases name anchors that stand before them, and anchors are used as configured.

use std::collections::BTreeMap;

use baton_syntax::yaml::tokens::{Token, TokenKind};

use crate::support::yaml::Lint;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// The anchors of one document and whether an alias names them.
type Anchors<'a> = BTreeMap<&'a str, (&'a Token, bool)>;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "anchors") else {
        return;
    };
    let undeclared = lint.flag("forbid-undeclared-aliases", true);
    let repeated = lint.flag("forbid-duplicated-anchors", false);
    let unused = lint.flag("forbid-unused-anchors", false);
    let mut anchors = Anchors::new();
    for token in lint.tokens() {
        let name = lint.text_of(token).get(1..).unwrap_or("");
        match token.kind {
            TokenKind::DocumentStart | TokenKind::DocumentEnd => {
                let anchors = std::mem::take(&mut anchors);
                report_unused(&lint, anchors, unused, out);
            }
            TokenKind::Anchor => {
                if let Some((first, _)) = anchors.get(name).filter(|_| repeated) {
                    let message = format!("the anchor `{name}` stands here again");
                    if let Some(finding) = lint.report(out, token.span, message) {
                        finding
                            .label(file.at(*first), "it stands here first")
                            .help("Give it a name of its own.");
                    }
                }
                anchors.entry(name).or_insert((token, false));
            }
            TokenKind::Alias => match anchors.get_mut(name) {
                Some((_, used)) => *used = true,
                None if undeclared => {
                    let message = format!("no anchor `{name}` stands before this alias");
                    if let Some(finding) = lint.report(out, token.span, message) {
                        finding.help("Name one that stands before it in the same document.");
                    }
                }
                None => {}
            },
            _ => {}
        }
    }
    report_unused(&lint, anchors, unused, out);
}

fn report_unused(lint: &Lint<'_>, anchors: Anchors<'_>, wanted: bool, out: &mut Findings) {
    for (name, (token, used)) in anchors {
        if used || !wanted {
            continue;
        }
        if let Some(finding) = lint.report(
            out,
            token.span,
            format!("no alias names the anchor `{name}`"),
        ) {
            finding.help("Take it away.");
        }
    }
}
