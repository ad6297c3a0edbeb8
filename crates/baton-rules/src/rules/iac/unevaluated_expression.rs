//! What was too large or too deep to be worked out is said aloud.

use baton_iac::evaluate::{Limit, Site};
use baton_iac::model::{Expr, ExprKind, Property};
use baton_iac::program::CutReason;
use baton_source::Span;

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// So much work is done for one file to find out what takes too much.
const MOST_WORK: usize = 2_000_000;
/// So many values are counted in one file.
const MOST_FINDINGS: usize = 20;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(iac) = file.iac() else { return };
    for gap in &iac.template.gaps {
        out.report(file.at(gap), gap.message.clone())
            .help("Put large data into a file of its own; rules take what is in it for unknown.");
    }
    let program = ctx.program(iac.template.language);
    let unfollowed = program.cuts_in(file.id);
    let too_many = unfollowed.filter(|cut| cut.why == CutReason::Limit);
    let too_many: Vec<Span> = too_many.map(|cut| cut.span).collect();
    if let Some(first) = too_many.first() {
        let message = match too_many.len() {
            1 => "the module is not looked at for this call".to_owned(),
            many => format!(
                "modules are not looked at for this call and {} more",
                many - 1
            ),
        };
        let message = format!("{message}: there are too many calls, or too many inside each other");
        out.report(file.at(first), message)
            .help("Use fewer calls; until then rules take what these deploy for unknown.");
    }
    let Some(instance) = program.instances(file.id).next() else {
        return;
    };
    let mut search = Search {
        work: 0,
        found: Vec::new(),
    };
    let resources = iac.template.resources.iter();
    let calls = iac.template.modules.iter();
    let bodies = resources
        .map(|resource| Site::resource(&**instance, resource))
        .chain(calls.map(|call| Site::call(&**instance, call)));
    for site in bodies {
        search.look(&site);
    }
    for (limit, why) in [
        (Limit::Steps, "it takes too much work"),
        (
            Limit::Depth,
            "it refers to itself, or leads through more than 128 names and parts",
        ),
        (
            Limit::Alternatives,
            "more than 64 values are possible, and not all of them were looked at",
        ),
    ] {
        let mut found = search.found.iter().filter(|(.., found)| *found == limit);
        let Some((at, name, _)) = found.next() else {
            continue;
        };
        let more = match found.count() {
            0 => String::new(),
            1 => ", nor was one more of this file".to_owned(),
            more => format!(", nor were {more} more of this file"),
        };
        let message = format!("the value of `{name}` was not worked out{more}: {why}");
        out.report(file.at(at), message)
            .help("Write the value more plainly; until then rules take it for unknown.");
    }
}

struct Search {
    work: usize,
    found: Vec<(Span, String, Limit)>,
}

impl Search {
    /// Asks for every property of a body that is no literal.
    fn look(&mut self, site: &Site<'_>) {
        let mut open: Vec<(Vec<&str>, &Property)> = Vec::new();
        open.extend(
            site.body
                .properties()
                .iter()
                .rev()
                .map(|one| (Vec::new(), one)),
        );
        while let Some((mut path, property)) = open.pop() {
            let Some(name) = property.name() else {
                continue;
            };
            path.push(name);
            let properties = property.value.properties();
            if !properties.is_empty() {
                open.extend(properties.iter().rev().map(|one| (path.clone(), one)));
                continue;
            }
            if is_plain(&property.value) {
                continue;
            }
            if self.work > MOST_WORK || self.found.len() >= MOST_FINDINGS {
                return;
            }
            let values = site.lookup(&path);
            self.work += values.steps;
            if let Some(limit) = values.limit {
                self.found.push((property.key_span, name.to_owned(), limit));
            }
        }
    }
}

fn is_plain(value: &Expr) -> bool {
    matches!(
        value.kind,
        ExprKind::Null
            | ExprKind::Bool(_)
            | ExprKind::Number(_)
            | ExprKind::String(_)
            | ExprKind::Unknown
            | ExprKind::Object(_)
    )
}
