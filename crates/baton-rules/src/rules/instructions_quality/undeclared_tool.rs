//! The tools that an agent's body tells it to use stand among its `tools`.

use std::sync::LazyLock;

use baton_repo::File;
use baton_source::Span;
use regex::Regex;

use crate::support::agent_text::{is_forbidden, is_prose, line_before, pattern};
use crate::{Check, Ctx, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Tools of Claude Code that a list of tools withholds from an agent.
const CLAUDE: &[&str] = &[
    "Bash",
    "Read",
    "Write",
    "Edit",
    "MultiEdit",
    "Grep",
    "Glob",
    "WebFetch",
    "WebSearch",
    "TodoWrite",
    "Task",
    "Agent",
    "NotebookEdit",
    "AskUserQuestion",
    "Skill",
];

/// Sets of tools of Visual Studio Code, and those that are in them now or were before, also
/// under the names that Copilot's cloud agent takes for them.
const SETS: &[(&str, &[&str])] = &[
    (
        "search",
        &[
            "codebase",
            "usages",
            "changes",
            "textSearch",
            "fileSearch",
            "findFiles",
            "listDirectory",
            "Grep",
            "Glob",
        ],
    ),
    (
        "read",
        &[
            "problems",
            "readFile",
            "terminalLastCommand",
            "terminalSelection",
            "getNotebookSummary",
            "readNotebookCellOutput",
            "NotebookRead",
        ],
    ),
    (
        "edit",
        &[
            "editFiles",
            "createFile",
            "createDirectory",
            "editNotebook",
            "MultiEdit",
            "Write",
            "NotebookEdit",
        ],
    ),
    (
        "execute",
        &[
            "runInTerminal",
            "getTerminalOutput",
            "createAndRunTask",
            "runTask",
            "getTaskOutput",
            "runNotebookCell",
            "testFailure",
            "runCommands",
            "runTasks",
            "runTests",
            "shell",
            "Bash",
            "powershell",
        ],
    ),
    ("web", &["fetch", "githubRepo", "WebSearch", "WebFetch"]),
    ("agent", &["runSubagent", "custom-agent", "Task"]),
    ("todo", &["todos", "TodoWrite"]),
    (
        "vscode",
        &[
            "askQuestions",
            "extensions",
            "getProjectSetupInfo",
            "installExtension",
            "runCommand",
            "VSCodeAPI",
        ],
    ),
];

fn check(_ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let Some(declared) = declared(file) else {
        return;
    };
    let text = file.text();
    let body = file.body();
    let claude = declared.iter().any(|tool| CLAUDE.contains(&tool.as_str()));
    let mut told: Vec<&str> = Vec::new();
    let pattern: &Regex = if claude { &USED } else { &NAMED };
    for found in pattern.captures_iter(body.of(text)) {
        let Some(name) = found.get(1).or_else(|| found.get(2)) else {
            continue;
        };
        let at = Span::new(name.start(), name.end()).shifted(body.start as usize);
        let tool = name.as_str().trim_end_matches(['.', '/', '-']);
        let known = !claude || CLAUDE.contains(&tool);
        let has = |entry: &String| {
            if claude {
                same(entry, tool)
            } else {
                covers(entry, tool)
            }
        };
        if !known || told.contains(&tool) || declared.iter().any(has) {
            continue;
        }
        if is_forbidden(text, at.start) || (!claude && !is_prose(file, at.start)) {
            continue;
        }
        // An example of how others call this agent is no order to it.
        let own = matches!(tool, "Task" | "Agent") && called_on_line(file, at);
        if own || tells_of_others(text, at.start) || file.markdown().is_code(at.start) {
            continue;
        }
        told.push(tool);
        let message = format!("the body tells to use `{tool}`, which is not among `tools`");
        out.report(file.at(&at), message)
            .help(format!("Add `{tool}` to `tools`, or do without it."));
    }
}

/// Whether somebody else uses the tool: "show the assistant using …".
fn tells_of_others(text: &str, at: u32) -> bool {
    OTHERS.is_match(line_before(text, at))
}

/// Whether the line of a place names the agent itself.
fn called_on_line(file: &File, at: Span) -> bool {
    let stem = file.path.name().split('.').next().unwrap_or("");
    let line = file.lines().line_of(at.start);
    file.lines().line_text(file.text(), line).contains(stem)
}

/// The tools that front matter declares; `None` when it declares none, or all.
fn declared(file: &File) -> Option<Vec<String>> {
    let document = file.front_matter();
    let node = document.root.as_ref()?.get("tools")?;
    if !document.errors.is_empty() {
        return None;
    }
    let tools: Vec<String> = match node.as_str() {
        Some(text) => text.split(',').map(plain).collect(),
        None => node
            .items()
            .iter()
            .filter_map(|item| item.as_str())
            .map(plain)
            .collect(),
    };
    let all = tools.is_empty() || tools.iter().any(|tool| tool == "*" || tool == "all");
    (!all).then_some(tools)
}

/// A tool without what it is restricted to.
fn plain(tool: &str) -> String {
    let name = tool.split('(').next().unwrap_or(tool);
    name.trim().trim_matches(['"', '\'']).to_owned()
}

/// Whether two names of Claude Code are one tool.
fn same(entry: &str, tool: &str) -> bool {
    let one = |name: &str| match name {
        "Agent" => "Task".to_owned(),
        "MultiEdit" => "Edit".to_owned(),
        name => name.to_owned(),
    };
    one(entry) == one(tool)
}

/// Whether an entry of `tools` of Visual Studio Code gives a tool.
fn covers(entry: &str, tool: &str) -> bool {
    let entry = entry.trim_end_matches("/*");
    let last = |name: &str| name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let first = |name: &str| name.split('/').next().unwrap_or(name).to_ascii_lowercase();
    let tool = tool.trim_end_matches("/*");
    let is_in = |set: &[&str]| {
        set.iter()
            .any(|name| name.eq_ignore_ascii_case(&last(tool)))
    };
    let set = SETS.iter().find(|(_, tools)| is_in(tools));
    last(entry) == last(tool)
        || first(entry) == tool.to_ascii_lowercase()
        || first(tool) == entry.to_ascii_lowercase()
        || set.is_some_and(|(set, _)| set.eq_ignore_ascii_case(&first(entry)))
}

/// A tool as Visual Studio Code refers to it.
static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(r"#tool:([A-Za-z0-9_./-]+)"));

/// A tool of Claude Code, with a word that tells to use it.
static USED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b[Uu]se|\b[Uu]sing|\b[Vv]ia|\b[Ii]nvoke|\b[Cc]all|\b[Rr]un|\b[Ss]pawn|\b[Ww]ith)\s+(?:the\s+)?(?:`([A-Z][A-Za-z]+)`|([A-Z][A-Za-z]+)\s+tool\b)",
    )
});

/// Others who do something, as the words before a tool tell.
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:assistants?|users?|callers?|they|main (?:agent|session)|claude)\s+(?:using|via|with|invoking|calling|running|spawning|uses?|invokes?|calls?|runs?|spawns?)\s+(?:the\s+)?`?$",
    )
});
