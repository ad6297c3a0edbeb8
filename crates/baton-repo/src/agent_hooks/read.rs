//! Reads hooks, whoever they are written for.

use baton_source::Span;
use baton_syntax::node::{Entry, Node};

use super::{
    Hook, HookDialect, HookEvent, HookFault, HookFaultKind, HookGroup, HookKey, HookManifest,
    HookPlace, HookTimeout, command,
};
use crate::agent::Text;
use crate::{File, Repo};

/// Kinds of files with hooks in their front matter, and how they are written.
const FRONT_MATTER: [(&str, HookDialect); 5] = [
    ("agent", HookDialect::VsCode),
    ("subagent", HookDialect::VsCode),
    ("claude-agent", HookDialect::Claude),
    ("claude-command", HookDialect::Claude),
    ("agent-skill", HookDialect::Claude),
];

pub(super) fn all(repo: &Repo) -> Vec<HookManifest> {
    let own = repo.of_kind("agent-hooks").filter_map(own_file);
    let plugins = repo
        .of_kind("plugin-hooks")
        .filter_map(|file| plugin(repo, file));
    let inline = repo.of_kind("claude-plugin").filter_map(inline);
    let claude = repo.of_kind("claude-settings");
    let claude = claude.filter_map(|file| settings(file, HookDialect::Claude, "/.claude"));
    let copilot = repo.of_kind("copilot-settings");
    let copilot =
        copilot.filter_map(|file| settings(file, HookDialect::Copilot, "/.github/copilot"));
    let mut found: Vec<HookManifest> = own
        .chain(plugins)
        .chain(inline)
        .chain(claude)
        .chain(copilot)
        .collect();
    for (kind, dialect) in FRONT_MATTER {
        found.extend(
            repo.of_kind(kind)
                .filter_map(|file| front_matter(file, dialect)),
        );
    }
    found.sort_by_key(|manifest| manifest.file);
    found.dedup_by_key(|manifest| manifest.file);
    found
}

/// A file in the folder of hooks.
fn own_file(file: &File) -> Option<HookManifest> {
    let root = file.node()?;
    let mut manifest = empty(file, dialect(root), HookPlace::Manifest);
    manifest.folder = before(file, "/.github/");
    read_file(root, &mut manifest);
    Some(manifest)
}

/// The hooks of a plugin; a file of that name may as well be anything else.
fn plugin(repo: &Repo, file: &File) -> Option<HookManifest> {
    let root = file.node()?;
    let folder = before(file, "/hooks/");
    let described = match folder.as_str() {
        "" => ".claude-plugin/plugin.json".to_owned(),
        folder => format!("{folder}/.claude-plugin/plugin.json"),
    };
    let has_events = root.get("hooks").is_some_and(Node::is_mapping);
    if !has_events && repo.file(&described).is_none() {
        return None;
    }
    let dialect = if root.get("version").is_some() {
        HookDialect::Copilot
    } else {
        HookDialect::Claude
    };
    let mut manifest = empty(file, dialect, HookPlace::Manifest);
    manifest.folder.clone_from(&folder);
    manifest.plugin = Some(folder);
    read_file(root, &mut manifest);
    Some(manifest)
}

/// The hooks that stand in the manifest of a plugin itself.
fn inline(file: &File) -> Option<HookManifest> {
    let hooks = file.node()?.entry("hooks")?;
    if !hooks.value.is_mapping() {
        return None;
    }
    let mut manifest = empty(file, HookDialect::Claude, HookPlace::Settings);
    manifest.folder = before(file, "/.claude-plugin/");
    manifest.plugin = Some(manifest.folder.clone());
    read_hooks(hooks.value.entry("hooks").unwrap_or(hooks), &mut manifest);
    Some(manifest)
}

fn settings(file: &File, dialect: HookDialect, marker: &str) -> Option<HookManifest> {
    let hooks = file.node()?.entry("hooks")?;
    let mut manifest = empty(file, dialect, HookPlace::Settings);
    manifest.folder = before(file, &format!("{marker}/"));
    read_hooks(hooks, &mut manifest);
    Some(manifest)
}

fn front_matter(file: &File, dialect: HookDialect) -> Option<HookManifest> {
    if file.problem().is_some() || !file.text().contains("\nhooks:") {
        return None;
    }
    let root = file.front_matter().root.as_ref()?;
    let hooks = root.entry("hooks")?;
    let mut manifest = empty(file, dialect, HookPlace::FrontMatter);
    read_hooks(hooks, &mut manifest);
    Some(manifest)
}

fn empty(file: &File, dialect: HookDialect, place: HookPlace) -> HookManifest {
    HookManifest {
        file: file.id,
        dialect,
        place,
        folder: String::new(),
        plugin: None,
        version: None,
        events: Vec::new(),
        faults: Vec::new(),
    }
}

/// The folder before a part of the path.
fn before(file: &File, marker: &str) -> String {
    let path = format!("/{}", file.path);
    let folder = path.rsplit_once(marker).map_or("", |(folder, _)| folder);
    folder.trim_start_matches('/').to_owned()
}

/// Copilot's files say their version, or name every event in lower case.
fn dialect(root: &Node) -> HookDialect {
    let events = root.get("hooks").map_or(&[][..], Node::entries);
    let is_lower = |entry: &Entry| {
        entry
            .key
            .starts_with(|sign: char| sign.is_ascii_lowercase())
    };
    let is_copilot = root.get("version").is_some();
    if is_copilot || !events.is_empty() && events.iter().all(is_lower) {
        HookDialect::Copilot
    } else {
        HookDialect::VsCode
    }
}

fn read_file(root: &Node, manifest: &mut HookManifest) {
    if !root.is_mapping() {
        return fault(manifest, root.span, HookFaultKind::NoObject);
    }
    if let Some(version) = root.get("version") {
        manifest.version = Some((version.as_i64(), version.span));
    }
    match root.entry("hooks") {
        Some(hooks) => read_hooks(hooks, manifest),
        None => fault(manifest, root.span, HookFaultKind::NoHooks),
    }
}

fn read_hooks(hooks: &Entry, manifest: &mut HookManifest) {
    if !hooks.value.is_mapping() {
        return fault(manifest, hooks.key_span, HookFaultKind::HooksNoObject);
    }
    for entry in hooks.value.entries() {
        let mut event = HookEvent {
            name: Text {
                value: entry.key.clone(),
                span: entry.key_span,
            },
            groups: Vec::new(),
        };
        if !entry.value.is_sequence() {
            let kind = HookFaultKind::EventNoList(entry.key.clone());
            fault(manifest, entry.key_span, kind);
        }
        for item in entry.value.items() {
            if item.is_mapping() {
                event.groups.extend(group(item, manifest));
            } else {
                let kind = HookFaultKind::EntryNoObject(entry.key.clone());
                fault(manifest, item.span, kind);
            }
        }
        manifest.events.push(event);
    }
}

fn fault(manifest: &mut HookManifest, span: Span, kind: HookFaultKind) {
    manifest.faults.push(HookFault { span, kind });
}

fn group(item: &Node, manifest: &mut HookManifest) -> Option<HookGroup> {
    let matcher = item.get("matcher").and_then(text);
    let Some(hooks) = item.entry("hooks") else {
        return Some(HookGroup {
            span: item.span,
            nested: false,
            matcher,
            hooks: vec![hook(item)],
        });
    };
    if !hooks.value.is_sequence() {
        fault(manifest, hooks.key_span, HookFaultKind::GroupNoList);
        return None;
    }
    let (objects, others): (Vec<&Node>, Vec<&Node>) = hooks
        .value
        .items()
        .iter()
        .partition(|item| item.is_mapping());
    for other in others {
        let kind = HookFaultKind::EntryNoObject("hooks".to_owned());
        fault(manifest, other.span, kind);
    }
    Some(HookGroup {
        span: item.span,
        nested: true,
        matcher,
        hooks: objects.into_iter().map(hook).collect(),
    })
}

fn hook(node: &Node) -> Hook {
    let key = |entry: &Entry| HookKey {
        name: Text {
            value: entry.key.clone(),
            span: entry.key_span,
        },
        has_text: entry
            .value
            .as_str()
            .is_some_and(|text| !text.trim().is_empty()),
    };
    let timeouts = ["timeout", "timeoutSec"].iter();
    let timeouts = timeouts
        .filter_map(|key| node.get(key))
        .map(|value| HookTimeout {
            span: value.span,
            seconds: value.as_f64(),
        });
    Hook {
        span: node.span,
        kind: node.get("type").map(|kind| Text {
            value: kind.as_str().unwrap_or("").to_owned(),
            span: kind.span,
        }),
        keys: node.entries().iter().map(key).collect(),
        commands: command::read(node),
        timeouts: timeouts.collect(),
        cwd: node.get("cwd").and_then(Node::as_str).map(str::to_owned),
    }
}

fn text(node: &Node) -> Option<Text> {
    Some(Text {
        value: node.as_str()?.to_owned(),
        span: node.span,
    })
}
