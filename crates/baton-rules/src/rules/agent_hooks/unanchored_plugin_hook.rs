//! Hooks of a plugin find their scripts wherever the plugin lies.

use baton_repo::{HookDialect, HookManifest};
use baton_source::RepoPath;

use crate::support::agent_hooks::scripts;
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::Repo(check);

fn check(ctx: &Ctx<'_>, out: &mut Findings) {
    for used in scripts(ctx) {
        let Some(plugin) = &used.manifest.plugin else {
            continue;
        };
        let path = used.script.path.as_str();
        let is_claude = used.manifest.dialect == HookDialect::Claude;
        if !is_claude || used.hook.cwd.is_some() || !HookManifest::is_unanchored(path) {
            continue;
        }
        // Without a manifest the folder may be copied anywhere by anybody.
        let described = format!("{plugin}/.claude-plugin/plugin.json");
        let described = described.trim_start_matches('/');
        if ctx.repo.file(described).is_none() {
            continue;
        }
        let root = RepoPath::new(format!("{plugin}/.").trim_start_matches('/'));
        let script = root
            .join(path)
            .and_then(|script| ctx.repo.file(script.as_str()));
        let Some(script) = script else { continue };
        let plain = path.trim_start_matches("./");
        let message = format!("`{path}` is looked for where somebody works, not in the plugin");
        out.report(used.file.at(used.command), message)
            .label(script.whole(), "the script of the plugin")
            .help(format!("Write `${{CLAUDE_PLUGIN_ROOT}}/{plain}`."));
    }
}
