//! Every label that a link or an image names is defined.

use crate::support::markdown::Lint;
use crate::support::markdown_references::normal;
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
    for undefined in &lint.outline().undefined {
        let label = normal(&undefined.label);
        let text = undefined.shortcut && !shortcuts;
        if text || ignored.contains(&label.as_str()) {
            continue;
        }
        let message = format!("nothing defines the label `{label}`");
        if let Some(finding) = lint.report(out, undefined.span, message) {
            finding.help("Define it, or put a backslash before the bracket if it is text.");
        }
    }
}
