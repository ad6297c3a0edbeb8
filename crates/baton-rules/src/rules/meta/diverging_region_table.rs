//! The table of regions is the same in both files.

use baton_repo::File;
use baton_source::{Applicability, Fix, Span};

use crate::support::regions::{cells, find_heading, rows};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    let repo = ctx.repo;
    let Some(regions) = &repo.meta_conventions().regions else {
        return;
    };
    let table = |kind| {
        let file = repo.of_kind(kind).next()?;
        let heading = find_heading(file, &regions.heading)?;
        let rows = rows(file, heading);
        (rows.len() >= 3).then_some((file, rows))
    };
    let tables = (table("copilot-instructions"), table("region-mirror"));
    if let (Some((canonical, wanted)), Some((mirror, found))) = tables {
        compare((canonical, &wanted), (mirror, &found), out);
    }
}

fn compare(
    (canonical, wanted): (&File, &[Span]),
    (mirror, found): (&File, &[Span]),
    out: &mut Findings,
) {
    if wanted.len() != found.len() {
        let message = format!(
            "the table has {} rows here and {} in `{}`",
            found.len(),
            wanted.len(),
            canonical.path
        );
        let (whole, all) = (whole(found), whole(wanted));
        out.report(mirror.at(&whole), message)
            .label(canonical.at(&all), "the canonical table")
            .help("Copy the canonical table.")
            .fix(Fix {
                title: "Copy the canonical table".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![mirror.edit(whole, copy((canonical, wanted), mirror))],
            });
        return;
    }
    for (wanted, found) in wanted.iter().zip(found) {
        let (is, ought) = (found.of(mirror.text()), wanted.of(canonical.text()));
        if cells(is) == cells(ought) {
            continue;
        }
        let message = format!("this row is another one in `{}`", canonical.path);
        out.report(mirror.at(found), message)
            .label(canonical.at(wanted), "the canonical row")
            .help("Copy the canonical row.")
            .fix(Fix {
                title: "Copy the canonical row".to_owned(),
                applicability: Applicability::Safe,
                edits: vec![mirror.edit(*found, ought)],
            });
    }
}

fn whole(rows: &[Span]) -> Span {
    let ends = rows.first().zip(rows.last());
    ends.map_or(Span::default(), |(first, last)| first.to(*last))
}

/// The canonical rows with the line endings of the copy.
fn copy((canonical, rows): (&File, &[Span]), mirror: &File) -> String {
    let ending = mirror.line_ending();
    let rows = rows.iter().map(|row| row.of(canonical.text()));
    rows.collect::<Vec<_>>().join(ending)
}
