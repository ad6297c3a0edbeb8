//! Commands in texts for agents.

use baton_repo::{File, ShellBlock};
use baton_source::Span;
use baton_syntax::glob;
use baton_syntax::shell::{Inner, RedirectionOperator, Visit, Word, inner};

use crate::Ctx;

/// A command, also one that another runs.
pub(crate) struct Run<'a> {
    /// Its name and arguments.
    pub(crate) words: &'a [Word],
    /// Where it runs.
    pub(crate) visit: Visit<'a>,
    /// Whether nothing but the shell runs it.
    pub(crate) direct: bool,
}

/// The blocks of shell commands in a file that is not there to explain forbidden ones.
pub(crate) fn blocks<'a>(ctx: &Ctx<'_>, file: &'a File) -> &'a [ShellBlock] {
    let conventions = &ctx.repo.shell_conventions().exempt;
    let exempt = ctx.settings.shell.exempt.as_ref().unwrap_or(conventions);
    let is_exempt = |pattern: &String| glob::matches(pattern, file.path.as_str()) == Ok(true);
    if exempt.iter().any(is_exempt) {
        return &[];
    }
    file.shell()
}

/// The commands of a block, also those that others run.
pub(crate) fn runs(block: &ShellBlock) -> Vec<Run<'_>> {
    let mut runs = Vec::new();
    for script in &block.scripts {
        for visit in script.simple_commands() {
            let mut words = visit.command.words.as_slice();
            let mut direct = true;
            while !words.is_empty() {
                runs.push(Run {
                    words,
                    visit,
                    direct,
                });
                direct = false;
                words = match inner(words) {
                    Some(Inner::Words(inner)) => inner,
                    Some(Inner::Text(_)) | None => &[],
                };
            }
        }
    }
    runs
}

impl Run<'_> {
    /// The command's name as written, without quotes.
    pub(crate) fn name(&self) -> Option<String> {
        self.words.first()?.static_text()
    }

    /// The name without the folders before it.
    pub(crate) fn program(&self) -> Option<String> {
        let name = self.name()?;
        Some(name.rsplit('/').next().unwrap_or("").to_owned())
    }

    /// Where the name stands.
    pub(crate) fn name_span(&self) -> Span {
        self.words.first().map(|word| word.span).unwrap_or_default()
    }

    /// Whether something else than a terminal answers it.
    pub(crate) fn is_answered(&self) -> bool {
        self.visit.context.piped_from
            || self.visit.whole.redirections.iter().any(|redirection| {
                let reads = matches!(
                    redirection.operator,
                    RedirectionOperator::Read
                        | RedirectionOperator::HereDoc
                        | RedirectionOperator::HereDocTabs
                        | RedirectionOperator::HereString
                );
                reads && redirection.target.static_text().as_deref() != Some("/dev/tty")
            })
    }
}
