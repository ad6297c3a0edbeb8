//! What `TFLint`'s rules for the language itself ask for.

use std::collections::BTreeMap;

use baton_iac::model::{Expr, ExprKind};
use baton_iac::terraform::{Block, Body, RemarkKind};
use baton_repo::File;
use baton_repo::terraform_module::Role;
use baton_source::{Span, Spanned as _};

use super::terraform::Judged;

/// Branches that are no fixed version of a module.
const BRANCHES: [&str; 4] = ["master", "main", "default", "develop"];

/// Judges the habits of a module.
pub(crate) fn judge(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    for code in &module.files {
        if matches!(code.role, Role::Code | Role::Override) {
            remarks(judged, code.file);
            comments(judged, code.file);
        }
    }
    for (file, block) in module.blocks() {
        repeated_keys(judged, file, &block.body);
        match block.kind.as_str() {
            "variable" | "output" => described(judged, file, block),
            "module" => source(judged, file, block),
            _ => {}
        }
        named(judged, file, block);
    }
    required_version(judged);
    required_providers(judged);
}

fn remarks<'r>(judged: &mut Judged<'_, 'r>, file: &'r File) {
    let Some(iac) = file.iac() else {
        return;
    };
    for remark in &iac.outline.remarks {
        let (rule, message, help) = match remark.kind {
            RemarkKind::LegacyIndex => (
                "legacy-index",
                "an index stands behind a dot",
                "Write it in brackets: `[0]`.",
            ),
            RemarkKind::LoneInterpolation => (
                "interpolation-only-expression",
                "a string holds nothing but an interpolation",
                "Write the expression without quotes and `${}`.",
            ),
            RemarkKind::EmptyListComparison => (
                "empty-list-comparison",
                "a comparison with `[]` depends on the type of the other side",
                "Compare the `length` with 0.",
            ),
            RemarkKind::ShortLookup => (
                "lookup-without-default",
                "`lookup` with two arguments is an index",
                "Write `map[key]`, or give a default.",
            ),
        };
        judged
            .add(rule, (file, remark.span), message.to_owned())
            .help(help);
    }
}

fn comments<'r>(judged: &mut Judged<'_, 'r>, file: &'r File) {
    let text = file.text();
    let comments = file.comments();
    for comment in comments.iter().filter(|it| it.of(text).starts_with("//")) {
        let message = "a comment begins with `//`".to_owned();
        judged
            .add("slash-comment", (file, *comment), message)
            .help("Begin it with `#`.");
    }
}

fn described<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let name = block.label(0).unwrap_or("");
    let address = match block.kind.as_str() {
        "variable" => format!("var.{name}"),
        _ => format!("output.{name}"),
    };
    let module = judged.module;
    if module.declarations(&address).len() != 1 {
        return;
    }
    let span = block.labels.last().map_or(block.span, |label| label.span);
    let description = block.body.attribute("description");
    if description.is_none_or(|it| it.value.as_str() == Some("")) {
        let (rule, what) = match block.kind.as_str() {
            "variable" => ("undocumented-variable", "variable"),
            _ => ("undocumented-output", "output"),
        };
        let message = format!("{what} `{name}` has no description");
        judged.add(rule, (file, span), message);
    }
    if block.kind == "variable" && block.body.attribute("type").is_none() {
        let message = format!("variable `{name}` has no type");
        judged.add("untyped-variable", (file, span), message);
    }
}

/// Keys that stand twice in one object; the last counts.
fn repeated_keys<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, body: &'r Body) {
    for attribute in &body.attributes {
        objects(judged, file, &attribute.value);
    }
    for block in &body.blocks {
        repeated_keys(judged, file, &block.body);
    }
}

fn objects<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, value: &'r Expr) {
    match &value.kind {
        ExprKind::Object(properties) => {
            let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
            for property in properties {
                if let Some(name) = property.name()
                    && let Some(first) = seen.insert(name, property.key_span)
                {
                    let message = format!("key `{name}` stands twice in one object");
                    judged
                        .add("duplicate-map-key", (file, property.key_span), message)
                        .label(file, first, "this value is lost")
                        .help("Keep one of the two.");
                }
                objects(judged, file, &property.value);
            }
        }
        ExprKind::Array(items) => {
            for item in items {
                objects(judged, file, item);
            }
        }
        ExprKind::Call { arguments, .. } => {
            for argument in arguments {
                objects(judged, file, argument);
            }
        }
        ExprKind::Conditional {
            then, otherwise, ..
        } => {
            objects(judged, file, then);
            objects(judged, file, otherwise);
        }
        ExprKind::For { body, .. } => objects(judged, file, body),
        ExprKind::Spread(inner) => objects(judged, file, inner),
        _ => {}
    }
}

/// Where a module comes from, and whether that is always the same.
fn source<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let Some(attribute) = block.body.attribute("source") else {
        return;
    };
    let Some(text) = attribute.value.as_str() else {
        return;
    };
    let name = block.label(0).unwrap_or("");
    if is_registry(text) {
        if block.body.attribute("version").is_none() {
            let message = format!("module `{name}` of a registry has no version");
            judged
                .add("unversioned-registry-module", (file, block.span), message)
                .help("Set `version`.");
        }
        return;
    }
    let is_repository = text.starts_with("git::")
        || text.starts_with("hg::")
        || text.starts_with("git@")
        || text.starts_with("github.com/")
        || text.starts_with("bitbucket.org/");
    if !is_repository {
        return;
    }
    let query = text.split_once('?').map_or("", |(_, query)| query);
    let value = |key: &str| {
        let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(name, _)| *name == key).map(|(_, value)| value)
    };
    let message = match value("ref").or_else(|| value("rev")) {
        None | Some("") => format!("the source of module `{name}` names no version"),
        Some(branch) if BRANCHES.contains(&branch) => {
            format!("the source of module `{name}` is the branch `{branch}`, which moves")
        }
        Some(_) => return,
    };
    judged
        .add(
            "unpinned-module-source",
            (file, attribute.value.span),
            message,
        )
        .help("Add `?ref=` with a tag or a commit.");
}

/// `namespace/name/provider`, with a host before it or not.
fn is_registry(source: &str) -> bool {
    let path = source.split("//").next().unwrap_or(source);
    let parts: Vec<&str> = path.split('/').collect();
    let is_word = |part: &&str| -> bool {
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !part.is_empty() && part.chars().all(letters)
    };
    match parts.as_slice() {
        [host, rest @ ..] if rest.len() == 3 => {
            let is_code_host = ["github.com", "bitbucket.org", "gitlab.com"].contains(host);
            host.contains('.')
                && !host.starts_with('.')
                && !is_code_host
                && rest.iter().all(is_word)
        }
        three if three.len() == 3 => three.iter().all(is_word),
        _ => false,
    }
}

fn named<'r>(judged: &mut Judged<'_, 'r>, file: &'r File, block: &'r Block) {
    let mut names: Vec<(&str, Span)> = Vec::new();
    match block.kind.as_str() {
        "resource" | "data" | "ephemeral" | "module" | "variable" | "output" | "check" => {
            let last = block.labels.last();
            names.extend(last.map(|label| (label.text.as_str(), label.span)));
        }
        "locals" => {
            let locals = block.body.attributes.iter();
            names.extend(locals.map(|local| (local.name.as_str(), local.span())));
        }
        _ => {}
    }
    for (name, span) in names {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        let is_snake = name.chars().all(letters) && !name.contains("__");
        if !is_snake || name.starts_with(|c: char| !c.is_ascii_lowercase()) || name.ends_with('_') {
            let message = format!("`{name}` is not in snake case");
            judged.add("unconventional-terraform-name", (file, span), message);
        }
    }
}

fn required_version(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    let terraform: Vec<_> = module.blocks_of("terraform").collect();
    let has = |(_, block): &(&File, &Block)| block.body.attribute("required_version").is_some();
    if !module.is_whole || module.json().next().is_some() || terraform.iter().any(has) {
        return;
    }
    let first = terraform.first().map(|(file, block)| (*file, block.span));
    let code = module.files.iter().filter(|it| it.role == Role::Code);
    let code: Vec<&File> = code.map(|it| it.file).collect();
    let called = |name: &str| code.iter().find(|file| file.path.name() == name);
    let file = called("terraform.tf").or_else(|| called("main.tf"));
    let file = file.or(code.first()).map(|file| (*file, Span::at(0)));
    if let Some(at) = first.or(file) {
        let message = "this module does not say which version of Terraform it needs".to_owned();
        judged
            .add("missing-required-version", at, message)
            .help("Set `required_version` in a block `terraform`.");
    }
}

/// Every provider in use has a source and a version.
fn required_providers(judged: &mut Judged<'_, '_>) {
    let module = judged.module;
    if !module.is_whole || module.json().next().is_some() {
        return;
    }
    let mut used: BTreeMap<&str, (&File, Span)> = BTreeMap::new();
    for (file, block) in module.blocks() {
        if let Some((name, span)) = provider_of(block) {
            used.entry(name).or_insert((file, span));
        }
    }
    let terraform: Vec<_> = module.blocks_of("terraform").collect();
    let entry = |name: &str| {
        let blocks = terraform.iter().map(|(file, block)| (*file, *block));
        let mut entries = blocks.flat_map(|(file, block)| {
            let required = block.body.blocks_of("required_providers");
            required.filter_map(move |it| Some((file, it.body.attribute(name)?)))
        });
        entries.next()
    };
    for (name, at) in used {
        let (at, what) = match entry(name) {
            None => (at, "source and version"),
            Some((file, entry)) => match lacking(&entry.value) {
                Some(what) => ((file, entry.name_span), what),
                None => continue,
            },
        };
        let message = format!("provider `{name}` has no {what} in `required_providers`");
        judged.add("missing-required-provider", at, message);
    }
}

/// What the requirement of a provider lacks.
fn lacking(value: &Expr) -> Option<&'static str> {
    if matches!(value.kind, ExprKind::String(_)) {
        return Some("source");
    }
    if !matches!(value.kind, ExprKind::Object(_)) {
        return None;
    }
    let Some(source) = value.property("source") else {
        return Some("source");
    };
    let is_built_in = |source: &str| source.starts_with("terraform.io/builtin/");
    let needs_version = source.value.as_str().is_some_and(|it| !is_built_in(it));
    (needs_version && value.property("version").is_none()).then_some("version")
}

/// The provider that a block needs, and where that is said.
fn provider_of(block: &Block) -> Option<(&str, Span)> {
    let first = block.labels.first()?;
    let name = match block.kind.as_str() {
        "provider" => first.text.as_str(),
        "resource" | "data" | "ephemeral" => {
            let own = block.body.attribute("provider");
            match own.map(|own| (&own.value.kind, own.references.first())) {
                Some((_, Some(reference))) => reference.root.as_str(),
                Some((ExprKind::String(name), _)) => name.split('.').next()?,
                Some(_) => return None,
                None => first.text.split('_').next()?,
            }
        }
        _ => return None,
    };
    (name != "terraform").then_some((name, first.span))
}
