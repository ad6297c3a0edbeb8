//! What rules about agent files share.

use baton_repo::{Density, Flag};
use baton_source::Span;
use baton_syntax::node::Node;

use crate::{Ctx, File};

/// What a key of the front matter holds.
pub(crate) enum Held {
    /// It is not there.
    Nothing,
    /// It is there without a value, or with blank text.
    Blank(Span),
    /// A value; also where a syntax error stands before it.
    Value,
}

/// What `key` holds in a file's front matter.
pub(crate) fn held(file: &File, key: &str) -> Held {
    let document = file.front_matter();
    let Some(entry) = document.root.as_ref().and_then(|root| root.entry(key)) else {
        return if !document.errors.is_empty() && is_spelt(file, key) {
            Held::Value
        } else {
            Held::Nothing
        };
    };
    let is_blank = |text: &str| text.trim().is_empty();
    if entry.value.is_null() || entry.value.as_str().is_some_and(is_blank) {
        Held::Blank(entry.key_span)
    } else {
        Held::Value
    }
}

/// Whether a line of the front matter begins with the key.
fn is_spelt(file: &File, key: &str) -> bool {
    let block = file.front_matter_block();
    let yaml = block.map_or("", |block| block.yaml.of(file.text()));
    let mut lines = yaml.lines();
    lines.any(|line| {
        line.strip_prefix(key)
            .is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

/// Where something is missing from the front matter: before its first delimiter.
pub(crate) fn opening(file: &File) -> Span {
    let block = file.front_matter_block();
    Span::at(block.map_or(0, |block| block.block.start as usize))
}

/// Whether the front matter holds nothing and nothing is wrong with it.
pub(crate) fn is_empty(file: &File) -> bool {
    let document = file.front_matter();
    document.errors.is_empty() && document.root.as_ref().is_none_or(Node::is_null)
}

/// Whether the file is an agent that only other agents call.
pub(crate) fn is_subagent(ctx: &Ctx<'_>, file: &File) -> bool {
    ctx.repo.is_kind(file, "subagent")
}

/// Whether people can call the agent, as far as it says so.
pub(crate) fn user_invocable(file: &File) -> Option<Flag> {
    Flag::read(file.front_matter().root.as_ref()?.get("user-invocable")?)
}

/// The description's length in UTF-16 code units, and where it stands.
pub(crate) fn description_length(file: &File) -> Option<(usize, Span)> {
    let node = file.front_matter().root.as_ref()?.get("description")?;
    Some((node.as_str()?.encode_utf16().count(), node.span))
}

/// The longest description there may be.
pub(crate) fn description_max(ctx: &Ctx<'_>) -> Option<usize> {
    let own = ctx.settings.agents.description_max;
    own.or(ctx.repo.agent_conventions().description_max)
}

/// How loud the text may be.
pub(crate) fn density<'a>(ctx: &Ctx<'a>) -> Option<&'a Density> {
    let own = ctx.settings.agents.density.as_ref();
    own.or(ctx.repo.agent_conventions().density.as_ref())
}
