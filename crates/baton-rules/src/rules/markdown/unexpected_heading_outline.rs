//! A document has the headings its configuration asks for, in that order.

use baton_source::Span;
use baton_syntax::node::{Node, Value};

use crate::support::markdown::Lint;
use crate::support::markdown_headings::{headings, text};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD043") else {
        return;
    };
    let Some(list) = lint.option("headings").filter(|list| list.is_sequence()) else {
        return;
    };
    let mut wanted = Wanted {
        list: list.items().iter().map(written).collect(),
        next: 0,
        any: false,
        case: lint.flag("match_case", false),
    };
    let mut some = false;
    for heading in headings(&lint) {
        some = true;
        let hashes = "#".repeat(usize::from(heading.level));
        let own = format!("{hashes} {}", text(&lint, heading));
        if let Some(expected) = wanted.refuses(&own) {
            let message = format!("this heading stands where `{expected}` is expected");
            if let Some(finding) = lint.report(out, heading.span, message) {
                finding.help("Write the headings the configuration names, in its order.");
            }
            return;
        }
    }
    let rest = wanted.list.get(wanted.next..).unwrap_or(&[]);
    let none_needed = matches!(rest, [] | ["*"]);
    if none_needed || (!some && wanted.list.iter().all(|one| *one == "*")) {
        return;
    }
    let end = lint.lines().last().map_or(lint.body(), |line| line.span);
    let missing = rest.first().copied().unwrap_or("");
    let message = format!("the heading `{missing}` is missing");
    if let Some(finding) = lint.report(out, Span::at(end.end as usize), message) {
        finding.help("Write the headings the configuration names, in its order.");
    }
}

/// The headings that are asked for: `*` is any number of any, `+` at least one, `?` exactly one.
struct Wanted<'a> {
    list: Vec<&'a str>,
    next: usize,
    /// Whether others may stand before the next one.
    any: bool,
    case: bool,
}

impl<'a> Wanted<'a> {
    /// What is expected in place of a heading that may not stand here.
    fn refuses(&mut self, own: &str) -> Option<&'a str> {
        match self.take() {
            "*" => {
                let next = self.take();
                if !self.same(next, own) {
                    self.any = true;
                    self.next -= 1;
                }
            }
            "+" => self.any = true,
            "?" => {}
            expected if self.same(expected, own) => self.any = false,
            _ if self.any => self.next -= 1,
            expected => return Some(expected),
        }
        None
    }

    fn take(&mut self) -> &'a str {
        let one = self.list.get(self.next).copied();
        self.next += 1;
        one.filter(|one| !one.is_empty()).unwrap_or("[None]")
    }

    fn same(&self, one: &str, other: &str) -> bool {
        if self.case {
            one == other
        } else {
            one.to_lowercase() == other.to_lowercase()
        }
    }
}

/// A list's member as text; what is no text is expected to be none.
fn written(node: &Node) -> &str {
    match &node.value {
        Value::String(text) => text,
        _ => "",
    }
}
