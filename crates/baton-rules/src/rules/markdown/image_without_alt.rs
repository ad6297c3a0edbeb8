//! Every image says in words what it shows.

use crate::support::markdown::Lint;
use crate::support::markdown_inline::{attribute, has_text};
use crate::support::markdown_math::Math;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const MESSAGE: &str = "this image has no alternative text";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(lint) = Lint::of(ctx, file, "MD045") else {
        return;
    };
    let math = Math::new(&lint);
    let links = lint.outline().links.iter();
    let mut images: Vec<_> = links
        .filter(|link| link.image && has_text(link) && link.text_span.is_empty())
        .map(|link| link.span)
        .filter(|span| !math.holds(span.start))
        .collect();
    for tag in lint.tags() {
        let source = tag.span.of(lint.text);
        let hidden = || {
            let hidden = attribute(source, "aria-hidden");
            hidden.is_some_and(|value| value.eq_ignore_ascii_case("true"))
        };
        let image = !tag.closes && tag.name.eq_ignore_ascii_case("img");
        if image && attribute(source, "alt").is_none() && !hidden() {
            images.push(tag.span);
        }
    }
    for image in images {
        if let Some(finding) = lint.report(out, image, MESSAGE) {
            finding.help("Describe what it shows; `alt=\"\"` marks an image that only decorates.");
        }
    }
}
