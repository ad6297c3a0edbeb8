//! The scripts that hooks run, and where they are.

use baton_source::{FileId, RepoPath};

use super::command::Call;
use super::{Hook, HookCommand, HookManifest, HookShell};
use crate::Repo;

/// A script that a command runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Its path as the command writes it.
    pub path: String,
    /// Who runs it.
    pub run: Run,
}

/// Who runs a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// The system, by its first line.
    Directly,
    /// A program that reads it.
    By(String),
}

/// Where a script is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScriptFound {
    /// This file.
    File(FileId),
    /// Nowhere in the repository.
    Missing,
    /// That cannot be told: it is made, lies outside, or depends on what runs.
    Unknown,
}

/// Programs that read a script.
const INTERPRETERS: [&str; 24] = [
    "bash",
    "sh",
    "zsh",
    "dash",
    "ksh",
    "node",
    "python",
    "python3",
    "py",
    "ruby",
    "perl",
    "php",
    "deno",
    "bun",
    "tsx",
    "ts-node",
    "uv",
    "source",
    ".",
    "pwsh",
    "powershell",
    "pwsh.exe",
    "powershell.exe",
    "node.exe",
];

/// How the names of scripts end.
const ENDINGS: [&str; 17] = [
    ".sh", ".bash", ".zsh", ".py", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".rb", ".pl",
    ".ps1", ".php", ".cmd", ".bat", ".lua",
];

/// Folders that tools fill.
const MADE: [&str; 14] = [
    "node_modules",
    "dist",
    "build",
    "target",
    "out",
    "bin",
    "obj",
    ".venv",
    "venv",
    "vendor",
    ".cache",
    "tmp",
    ".tools",
    "coverage",
];

impl HookCommand {
    /// The scripts it runs, as far as that can be told from the words alone.
    pub fn scripts(&self) -> Vec<Script> {
        // Whoever changes the folder or asks first what is there knows better.
        let careful = ["cd", "pushd", "[", "test", "[["];
        let is_careful = |call: &Call| {
            let name = call.words.first().and_then(Option::as_deref);
            name.is_some_and(|name| careful.contains(&name))
        };
        if self.calls.iter().any(is_careful) || self.text.contains("[[") {
            return Vec::new();
        }
        let calls = self.calls.iter().filter(|call| !call.tested);
        let mut found: Vec<Script> = calls.filter_map(|call| script(call, self.shell)).collect();
        found.dedup();
        found
    }
}

/// The script that a call runs.
fn script(call: &Call, shell: HookShell) -> Option<Script> {
    let (first, rest) = call.words.split_first()?;
    let program = first.as_deref()?;
    let name = program.rsplit('/').next().unwrap_or(program);
    let is_interpreter = INTERPRETERS.contains(&name) || name.starts_with("python3.");
    if !is_interpreter {
        let is_path =
            program.contains('/') && (shell != HookShell::PowerShell || is_script(program));
        return is_path.then(|| Script {
            path: program.to_owned(),
            run: Run::Directly,
        });
    }
    let mut words = rest.iter();
    loop {
        let word = words.next()?.as_deref()?;
        match word {
            "run" if matches!(name, "uv" | "deno" | "bun") => {}
            "-c" | "-e" | "-m" | "-p" | "-s" | "-" | "--eval" | "--print" | "-Command"
            | "-command" | "--module" | "--with" | "-x" => return None,
            _ if word.starts_with('-') => {}
            _ if is_script(word) => {
                return Some(Script {
                    path: word.to_owned(),
                    run: Run::By(name.to_owned()),
                });
            }
            // `uv run python x.py`
            _ if INTERPRETERS.contains(&word) => {}
            // Settings of PowerShell stand between its options.
            _ if name.starts_with("pwsh") || name.starts_with("powershell") => {}
            _ => return None,
        }
    }
}

fn is_script(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| word.ends_with(ending))
}

impl HookManifest {
    /// Where a script of one of these hooks is.
    pub fn find(&self, repo: &Repo, hook: &Hook, script: &str) -> ScriptFound {
        let Some((base, path)) = self.anchored(hook, script) else {
            return ScriptFound::Unknown;
        };
        if path.contains(['$', '%', '\\', '*', '?', '{', '~']) || path.starts_with('/') {
            return ScriptFound::Unknown;
        }
        let beside = repo.by_id(self.file).map_or("", |file| file.path.parent());
        let folders = match base {
            Some(base) => vec![base],
            None => vec![self.folder.clone(), String::new(), beside.to_owned()],
        };
        for folder in folders {
            let inside = RepoPath::new(format!("{folder}/.").trim_start_matches('/'));
            let Some(path) = inside.join(path) else {
                return ScriptFound::Unknown;
            };
            if let Some(file) = repo.file(path.as_str()) {
                return ScriptFound::File(file.id);
            }
            let is_excluded = repo.excluded().binary_search(&path).is_ok();
            if is_excluded || repo.has_folder(path.as_str()) {
                return ScriptFound::Unknown;
            }
        }
        if path.split('/').any(|part| MADE.contains(&part)) {
            return ScriptFound::Unknown;
        }
        ScriptFound::Missing
    }

    /// The folder a path begins at, if it says so, and the rest of it.
    fn anchored<'p>(&self, hook: &Hook, script: &'p str) -> Option<(Option<String>, &'p str)> {
        for (variable, folder) in [
            ("${CLAUDE_PROJECT_DIR}/", Some(self.folder.as_str())),
            ("${workspaceFolder}/", Some(self.folder.as_str())),
            ("${CLAUDE_PLUGIN_ROOT}/", self.plugin.as_deref()),
        ] {
            if let Some(rest) = script.strip_prefix(variable) {
                return Some((Some(folder?.to_owned()), rest));
            }
        }
        match hook.cwd.as_deref() {
            None | Some("" | "." | "./") => Some((None, script)),
            Some(cwd) if cwd.contains(['$', '~', '\\']) || cwd.starts_with('/') => None,
            Some(cwd) if cwd.starts_with("..") => None,
            Some(cwd) => {
                let cwd = cwd.trim_start_matches("./").trim_end_matches('/');
                let folder = format!("{}/{cwd}", self.folder);
                Some((Some(folder.trim_start_matches('/').to_owned()), script))
            }
        }
    }

    /// Whether a path begins where the host is started, whatever it is started for.
    pub fn is_unanchored(script: &str) -> bool {
        !script.starts_with(['$', '/', '~'])
    }
}
