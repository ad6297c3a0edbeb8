//! What rules about a repository's own words share.

use std::sync::OnceLock;

use baton_repo::File;
use baton_repo::meta::ContextBudget;
use baton_source::Span;

use crate::support::counts::CountPatterns;
use crate::support::terminology::BlockList;
use crate::support::text_rules::CompiledText;
use crate::{Ctx, Findings};

/// What is worked out once in a run, when first asked for.
#[derive(Default)]
pub(crate) struct Shared {
    blocklist: OnceLock<Option<BlockList>>,
    counts: OnceLock<Option<CountPatterns>>,
    forbidden: OnceLock<Vec<CompiledText>>,
    budget: OnceLock<Option<ContextBudget>>,
}

impl Ctx<'_> {
    /// The repository's block list of terms, if it has one that can be read.
    pub(crate) fn blocklist(&self) -> Option<&BlockList> {
        let read = || {
            let mut files = self.repo.of_kind("terminology-blocklist");
            BlockList::read(files.next()?.node()?)
        };
        self.meta.blocklist.get_or_init(read).as_ref()
    }

    /// Which numbers in texts are counts, if that is known.
    pub(crate) fn count_patterns(&self) -> Option<&CountPatterns> {
        let read = || {
            let words = self.repo.meta_conventions().counts.as_ref()?;
            CountPatterns::new(words, &self.settings.meta.counts)
        };
        self.meta.counts.get_or_init(read).as_ref()
    }

    /// Texts that may not stand in certain files.
    pub(crate) fn forbidden_texts(&self) -> &[CompiledText] {
        self.meta.forbidden.get_or_init(|| {
            let pack = &self.repo.meta_conventions().forbidden_text;
            let pack = pack.iter().filter_map(CompiledText::of_pack);
            let own = &self.settings.meta.forbidden_text;
            pack.chain(own.iter().filter_map(CompiledText::of_settings))
                .collect()
        })
    }

    /// Which agents must not read artifacts again, if such repositories have any.
    pub(crate) fn context_budget(&self) -> Option<&ContextBudget> {
        let read = || {
            let mut budget = self.repo.meta_conventions().context_budget.clone()?;
            let own = self.settings.meta.context_budget.clone();
            budget.artifacts = own.artifacts.unwrap_or(budget.artifacts);
            budget.cache_markers = own.cache_markers.unwrap_or(budget.cache_markers);
            budget.reread_markers = own.reread_markers.unwrap_or(budget.reread_markers);
            Some(budget)
        };
        self.meta.budget.get_or_init(read).as_ref()
    }
}

/// Reports that a repository has no file of a kind, where such repositories do.
pub(crate) fn missing(ctx: &Ctx<'_>, (kind, what): (&str, &str), out: &mut Findings) {
    let repo = ctx.repo;
    let mut expected = repo.meta_conventions().expected.iter();
    if !expected.any(|one| one == kind) || repo.of_kind(kind).next().is_some() {
        return;
    }
    // Without agents nobody follows the family's conventions any more.
    let Some(agent) = repo.of_kind("agent").next() else {
        return;
    };
    let globs = repo.layout().kinds.get(kind);
    let Some(path) = globs.and_then(|globs| globs.first()) else {
        return;
    };
    out.report(
        agent.whole(),
        format!("there are agents but no {what} at `{path}`"),
    )
    .help(format!("Write it to `{path}`."));
}

/// Where an agent demands a frozen artifact: the artifact's name on the first such line.
pub(crate) fn demanded(file: &File, budget: &ContextBudget) -> Option<Span> {
    let text = file.text();
    if !text.contains(&budget.demand) {
        return None;
    }
    let mut lines = lines(text).filter(|(_, line)| line.contains(&budget.demand));
    lines.find_map(|(start, line)| {
        let names = budget.artifacts.iter();
        let found = names.filter_map(|name| Some((line.find(name.as_str())?, name.len())));
        let (at, length) = found.min()?;
        Some(Span::new(start + at, start + at + length))
    })
}

/// Whether a text holds one of these, capitals aside.
pub(crate) fn mentions(text: &str, markers: &[String]) -> bool {
    let text = text.to_lowercase();
    let mut markers = markers.iter();
    markers.any(|marker| text.contains(&marker.to_lowercase()))
}

/// Lines without their endings, with where they begin.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let begin = start;
        start += line.len() + 1;
        (begin, line.strip_suffix('\r').unwrap_or(line))
    })
}
