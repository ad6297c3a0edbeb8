//! Every label that a link or an image names is defined.

use baton_source::Span;
use baton_syntax::markdown::Undefined;

use crate::support::markdown::Lint;
use crate::support::markdown_addresses::bare_addresses;
use crate::support::markdown_math::Math;
use crate::support::markdown_references::{Labels, normal};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD052") else {
        return;
    };
    let shortcuts = lint.flag("shortcut_syntax", false);
    let ignored = if lint.option("ignored_labels").is_some() {
        lint.words("ignored_labels")
    } else {
        vec!["x"]
    };
    if lint.outline().undefined.is_empty() {
        return;
    }
    let labels = Labels::new(&lint);
    let math = Math::new(&lint);
    let addresses = bare_addresses(&lint);
    let hidden = |start: u32| {
        let mut addresses = addresses.iter();
        math.holds(start) || addresses.any(|address| address.contains(start))
    };
    for undefined in &lint.outline().undefined {
        let Some((label, shortcut)) = label(&lint, undefined) else {
            continue;
        };
        let text = (shortcut && !shortcuts) || is_directive(&lint, undefined.span.start);
        if text
            || hidden(undefined.span.start)
            || labels.defines(&label)
            || ignored.contains(&label.as_str())
        {
            continue;
        }
        let message = format!("nothing defines the label `{label}`");
        if let Some(finding) = lint.report(out, undefined.span, message) {
            finding.help("Define it, or put a backslash before the bracket if it is text.");
        }
    }
}

/// What stands as plain text in the label, and whether there is nothing but the label;
/// a label all of code is taken for text.
fn label(lint: &Lint<'_>, undefined: &Undefined) -> Option<(String, bool)> {
    let source = undefined.span.of(lint.text);
    if undefined.shortcut {
        return Some((plain(lint, undefined.span)?, true));
    }
    let (start, end) = (undefined.span.start as usize, undefined.span.end as usize);
    let second = start + source.rfind('[')?;
    let first = plain(lint, Span::new(start, second));
    if source.ends_with("[]") {
        return Some((first?, false));
    }
    let label = plain(lint, Span::new(second, end))?;
    Some((label, first.is_none()))
}

/// The text between brackets without code, tags and markers of emphasis.
fn plain(lint: &Lint<'_>, brackets: Span) -> Option<String> {
    let outline = lint.outline();
    let first = outline
        .words
        .partition_point(|words| words.span.end <= brackets.start);
    let words = outline.words.iter().skip(first);
    let words = words.take_while(|words| words.span.start < brackets.end);
    let parts: Vec<&str> = words
        .map(|words| {
            let inside = Span {
                start: words.span.start.max(brackets.start),
                end: words.span.end.min(brackets.end),
            };
            inside.of(lint.text)
        })
        .collect();
    let text = parts.concat();
    let text = text.trim_start_matches(['!', '[']);
    let text = text.strip_suffix(']').unwrap_or(text);
    let text = text.replace(['*', '_'], "");
    (!text.trim().is_empty() && !text.contains(']')).then(|| normal(&text))
}

/// Whether brackets belong to a directive: `:name[label]`.
fn is_directive(lint: &Lint<'_>, start: u32) -> bool {
    let before = lint.before(start);
    let name = |mark: char| mark.is_alphanumeric() || matches!(mark, '-' | '_');
    let rest = before.trim_end_matches(name);
    let named = before.get(rest.len()..).unwrap_or("");
    rest.ends_with(':') && named.starts_with(char::is_alphabetic)
}
