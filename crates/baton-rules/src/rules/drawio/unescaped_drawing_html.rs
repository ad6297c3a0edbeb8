//! Markup in the values of a drawing is escaped.

use baton_source::Span;
use baton_syntax::xml::Element;

use crate::support::drawio::safe;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if let Some(root) = &file.xml().root {
        judge(file, root, out);
    }
}

fn judge(file: &File, element: &Element, out: &mut Findings) {
    for attribute in &element.attributes {
        let raw = attribute.span.of(file.text());
        let brackets = raw.match_indices('<').map(|(at, _)| at);
        let places =
            brackets.map(|at| Span::new(at, at + 1).shifted(attribute.span.start as usize));
        let edits: Vec<_> = places.map(|place| file.edit(place, "&lt;")).collect();
        if edits.is_empty() {
            continue;
        }
        let id = element.get("id").unwrap_or(&element.name);
        let message = format!(
            "`{}` of `{id}` has a `<` that is not escaped",
            attribute.name
        );
        out.report(file.at(attribute), message)
            .help("Write `&lt;` for `<`.")
            .fix(safe("Escape the markup", edits));
    }
    for child in &element.children {
        judge(file, child, out);
    }
}
