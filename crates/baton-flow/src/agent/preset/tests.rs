//! Tests of presets.

use std::path::Path;

use super::{Models, Preset, Presets, Values};
use crate::agent::{AgentFile, Task};

fn argv(name: &str, task: &Task) -> String {
    let presets = Presets::embedded().unwrap();
    let values = Values {
        prompt_file: Path::new("/state/p.md"),
        models: &presets.named(name).unwrap().models,
        task,
    };
    presets
        .named(name)
        .unwrap()
        .argv(&values)
        .unwrap()
        .join(" ")
}

fn task() -> Task {
    let mut task = Task {
        prompt: "Do {model} it.".to_owned(),
        folder: "/repo".into(),
        ..Task::default()
    };
    task.agent = AgentFile {
        name: "03-Architect".to_owned(),
        path: Some(".github/agents/03-architect.agent.md".to_owned()),
    };
    task
}

#[test]
fn every_preset_is_called_as_its_documentation_says() {
    let mut full = task();
    full.limits.turns = Some(9);
    full.limits.cost = Some(1.5);
    for (name, model, bare, with_all) in [
        (
            "claude-code",
            "Claude Opus 4.6",
            "--print --output-format stream-json --verbose --permission-mode acceptEdits",
            "--print --output-format stream-json --verbose --permission-mode acceptEdits \
             --max-budget-usd 1.50 --max-turns 9 --model claude-opus-4-6",
        ),
        (
            "codex",
            "GPT-5.3-Codex",
            "exec --json --sandbox workspace-write --cd /repo -",
            "exec --json --sandbox workspace-write --cd /repo --model gpt-5.3-codex -",
        ),
        (
            "copilot",
            "Claude Sonnet 4.6",
            "--output-format json --no-ask-user --allow-tool write, shell --agent 03-architect \
             -p Do {model} it.",
            "--output-format json --no-ask-user --allow-tool write, shell --agent 03-architect \
             --model claude-sonnet-4.6 -p Do {model} it.",
        ),
        (
            "gemini",
            "Gemini 3 Pro",
            "--output-format stream-json --approval-mode auto_edit",
            "--output-format stream-json --approval-mode auto_edit --model gemini-3-pro",
        ),
        ("plain", "Any", "", ""),
    ] {
        assert_eq!(argv(name, &task()), bare);
        full.model = Some(model.to_owned());
        assert_eq!(argv(name, &full), with_all);
    }
}

#[test]
fn no_preset_turns_safeguards_off() {
    for (name, preset) in Presets::embedded().unwrap().presets {
        let words = preset.arguments.iter().chain(&preset.last);
        let words: Vec<&String> = words.chain(preset.when.values().flatten()).collect();
        for word in words {
            let word = word.to_lowercase();
            for bad in ["yolo", "dangerous", "allow-all", "bypass", "full-access"] {
                assert!(!word.contains(bad), "{name}: {word}");
            }
        }
    }
}

#[test]
fn every_preset_says_where_it_is_documented_and_how_its_end_is_told() {
    for (name, preset) in Presets::embedded().unwrap().presets {
        if name == "plain" {
            continue;
        }
        assert!(!preset.source.is_empty(), "{name}");
        assert!(
            preset.verified.is_some() && preset.install.is_some(),
            "{name}"
        );
        assert!(
            preset
                .events
                .iter()
                .any(|rule| rule.terminal && rule.failed),
            "{name}"
        );
        assert!(
            preset.events.iter().any(|rule| rule.turn.is_some()),
            "{name}"
        );
    }
}

#[test]
fn braces_nobody_knows_stay() {
    let preset = Preset {
        arguments: ["{x}", "{", "}{prompt_file}", "{node", "a{agent_file}b"]
            .map(str::to_owned)
            .to_vec(),
        ..Preset::default()
    };
    let task = task();
    let values = Values {
        prompt_file: Path::new("/state/p.md"),
        models: &preset.models,
        task: &task,
    };
    assert_eq!(
        preset.argv(&values).unwrap(),
        [
            "{x}",
            "{",
            "}/state/p.md",
            "{node",
            "a.github/agents/03-architect.agent.mdb"
        ]
    );
}

#[test]
fn what_does_not_fit_or_is_not_known_is_told() {
    let mut task = task();
    task.node = "step-1".to_owned();
    task.prompt = "x".repeat(200_000);
    let presets = Presets::embedded().unwrap();
    let values = Values {
        prompt_file: Path::new("p"),
        models: &Models::default(),
        task: &task,
    };
    let error = presets.named("copilot").unwrap().argv(&values).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the prompt of `step-1` is 200000 bytes long, more than one argument may have"
    );
    let error = presets.named("cursor").unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no preset `cursor` for agents; there are: claude-code, codex, copilot, gemini, plain"
    );
    let mut more = presets.clone();
    more.add("[preset.mine]\nprogram = \"/opt/mine\"", "baton.toml")
        .unwrap();
    assert_eq!(more.named("mine").unwrap().program, "/opt/mine");
    assert!(more.add("[words]", "baton.toml").is_err());
    let error = Presets::read("[preset.x]\nfoo = 1", "baton.toml").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("baton.toml is no table of agents: ")
    );
}

#[test]
fn a_model_that_a_program_cannot_run_is_left_to_it() {
    let mut task = task();
    task.model = Some("GPT-5".to_owned());
    assert!(!argv("claude-code", &task).contains("--model"));
    assert!(argv("copilot", &task).contains("--model gpt-5 "));
}
