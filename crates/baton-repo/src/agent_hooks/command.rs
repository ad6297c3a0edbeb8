//! The commands of hooks, as words.

use baton_source::{Span, Spanned};
use baton_syntax::node::Node;
use baton_syntax::shell::{self, CommandKind, Inner, List, Part, PartKind, Status, Word, inner};

/// Texts of `sh -c` inside one another beyond this are not read.
const MAX_QUOTED: usize = 4;

/// A command that a hook runs.
#[derive(Debug, Clone, PartialEq)]
pub struct HookCommand {
    /// The key it stands under.
    pub key: String,
    /// Where it stands.
    pub span: Span,
    /// What is written.
    pub text: String,
    /// Who reads it.
    pub shell: HookShell,
    /// The programs it starts, wrappers and what they run alike.
    pub calls: Vec<Call>,
}

/// Who reads a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookShell {
    /// A shell as POSIX describes it.
    Posix,
    /// `PowerShell`, or another shell of Windows.
    PowerShell,
    /// Nobody: the words are a program and its arguments.
    Exec,
}

/// A program that is started, with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The words; `None` for what only running it would tell. Variables that hosts set stand
    /// as `${NAME}`.
    pub words: Vec<Option<String>>,
    /// Whether it reads what another one writes.
    pub piped_from: bool,
    /// Whether somebody looks whether it fails.
    pub tested: bool,
}

impl Spanned for HookCommand {
    fn span(&self) -> Span {
        self.span
    }
}

/// The keys that hold commands.
const KEYS: [&str; 7] = [
    "command",
    "windows",
    "linux",
    "osx",
    "bash",
    "powershell",
    "exec",
];

/// The commands of a hook.
pub(super) fn read(hook: &Node) -> Vec<HookCommand> {
    let mut found = Vec::new();
    for key in KEYS {
        let Some((node, text)) = hook.get(key).and_then(|node| Some((node, node.as_str()?))) else {
            continue;
        };
        let args = hook.get("args").filter(|args| args.is_sequence());
        let shell = match key {
            "command" if args.is_some() => HookShell::Exec,
            "exec" => HookShell::Exec,
            "windows" | "powershell" => HookShell::PowerShell,
            _ if hook.get("shell").and_then(Node::as_str) == Some("powershell") => {
                HookShell::PowerShell
            }
            _ => HookShell::Posix,
        };
        let started = match shell {
            HookShell::Posix => calls(text),
            HookShell::PowerShell => vec![plain(windows_words(text))],
            HookShell::Exec => {
                let args = args.map_or(&[][..], Node::items).iter();
                let args = args.map(|arg| arg.as_str().map(str::to_owned));
                vec![plain(
                    std::iter::once(Some(text.to_owned())).chain(args).collect(),
                )]
            }
        };
        found.push(HookCommand {
            key: key.to_owned(),
            span: node.span,
            text: text.to_owned(),
            shell,
            calls: started,
        });
    }
    found
}

fn plain(words: Vec<Option<String>>) -> Call {
    Call {
        words,
        piped_from: false,
        tested: false,
    }
}

/// The programs that a shell starts.
pub fn calls(text: &str) -> Vec<Call> {
    let mut found = Vec::new();
    add(text, 0, &mut found);
    found
}

fn add(text: &str, depth: usize, calls: &mut Vec<Call>) {
    let (script, errors) = shell::parse(text);
    if !errors.is_empty() || depth > MAX_QUOTED {
        return;
    }
    for visit in script.simple_commands() {
        let context = visit.context;
        let mut words = visit.command.words.as_slice();
        while !words.is_empty() {
            calls.push(Call {
                words: words.iter().map(word).collect(),
                piped_from: context.piped_from,
                tested: context.condition || context.status == Status::Tested,
            });
            let run = inner(words);
            words = match run {
                Some(Inner::Words(inner)) => inner,
                Some(Inner::Text(_)) | None => &[],
            };
            let quoted = match run {
                Some(Inner::Text(text)) => text.static_text(),
                Some(Inner::Words(_)) | None => None,
            };
            if let Some(quoted) = quoted {
                add(&quoted, depth + 1, calls);
            }
        }
    }
}

/// A word with the variables that hosts set as `${NAME}`.
fn word(word: &Word) -> Option<String> {
    let mut text = String::new();
    parts(&word.parts, &mut text).then_some(text)
}

fn parts(parts: &[Part], text: &mut String) -> bool {
    parts.iter().all(|part| match &part.kind {
        PartKind::Literal(known)
        | PartKind::Escaped(known)
        | PartKind::SingleQuoted(known)
        | PartKind::AnsiQuoted(known)
        | PartKind::Tilde(known) => {
            text.push_str(known);
            true
        }
        PartKind::DoubleQuoted(inner) => self::parts(inner, text),
        PartKind::Parameter(parameter) => {
            let is_plain = parameter.prefix.is_empty() && parameter.subscript.is_none();
            // `${NAME:-.}` is what the host sets whenever it runs the hook.
            let has_default = parameter.operator == ":-" || parameter.operator == "-";
            let is_set = parameter.name.starts_with("CLAUDE_");
            if is_plain && (parameter.operator.is_empty() || has_default && is_set) {
                text.push_str("${");
                text.push_str(&parameter.name);
                text.push('}');
                return true;
            }
            false
        }
        PartKind::Substitution(list) if is_top_level(list) => {
            text.push_str("${CLAUDE_PROJECT_DIR}");
            true
        }
        _ => false,
    })
}

/// Whether a substitution gives the root of the repository.
fn is_top_level(list: &List) -> bool {
    let [statement] = list.statements.as_slice() else {
        return false;
    };
    let [pipeline] = statement.pipelines.as_slice() else {
        return false;
    };
    let [command] = pipeline.commands.as_slice() else {
        return false;
    };
    let CommandKind::Simple(simple) = &command.kind else {
        return false;
    };
    let words = simple.words.iter().map(Word::static_text);
    let wanted = ["git", "rev-parse", "--show-toplevel"];
    words.eq(wanted.map(|word| Some(word.to_owned())))
}

/// The words of a command for Windows, folders separated by `/`.
fn windows_words(text: &str) -> Vec<Option<String>> {
    let mut words = Vec::new();
    let mut quote = None;
    let mut word = String::new();
    for sign in text.chars() {
        match quote {
            Some(open) if sign == open => quote = None,
            None if matches!(sign, '"' | '\'') => quote = Some(sign),
            None if sign.is_whitespace() => words.push(std::mem::take(&mut word)),
            _ => word.push(if sign == '\\' { '/' } else { sign }),
        }
    }
    words.push(word);
    let known = words.into_iter().filter(|word| !word.is_empty());
    let is_known = |word: &String| !word.contains(['$', '%', '`', '*', ';', '|', '&', '(']);
    known.map(|word| Some(word).filter(is_known)).collect()
}
