//! What rules about agent files share.

use baton_repo::Flag;
use baton_source::{Applicability, Fix, Span};
use baton_syntax::node::Node;

use crate::{Ctx, File, Findings};

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

/// The description's length in UTF-16 code units, and where it stands; the line ending of a
/// block does not count.
pub(crate) fn description_length(file: &File) -> Option<(usize, Span)> {
    let node = file.front_matter().root.as_ref()?.get("description")?;
    let text = node.as_str()?.trim_end();
    Some((text.encode_utf16().count(), node.span))
}

/// The longest description there may be.
pub(crate) fn description_max(ctx: &Ctx<'_>) -> Option<usize> {
    let own = ctx.settings.agents.description_max;
    own.or(ctx.repo.agent_conventions().description_max)
}

/// How many absolute words a text may hold, options and pack taken together.
pub(crate) struct Density<'a> {
    /// The words, in their case.
    pub(crate) words: &'a [String],
    /// The most there may be in 100 lines.
    pub(crate) max_per_100: usize,
    /// Lines that hold one of these in any case do not count.
    pub(crate) exclude: &'a [String],
    /// Lines that hold one of these exactly do not count.
    pub(crate) exclude_exact: &'a [String],
}

/// How many absolute words a text may hold; `None` when nothing says which words those are.
pub(crate) fn density<'a>(ctx: &Ctx<'a>) -> Option<Density<'a>> {
    let pack = ctx.repo.agent_conventions().density.as_ref();
    let own = ctx.settings.agents.density.as_ref();
    let list = |own: Option<&'a Vec<String>>, pack: Option<&'a Vec<String>>| {
        own.or(pack).map_or(&[][..], Vec::as_slice)
    };
    let density = Density {
        words: list(
            own.and_then(|own| own.words.as_ref()),
            pack.map(|pack| &pack.words),
        ),
        max_per_100: own
            .and_then(|own| own.max_per_100)
            .or(pack.map(|pack| pack.max_per_100))
            .unwrap_or(0),
        exclude: list(
            own.and_then(|own| own.exclude.as_ref()),
            pack.map(|pack| &pack.exclude),
        ),
        exclude_exact: list(
            own.and_then(|own| own.exclude_exact.as_ref()),
            pack.map(|pack| &pack.exclude_exact),
        ),
    };
    (!density.words.is_empty()).then_some(density)
}

/// Demands a key with a value in the front matter, when there is front matter.
pub(crate) fn demand(file: &File, key: &str, out: &mut Findings) {
    if file.front_matter_block().is_none() {
        return;
    }
    match held(file, key) {
        Held::Value => {}
        Held::Blank(span) => {
            out.report(file.at(&span), format!("`{key}` has no value"))
                .help(format!("Give `{key}` a value."));
        }
        Held::Nothing => {
            out.report(
                file.at(&opening(file)),
                format!("the front matter lacks `{key}`"),
            )
            .help(format!("Add `{key}` to the front matter."));
        }
    }
}

/// Demands a description that stands on its key's line.
pub(crate) fn demand_one_line(file: &File, out: &mut Findings) {
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
