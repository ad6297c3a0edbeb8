//! What a rule is.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use baton_iac::model::Language;
use baton_iac::program::{Program, Unit};
use baton_repo::{Date, File, Repo};
use baton_source::{Applicability, RepoPath, Severity};

use crate::support::artifacts::Contracts;
use crate::support::circles::Ways;
use crate::support::json_schemas::Judged;
use crate::support::links;
use crate::support::meta::Shared;
use crate::support::terraform;
use crate::{Findings, Settings};

/// The kinds of files that infrastructure code is made of.
const IAC_KINDS: &[&str] = &[
    "bicep",
    "bicepparam",
    "terraform",
    "tfvars",
    "arm-parameters",
    "terraform-json",
];

/// Any JSON may be such a template: it is only looked for when one is judged.
const ARM_KINDS: &[&str] = &["arm"];

/// One rule: what is said about it, and its judgement.
#[derive(Debug)]
pub struct Rule {
    /// What its document says.
    pub meta: RuleMeta,
    /// How it judges.
    pub check: Check,
}

/// What a rule's document says about it.
#[derive(Debug)]
pub struct RuleMeta {
    /// Its name for ever: kebab-case, names the problem.
    pub slug: &'static str,
    /// The folder of its document.
    pub family: &'static str,
    /// How much its findings matter unless something says otherwise.
    pub severity: Severity,
    /// What is right, in one line.
    pub summary: &'static str,
    /// Whether it runs unasked.
    pub default: Default,
    /// What it judges: kinds (`@agent`) or globs.
    pub files: &'static [&'static str],
    /// What else decides: a change there runs the rule again.
    pub reads: &'static [&'static str],
    /// The checks it is part of, such as `validate:artifacts`.
    pub checks: &'static [&'static str],
    /// Other names `--select` takes: ids of the specification, older slugs, peers' ids.
    pub aliases: &'static [&'static str],
    /// Rules that say more of the same place: a finding of theirs there is enough.
    pub yields_to: &'static [&'static str],
    /// Who may apply its fixes; `None` when it has none.
    pub fix: Option<Applicability>,
    /// Whether what it points at is a secret, which no report may show.
    pub conceals: bool,
    /// The version that brought it.
    pub since: &'static str,
    /// When the foreign specification it follows was last looked at.
    pub verified: Option<&'static str>,
    /// Where to read more.
    pub references: &'static [&'static str],
    /// The whole document, in Markdown.
    pub doc: &'static str,
}

/// Whether a rule runs unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Default {
    /// It runs.
    On,
    /// It runs when selected.
    Off,
}

/// A judgement; the variant is the rule's scope.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Called once per file that matches `files`.
    File(fn(&Ctx<'_>, &File, &mut Findings)),
    /// Called once per file that matches `files`, for rules that share one table: the slug tells which.
    Table(fn(&Ctx<'_>, &File, &'static str, &mut Findings)),
    /// Called once per run.
    Repo(fn(&Ctx<'_>, &mut Findings)),
    /// The checker itself reports it, about files it cannot read or comments it cannot follow.
    Checker,
    /// A tool of others finds it; the checker runs that.
    External,
}

/// A named set of rules.
#[derive(Debug)]
pub struct CheckName {
    /// Its name, such as `validate:artifacts`.
    pub name: &'static str,
    /// Other names for the same set.
    pub aliases: &'static [&'static str],
    /// What it checks, in one line.
    pub summary: &'static str,
}

/// What a rule may look at.
pub struct Ctx<'a> {
    /// The repository.
    pub repo: &'a Repo,
    /// Settings of all families.
    pub settings: &'a Settings,
    /// The day of the run.
    pub today: Date,
    /// The checks that were asked for by name, or one of whose rules was.
    asked: BTreeSet<&'static str>,
    /// The paths that the run is about; `None` when it is about all.
    changed: Option<&'a [RepoPath]>,
    /// What artifacts must hold, worked out when first asked for.
    pub(crate) contracts: OnceLock<Contracts>,
    /// What rules about the repository's own words share.
    pub(crate) meta: Shared,
    /// What schemas say about data, worked out when first asked for.
    pub(crate) judged: OnceLock<Judged>,
    /// Where links lead.
    pub(crate) links: links::Shared,
    /// Terraform modules, and what is wrong with them.
    pub(crate) terraform: terraform::Shared,
    /// Which Bicep file has which as its module.
    pub(crate) bicep_calls: OnceLock<Ways<RepoPath>>,
    /// The infrastructure code as a whole, brought together when first asked for; ARM templates apart.
    program: OnceLock<Program<'a>>,
    arm_program: OnceLock<Program<'a>>,
}

impl<'a> Ctx<'a> {
    /// What rules may look at in one run.
    pub fn new(repo: &'a Repo, settings: &'a Settings, today: Date) -> Ctx<'a> {
        Ctx {
            repo,
            settings,
            today,
            asked: BTreeSet::new(),
            changed: None,
            contracts: OnceLock::new(),
            meta: Shared::default(),
            judged: OnceLock::new(),
            links: links::Shared::default(),
            terraform: terraform::Shared::default(),
            bicep_calls: OnceLock::new(),
            program: OnceLock::new(),
            arm_program: OnceLock::new(),
        }
    }

    /// The infrastructure code in a language, with who calls which module.
    pub(crate) fn program(&self, language: Language) -> &Program<'a> {
        let (program, kinds) = match language {
            Language::Bicep | Language::Terraform => (&self.program, IAC_KINDS),
            Language::Arm => (&self.arm_program, ARM_KINDS),
        };
        program.get_or_init(|| {
            let files = kinds.iter().flat_map(|kind| self.repo.of_kind(kind));
            let unit = |file: &'a File| {
                let template = &file.iac()?.template;
                // What is in JSON may be of either kind.
                let is_foreign = kinds == ARM_KINDS && template.language != Language::Arm;
                (!is_foreign).then_some(Unit {
                    file: file.id,
                    path: &file.path,
                    template,
                })
            };
            Program::new(files.filter_map(unit).collect())
        })
    }

    /// The same, when some checks were asked for by name.
    #[must_use]
    pub fn asked_for(mut self, checks: BTreeSet<&'static str>) -> Ctx<'a> {
        self.asked = checks;
        self
    }

    /// The same, when the run is about some paths; those that are gone count.
    #[must_use]
    pub fn about(mut self, changed: &'a [RepoPath]) -> Ctx<'a> {
        self.changed = Some(changed);
        self
    }

    /// The paths that a file is judged again for although it is not one of them; `None` when
    /// it is judged for itself.
    pub(crate) fn because_of(&self, file: &File) -> Option<&'a [RepoPath]> {
        self.changed.filter(|changed| !changed.contains(&file.path))
    }

    /// Whether a check's own configuration leaves out a file that its rules are for.
    pub fn leaves_out(&self, check: &str, file: &File) -> bool {
        match check {
            "lint:md" => {
                let lint = self.repo.markdown_lint();
                let runs = lint.is_configured() || self.is_asked("lint:md");
                matches!(file.path.name().rsplit('.').next(), Some("md" | "mdx"))
                    && !(runs && lint.of(file).is_some())
            }
            "lint:bicep-fmt" => {
                let style = || self.repo.bicep_style(file.path.as_str(), "");
                !self.formats_bicep() && style().config.is_none()
            }
            "lint:links:docs" => !self.repo.is_kind(file, "site-page"),
            _ => false,
        }
    }

    /// Whether Bicep must be formatted although no `bicepconfig.json` speaks of it.
    pub(crate) fn formats_bicep(&self) -> bool {
        self.repo.layout().is("apex") || self.is_asked("lint:bicep-fmt")
    }

    /// Whether somebody asked for a check, and not merely for everything.
    pub(crate) fn is_asked(&self, check: &str) -> bool {
        self.asked.contains(check)
    }
}
