//! The front matter of rule documents.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use baton_syntax::front_matter::{self, Split};
use baton_syntax::node::{Node, Value};
use baton_syntax::yaml;

/// What a rule's document says in its front matter, and where it lies.
#[derive(Debug, Clone)]
pub struct RuleDocument {
    /// Path from the workspace root, `/`-separated.
    pub path: String,
    /// The folder's name.
    pub family: String,
    /// The file's stem.
    pub slug: String,
    /// What is right, in one line.
    pub summary: String,
    /// `error`, `warning` or `info`.
    pub severity: String,
    /// Whether the rule runs unasked.
    pub default_on: bool,
    /// Globs and kinds it judges.
    pub files: Vec<String>,
    /// Globs and kinds that also decide.
    pub reads: Vec<String>,
    /// Checks it is part of.
    pub checks: Vec<String>,
    /// Other names.
    pub aliases: Vec<String>,
    /// Rules that say more of the same place: a finding of theirs there is enough.
    pub yields_to: Vec<String>,
    /// `safe`, `unsafe` or `display`.
    pub fix: Option<String>,
    /// Whether what it points at is a secret, which no report may show.
    pub conceals: bool,
    /// The version that brought it.
    pub since: String,
    /// When a foreign specification was last looked at.
    pub verified: Option<String>,
    /// Where to read more.
    pub references: Vec<String>,
    /// The module that judges, when it is not the slug's own; `checker` for the checker itself.
    pub code: Option<String>,
}

const KEYS: [&str; 14] = [
    "summary",
    "severity",
    "default",
    "files",
    "reads",
    "checks",
    "aliases",
    "yields-to",
    "fix",
    "conceals",
    "since",
    "verified",
    "references",
    "code",
];

/// Every rule document of the workspace, sorted by slug.
pub fn read_all(root: &Path) -> Result<Vec<RuleDocument>> {
    let mut documents = Vec::new();
    for family in folders(&root.join("rules"))? {
        if family.file_name().is_some_and(|name| name == "packs") {
            continue;
        }
        for path in markdown_files(&family)? {
            let document = read(root, &path);
            documents.push(document.with_context(|| path.display().to_string())?);
        }
    }
    documents.sort_by(|left, right| left.slug.cmp(&right.slug));
    for document in &documents {
        let is_rule = |slug: &String| documents.iter().any(|other| other.slug == *slug);
        if let Some(unknown) = document.yields_to.iter().find(|slug| !is_rule(slug)) {
            bail!("{}: `yields-to` names no rule `{unknown}`", document.path);
        }
    }
    Ok(documents)
}

fn read(root: &Path, path: &Path) -> Result<RuleDocument> {
    let text = fs::read_to_string(path)?;
    let Split::Found(block) = front_matter::split(&text) else {
        bail!("has no front matter")
    };
    let document = yaml::parse(block.yaml.of(&text), block.yaml.start as usize);
    if let Some(error) = document.errors.first() {
        bail!("front matter: {}", error.message);
    }
    let node = document
        .root
        .ok_or_else(|| anyhow!("has empty front matter"))?;
    if let Some(repeated) = document.duplicates.first() {
        bail!("`{}` stands twice in the front matter", repeated.key);
    }
    for entry in node.entries() {
        if !KEYS.contains(&entry.key.as_str()) {
            bail!("unknown key `{}` in the front matter", entry.key);
        }
    }
    let stem = |path: &Path| {
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        stem.ok_or_else(|| anyhow!("has no name"))
    };
    let relative = path
        .strip_prefix(root)?
        .to_string_lossy()
        .replace('\\', "/");
    let severity = required(&node, "severity")?;
    if !["error", "warning", "info"].contains(&severity.as_str()) {
        bail!("`severity` is `{severity}`");
    }
    let default_on = match optional(&node, "default")?.as_deref() {
        None | Some("on") => true,
        Some("off") => false,
        Some(other) => bail!("`default` is `{other}`, not `on` or `off`"),
    };
    Ok(RuleDocument {
        path: relative,
        family: stem(path.parent().unwrap_or(root))?,
        slug: stem(path)?,
        summary: required(&node, "summary")?,
        severity,
        default_on,
        files: list(&node, "files")?,
        reads: list(&node, "reads")?,
        checks: list(&node, "checks")?,
        aliases: list(&node, "aliases")?,
        yields_to: list(&node, "yields-to")?,
        fix: optional(&node, "fix")?,
        conceals: node.get("conceals").and_then(Node::as_bool) == Some(true),
        since: required(&node, "since")?,
        verified: optional(&node, "verified")?,
        references: list(&node, "references")?,
        code: optional(&node, "code")?,
    })
}

fn required(node: &Node, key: &str) -> Result<String> {
    optional(node, key)?.ok_or_else(|| anyhow!("lacks `{key}`"))
}

fn optional(node: &Node, key: &str) -> Result<Option<String>> {
    match node.get(key).map(|node| &node.value) {
        None => Ok(None),
        Some(Value::String(text) | Value::Number(text)) => Ok(Some(text.clone())),
        Some(_) => bail!("`{key}` is not a text"),
    }
}

fn list(node: &Node, key: &str) -> Result<Vec<String>> {
    let Some(list) = node.get(key) else {
        return Ok(Vec::new());
    };
    let texts = list
        .items()
        .iter()
        .map(|item| item.as_str().map(str::to_owned));
    let texts: Option<Vec<String>> = texts.collect();
    texts
        .filter(|_| list.is_sequence())
        .ok_or_else(|| anyhow!("`{key}` is not a list of texts"))
}

fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    entries(path, &|path| path.is_dir())
}

fn markdown_files(path: &Path) -> Result<Vec<PathBuf>> {
    entries(path, &|path| {
        path.extension().is_some_and(|extension| extension == "md")
    })
}

fn entries(path: &Path, keep: &dyn Fn(&Path) -> bool) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        if keep(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
