//! The data of an embedded picture is whole.

use baton_source::Severity;

use crate::support::drawio::{cell_name, cells};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

const MARK: &str = "image=data:image/svg+xml;base64,";

/// Shorter data is no picture.
const SHORTEST: usize = 100;

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for (_, cell) in cells(ctx, file) {
        let Some((before, rest)) = cell.style.text().split_once(MARK) else {
            continue;
        };
        let is_data = |next: char| {
            next.is_ascii_alphanumeric() || matches!(next, '+' | '/' | '=') || next.is_whitespace()
        };
        let end = rest.find(|next| !is_data(next)).unwrap_or(rest.len());
        let data = rest.get(..end).unwrap_or("");
        let start = before.len() + MARK.len();
        let Some(at) = cell.style.part(start..start + end) else {
            continue;
        };
        if data.contains(char::is_whitespace) {
            let message = format!("the picture of {} has blanks in its data", cell_name(cell));
            out.report(file.at(&at), message)
                .help("Embed the picture again.");
        }
        let length = data
            .chars()
            .filter(|next| *next != '=' && !next.is_whitespace())
            .count();
        if length < SHORTEST {
            let message = format!(
                "the picture of {} has only {length} characters of data",
                cell_name(cell)
            );
            out.report(file.at(&at), message)
                .severity(Severity::Warning)
                .help("Embed the picture again.");
        }
    }
}
