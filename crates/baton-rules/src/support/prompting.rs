//! What rules about writing for models share.

use std::collections::BTreeMap;

use baton_repo::{Agent, FamilyStatus, ModelFamily, Prompt, Target, Text};
use baton_source::{Diagnostic, Severity, Span, Spanned};

use crate::{Ctx, File};

/// The model a file asks for first.
pub(crate) struct Model<'a> {
    /// What the file calls it.
    pub(crate) label: &'a str,
    /// Where that stands.
    pub(crate) span: Span,
    /// Its family; `None` for a model nobody knows.
    pub(crate) family: Option<&'a ModelFamily>,
}

impl Spanned for Model<'_> {
    fn span(&self) -> Span {
        self.span
    }
}

/// The model an agent or a prompt asks for first; `None` too where the front matter cannot be read.
pub(crate) fn model<'a>(ctx: &'a Ctx<'_>, file: &'a File) -> Option<Model<'a>> {
    let document = file.front_matter();
    let root = document
        .root
        .as_ref()
        .filter(|_| document.errors.is_empty())?;
    let node = root.get("model")?;
    let node = if node.is_sequence() {
        node.items().first()?
    } else {
        node
    };
    let label = node.as_str().filter(|text| !text.trim().is_empty())?;
    Some(Model {
        label,
        span: node.span,
        family: family(ctx, label),
    })
}

/// The same, if a vendor makes it.
pub(crate) fn made_by<'a>(ctx: &'a Ctx<'_>, file: &'a File, vendor: &str) -> Option<Model<'a>> {
    model(ctx, file).filter(|model| model.family.is_some_and(|family| family.vendor() == vendor))
}

/// The same, if it is of one of these families.
pub(crate) fn one_of<'a>(ctx: &'a Ctx<'_>, file: &'a File, names: &[String]) -> Option<Model<'a>> {
    model(ctx, file).filter(|model| {
        let family = model.family;
        family.is_some_and(|family| names.contains(&family.name))
    })
}

/// The family of a model; the repository's own families come first.
pub(crate) fn family<'a>(ctx: &'a Ctx<'_>, model: &str) -> Option<&'a ModelFamily> {
    let own = ctx.settings.agents.model_families.iter();
    let mut families = own.chain(&ctx.repo.prompting().families);
    families.find(|family| family.holds(model))
}

/// Makes a finding count as little as findings about a family do.
pub(crate) fn lower(found: &mut Diagnostic, family: Option<&ModelFamily>) {
    let severity = match family.map(|family| family.status) {
        Some(FamilyStatus::Deprecated | FamilyStatus::ReviewerOnly) => Severity::Info,
        Some(FamilyStatus::WarnOnly) if found.severity == Severity::Error => Severity::Warning,
        _ => return,
    };
    found.severity(severity);
}

/// Agents by their `name` in lower case; of two with one name, the last.
pub(crate) fn agents_by_name<'a>(ctx: &Ctx<'a>) -> BTreeMap<String, &'a Agent> {
    let agents = ctx.repo.agents().iter();
    let named = agents.filter_map(|agent| Some((agent.name.as_ref()?.value.to_lowercase(), agent)));
    named.collect()
}

/// The agent a prompt is for, if the repository has it.
pub(crate) fn agent_of<'a>(
    prompt: &Prompt,
    agents: &BTreeMap<String, &'a Agent>,
) -> Option<&'a Agent> {
    match &prompt.agent {
        Target::Named(name) => agents.get(&name.value.to_lowercase()).copied(),
        Target::Generic | Target::Unclear => None,
    }
}

/// Whether two models are the same, whatever their case and their host's suffix.
pub(crate) fn is_same_model(one: &Text, other: &Text) -> bool {
    let plain = |text: &Text| {
        let lower = text.value.to_lowercase();
        let plain = lower.trim();
        plain
            .strip_suffix("(copilot)")
            .unwrap_or(plain)
            .trim_end()
            .to_owned()
    };
    plain(one) == plain(other)
}

/// The line of a value of `model`, where nothing else stands on it.
pub(crate) fn model_line(file: &File, value: Span) -> Option<Span> {
    let text = file.text();
    let (before, _) = text.split_at_checked(value.start as usize)?;
    let (_, after) = text.split_at_checked(value.end as usize)?;
    let start = before.rfind('\n')? + 1;
    let end = after.find('\n')?;
    let key = Span::new(start, before.len()).of(text).trim();
    let is_alone = key == "model:" && Span::new(0, end).of(after).trim().is_empty();
    is_alone.then(|| Span::new(start, value.end as usize + end + 1))
}

/// The places at which a text holds a phrase that goes on to neither side.
pub(crate) fn phrases<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = Span> + 't {
    let is_word =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    let bytes = text.as_bytes();
    let places = text
        .match_indices(phrase)
        .map(|(start, found)| (start, start + found.len()));
    places
        .filter(move |(start, end)| {
            let before = start.checked_sub(1).and_then(|at| bytes.get(at));
            !is_word(before) && !is_word(bytes.get(*end))
        })
        .map(|(start, end)| Span::new(start, end))
}

/// The lines of a text with the places at which they begin, without what ends them.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// Whether a line is a heading of the first level that begins with these words.
pub(crate) fn is_heading(line: &str, words: &str) -> bool {
    let rest = line
        .strip_prefix("# ")
        .and_then(|line| line.strip_prefix(words));
    let goes_on = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    rest.is_some_and(|rest| !rest.starts_with(goes_on))
}

#[cfg(test)]
mod tests {
    use baton_repo::Text;
    use baton_source::Span;

    use super::{is_heading, is_same_model, lines, phrases};

    #[test]
    fn finds_whole_phrases() {
        let count = |text: &str, phrase: &str| phrases(text, phrase).count();
        assert_eq!(count("MUST, MUSTY _MUST MUST-é", "MUST"), 2);
        assert_eq!(count("a HARD RULE; HARD RULES", "HARD RULE"), 1);
        assert_eq!(count("éMUST", "MUST"), 1);
    }

    #[test]
    fn knows_headings_and_lines() {
        assert!(is_heading("# Output", "Output") && is_heading("# Output: files", "Output"));
        assert!(!is_heading("# Outputs", "Output") && !is_heading("## Output", "Output"));
        let found: Vec<_> = lines("a\r\nb\n\nc").collect();
        assert_eq!(found, [(0, "a"), (3, "b"), (5, ""), (6, "c")]);
    }

    #[test]
    fn sets_the_suffix_of_a_host_aside() {
        let text = |value: &str| Text {
            value: value.to_owned(),
            span: Span::at(0),
        };
        let same = |one: &str, other: &str| is_same_model(&text(one), &text(other));
        assert!(same("Claude Opus 4.8 (Copilot)", "claude opus 4.8"));
        assert!(!same("GPT-5.5", "GPT-5.4"));
    }
}
