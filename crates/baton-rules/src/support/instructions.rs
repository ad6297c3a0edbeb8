//! Instructions that editors add to work on certain files.

use baton_repo::File;
use baton_source::Span;
use baton_syntax::node::Node;

use super::hosts;
use crate::Ctx;

/// The globs of `applyTo` as one text, and where they stand.
pub(crate) fn applies_to(file: &File) -> Option<(String, Span)> {
    let root = file.front_matter().root.as_ref()?;
    let node = root.get("applyTo")?;
    let globs = if let Some(text) = node.as_str() {
        text.trim().to_owned()
    } else {
        let items = node.items().iter().filter_map(Node::as_str);
        items.map(str::trim).collect::<Vec<_>>().join(", ")
    };
    (!globs.is_empty()).then_some((globs, node.span))
}

/// The keys that front matter of instructions may have here; none if all are allowed.
pub(crate) fn keys<'a>(ctx: &Ctx<'a>) -> &'a [String] {
    let own = ctx.settings.instructions.keys.as_ref();
    own.unwrap_or(&ctx.repo.instruction_conventions().keys)
}

/// The keys that it must have.
pub(crate) fn required_keys<'a>(ctx: &Ctx<'a>) -> &'a [String] {
    let own = ctx.settings.instructions.required_keys.as_ref();
    own.unwrap_or(&ctx.repo.instruction_conventions().required_keys)
}

/// Whether the repository has an opinion of its own on the front matter of a file, beside what
/// hosts read.
pub(crate) fn has_own_keys(ctx: &Ctx<'_>, file: &File) -> bool {
    ctx.repo.is_kind(file, "instruction") && !keys(ctx).is_empty()
}

/// The key that is meant by one that instructions do not have.
pub(crate) fn meant(ctx: &Ctx<'_>, file: &File, key: &str) -> Option<&'static str> {
    let document = ctx.repo.host_document(file)?;
    let mut foreign = document.foreign.iter();
    let foreign = foreign.find(|foreign| foreign.name == key);
    let foreign = foreign.map(|foreign| foreign.instead.as_str());
    let meant = foreign.or_else(|| hosts::meant(document, key))?;
    keys(ctx)
        .iter()
        .any(|known| known == meant)
        .then_some(meant)
}

/// The globs of a text, cut at commas outside braces.
pub(crate) fn globs(text: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    let between = |letter: char| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    };
    let pieces = text.split(between).map(str::trim);
    pieces.filter(|piece| !piece.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::globs;

    #[test]
    fn commas_in_braces_part_nothing() {
        assert_eq!(
            globs("**/*.{tf,bicep}, a/**,,b"),
            ["**/*.{tf,bicep}", "a/**", "b"]
        );
        assert!(globs(" ").is_empty());
    }
}
