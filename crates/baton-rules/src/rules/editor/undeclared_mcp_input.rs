//! The editor can ask for every value that a server needs.

use baton_repo::File;
use baton_source::{Span, nearest};
use baton_syntax::node::Node;

use crate::support::mcp::{servers, texts};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const MARK: &str = "${input:";

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(root) = file.node() else {
        return;
    };
    let inputs = root.get("inputs").map(Node::items).unwrap_or_default();
    let ids = inputs.iter().filter_map(|input| input.get("id")?.as_str());
    let known: Vec<&str> = ids.collect();
    for server in servers(ctx, file) {
        let mut found = Vec::new();
        texts(&server.value, &mut found);
        for (at, id) in found.into_iter().flat_map(|node| asked(file, node)) {
            if known.contains(&id) {
                continue;
            }
            let finding = out.report(file.at(&at), format!("no input is called `{id}`"));
            match nearest(id, known.iter().copied()) {
                Some(meant) => finding.help(format!("Did you mean `{meant}`?")),
                None => {
                    finding.help("Declare it in `inputs`, with `id`, `type` and `description`.")
                }
            };
        }
    }
}

/// The inputs that a text asks for, with where it does.
fn asked<'f>(file: &'f File, node: &Node) -> Vec<(Span, &'f str)> {
    let text = node.span.of(file.text());
    let marks = text.match_indices(MARK);
    let ends = marks.filter_map(|(at, _)| {
        let start = at + MARK.len();
        let id = text.get(start..)?.split(['}', ':']).next()?;
        let span = Span::new(start, start + id.len()).shifted(node.span.start as usize);
        Some((span, id))
    });
    ends.collect()
}
