//! What rules about the editor's configuration share.

use baton_repo::{EditorConventions, File};
use baton_source::{Applicability, Diagnostic, Edit, Fix, Span};
use baton_syntax::node::{Entry, Node, Value};

use crate::{Ctx, Findings};

/// What such a repository expects of the editor.
pub(crate) fn conventions<'a>(ctx: &Ctx<'a>) -> &'a EditorConventions {
    ctx.repo.editor_conventions()
}

/// A list of extensions.
pub(crate) struct Extensions<'a> {
    /// The file it stands in.
    pub(crate) file: &'a File,
    /// The list itself.
    pub(crate) list: &'a Node,
}

impl<'a> Extensions<'a> {
    /// The ids, with where they stand; `-` before an id takes it off an inherited list.
    pub(crate) fn ids(&self) -> impl Iterator<Item = (&'a str, &'a Node)> + use<'a> {
        let items = self.list.items().iter();
        let ids = items.filter_map(|item| Some((item.as_str()?.trim(), item)));
        ids.filter(|(id, _)| !id.starts_with('-'))
    }

    /// Whether an extension is on the list; capitals do not matter.
    pub(crate) fn has(&self, wanted: &str) -> bool {
        self.ids().any(|(id, _)| id.eq_ignore_ascii_case(wanted))
    }

    /// A fix that puts an extension at the end of the list.
    pub(crate) fn adding(&self, id: &str, applicability: Applicability) -> Option<Fix> {
        let edit = appended(self.file, self.list, &format!("\"{id}\""))?;
        Some(Fix {
            title: format!("Add `{id}`"),
            applicability,
            edits: vec![edit],
        })
    }
}

/// The extensions that a development container installs.
pub(crate) fn installed(file: &File) -> Option<Extensions<'_>> {
    list(file, "/customizations/vscode/extensions")
}

/// The extensions that the editor recommends.
pub(crate) fn recommended(file: &File) -> Option<Extensions<'_>> {
    list(file, "/recommendations")
}

/// The list at a place of a file, if there is one.
pub(crate) fn list<'a>(file: &'a File, pointer: &str) -> Option<Extensions<'a>> {
    let list = file.node()?.pointer(pointer)?;
    list.is_sequence().then_some(Extensions { file, list })
}

/// The lists of the container and of the editor that have to agree.
pub(crate) fn both_lists<'a>(ctx: &Ctx<'a>) -> Option<(Extensions<'a>, Extensions<'a>)> {
    if conventions(ctx).required_extensions.is_empty() {
        return None;
    }
    let installed = installed(ctx.repo.of_kind("devcontainer").next()?)?;
    let recommended = recommended(ctx.repo.of_kind("editor-extensions").next()?)?;
    let both = installed.ids().next().is_some() && recommended.ids().next().is_some();
    both.then_some((installed, recommended))
}

/// The settings of a development container, or the innermost place where they would stand.
pub(crate) fn settings(file: &File) -> Option<Result<&Node, &Node>> {
    let mut node = file.node()?;
    for key in ["customizations", "vscode", "settings"] {
        match node.get(key) {
            Some(inner) if inner.is_mapping() => node = inner,
            _ => return Some(Err(node)),
        }
    }
    Some(Ok(node))
}

/// Whether a setting lists a folder.
pub(crate) fn lists(setting: &Node, path: &str) -> bool {
    setting.get(path).is_some_and(is_on)
}

/// Whether a value means yes, as JavaScript sees it.
pub(crate) fn is_on(node: &Node) -> bool {
    match &node.value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(_) => node.as_f64() != Some(0.0),
        _ => true,
    }
}

/// Reports that a repository of the family has no file of a kind.
pub(crate) fn missing(ctx: &Ctx<'_>, (kind, what): (&str, &str), out: &mut Findings) {
    let repo = ctx.repo;
    let mut expected = conventions(ctx).expected.iter();
    if !expected.any(|one| one == kind) || repo.of_kind(kind).next().is_some() {
        return;
    }
    // Without agents nobody follows the family's conventions any more.
    let Some(agent) = repo.of_kind("agent").next() else {
        return;
    };
    let globs = repo.layout().kinds.get(kind);
    let Some(path) = globs.and_then(|globs| globs.first()) else {
        return;
    };
    let message = format!("there are agents but no {what} at `{path}`");
    out.report(agent.whole(), message)
        .help(format!("Write it to `{path}`."));
}

/// Reports what keeps a file from being read.
pub(crate) fn unparsable(file: &File, (what, advice): (&str, &str), out: &mut Findings) {
    for error in &file.document().errors {
        let message = format!("the {what} cannot be read: {}", error.message);
        out.report(file.at(error), message).help(advice);
    }
}

/// Adds a fix to a finding, if there is one.
pub(crate) fn with_fix(finding: &mut Diagnostic, fix: Option<Fix>) {
    if let Some(fix) = fix {
        finding.fix(fix);
    }
}

/// An edit that adds an item to a list, or `"key": value` to an object.
pub(crate) fn appended(file: &File, collection: &Node, text: &str) -> Option<Edit> {
    let last = match &collection.value {
        Value::Sequence(items) => items.last().map(|item| item.span),
        Value::Mapping(entries) => entries.last().map(whole_entry),
        _ => return None,
    };
    let Some(last) = last else {
        let inner = collection.span.of(file.text());
        let is_blank = inner.len() > 1 && inner.get(1..inner.len() - 1)?.trim().is_empty();
        let at = Span::at(collection.span.start as usize + 1);
        return is_blank.then(|| file.edit(at, text));
    };
    let before = file.text().get(..last.start as usize)?;
    let line = before.rsplit('\n').next().unwrap_or("");
    let own_line = before.len() > line.len() && line.trim().is_empty();
    let separator = if !own_line {
        ", ".to_owned()
    } else if before.ends_with(&format!("\r\n{line}")) {
        format!(",\r\n{line}")
    } else {
        format!(",\n{line}")
    };
    Some(file.edit(Span::at(last.end as usize), format!("{separator}{text}")))
}

/// An edit that takes an item off a list; none for the first one, or where a comment is near.
pub(crate) fn removed(file: &File, list: &Node, index: usize) -> Option<Edit> {
    let before = list.items().get(index.checked_sub(1)?)?.span;
    let own = list.items().get(index)?.span;
    let between = Span::new(before.end as usize, own.start as usize);
    let is_plain = between.of(file.text()).trim() == ",";
    let whole = Span::new(before.end as usize, own.end as usize);
    is_plain.then(|| file.edit(whole, ""))
}

fn whole_entry(entry: &Entry) -> Span {
    Span::new(entry.key_span.start as usize, entry.value.span.end as usize)
}

/// The kind of a value, for a sentence.
pub(crate) fn kind(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "an object",
    }
}
