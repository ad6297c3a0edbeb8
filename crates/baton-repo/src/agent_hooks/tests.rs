//! Hooks as their hosts write them, and the scripts they run.

use std::sync::Arc;

use super::{HookCommand, HookDialect, HookManifest, Run, ScriptFound};
use crate::{Memory, Options, Repo};

fn repo(files: &[(&str, &str)]) -> Repo {
    let source = Memory::new(files.iter().copied());
    Repo::open(Arc::new(source), &Options::default()).unwrap()
}

/// The scripts of a command in the settings of Claude Code.
fn scripts(command: &str) -> Vec<(String, Run)> {
    let text = format!(r#"{{"hooks": {{"Stop": [{{"hooks": [{{"command": {command:?}}}]}}]}}}}"#);
    let repo = repo(&[(".claude/settings.json", &text)]);
    let hooks = repo.hook_manifests().iter().flat_map(HookManifest::hooks);
    let commands = hooks.flat_map(|(_, _, hook)| &hook.commands);
    let scripts = commands.flat_map(HookCommand::scripts);
    scripts.map(|script| (script.path, script.run)).collect()
}

#[test]
fn every_way_of_writing_hooks_looks_alike() {
    let flat = r#"{"hooks": {"Stop": [{"type": "command", "command": "bash a.sh"}]}}"#;
    let copilot =
        r#"{"version": 1, "hooks": {"agentStop": [{"bash": "./a.sh", "timeoutSec": 3}]}}"#;
    let claude = r#"{"hooks": {"Stop": [{"matcher": "x", "hooks": [{"type": "command", "command": "a"}]}]}}"#;
    let agent = "---\nname: a\nhooks:\n  Stop:\n    - type: command\n      command: ./a.sh\n---\n";
    let repo = repo(&[
        (".claude/settings.json", claude),
        (".github/agents/a.agent.md", agent),
        (".github/hooks/a.json", flat),
        (".github/hooks/b.json", copilot),
        ("plugins/p/hooks/hooks.json", claude),
        ("src/hooks/hooks.json", "{\"useState\": []}"),
    ]);
    let manifests = repo.hook_manifests();
    let dialects: Vec<HookDialect> = manifests.iter().map(|one| one.dialect).collect();
    assert_eq!(
        dialects,
        [
            HookDialect::Claude,
            HookDialect::VsCode,
            HookDialect::VsCode,
            HookDialect::Copilot,
            HookDialect::Claude
        ]
    );
    assert!(manifests.iter().all(|one| one.hooks().count() == 1));
    assert!(manifests.iter().all(|one| one.faults.is_empty()));
    let commands = manifests.iter().flat_map(HookManifest::hooks);
    assert!(
        commands
            .into_iter()
            .all(|(_, _, hook)| hook.commands.len() == 1)
    );
}

#[test]
fn scripts_are_found_among_words() {
    let by = |path: &str, program: &str| vec![(path.to_owned(), Run::By(program.to_owned()))];
    assert_eq!(scripts("bash a.sh --fast"), by("a.sh", "bash"));
    assert_eq!(
        scripts("uv run --quiet $CLAUDE_PROJECT_DIR/a.py"),
        by("${CLAUDE_PROJECT_DIR}/a.py", "uv")
    );
    assert_eq!(
        scripts("cat | python3 -u 'a b.py' | tee x"),
        by("a b.py", "python3")
    );
    assert_eq!(scripts("env X=1 node a.js"), by("a.js", "node"));
    assert_eq!(
        scripts("bash -c './a.sh x'"),
        [("./a.sh".to_owned(), Run::Directly)]
    );
    for none in [
        "npx prettier --write x.ts",
        "python3 -m tool a.py",
        "node -e 'x.js'",
        "[ -f a.sh ] && bash a.sh",
        "cd tools && ./a.sh",
        "bash $UNKNOWN/$(date).sh",
        "echo done > a.sh",
    ] {
        let found = scripts(none);
        let unknown = found.iter().all(|(path, _)| path.contains('$'));
        assert!(unknown, "{none}: {found:?}");
    }
}

#[test]
fn scripts_are_looked_for_where_the_host_looks() {
    let text = |command: &str| {
        format!(r#"{{"hooks": {{"Stop": [{{"hooks": [{{"command": {command:?}}}]}}]}}}}"#)
    };
    let find = |path: &str, command: &str| {
        let text = text(command);
        let repo = repo(&[(path, &text), ("p/tools/a.sh", ""), ("p/hooks/b.sh", "")]);
        let manifest = &repo.hook_manifests()[0];
        let (_, _, hook) = manifest.hooks().next().unwrap();
        let script = hook.commands[0].scripts().remove(0);
        manifest.find(&repo, hook, &script.path)
    };
    let settings = "p/.claude/settings.json";
    assert!(matches!(
        find(settings, "bash tools/a.sh"),
        ScriptFound::File(_)
    ));
    assert!(matches!(
        find(settings, "bash $CLAUDE_PROJECT_DIR/tools/a.sh"),
        ScriptFound::File(_)
    ));
    assert_eq!(find(settings, "bash tools/b.sh"), ScriptFound::Missing);
    assert_eq!(find(settings, "node dist/b.js"), ScriptFound::Unknown);
    assert_eq!(find(settings, "bash ~/b.sh"), ScriptFound::Unknown);
    assert_eq!(find(settings, "bash $HOME/b.sh"), ScriptFound::Unknown);
    let plugin = "p/hooks/hooks.json";
    assert!(matches!(
        find(plugin, "\"${CLAUDE_PLUGIN_ROOT}\"/hooks/b.sh"),
        ScriptFound::File(_)
    ));
    assert_eq!(
        find(plugin, "${CLAUDE_PLUGIN_ROOT}/b.sh"),
        ScriptFound::Missing
    );
}
