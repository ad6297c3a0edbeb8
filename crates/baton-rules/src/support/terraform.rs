//! What is wrong with Terraform modules, found once per module for all rules of the family.
//!
//! Only what Terraform itself refuses is an error; where a file cannot be read, nothing is said
//! about what is not declared.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::OnceLock;

use baton_repo::terraform_module::Called;
use baton_repo::{File, Repo, TerraformModule};
use baton_source::{FileId, Location, Severity, Span};

use super::{
    terraform_calls, terraform_cycles, terraform_duplicates, terraform_meta, terraform_references,
    terraform_shape, terraform_style, terraform_unused, terraform_values,
};
use crate::{Ctx, Findings};

/// Folders whose files are input of tests, broken on purpose for all anybody knows, or parts that
/// are copied into modules.
const NO_MODULES: [&str; 8] = [
    "mixins",
    "snippets",
    "testdata",
    "test-data",
    "test_data",
    "fixtures",
    "__fixtures__",
    "corpus",
];

/// What a module may leave to the one that calls it.
const OF_CALLERS: [&str; 2] = ["missing-required-provider", "missing-required-version"];

/// Folders that show or try a module, whose calls do not make it a part of something.
const TRIALS: [&str; 4] = ["example", "examples", "test", "tests"];

/// What is wrong with the modules of a run, by folder.
#[derive(Default)]
pub(crate) struct Shared {
    folders: OnceLock<BTreeMap<String, OnceLock<Problems>>>,
    parts: OnceLock<BTreeSet<String>>,
}

/// The findings of a module, by their file and rule.
type Problems = BTreeMap<(FileId, &'static str), Vec<Problem>>;

/// A finding that a rule will report.
pub(crate) struct Problem {
    rule: &'static str,
    file: FileId,
    span: Span,
    message: String,
    severity: Option<Severity>,
    help: Option<String>,
    labels: Vec<(Location, String)>,
}

/// A module that is being judged.
pub(crate) struct Judged<'j, 'r> {
    /// The repository.
    pub(crate) repo: &'r Repo,
    /// The module.
    pub(crate) module: &'j TerraformModule<'r>,
    /// Modules in other folders, once something was asked of them.
    others: RefCell<BTreeMap<String, Option<Rc<TerraformModule<'r>>>>>,
    problems: Vec<Problem>,
}

/// Reports what one rule has to say about one file.
pub(crate) fn report(ctx: &Ctx<'_>, file: &File, rule: &'static str, out: &mut Findings) {
    if !is_in_module(file) {
        return;
    }
    let problems = ctx.terraform.problems(ctx.repo, file.path.parent());
    let own = problems.and_then(|problems| problems.get(&(file.id, rule)));
    for problem in own.into_iter().flatten() {
        let finding = out.report(file.at(&problem.span), problem.message.clone());
        if let Some(severity) = problem.severity {
            finding.severity(severity);
        }
        if let Some(help) = &problem.help {
            finding.help(help.clone());
        }
        for (at, text) in &problem.labels {
            finding.label(*at, text.clone());
        }
    }
}

/// Whether a file stands where modules do, and not where tests keep what they read.
pub(crate) fn is_in_module(file: &File) -> bool {
    let mut folders = file.path.parent().split('/');
    !folders.any(|folder| NO_MODULES.contains(&folder))
}

impl Shared {
    fn problems(&self, repo: &Repo, folder: &str) -> Option<&Problems> {
        let folders = self.folders.get_or_init(|| {
            let folders = repo.terraform_folders().keys();
            folders
                .map(|folder| (folder.clone(), OnceLock::new()))
                .collect()
        });
        let of_folder = folders.get(folder)?.get_or_init(|| {
            let module = repo.terraform_module(folder);
            let mut problems = module.map_or_else(Vec::new, |module| judge(repo, &module));
            if self.parts.get_or_init(|| parts(repo)).contains(folder) {
                problems.retain(|problem| !OF_CALLERS.contains(&problem.rule));
            }
            let mut sorted = Problems::new();
            for problem in problems {
                let of_rule = sorted.entry((problem.file, problem.rule)).or_default();
                of_rule.push(problem);
            }
            sorted
        });
        Some(of_folder)
    }
}

/// The folders that another module of the repository is made of.
fn parts(repo: &Repo) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for caller in repo.terraform_folders().keys() {
        let is_trial = caller.split('/').any(|name| TRIALS.contains(&name));
        let Some(module) = repo.terraform_module(caller).filter(|_| !is_trial) else {
            continue;
        };
        for (_, call) in module.blocks_of("module") {
            let source = call
                .body
                .attribute("source")
                .and_then(|it| it.value.as_str());
            if let Some(Called::Folder(folder)) =
                source.map(|source| repo.terraform_call(caller, source))
            {
                parts.insert(folder);
            }
        }
    }
    parts
}

fn judge<'r>(repo: &'r Repo, module: &TerraformModule<'r>) -> Vec<Problem> {
    let mut judged = Judged {
        repo,
        module,
        others: RefCell::default(),
        problems: Vec::new(),
    };
    terraform_shape::judge(&mut judged);
    terraform_meta::judge(&mut judged);
    terraform_duplicates::judge(&mut judged);
    terraform_references::judge(&mut judged);
    terraform_calls::judge(&mut judged);
    terraform_values::judge(&mut judged);
    terraform_cycles::judge(&mut judged);
    terraform_unused::judge(&mut judged);
    terraform_style::judge(&mut judged);
    judged.problems
}

impl<'r> Judged<'_, 'r> {
    /// Adds a finding; help and labels are added to what it returns.
    pub(crate) fn add(
        &mut self,
        rule: &'static str,
        at: (&'r File, Span),
        message: String,
    ) -> &mut Problem {
        self.problems.push(Problem {
            rule,
            file: at.0.id,
            span: at.1,
            message,
            severity: None,
            help: None,
            labels: Vec::new(),
        });
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }

    /// The module in a folder.
    pub(crate) fn other(&self, folder: &str) -> Option<Rc<TerraformModule<'r>>> {
        let mut others = self.others.borrow_mut();
        let found = others.entry(folder.to_owned()).or_insert_with(|| {
            let module = self.repo.terraform_module(folder);
            module.map(Rc::new)
        });
        found.clone()
    }

    /// The module that a call in this one means, if it is in the repository and can be read.
    pub(crate) fn callee(&self, name: &str) -> Option<Rc<TerraformModule<'r>>> {
        let address = format!("module.{name}");
        let (_, source) = self.module.argument(&address, "source")?;
        self.callee_of(source.value.as_str()?)
    }

    /// The module that a source means, if it is in the repository and can be read.
    pub(crate) fn callee_of(&self, source: &str) -> Option<Rc<TerraformModule<'r>>> {
        let Called::Folder(folder) = self.repo.terraform_call(self.module.folder, source) else {
            return None;
        };
        let module = self.other(&folder)?;
        (module.is_whole && module.has_code()).then_some(module)
    }
}

impl Problem {
    /// Makes it a warning when Terraform may go on regardless.
    pub(crate) fn mild(&mut self, is_mild: bool) -> &mut Self {
        if is_mild {
            self.severity = Some(Severity::Warning);
        }
        self
    }

    /// Says what to do, in a sentence.
    pub(crate) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says which name was probably meant.
    pub(crate) fn meant(&mut self, name: Option<&str>) -> &mut Self {
        if let Some(name) = name {
            self.help = Some(format!("Did you mean `{name}`?"));
        }
        self
    }

    /// Points at another place.
    pub(crate) fn label(&mut self, file: &File, span: Span, text: impl Into<String>) -> &mut Self {
        self.labels.push((file.at(&At(span)), text.into()));
        self
    }
}

struct At(Span);

impl baton_source::Spanned for At {
    fn span(&self) -> Span {
        self.0
    }
}
