//! Descriptions of agents stand on one line.

use baton_source::{Applicability, Fix, Span};

use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    if !ctx.repo.agent_conventions().one_line_description {
        return;
    }
    let root = file.front_matter().root.as_ref();
    let Some(entry) = root.and_then(|root| root.entry("description")) else {
        return;
    };
    let after_key = entry.key_span.end as usize;
    let rest = Span::new(after_key, file.text().len()).of(file.text());
    let line = rest.lines().next().unwrap_or("");
    let value = line.trim_start_matches([':', ' ', '\t']);
    let Some(text) = entry
        .value
        .as_str()
        .filter(|_| value.starts_with(['>', '|']))
    else {
        return;
    };
    let start = after_key + line.len() - value.len();
    let indicator = Span::new(start, after_key + line.trim_end().len());
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quoted = one_line.replace('\\', "\\\\").replace('"', "\\\"");
    let end = start + block_length(rest.get(line.len() - value.len()..).unwrap_or(""));
    out.report(
        file.at(&indicator),
        "`description` is a block, not one line",
    )
    .help("Write the description as quoted text on the line of its key.")
    .fix(Fix {
        title: "Write the description on one line".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![file.edit(Span::new(start, end), format!("\"{quoted}\""))],
    });
}

/// The length of a block that begins with its indicator: up to the line ending before the next
/// line that is neither blank nor indented.
fn block_length(text: &str) -> usize {
    let mut at = 0;
    let mut end = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_end();
        if number > 0 && !content.is_empty() && !line.starts_with([' ', '\t']) {
            break;
        }
        if !content.is_empty() {
            end = at + content.len();
        }
        at += line.len();
    }
    end
}
