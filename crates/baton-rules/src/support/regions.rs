//! The table of regions, which stands in two files.

use baton_repo::File;
use baton_source::Span;
use baton_syntax::markdown::Heading;

use crate::support::meta::lines;

/// The heading of level 3 with a title.
pub(crate) fn find_heading<'f>(file: &'f File, title: &str) -> Option<&'f Heading> {
    let mut headings = file.markdown().headings.iter();
    headings.find(|heading| heading.level == 3 && heading.raw.trim() == title)
}

/// The lines of the table right below a heading, without blanks around them.
pub(crate) fn rows(file: &File, heading: &Heading) -> Vec<Span> {
    let text = file.text();
    let below = text.get(heading.span.end as usize..).unwrap_or_default();
    let lines = lines(below).skip(1);
    let lines = lines.skip_while(|(_, line)| line.trim().is_empty());
    let rows = lines.take_while(|(_, line)| line.trim_start().starts_with('|'));
    let offset = heading.span.end as usize;
    rows.map(|(start, line)| {
        let indent = line.len() - line.trim_start().len();
        let start = offset + start + indent;
        Span::new(start, start + line.trim().len())
    })
    .collect()
}

/// What stands in the cells of a row.
pub(crate) fn cells(row: &str) -> Vec<&str> {
    let mut cells: Vec<&str> = row.split('|').skip(1).map(str::trim).collect();
    cells.pop();
    cells
}
