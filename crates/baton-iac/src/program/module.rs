//! Which files form a module, and what they declare together.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use baton_source::{FileId, RepoPath};

use super::Unit;
use crate::model::{
    Assignment, Block, Expr, Language, ModuleCall, Property, Resource, Symbol, SymbolKind, Template,
};
use crate::terraform::optional;

/// Parameter files that extend others go no deeper than this.
const MAX_EXTENDS: usize = 8;

/// The values that one variable or parameter file, or several that count together, give.
#[derive(Debug, Clone, Default)]
pub(super) struct Environment<'a> {
    exact: BTreeMap<&'a str, (FileId, &'a Assignment)>,
    /// What files in JSON give, by names in small letters: Azure Resource Manager ignores case.
    loose: BTreeMap<String, (FileId, &'a Assignment)>,
}

impl<'a> Environment<'a> {
    /// What a parameter is given.
    pub(super) fn get(&self, name: &str) -> Option<(FileId, &'a Assignment)> {
        let exact = self.exact.get(name);
        let loose = || self.loose.get(&name.to_ascii_lowercase());
        exact.or_else(loose).copied()
    }

    fn assign(&mut self, unit: &Unit<'a>) {
        for assignment in &unit.template.assignments {
            let given = (unit.file, assignment);
            if unit.template.language == Language::Arm {
                self.loose
                    .insert(assignment.name.to_ascii_lowercase(), given);
            } else {
                self.exact.insert(assignment.name.as_str(), given);
            }
        }
    }

    /// Adds what another gives, which counts.
    fn extend(&mut self, other: Environment<'a>) {
        self.exact.extend(other.exact);
        self.loose.extend(other.loose);
    }
}

/// Files that share their names.
#[derive(Debug)]
pub struct Module<'a> {
    /// Its folder or, where each file is a module, the file.
    pub key: String,
    /// What it is written in.
    pub language: Language,
    /// How many resources and modules it declares.
    pub(super) size: usize,
    /// Its files, in the order of their paths.
    pub units: Vec<Unit<'a>>,
    /// Where each file is among them.
    places: BTreeMap<FileId, usize>,
    /// Where its `terraform` blocks are: the file's place, and theirs in it.
    settings: OnceLock<Vec<(usize, usize)>>,
    /// What its names stand for, by address.
    pub(super) symbols: BTreeMap<&'a str, (FileId, &'a Symbol)>,
    /// The values its parameters are given from outside: one set for each parameter file.
    pub(super) environments: Vec<Environment<'a>>,
    /// Owned, so that a module may be taken for one that lives shorter.
    addresses: OnceLock<BTreeSet<String>>,
    handed: OnceLock<Handed>,
}

/// What a module mentions in what it hands to others.
#[derive(Debug, Default)]
struct Handed {
    /// In the arguments of its calls.
    down: BTreeSet<String>,
    /// In its outputs.
    up: BTreeSet<String>,
}

impl<'a> Module<'a> {
    /// One of its files.
    pub fn unit(&self, file: FileId) -> Option<&Unit<'a>> {
        self.units.get(*self.places.get(&file)?)
    }

    /// Its `terraform` blocks, found once.
    pub fn settings(&self) -> impl Iterator<Item = &'a Block> {
        let found = self.settings.get_or_init(|| {
            let units = self.units.iter().enumerate();
            let places = units.flat_map(|(at, unit)| {
                let blocks = unit.template.blocks.iter().enumerate();
                let settings = blocks.filter(|(_, block)| block.kind == "terraform");
                settings.map(move |(place, _)| (at, place))
            });
            places.collect()
        });
        let block = |&(at, place): &(usize, usize)| {
            let template: &'a Template = self.units.get(at)?.template;
            template.blocks.get(place)
        };
        found.iter().filter_map(block)
    }

    /// Whether it declares a resource with an address.
    pub fn declares(&self, address: &str) -> bool {
        let known = self.addresses.get_or_init(|| {
            let all = self.resources();
            all.map(|(_, it)| it.address.clone()).collect()
        });
        known.contains(address)
    }

    /// Whether a module that it calls is given something, or its own caller can ask for it.
    pub fn hands_on(&self, address: &str, is_called: bool) -> bool {
        let handed = self.handed.get_or_init(|| {
            let calls = self.units.iter().flat_map(|unit| &unit.template.modules);
            let symbols = self.units.iter().flat_map(|unit| &unit.template.symbols);
            let outputs = symbols.filter(|it| it.kind == SymbolKind::Output);
            let given = outputs.filter_map(|it| it.value.as_ref());
            let down = calls.flat_map(|call| call.arguments.roots());
            let up = given.flat_map(Expr::roots);
            Handed {
                down: down.map(str::to_owned).collect(),
                up: up.map(str::to_owned).collect(),
            }
        });
        handed.down.contains(address) || (is_called && handed.up.contains(address))
    }

    /// Its resources and the files they stand in.
    pub fn resources(&self) -> impl Iterator<Item = (&Unit<'a>, &'a Resource)> {
        let of = |unit: &'_ Unit<'a>| unit.template;
        self.units
            .iter()
            .flat_map(move |unit| of(unit).resources.iter().map(move |it| (unit, it)))
    }

    /// The parameters whose type has defaults for attributes.
    pub(super) fn shapes(&self) -> impl Iterator<Item = (&'a str, &'a Expr)> {
        let shape = |symbol: &'a Symbol| Some((symbol.name.as_str(), symbol.shape.as_ref()?));
        let parameters = self.symbols.values().map(|(_, symbol)| *symbol);
        parameters
            .filter(|symbol| symbol.kind == SymbolKind::Parameter)
            .filter_map(shape)
    }

    /// The values that variable files give, with what the types add, by their files.
    pub(super) fn filled(&self) -> BTreeMap<(FileId, &'a str), Expr> {
        let of = |(name, shape): (&'a str, &'a Expr)| {
            let given = self.environments.iter();
            let given = given.filter_map(move |it| it.get(name));
            given.map(move |(file, assignment)| {
                let value = optional::filled(&assignment.value, shape);
                ((file, name), value)
            })
        };
        self.shapes().flat_map(of).collect()
    }

    /// Its calls of modules in the same repository, by the key of the module.
    pub(super) fn local_calls(&self) -> impl Iterator<Item = (String, &'a ModuleCall)> {
        self.units.iter().flat_map(|unit| {
            let calls = unit.template.modules.iter();
            calls.filter_map(|call| Some((callee(unit.path, self.language, call)?, call)))
        })
    }

    /// The files it imports names from, with the names here and there.
    pub(super) fn imports(&self) -> Vec<(String, Vec<(&'a str, &'a str)>)> {
        let pair = |property: &'a Property| Some((property.name()?, property.value.as_str()?));
        let of_unit = |unit: &Unit<'a>| {
            let path = unit.path.clone();
            let imports = blocks(unit.template, "import");
            imports.filter_map(move |(source, body)| {
                let source = path.join(source)?;
                let names = body.properties().iter().filter_map(pair);
                Some((source.as_str().to_owned(), names.collect()))
            })
        };
        self.units.iter().flat_map(of_unit).collect()
    }
}

/// The key of the module that a call leads to, if its source is a path in the repository.
pub fn callee(caller: &RepoPath, language: Language, call: &ModuleCall) -> Option<String> {
    let source = call.source.as_str();
    let is_local = match language {
        Language::Terraform => source.starts_with("./") || source.starts_with("../"),
        Language::Bicep | Language::Arm => !source.is_empty() && !source.contains(':'),
    };
    let path = is_local.then(|| caller.join(source)).flatten()?;
    Some(path.as_str().to_owned())
}

/// All modules by their key.
pub(super) fn modules(mut units: Vec<Unit<'_>>) -> BTreeMap<String, Arc<Module<'_>>> {
    units.sort_by(|one, two| one.path.cmp(two.path));
    let (values, declaring): (Vec<Unit<'_>>, Vec<Unit<'_>>) =
        units.into_iter().partition(gives_values);
    let mut groups: BTreeMap<String, Vec<Unit<'_>>> = BTreeMap::new();
    for unit in declaring {
        groups.entry(key_of(&unit)).or_default().push(unit);
    }
    let mut environments = environments(&values);
    groups
        .into_iter()
        .map(|(key, units)| {
            let language = units
                .first()
                .map_or(Language::Terraform, |unit| unit.template.language);
            let module = Module {
                language,
                size: units.iter().map(|unit| unit.template.size()).sum(),
                symbols: symbols(&units),
                environments: environments.remove(&key).unwrap_or_default(),
                places: places(&units),
                settings: OnceLock::new(),
                units,
                key: key.clone(),
                addresses: OnceLock::new(),
                handed: OnceLock::new(),
            };
            (key, Arc::new(module))
        })
        .collect()
}

fn places(units: &[Unit<'_>]) -> BTreeMap<FileId, usize> {
    let places = units.iter().enumerate();
    places.map(|(at, unit)| (unit.file, at)).collect()
}

fn key_of(unit: &Unit<'_>) -> String {
    match unit.template.language {
        Language::Terraform => unit.path.parent().to_owned(),
        Language::Bicep | Language::Arm => unit.path.as_str().to_owned(),
    }
}

/// Whether a file gives values to the parameters of another.
fn gives_values(unit: &Unit<'_>) -> bool {
    let name = unit.path.name();
    let is_of_arm = || unit.template.language == Language::Arm;
    name.ends_with(".bicepparam")
        || name.ends_with(".tfvars")
        || name.ends_with(".tfvars.json")
        || (is_of_arm() && !unit.template.assignments.is_empty())
}

/// Of two symbols with one address the first counts, unless it stands in an overriding file.
fn symbols<'a>(units: &[Unit<'a>]) -> BTreeMap<&'a str, (FileId, &'a Symbol)> {
    let mut all = BTreeMap::new();
    let overrides = |unit: &&Unit<'_>| {
        let stem = unit.path.name().split('.').next().unwrap_or("");
        stem == "override" || stem.ends_with("_override")
    };
    let first = units.iter().filter(overrides);
    for unit in first.chain(units.iter().filter(|unit| !overrides(unit))) {
        for symbol in &unit.template.symbols {
            if symbol.kind != SymbolKind::Output {
                let place = (unit.file, symbol);
                all.entry(symbol.address.as_str()).or_insert(place);
            }
        }
    }
    all
}

/// The values for each module, by its key.
fn environments<'a>(values: &[Unit<'a>]) -> BTreeMap<String, Vec<Environment<'a>>> {
    let mut all: BTreeMap<String, Vec<Environment<'a>>> = BTreeMap::new();
    let mut variables: BTreeMap<String, Environment<'a>> = BTreeMap::new();
    // `terraform.tfvars` comes first: what later files give counts.
    let is_main = |unit: &&Unit<'_>| {
        let name = unit.path.name();
        name == "terraform.tfvars" || name == "terraform.tfvars.json"
    };
    let rest = values.iter().filter(|unit| !is_main(unit));
    for unit in values.iter().filter(is_main).chain(rest) {
        let used = blocks(unit.template, "using");
        for path in used.filter_map(|(source, _)| unit.path.join(source)) {
            let known = all.entry(path.as_str().to_owned());
            known.or_default().push(extended(values, unit, 0));
        }
        let name = unit.path.name();
        let is_automatic = name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json");
        if is_main(&unit) || is_automatic {
            let environment = variables.entry(unit.path.parent().to_owned());
            environment.or_default().assign(unit);
        }
        if unit.template.language == Language::Arm {
            for key in parametrised(unit.path) {
                let mut environment = Environment::default();
                environment.assign(unit);
                all.entry(key).or_default().push(environment);
            }
        }
    }
    for (key, environment) in variables {
        all.entry(key).or_default().push(environment);
    }
    all
}

/// The templates that a JSON file gives parameters to: those beside it that are named alike.
///
/// `main.parameters.json` and `main.parameters.prod.json` go with `main.json` and `main.bicep`;
/// `parameters.json` with `template.json`, as the portal exports them.
fn parametrised(path: &RepoPath) -> Vec<String> {
    let stem = match path.name() {
        "parameters.json" => "template",
        name => match name.split_once(".parameters.") {
            Some((stem, _)) => stem,
            None => return Vec::new(),
        },
    };
    let beside = |extension| path.join(&format!("./{stem}.{extension}"));
    let keys = ["json", "bicep"].map(beside);
    keys.into_iter()
        .flatten()
        .map(|key| key.as_str().to_owned())
        .collect()
}

/// What a parameter file gives, over what those that it extends give.
fn extended<'a>(values: &[Unit<'a>], unit: &Unit<'a>, depth: usize) -> Environment<'a> {
    let mut environment = Environment::default();
    // One file may be extended, and no more.
    let bases = blocks(unit.template, "extends").take(usize::from(depth < MAX_EXTENDS));
    for path in bases.filter_map(|(source, _)| unit.path.join(source)) {
        if let Some(base) = values.iter().find(|unit| *unit.path == path) {
            environment.extend(extended(values, base, depth + 1));
        }
    }
    environment.assign(unit);
    environment
}

/// The first label and the body of the blocks of a kind.
fn blocks<'a>(template: &'a Template, kind: &str) -> impl Iterator<Item = (&'a str, &'a Expr)> {
    let blocks = template.blocks.iter();
    blocks
        .filter(move |block| block.kind == kind)
        .filter_map(|block| Some((block.labels.first()?.as_str(), &block.body)))
}
