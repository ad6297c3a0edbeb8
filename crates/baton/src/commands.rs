//! One module per command.

mod baseline;
mod branch;
mod check;
mod commit;
mod completions;
mod config;
mod doctor;
mod fmt;
mod gate;
mod gates;
mod git;
mod guard;
mod hook;
mod init;
mod list;
mod mend;
mod notices;
mod outside;
mod push;
mod range;
mod redact;
mod restage;
mod resume;
mod routes;
mod rule;
mod run;
mod selectors;
mod standing;
mod state;
mod trace;
mod watch;

use std::fs;
use std::io::{self, BufWriter, Read as _, Write};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use baton_check::Report;
use baton_source::LineIndex;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Node;

use crate::cli::{Command, ConfigCommand};
use crate::exit::{Verdict, say, written};
use crate::output;
use crate::terminal::Terminal;

/// Runs a command.
pub(crate) fn dispatch(command: Command) -> Result<Verdict> {
    match command {
        Command::Check(args) => check::check(args),
        Command::PushCheck(args) => push::push_check(&args),
        Command::CommitMsg(args) => commit::commit_msg(&args),
        Command::Validate(args) => check::named(args, "validate"),
        Command::Lint(args) => check::named(args, "lint"),
        Command::Fix(args) => check::fix(args),
        Command::Fmt(args) => fmt::fmt(&args),
        Command::Redact(args) => redact::redact(&args),
        Command::Trace(args) => trace::trace(&args),
        Command::Gate(args) => gate::gate(&args),
        Command::Precheck(args) => gate::precheck(&args),
        Command::Compress(args) => gate::compress(&args),
        Command::Run(args) => run::run(&args),
        Command::Resume(args) => run::resume(&args),
        Command::Choose(args) => run::choose(&args),
        Command::Reset(args) => run::reset(&args),
        Command::Abort(args) => run::abort(&args),
        Command::Approve(args) => gates::approve(&args),
        Command::Reject(args) => gates::reject(&args),
        Command::Defer(args) => gates::defer(&args),
        Command::Status(args) => gates::status(&args),
        Command::History(args) => gates::history(&args),
        Command::Graph(args) => gates::graph(&args),
        Command::Ledger(command) => gates::ledger(&command),
        Command::Guard(command) => guard::guard(&command),
        Command::Hook(args) => Ok(hook::hook(&args)),
        Command::Baseline(command) => baseline::baseline(command),
        Command::Routes(args) => routes::routes(args),
        Command::State(args) => state::state(args),
        Command::Rules(args) => list::rules(args.output_format),
        Command::Checks(args) => list::checks(args.output_format),
        Command::Rule { name } => rule::show(&name),
        Command::Config(ConfigCommand::Schema) => config::schema(),
        Command::Config(ConfigCommand::Show {
            config,
            output_format,
        }) => config::show(config.as_deref(), output_format),
        Command::Init(args) => init::init(&args),
        Command::Doctor => doctor::doctor(),
        Command::Completions { shell } => completions::completions(shell),
        Command::Man { output_dir } => completions::man(output_dir.as_deref()),
    }
}

/// Writes to standard output; a closed pipe ends the output and nothing else.
fn print(render: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = render(&mut out).and_then(|()| out.flush());
    written(outcome).context("cannot write to standard output")
}

/// The text of a file, or of standard input for `-`.
fn text_of(path: &Path) -> Result<String> {
    if path != Path::new("-") {
        let name = path.display();
        return fs::read_to_string(path).with_context(|| format!("cannot read {name}"));
    }
    let mut text = String::new();
    let read = io::stdin().lock().read_to_string(&mut text);
    read.context("cannot read standard input")?;
    Ok(text)
}

/// What a JSON file, or standard input for `-`, holds.
fn json_of(path: &Path) -> Result<Option<Node>> {
    let text = text_of(path)?;
    let parsed = json::parse(&text, Dialect::Strict);
    if let Some(error) = parsed.errors.first() {
        let place = LineIndex::new(&text).locate(&text, error.span.start);
        let (name, message) = (path.display(), &error.message);
        bail!(
            "{name}:{}:{}: not JSON: {message}",
            place.line,
            place.column
        );
    }
    Ok(parsed.root)
}

/// Says where baton could not do its job.
fn say_failures(report: &Report) {
    for line in output::failures(report, Terminal::stderr()) {
        say(&line);
    }
}
