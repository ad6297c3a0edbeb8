//! The code is what it was when it was handed over.

use baton_repo::{Tree, tree};
use baton_source::Severity;

use crate::support::iac_handoff::handoff;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let handed = handoff(ctx, file).and_then(|it| it.tree.as_ref());
    let Some((handed, declared)) = handed.and_then(|it| Some((it, it.value.as_ref()?))) else {
        return;
    };
    match tree(ctx.repo, &handed.root.value) {
        Tree::Hashed { value, files } if !value.eq_ignore_ascii_case(&declared.value) => {
            let root = &handed.root.value;
            let message =
                format!("the files in `{root}` have changed since: their digest is `{value}` now");
            let finding = out.report(file.at(declared), message);
            finding.help("Have the code judged again, and hand it over anew.");
            let count = handed
                .count
                .filter(|(count, _)| usize::try_from(*count) != Ok(files));
            if let Some((_, span)) = count {
                finding.label(file.at(&span), format!("there are {files} files now"));
            }
        }
        Tree::Unread(path) => {
            let message = format!("the digest was not judged: `{path}` cannot be read");
            out.report(file.at(declared), message)
                .severity(Severity::Warning)
                .help("Move the file out of the folder, or let it be read.");
        }
        Tree::Hashed { .. } | Tree::Missing => {}
    }
}
