//! Links and images are written in the ways the repository allows.

use baton_source::{Applicability, Fix};
use baton_syntax::markdown::{Link, LinkKind};

use crate::support::markdown::Lint;
use crate::support::markdown_math::Math;
use crate::support::markdown_references::{Labels, Reference, kind_of, label_of, normal};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// The ways that are allowed.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of the configuration"
)]
struct Styles {
    autolink: bool,
    inline: bool,
    full: bool,
    collapsed: bool,
    shortcut: bool,
    url_inline: bool,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD054") else {
        return;
    };
    let allows = |name| lint.flag(name, true);
    let styles = Styles {
        autolink: allows("autolink"),
        inline: allows("inline"),
        full: allows("full"),
        collapsed: allows("collapsed"),
        shortcut: allows("shortcut"),
        url_inline: allows("url_inline"),
    };
    let references = styles.full && styles.collapsed && styles.shortcut;
    if styles.autolink && styles.inline && references && styles.url_inline {
        return;
    }
    let labels = Labels::new(&lint);
    let math = Math::new(&lint);
    let links = lint.outline().links.iter();
    for link in links.filter(|link| !math.holds(link.span.start)) {
        let Some((style, destination)) = disallowed(&lint, &labels, (link, &styles)) else {
            continue;
        };
        let message = format!("{style} is not allowed here");
        let Some(finding) = lint.report(out, link.span, message) else {
            continue;
        };
        finding.help("Write it in one of the ways the configuration allows.");
        if let Some(written) = rewritten(&lint, link, (&styles, destination)) {
            finding.fix(Fix {
                title: format!("Write `{written}`"),
                applicability: Applicability::Unsafe,
                edits: vec![file.edit(link.span, written)],
            });
        }
    }
}

/// What is not allowed about a link, and where it leads.
fn disallowed<'a>(
    lint: &Lint<'a>,
    labels: &Labels<'a>,
    (link, styles): (&Link, &Styles),
) -> Option<(&'static str, &'a str)> {
    let destination = link.destination_span.of(lint.text);
    match link.kind {
        LinkKind::Autolink | LinkKind::Email => {
            (!styles.autolink).then_some(("an address in angle brackets", destination))
        }
        LinkKind::Inline if destination.is_empty() => None,
        LinkKind::Inline if !styles.inline => {
            Some(("a destination right behind the text", destination))
        }
        LinkKind::Inline => {
            let same = link.text_span.of(lint.text) == destination;
            let plain = !link.image && !has_title(lint, link) && same;
            let doubled = !styles.url_inline && styles.autolink && plain && is_address(destination);
            doubled.then_some(("an address as the text of its own link", destination))
        }
        LinkKind::Reference => {
            let (allowed, style) = match kind_of(lint, link) {
                Reference::Shortcut => (styles.shortcut, "a label as a link"),
                Reference::Collapsed => (styles.collapsed, "a label with empty brackets"),
                Reference::Full => (styles.full, "a text with a label behind it"),
            };
            let label = label_of(lint, link);
            // A label that is not written in its normal form is not found.
            let known = normal(label) == label;
            let destination = labels.destination(label).filter(|_| known)?;
            (!allowed && !destination.is_empty()).then_some((style, destination))
        }
    }
}

fn has_title(lint: &Lint<'_>, link: &Link) -> bool {
    let rest = lint
        .text
        .get(link.destination_span.end as usize..link.span.end as usize);
    let rest = rest.unwrap_or("").trim_start_matches('>');
    rest.trim_end_matches(')').trim().len() > 2
}

/// Whether a destination can stand in angle brackets.
fn is_address(destination: &str) -> bool {
    let Some((scheme, rest)) = destination.split_once(':') else {
        return false;
    };
    let known = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let scheme_fits =
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(known);
    let host = rest.trim_start_matches('/');
    let needs_host = matches!(scheme, "http" | "https" | "ftp" | "ws" | "wss");
    scheme_fits && !(needs_host && host.is_empty()) && !destination.contains([' ', '<', '>'])
}

/// A link in a way that is allowed.
fn rewritten(
    lint: &Lint<'_>,
    link: &Link,
    (styles, destination): (&Styles, &str),
) -> Option<String> {
    if link.span.of(lint.text).contains('\n') {
        return None;
    }
    let label = link.text_span.of(lint.text);
    let in_brackets = styles.autolink && !link.image && is_address(destination);
    if styles.inline && !label.is_empty() && (styles.url_inline || !in_brackets) {
        let mark = if link.image { "!" } else { "" };
        let label = label.replace('[', "\\[").replace(']', "\\]");
        let destination = destination.replace('(', "\\(").replace(')', "\\)");
        return Some(format!("{mark}[{label}]({destination})"));
    }
    in_brackets.then(|| format!("<{destination}>"))
}
