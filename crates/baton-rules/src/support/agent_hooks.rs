//! What rules about hooks of agents share.

use baton_repo::agent_hooks::{Hook, HookCommand, HookPlace, Script, ScriptFound};
use baton_repo::{File, HookConventions, HookDialect, HookManifest};

use crate::Ctx;

/// The files with hooks.
pub(crate) fn manifests<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = (&'a File, &'a HookManifest)> {
    let repo = ctx.repo;
    let manifests = repo.hook_manifests().iter();
    manifests.filter_map(|manifest| Some((repo.by_id(manifest.file)?, manifest)))
}

/// What such a repository expects of hooks.
pub(crate) fn conventions<'a>(ctx: &Ctx<'a>) -> &'a HookConventions {
    ctx.repo.hook_conventions()
}

/// Whether Visual Studio Code and Copilot both read these hooks.
pub(crate) fn is_read_by_both(manifest: &HookManifest) -> bool {
    manifest.dialect == HookDialect::VsCode && manifest.place == HookPlace::Manifest
}

/// A script that a hook runs.
pub(crate) struct Use<'a> {
    /// The file with the hook.
    pub(crate) file: &'a File,
    /// The hooks of that file.
    pub(crate) manifest: &'a HookManifest,
    /// The hook.
    pub(crate) hook: &'a Hook,
    /// The command.
    pub(crate) command: &'a HookCommand,
    /// The script, as the command names it.
    pub(crate) script: Script,
}

/// The scripts that hooks run.
pub(crate) fn scripts<'a>(ctx: &Ctx<'a>) -> Vec<Use<'a>> {
    let mut found = Vec::new();
    for (file, manifest) in manifests(ctx) {
        for (_, _, hook) in manifest.hooks() {
            for command in &hook.commands {
                found.extend(command.scripts().into_iter().map(|script| Use {
                    file,
                    manifest,
                    hook,
                    command,
                    script,
                }));
            }
        }
    }
    found
}

impl<'a> Use<'a> {
    /// Where the script is.
    pub(crate) fn found(&self, ctx: &Ctx<'_>) -> ScriptFound {
        self.manifest.find(ctx.repo, self.hook, &self.script.path)
    }

    /// The script, if it is a file of the repository that can be read.
    pub(crate) fn text(&self, ctx: &Ctx<'a>) -> Option<&'a File> {
        match self.found(ctx) {
            ScriptFound::File(id) => ctx.repo.by_id(id).filter(|file| file.problem().is_none()),
            ScriptFound::Missing | ScriptFound::Unknown => None,
        }
    }
}

/// Whether a path ends in a dot and this.
pub(crate) fn ends_in(path: &str, ending: &str) -> bool {
    let own = path.rsplit_once('.');
    own.is_some_and(|(_, own)| own.eq_ignore_ascii_case(ending))
}

/// Names, for a sentence.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}
