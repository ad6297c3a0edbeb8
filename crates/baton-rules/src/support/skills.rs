//! What rules about skills share.

use baton_repo::{Flag, SkillConventions, SkillHost};
use baton_source::{Diagnostic, Severity, Span};
use baton_syntax::node::Entry;

use crate::{Ctx, File};

/// Folders of what is copied elsewhere first.
const TEMPLATES: &[&str] = &[
    "template",
    "templates",
    "_template",
    "_templates",
    "examples",
];

/// What the pack says about skills.
pub(crate) fn conventions<'a>(ctx: &Ctx<'a>) -> &'a SkillConventions {
    ctx.repo.skill_conventions()
}

/// Whether a skill is there for an agent: data of tests and templates are not, nor is a file
/// without text.
pub(crate) fn is_judged(ctx: &Ctx<'_>, file: &File) -> bool {
    if file.problem().is_some() {
        return false;
    }
    if !conventions(ctx).specification {
        return true;
    }
    let mut folders = file.path.as_str().rsplit('/').skip(1);
    !ctx.repo.is_kind(file, "test-data")
        && !folders.any(|folder| TEMPLATES.contains(&folder) || folder.starts_with("template-"))
}

/// Makes a finding a warning where hosts take the skill all the same.
pub(crate) fn soften(ctx: &Ctx<'_>, file: &File, finding: &mut Diagnostic) {
    let follows = SkillHost::of(file.path.as_str()) == SkillHost::Specification;
    if conventions(ctx).specification && !follows {
        finding.severity(Severity::Warning);
    }
}

/// Who reads the folder of a skill.
pub(crate) fn host(file: &File) -> SkillHost {
    SkillHost::of(file.path.as_str())
}

/// The name of a skill's folder; `None` for one at the root, whose folder has any name.
pub(crate) fn folder_name(file: &File) -> Option<&str> {
    file.path.as_str().rsplit('/').nth(1)
}

/// The path of the folder that a file lies in, with a slash at its end.
pub(crate) fn folder(file: &File) -> &str {
    let path = file.path.as_str();
    let end = path.len() - file.path.name().len();
    path.get(..end).unwrap_or("")
}

/// A key of the front matter.
pub(crate) fn entry<'a>(file: &'a File, key: &str) -> Option<&'a Entry> {
    file.front_matter().root.as_ref()?.entry(key)
}

/// The length of a key's text, and where it stands: in characters where the specification
/// decides, else in UTF-16 code units.
pub(crate) fn length(ctx: &Ctx<'_>, file: &File, key: &str) -> Option<(usize, Span)> {
    let node = &entry(file, key)?.value;
    let text = node.as_str()?.trim();
    let length = if conventions(ctx).specification {
        text.chars().count()
    } else {
        text.encode_utf16().count()
    };
    Some((length, node.span))
}

/// The longest description there may be.
pub(crate) fn description_max(ctx: &Ctx<'_>) -> Option<usize> {
    let own = ctx.settings.skills.description_max;
    own.or(conventions(ctx).description_max)
}

/// What is wrong with the shape of a name.
pub(crate) fn name_fault(name: &str, max: usize) -> Option<String> {
    let is_part = |it: char| it == '-' || it.is_alphanumeric() && !it.is_uppercase();
    if let Some(wrong) = name.chars().find(|it| !is_part(*it)) {
        return Some(match wrong {
            ' ' => "holds a blank".to_owned(),
            wrong if wrong.is_uppercase() => format!("holds the capital `{wrong}`"),
            wrong => format!("holds `{wrong}`"),
        });
    }
    if name.starts_with('-') || name.ends_with('-') {
        return Some("begins or ends with a hyphen".to_owned());
    }
    if name.contains("--") {
        return Some("holds two hyphens in a row".to_owned());
    }
    let length = name.chars().count();
    (length > max).then(|| format!("has {length} characters where {max} are allowed"))
}

/// The name of a skill as its front matter has it, and where.
pub(crate) fn name(file: &File) -> Option<(&str, Span)> {
    let node = &entry(file, "name")?.value;
    let text = node.as_str()?.trim();
    (!text.is_empty()).then_some((text, node.span))
}

/// Whether a value is a yes or no as hosts read it.
pub(crate) fn is_flag(entry: &Entry) -> bool {
    let words = ["yes", "no", "on", "off", "1", "0", "true", "false"];
    let is_word = |text: &str| words.iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_bit = entry.value.as_i64().is_some_and(|it| it == 0 || it == 1);
    is_bit
        || entry.value.as_str().is_some_and(is_word)
        || Flag::read(&entry.value).is_some_and(|flag| flag.value.is_some())
}

#[cfg(test)]
mod tests {
    use super::name_fault;

    #[test]
    fn names_are_lower_case_words_with_hyphens() {
        for name in ["a", "pdf-processing", "a1-2b", "été"] {
            assert_eq!(name_fault(name, 64), None, "{name}");
        }
        for name in ["A", "a b", "a_b", "-a", "a-", "a--b", "a.b", "a:b"] {
            assert!(name_fault(name, 64).is_some(), "{name}");
        }
        assert!(name_fault("abc", 2).is_some());
    }
}
