//! Changes to one text.

use crate::{FileId, Span};

/// Replaces a span of a file with a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The file to change.
    pub file: FileId,
    /// What goes away; empty to insert.
    pub span: Span,
    /// What takes its place.
    pub text: String,
}

/// Applies edits of one file to its text.
///
/// `None` when two edits overlap or one does not fit the text; nothing is changed then.
/// Insertions at one place are applied in the order given.
pub fn apply_edits(text: &str, edits: &[&Edit]) -> Option<String> {
    let mut sorted = edits.to_vec();
    sorted.sort_by_key(|edit| edit.span);
    let mut changed = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in sorted {
        changed.push_str(text.get(copied..edit.span.start as usize)?);
        changed.push_str(&edit.text);
        copied = edit.span.end as usize;
    }
    changed.push_str(text.get(copied..)?);
    Some(changed)
}

#[cfg(test)]
mod tests {
    use super::{Edit, apply_edits};
    use crate::{FileId, Span};

    fn apply(text: &str, edits: &[(usize, usize, &str)]) -> Option<String> {
        let edits: Vec<Edit> = edits
            .iter()
            .map(|(start, end, text)| Edit {
                file: FileId(0),
                span: Span::new(*start, *end),
                text: (*text).to_owned(),
            })
            .collect();
        apply_edits(text, &edits.iter().collect::<Vec<_>>())
    }

    #[test]
    fn applies_in_any_order() {
        assert_eq!(
            apply("abcd", &[(3, 4, "D"), (0, 1, "A"), (2, 2, "-")]).as_deref(),
            Some("Ab-cD")
        );
    }

    #[test]
    fn refuses_overlap_and_bad_boundaries() {
        assert_eq!(apply("abcd", &[(0, 3, ""), (2, 4, "")]), None);
        assert_eq!(apply("é", &[(1, 2, "")]), None);
        assert_eq!(apply("a", &[(5, 6, "")]), None);
    }
}
