//! Comments about a whole resource or module: above it, or for Checkov inside it.

use baton_repo::File;
use baton_source::Span;

use super::directive::{Directive, Tool};

/// Lets comments whose line begins a resource or a module answer for all of it.
pub(super) fn extend(file: &File, directives: &mut [Directive]) {
    if directives.is_empty() {
        return;
    }
    let declared: Vec<[usize; 2]> = extents(file);
    for directive in directives.iter_mut().filter(|one| !one.whole_file) {
        let Some(line) = directive.line else { continue };
        let about = if directive.tool == Tool::Checkov {
            let at = file.lines().line_of(directive.at.start);
            let around = declared
                .iter()
                .filter(|[first, last]| (*first..=*last).contains(&at));
            // Resources may be nested: the innermost counts.
            around.max_by_key(|[first, _]| *first)
        } else {
            let begins = line + decorators(file, line);
            declared.iter().find(|[first, _]| *first == begins)
        };
        if let Some([first, last]) = about {
            directive.line = Some(line.min(*first));
            directive.last = Some(*last);
        }
    }
}

/// The first and the last line of every resource and module call.
fn extents(file: &File) -> Vec<[usize; 2]> {
    let Some(iac) = file.iac() else {
        return Vec::new();
    };
    let resources = iac.template.resources.iter();
    let resources = resources.map(|resource| (resource.span, resource.body.span));
    let modules = iac.template.modules.iter();
    let modules = modules.map(|call| (call.span, call.arguments.span));
    let lines = |(header, body): (Span, Span)| {
        let end = header.end.max(body.end);
        [header.start, end].map(|at| file.lines().line_of(at))
    };
    resources.chain(modules).map(lines).collect()
}

/// How many lines of decorators stand before the declaration that they begin.
fn decorators(file: &File, line: usize) -> usize {
    let lines = file.lines();
    let text = |line: usize| lines.line_text(file.text(), line).trim_start();
    (line..lines.lines())
        .take_while(|line| text(*line).starts_with('@'))
        .count()
}
