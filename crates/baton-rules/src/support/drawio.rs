//! What rules about drawings share.

use baton_repo::drawing::{Cell, Drawing, Page};
use baton_source::{Applicability, Edit, Fix, Severity};

use crate::settings::drawio::Rubric;
use crate::{Ctx, File};

/// What a file draws; nothing when it cannot be read, which a rule of its own reports.
pub(crate) fn drawing<'a>(ctx: &Ctx<'a>, file: &File) -> Option<&'a Drawing> {
    ctx.repo.drawing(file)
}

/// The pages of a drawing.
pub(crate) fn pages<'a>(ctx: &Ctx<'a>, file: &File) -> impl Iterator<Item = &'a Page> {
    let drawing = drawing(ctx, file).into_iter();
    drawing.flat_map(|drawing| &drawing.pages)
}

/// The cells of a drawing that hold something, each with its page.
pub(crate) fn cells<'a>(ctx: &Ctx<'a>, file: &File) -> impl Iterator<Item = (&'a Page, &'a Cell)> {
    pages(ctx, file).flat_map(|page| page.contents().map(move |cell| (page, cell)))
}

/// Whether agents draw such files, so that the conventions of the family hold.
pub(crate) fn is_of_agents(ctx: &Ctx<'_>, file: &File) -> bool {
    ctx.repo.is_kind(file, "agent-drawing")
}

/// How much the readability of drawings matters here.
pub(crate) fn rubric(ctx: &Ctx<'_>) -> Severity {
    match ctx.settings.drawio.rubric {
        Rubric::Advisory => Severity::Warning,
        Rubric::Strict => Severity::Error,
    }
}

/// What to call a page in a sentence.
pub(crate) fn page_name(page: &Page) -> String {
    match page.title() {
        "" => "the page".to_owned(),
        title => format!("the page `{title}`"),
    }
}

/// What to call a cell in a sentence.
pub(crate) fn cell_name(cell: &Cell) -> String {
    match cell.name() {
        "" => "the cell".to_owned(),
        name => format!("`{name}`"),
    }
}

/// Whether a text mentions one of these words, which are in lower case. A single word stands
/// alone; of several the last may go on.
pub(crate) fn mentions<W: AsRef<str>>(text: &str, words: &[W]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| {
        let word = word.as_ref();
        let is_part = |part: char| part.is_alphanumeric() || part == '_';
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).unwrap_or("");
            let after = text.get(at + word.len()..).unwrap_or("");
            word.contains(' ') || !before.ends_with(is_part) && !after.starts_with(is_part)
        })
    })
}

/// A fix that only does what was meant.
pub(crate) fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
    Fix {
        title: title.into(),
        applicability: Applicability::Safe,
        edits,
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    #[test]
    fn single_words_stand_alone() {
        assert!(mentions("Spoke VNet (10.0.0.0/16)", &["vnet"]));
        assert!(!mentions("vnets", &["vnet"]));
        assert!(mentions("Virtual Networks", &["virtual network"]));
        assert!(!mentions("", &["vnet"]));
    }
}
