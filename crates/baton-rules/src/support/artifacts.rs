//! What an artifact must hold in one repository, and what its headings are.

use std::sync::OnceLock;

use baton_repo::artifact::{ArtifactType, Feature, Strictness, can_be_artifact};
use baton_source::{Location, Severity, Span, Spanned};
use baton_syntax::emoji::without_pictures;

use crate::settings::artifacts::{Matching, TypeSettings};
use crate::{Ctx, File};

/// What each type of artifact must hold, by name, worked out when first asked for.
pub(crate) type Contracts = Vec<Promise>;

/// A type's name, and what it must hold; `None` when nobody says which headings it needs.
pub(crate) struct Promise {
    name: String,
    contract: OnceLock<Option<Contract>>,
}

/// What artifacts of one type must hold.
pub(crate) struct Contract {
    /// The type, with what the repository and its settings say.
    pub(crate) kind: ArtifactType,
    /// Whether pictures in headings do not count.
    pub(crate) is_loose: bool,
}

/// An H2 heading.
pub(crate) struct H2<'t> {
    /// Without hashes and blanks at the end.
    pub(crate) text: &'t str,
    span: Span,
}

impl Spanned for H2<'_> {
    fn span(&self) -> Span {
        self.span
    }
}

impl H2<'_> {
    /// The place of the text.
    pub(crate) fn text_span(&self) -> Span {
        Span {
            start: self.span.end - u32::try_from(self.text.len()).unwrap_or(0),
            end: self.span.end,
        }
    }
}

impl Promise {
    fn contract(&self, ctx: &Ctx<'_>) -> Option<&Contract> {
        let contract = || contract(ctx, &self.name);
        self.contract.get_or_init(contract).as_ref()
    }
}

impl Contract {
    /// How much it matters that the structure is wrong.
    pub(crate) fn severity(&self) -> Severity {
        match self.kind.strictness {
            Strictness::Standard => Severity::Error,
            Strictness::Relaxed => Severity::Warning,
        }
    }

    /// Whether something other than headings belongs into it.
    pub(crate) fn holds(&self, feature: Feature) -> bool {
        self.kind.holds.contains(&feature)
    }

    /// Whether two headings count as the same.
    pub(crate) fn same(&self, left: &str, right: &str) -> bool {
        left == right || self.is_loose && alike(left, right)
    }

    /// The place of a heading among the required ones.
    pub(crate) fn place(&self, heading: &str) -> Option<usize> {
        let mut required = self.kind.headings.iter();
        required.position(|one| self.same(one, heading))
    }

    /// Whether a heading may follow the last required one.
    pub(crate) fn is_optional(&self, heading: &str) -> bool {
        let mut optional = self.kind.optional.iter();
        optional.any(|one| self.same(one, heading))
    }

    /// The heading that one without pictures, or with the wrong ones, stands for; `None` when
    /// that heading is there too.
    pub(crate) fn meant(&self, h2: &[H2<'_>], heading: &str) -> Option<&str> {
        if self.place(heading).is_some() || self.is_optional(heading) {
            return None;
        }
        let known = self.kind.headings.iter().chain(&self.kind.optional);
        let meant = known.map(String::as_str).find(|one| alike(one, heading))?;
        self.position(h2, meant).is_none().then_some(meant)
    }

    /// Whether a heading has a place in the type, also when it has the wrong pictures.
    pub(crate) fn knows(&self, h2: &[H2<'_>], heading: &str) -> bool {
        self.place(heading).is_some()
            || self.is_optional(heading)
            || self.meant(h2, heading).is_some()
    }

    /// Whether a required heading is there, also with the wrong pictures.
    pub(crate) fn has(&self, h2: &[H2<'_>], required: &str) -> bool {
        let mut headings = h2.iter();
        self.position(h2, required).is_some()
            || headings.any(|one| self.meant(h2, one.text) == Some(required))
    }

    /// Where a heading first stands.
    pub(crate) fn position(&self, h2: &[H2<'_>], heading: &str) -> Option<usize> {
        h2.iter().position(|one| self.same(one.text, heading))
    }
}

/// Whether two headings differ in nothing but pictures.
pub(crate) fn alike(left: &str, right: &str) -> bool {
    without_pictures(left) == without_pictures(right)
}

/// Every type of artifact that somebody says the headings of.
pub(crate) fn contracts<'c>(ctx: &'c Ctx<'_>) -> impl Iterator<Item = &'c Contract> {
    let types = types(ctx).iter();
    types.filter_map(|promise| promise.contract(ctx))
}

/// What an artifact must hold; `None` for files that are no artifacts.
pub(crate) fn of_artifact<'c>(ctx: &'c Ctx<'_>, file: &File) -> Option<&'c Contract> {
    named_like(ctx, file)?.contract(ctx)
}

/// The name of the type whose name a file's name ends with.
pub(crate) fn type_of<'c>(ctx: &'c Ctx<'_>, file: &File) -> Option<&'c str> {
    named_like(ctx, file).map(|promise| promise.name.as_str())
}

fn named_like<'c>(ctx: &'c Ctx<'_>, file: &File) -> Option<&'c Promise> {
    let file_name = file.path.name();
    let mut types = types(ctx).iter();
    let found = types.find(|promise| file_name.ends_with(&promise.name))?;
    can_be_artifact(file).then_some(found)
}

/// What a template must hold.
pub(crate) fn of_template<'c>(ctx: &'c Ctx<'_>, file: &File) -> Option<&'c Contract> {
    let name = file.path.name();
    contracts(ctx).find(|contract| contract.kind.template.as_deref() == Some(name))
}

/// What an artifact or a template must hold, and how much its lack of a feature matters.
pub(crate) fn of_either<'c>(ctx: &'c Ctx<'_>, file: &File) -> Option<(&'c Contract, Severity)> {
    if ctx.repo.is_kind(file, "artifact-template") {
        return Some((of_template(ctx, file)?, Severity::Error));
    }
    Some((of_artifact(ctx, file)?, Severity::Warning))
}

/// Whether artifacts are written in this repository, and not only kept: it has a template, the
/// skill, or one of the agents that write them.
pub(crate) fn are_written(ctx: &Ctx<'_>) -> bool {
    let has = |kind: &str| ctx.repo.of_kind(kind).next().is_some();
    has("artifact-skill")
        || has("artifact-template")
        || contracts(ctx).any(|contract| contract.kind.agent_in(ctx.repo).is_some())
}

/// The types that the repository and its settings name.
fn types<'c>(ctx: &'c Ctx<'_>) -> &'c Contracts {
    ctx.contracts.get_or_init(|| {
        let types = ctx.repo.artifacts().types();
        let own = ctx.settings.artifacts.types.keys();
        let own = own.filter(|name| types.iter().all(|kind| kind.name != **name));
        let names = types.iter().map(|kind| &kind.name).chain(own);
        let promises = names.map(|name| Promise {
            name: name.clone(),
            contract: OnceLock::new(),
        });
        promises.collect()
    })
}

/// What a type must hold; `None` when nobody says which headings it needs.
pub(crate) fn contract(ctx: &Ctx<'_>, name: &str) -> Option<Contract> {
    let (known, settings) = (ctx.repo.artifacts(), &ctx.settings.artifacts);
    let of_table = known.types().iter().find(|kind| kind.name == name);
    let own = settings.types.get(name);
    let mut kind = of_table.cloned().unwrap_or_default();
    name.clone_into(&mut kind.name);
    let told = own.and_then(|own| own.headings.clone());
    kind.headings = told.or_else(|| known.headings(settings.headings, name))?;
    if settings.relaxed.iter().any(|relaxed| relaxed == name) {
        kind.strictness = Strictness::Relaxed;
    }
    if let Some(own) = own {
        apply(own, &mut kind);
    }
    kind.strictness = settings.strictness.unwrap_or(kind.strictness);
    Some(Contract {
        kind,
        is_loose: match settings.matching {
            Matching::Auto => known.is_loose(),
            Matching::Exact => false,
            Matching::Loose => true,
        },
    })
}

fn apply(own: &TypeSettings, kind: &mut ArtifactType) {
    kind.strictness = own.strictness.unwrap_or(kind.strictness);
    kind.template = own.template.clone().or(kind.template.take());
    kind.agent = own.agent.clone().or(kind.agent.take());
    if let Some(optional) = &own.optional {
        kind.optional.clone_from(optional);
    }
    if let Some(holds) = &own.holds {
        kind.holds.clone_from(holds);
    }
    if let Some(diagrams) = &own.diagrams {
        kind.diagrams.clone_from(diagrams);
    }
}

/// The H2 headings of a file: hashes in the first column, outside of code and containers.
///
/// As the reference suite sees them, every line that begins with two hashes and a blank.
pub(crate) fn h2<'f>(ctx: &Ctx<'_>, file: &'f File) -> Vec<H2<'f>> {
    if ctx.settings.compat_reference {
        let lines = lines_with(file, "## ").into_iter();
        return lines.filter(|line| !line.text.is_empty()).collect();
    }
    let text = file.text();
    let headings = file.markdown().h2().filter(|heading| heading.atx);
    let in_first_column = headings.filter(|heading| is_line_start(text, heading.span));
    let headings = in_first_column.filter_map(|heading| heading_of(text, heading.span, "## "));
    headings
        .filter(|heading| !heading.text.is_empty())
        .collect()
}

/// The H1 headings of a file, found like the H2 headings.
pub(crate) fn h1<'f>(ctx: &Ctx<'_>, file: &'f File) -> Vec<H2<'f>> {
    if ctx.settings.compat_reference {
        let lines = lines_with(file, "# ").into_iter();
        return lines.filter(|line| !line.text.is_empty()).collect();
    }
    let text = file.text();
    let headings = file.markdown().h1().filter(|heading| heading.atx);
    let in_first_column = headings.filter(|heading| is_line_start(text, heading.span));
    let headings = in_first_column.filter_map(|heading| heading_of(text, heading.span, "# "));
    headings
        .filter(|heading| !heading.text.is_empty())
        .collect()
}

fn is_line_start(text: &str, span: Span) -> bool {
    let before = Span {
        start: span.start.saturating_sub(1),
        end: span.start,
    };
    matches!(before.of(text), "" | "\n" | "\r")
}

fn heading_of<'t>(text: &'t str, span: Span, hashes: &str) -> Option<H2<'t>> {
    let heading = span.of(text).strip_prefix(hashes)?.trim_end();
    let start = span.start as usize;
    Some(H2 {
        text: heading,
        span: Span::new(start, start + hashes.len() + heading.len()),
    })
}

fn lines_with<'f>(file: &'f File, hashes: &str) -> Vec<H2<'f>> {
    let text = file.text();
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        found.extend(heading_of(text, Span::new(at, at + line.len()), hashes));
        at += line.len();
    }
    found
}

/// Where to point for what a file lacks: its title, or the file as a whole.
pub(crate) fn title(file: &File) -> Location {
    let title = file.markdown().h1().next();
    title.map_or(file.whole(), |heading| file.at(heading))
}

/// Where the template of a type has a heading.
pub(crate) fn in_template(ctx: &Ctx<'_>, contract: &Contract, heading: &str) -> Option<Location> {
    let template = contract.kind.template_in(ctx.repo)?;
    let headings = h2(ctx, template);
    let heading = headings
        .iter()
        .find(|one| contract.same(one.text, heading))?;
    Some(template.at(heading))
}
