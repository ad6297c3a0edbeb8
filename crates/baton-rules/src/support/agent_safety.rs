//! What rules about careless settings of agents share.

use baton_repo::File;
use baton_repo::agent_hooks::{Call, HookShell, calls};
use baton_source::{Span, Spanned};
use baton_syntax::node::{Entry, Node};

use crate::support::{agent_hooks, editor, mcp};
use crate::{Ctx, Findings};

/// Places where settings of the editor stand.
pub(crate) fn editor_settings<'a>(ctx: &Ctx<'a>) -> Vec<(&'a File, &'a Node)> {
    let repo = ctx.repo;
    let own = repo.of_kind("editor-settings");
    let own = own.filter_map(|file| Some((file, file.node()?)));
    let container = repo.of_kind("devcontainer");
    let container = container.filter_map(|file| Some((file, editor::settings(file)?.ok()?)));
    own.chain(container).collect()
}

/// What a host starts by itself.
pub(crate) struct Started<'a> {
    /// The file that says so.
    pub(crate) file: &'a File,
    /// Where it says so.
    pub(crate) span: Span,
    /// The arguments, where they stand one by one.
    pub(crate) arguments: &'a [Node],
    /// What is started.
    pub(crate) calls: Vec<Call>,
    /// Whose doing it is, for a sentence.
    pub(crate) whose: &'static str,
}

impl Spanned for Started<'_> {
    fn span(&self) -> Span {
        self.span
    }
}

/// Everything that hosts start: hooks, and servers.
pub(crate) fn started<'a>(ctx: &Ctx<'a>) -> Vec<Started<'a>> {
    let mut found = Vec::new();
    for (file, manifest) in agent_hooks::manifests(ctx) {
        for (_, _, hook) in manifest.hooks() {
            let commands = hook.commands.iter();
            let commands = commands.filter(|command| command.shell != HookShell::PowerShell);
            found.extend(commands.map(|command| Started {
                file,
                span: command.span,
                arguments: &[],
                calls: command.calls.clone(),
                whose: "hook",
            }));
        }
    }
    for kind in ["mcp-file", "portable-mcp-file"] {
        for file in ctx.repo.of_kind(kind) {
            found.extend(mcp::servers(ctx, file).filter_map(|server| of_server(file, server)));
        }
    }
    found
}

fn of_server<'a>(file: &'a File, server: &'a Entry) -> Option<Started<'a>> {
    let command = server.value.get("command")?;
    let arguments = server.value.get("args").map_or(&[][..], Node::items);
    let words = arguments
        .iter()
        .map(|word| word.as_str().map(str::to_owned));
    let first = command.as_str()?;
    let words: Vec<Option<String>> = std::iter::once(Some(first.to_owned()))
        .chain(words)
        .collect();
    // `bash -c "npx …"`
    let mut started = Vec::new();
    let text = words
        .iter()
        .position(|word| matches!(word.as_deref(), Some("-c" | "-lc")));
    if let Some(text) = text.and_then(|at| words.get(at + 1)?.as_deref()) {
        started.extend(calls(text));
    }
    started.push(Call {
        words: without_windows(words),
        piped_from: false,
        tested: false,
    });
    Some(Started {
        file,
        span: command.span,
        arguments,
        calls: started,
        whose: "server",
    })
}

/// The words after `cmd /c`, which Windows needs before some programs.
fn without_windows(words: Vec<Option<String>>) -> Vec<Option<String>> {
    let is = |at: usize, wanted: &str| {
        let word = words.get(at).and_then(Option::as_deref);
        word.is_some_and(|word| word.eq_ignore_ascii_case(wanted))
    };
    if is(0, "cmd") && is(1, "/c") {
        return words.into_iter().skip(2).collect();
    }
    words
}

impl Started<'_> {
    /// Reports something about one of its words, where that stands by itself.
    pub(crate) fn report<'o>(
        &self,
        word: &str,
        message: String,
        out: &'o mut Findings,
    ) -> &'o mut baton_source::Diagnostic {
        let mut arguments = self.arguments.iter();
        let own = arguments.find(|argument| argument.as_str() == Some(word));
        match own {
            Some(own) => out.report(self.file.at(own), message),
            None => out.report(self.file.at(self), message),
        }
    }
}
