//! What a command writes, where the command line itself says so.

use baton_syntax::shell::{Command, CommandKind, List, Redirection, RedirectionOperator};

use super::decode;
use super::expand::{Choices, Ground, readings, texts, whole};
use crate::leaf::{Arg, Input, Leaf};

/// Substitutions nested deeper than this are not looked into.
const MAX_DEPTH: usize = 16;

/// What the commands of a substitution write.
pub(crate) fn of_list(list: &List, ground: Ground<'_, '_>) -> Input {
    if ground.depth >= MAX_DEPTH {
        return Input::Output;
    }
    let ground = Ground {
        depth: ground.depth + 1,
        ..ground
    };
    let mut text = String::new();
    for statement in &list.statements {
        for pipeline in &statement.pipelines {
            match of_pipeline(&pipeline.commands, ground) {
                Input::Text(piece) => text.push_str(&piece),
                other => return other,
            }
        }
    }
    Input::Text(text)
}

/// What the last of these commands writes.
pub(crate) fn of_pipeline(commands: &[Command], ground: Ground<'_, '_>) -> Input {
    let mut input = Input::None;
    for command in commands {
        input = of_command(command, input, ground);
    }
    input
}

fn of_command(command: &Command, before: Input, ground: Ground<'_, '_>) -> Input {
    let input = redirected(&command.redirections, before, ground);
    let list = match &command.kind {
        CommandKind::Simple(simple) => {
            let argv = readings(&simple.words, ground).into_iter().next();
            return of_argv(&argv.unwrap_or_default(), input, ground);
        }
        CommandKind::Subshell(list) | CommandKind::Group(list) => list,
        _ => return unknown(&input),
    };
    match (of_list(list, ground), input) {
        (Input::Output, Input::Download) => Input::Download,
        (written, _) => written,
    }
}

/// What a command reads after its redirections.
pub(crate) fn redirected(
    redirections: &[Redirection],
    before: Input,
    ground: Ground<'_, '_>,
) -> Input {
    let mut input = before;
    for redirection in redirections {
        if redirection
            .descriptor
            .as_deref()
            .is_some_and(|name| name != "0")
        {
            continue;
        }
        let target = || texts(&redirection.target, ground).pop().unwrap_or_default();
        input = match redirection.operator {
            RedirectionOperator::HereDoc | RedirectionOperator::HereDocTabs => {
                let body = ground.from.script.here_doc(redirection);
                let parts = body.map(|body| body.parts.as_slice()).unwrap_or_default();
                Input::Text(whole(parts, ground, &mut Choices::default()))
            }
            RedirectionOperator::HereString => Input::Text(target() + "\n"),
            RedirectionOperator::Read | RedirectionOperator::ReadWrite => {
                let words = std::slice::from_ref(&redirection.target);
                let arg = readings(words, ground).into_iter().flatten().next();
                file(&arg.unwrap_or_default(), ground)
            }
            _ => input,
        };
    }
    input
}

/// What a file holds.
fn file(arg: &Arg, ground: Ground<'_, '_>) -> Input {
    if let Some(holds) = &arg.holds {
        return holds.as_ref().clone();
    }
    match ground.scope.names.files.get(&arg.text) {
        Some(text) => Input::Text(text.clone()),
        None => Input::File(arg.text.clone()),
    }
}

fn unknown(input: &Input) -> Input {
    match input {
        Input::Download => Input::Download,
        _ => Input::Output,
    }
}

/// What a command writes to its standard output.
pub(crate) fn of_leaf(leaf: &Leaf, ground: Ground<'_, '_>) -> Input {
    of_argv(&leaf.argv, leaf.input.clone(), ground)
}

/// What a program with these words writes.
fn of_argv(argv: &[Arg], input: Input, ground: Ground<'_, '_>) -> Input {
    let leaf = Leaf {
        argv: argv.to_vec(),
        ..Leaf::default()
    };
    let program = leaf.program();
    let words = leaf.argv.get(1..).unwrap_or(&[]);
    if is_download(&program) {
        return Input::Download;
    }
    let texts: Vec<&str> = words.iter().map(|arg| arg.text.as_str()).collect();
    let made = match (program.as_str(), &input) {
        ("" | "true" | ":" | "cd" | "set" | "export", _) => Some(String::new()),
        ("mktemp", _) => Some("/tmp/tmp.new".to_owned()),
        ("pwd", _) => Some(
            ground
                .scope
                .names
                .folder
                .clone()
                .unwrap_or_else(|| ".".to_owned()),
        ),
        ("echo", _) => Some(decode::echo(&texts)),
        ("printf", _) => Some(decode::printf(&texts)),
        ("command" | "builtin" | "sudo" | "env" | "exec", _) => {
            return of_argv(words, input, ground);
        }
        ("cat" | "tee" | "zcat", _)
            if words.iter().any(|word| word.text != "-") && program == "cat" =>
        {
            return several(words, ground);
        }
        ("cat" | "tee", Input::Text(text)) => Some(text.clone()),
        (filter, Input::Text(text)) => decode::filter(filter, &texts, text),
        ("base64" | "xxd" | "rev" | "tr" | "sed", Input::None) => {
            return filtered_file(&program, words, ground);
        }
        _ => None,
    };
    match made {
        Some(text) => Input::Text(text),
        None => unknown(&input),
    }
}

/// `cat a b`: known only when each file is.
fn several(words: &[Arg], ground: Ground<'_, '_>) -> Input {
    let mut text = String::new();
    for word in words {
        match file(word, ground) {
            Input::Text(piece) => text.push_str(&piece),
            Input::Download => return Input::Download,
            _ => return Input::Output,
        }
    }
    Input::Text(text)
}

/// `base64 -d FILE`.
fn filtered_file(program: &str, words: &[Arg], ground: Ground<'_, '_>) -> Input {
    let Some(last) = words.last() else {
        return Input::Output;
    };
    let texts: Vec<&str> = words.iter().map(|arg| arg.text.as_str()).collect();
    match file(last, ground) {
        Input::Text(text) => {
            let made = decode::filter(program, &texts, &text);
            made.map_or(Input::Output, Input::Text)
        }
        other => unknown(&other),
    }
}

/// Whether a program fetches what it writes from elsewhere.
fn is_download(program: &str) -> bool {
    matches!(
        program,
        "curl"
            | "wget"
            | "fetch"
            | "aria2c"
            | "http"
            | "https"
            | "xh"
            | "lynx"
            | "nc"
            | "ncat"
            | "netcat"
            | "socat"
            | "telnet"
            | "curlie"
            | "axel"
            | "lwp-request"
            | "ftp"
            | "tftp"
            | "iwr"
            | "irm"
            | "invoke-webrequest"
            | "invoke-restmethod"
            | "dig"
            | "nslookup"
    )
}
