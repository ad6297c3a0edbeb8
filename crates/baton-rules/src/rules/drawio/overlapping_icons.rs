//! Icons and their labels do not lie on each other.

use baton_repo::drawing::{Cell, DrawingConventions, Page};

use crate::support::drawio::{cell_name, pages, rubric};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// The widest label before it is broken.
const WIDEST: f64 = 240.0;

/// An icon with its label below.
struct Sight<'c> {
    cell: &'c Cell,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    for page in pages(ctx, file) {
        judge(ctx, file, page, out);
    }
}

fn judge(ctx: &Ctx<'_>, file: &File, page: &Page, out: &mut Findings) {
    let limits = DrawingConventions::of_family();
    let sights: Vec<Sight<'_>> = page.contents().filter_map(sight).collect();
    let mut left = limits.most_pairs;
    for (at, one) in sights.iter().enumerate() {
        for other in sights.iter().skip(at + 1) {
            let shared = shared(one, other);
            let smaller = (one.width * one.height).min(other.width * other.height);
            if shared < limits.shared_area || shared < limits.shared_part * smaller {
                continue;
            }
            if left == 0 {
                return;
            }
            left -= 1;
            let message = format!(
                "{} and {} lie on each other, labels included: {:.0} % of the smaller one",
                cell_name(one.cell),
                cell_name(other.cell),
                100.0 * shared / smaller
            );
            out.report(file.at(other.cell), message)
                .severity(rubric(ctx))
                .label(file.at(one.cell), "the other one")
                .help("Move one of them, or shorten the labels.");
        }
    }
}

fn shared(one: &Sight<'_>, other: &Sight<'_>) -> f64 {
    let along = |(from, length): (f64, f64), (other, other_length): (f64, f64)| {
        ((from + length).min(other + other_length) - from.max(other)).max(0.0)
    };
    along((one.left, one.width), (other.left, other.width))
        * along((one.top, one.height), (other.top, other.height))
}

/// What is seen of an icon: the label is centred below it.
fn sight(cell: &Cell) -> Option<Sight<'_>> {
    let geometry = cell.geometry.as_ref().filter(|_| cell.edge.is_none())?;
    if !cell.is_icon() || geometry.width <= 0.0 || geometry.height <= 0.0 {
        return None;
    }
    let size = cell
        .style
        .get("fontSize")
        .and_then(|size| size.parse::<f64>().ok());
    let size = size.filter(|size| size.is_finite()).unwrap_or(11.0);
    let label = (f64::from(shown(cell.label())) * size * 0.7).clamp(0.0, WIDEST);
    Some(Sight {
        cell,
        left: geometry.absolute.0 - ((label - geometry.width) / 2.0).max(0.0),
        top: geometry.absolute.1,
        width: geometry.width.max(label),
        height: geometry.height + (size * 1.4).round(),
    })
}

/// How many characters of a label are shown: tags are not, and a reference is one.
fn shown(label: &str) -> u32 {
    let mut count = 0;
    let mut rest = label;
    while let Some(first) = rest.chars().next() {
        let after = rest.get(first.len_utf8()..).unwrap_or("");
        let end = match first {
            '<' => after
                .find(['<', '>'])
                .filter(|at| after.get(*at..).is_some_and(|end| end.starts_with('>'))),
            '&' => after
                .find(|next: char| !next.is_ascii_alphanumeric() && next != '#')
                .filter(|at| *at > 0 && after.get(*at..).is_some_and(|end| end.starts_with(';'))),
            _ => None,
        };
        if first != '<' || end.is_none() {
            count += 1;
        }
        rest = end.map_or(after, |end| after.get(end + 1..).unwrap_or(""));
    }
    count
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn only_what_is_shown_counts() {
        for (label, count) in [
            ("", 0),
            ("Web App", 7),
            ("<b>Web</b>&nbsp;1", 5),
            ("a < b", 5),
            ("a & b", 5),
        ] {
            assert_eq!(shown(label), count, "{label}");
        }
    }
}
