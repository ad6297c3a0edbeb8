//! Files that work together: which of them form a module, who calls it, and with what.
//!
//! A Terraform module is a folder with its variable files, a Bicep module one file with the
//! parameter files that use it. A module that a local module calls is looked at once for each
//! call (and round of the call's loop), with the arguments of that call; any other, and any with
//! parameter values of its own, stands alone. Nothing is read here: the caller brings the files.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use baton_source::{FileId, RepoPath, Span};

use crate::evaluate::Site;
use crate::model::{ModuleCall, Template};

mod instance;
mod module;

pub use instance::{Call, Instance};
pub use module::{Module, callee};

/// Modules called through more others than this are not looked at.
const MAX_DEPTH: usize = 16;
/// So many instances one program may have.
const MAX_INSTANCES: usize = 4096;
/// So many resources and modules may be declared in all instances together.
const MAX_SIZE: usize = 100_000;

/// One file.
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// Its id.
    pub file: FileId,
    /// Where it is.
    pub path: &'a RepoPath,
    /// What it declares.
    pub template: &'a Template,
}

/// A call that was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cut {
    /// The file of the call.
    pub file: FileId,
    /// Its source.
    pub span: Span,
    /// Why.
    pub why: CutReason,
}

/// Why a call was not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CutReason {
    /// The module calls itself, if only through others.
    Cycle,
    /// There are too many calls inside each other, or in all.
    Limit,
}

/// All modules of some files, each as often as it is used.
#[derive(Debug, Default)]
pub struct Program<'a> {
    instances: Vec<Arc<Instance<'a>>>,
    by_file: BTreeMap<FileId, Vec<usize>>,
    size: usize,
    cuts: BTreeSet<Cut>,
}

impl<'a> Program<'a> {
    /// The program that these files make.
    pub fn new(units: Vec<Unit<'a>>) -> Program<'a> {
        let modules = module::modules(units);
        let mut builder = Builder {
            program: Program::default(),
            modules: &modules,
            idle: BTreeSet::new(),
            standalone: BTreeMap::new(),
        };
        let called: BTreeSet<&str> = modules
            .values()
            .flat_map(|module| module.local_calls().filter(|(key, _)| *key != module.key))
            .map(|(key, _)| key)
            .filter_map(|key| modules.get_key_value(&key).map(|(key, _)| key.as_str()))
            .collect();
        for (key, module) in &modules {
            if !called.contains(key.as_str()) || !module.environments.is_empty() {
                builder.stand_alone(module);
            }
        }
        builder.spread_idleness();
        // Modules that only call each other have no beginning: each is one.
        for module in modules.values() {
            if !builder.program.covers(module) && !builder.idle.contains(&module.key) {
                builder.stand_alone(module);
            }
        }
        builder.program
    }

    /// Everything a file stands for: one instance for each use of the module it belongs to.
    pub fn instances(&self, file: FileId) -> impl Iterator<Item = &Arc<Instance<'a>>> {
        let places = self.by_file.get(&file).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.instances.get(*at))
    }

    /// The calls that were not followed.
    pub fn cuts(&self) -> &BTreeSet<Cut> {
        &self.cuts
    }

    /// Those of one file.
    pub fn cuts_in(&self, file: FileId) -> impl Iterator<Item = &Cut> {
        let first = Cut {
            file,
            span: Span::at(0),
            why: CutReason::Cycle,
        };
        let cuts = self.cuts.range(first..);
        cuts.take_while(move |cut| cut.file == file)
    }

    fn is_full(&self) -> bool {
        self.instances.len() >= MAX_INSTANCES || self.size >= MAX_SIZE
    }

    fn covers(&self, module: &Module<'a>) -> bool {
        let mut units = module.units.iter();
        units.all(|unit| self.by_file.contains_key(&unit.file))
    }
}

struct Builder<'a, 'm> {
    program: Program<'a>,
    modules: &'m BTreeMap<String, Arc<Module<'a>>>,
    /// Modules with a call that never deploys them.
    idle: BTreeSet<String>,
    /// Files whose definitions others import.
    standalone: BTreeMap<String, Arc<Instance<'a>>>,
}

impl<'a> Builder<'a, '_> {
    fn stand_alone(&mut self, module: &Arc<Module<'a>>) {
        let instance = Instance::new(Arc::clone(module), None, self.imports(module, 0));
        self.add(instance, 0);
    }

    fn add(&mut self, instance: Instance<'a>, depth: usize) {
        let instance = Arc::new(instance);
        let at = self.program.instances.len();
        for unit in &instance.module.units {
            self.program.by_file.entry(unit.file).or_default().push(at);
        }
        self.program.size += instance.module.size;
        self.program.instances.push(Arc::clone(&instance));
        for unit in &instance.module.units {
            for call in &unit.template.modules {
                self.follow(&instance, (unit, call), depth);
            }
        }
    }

    fn follow(
        &mut self,
        caller: &Arc<Instance<'a>>,
        (unit, call): (&Unit<'a>, &'a ModuleCall),
        depth: usize,
    ) {
        let key = callee(unit.path, unit.template.language, call);
        let Some(module) = key.and_then(|key| self.modules.get(&key)) else {
            return;
        };
        let why = if caller.is_within(module) {
            Some(CutReason::Cycle)
        } else if depth >= MAX_DEPTH || self.program.is_full() {
            Some(CutReason::Limit)
        } else {
            None
        };
        if let Some(why) = why {
            self.program.cuts.insert(Cut {
                file: unit.file,
                span: call.source_span,
                why,
            });
            return;
        }
        if Site::call(&**caller, call).is_never(call.condition.as_ref()) {
            self.idle.insert(module.key.clone());
            return;
        }
        let imports = self.imports(module, 0);
        for round in caller.rounds(call) {
            let call = Call {
                caller: Arc::clone(caller),
                file: unit.file,
                call,
                round,
            };
            let instance = Instance::new(Arc::clone(module), Some(call), imports.clone());
            self.add(instance, depth + 1);
        }
    }

    /// Counts what only modules call that are never deployed among those.
    fn spread_idleness(&mut self) {
        let mut open: Vec<String> = self.idle.iter().cloned().collect();
        while let Some(key) = open.pop() {
            let module = self.modules.get(&key);
            let idle = module.filter(|module| !self.program.covers(module));
            let called = idle.into_iter().flat_map(|module| module.local_calls());
            let called = called.map(|(key, _)| key);
            open.extend(called.filter(|key| self.idle.insert(key.clone())));
        }
    }

    /// What a module's imports stand for: the file's definitions, and the name there.
    fn imports(
        &mut self,
        module: &Module<'a>,
        depth: usize,
    ) -> BTreeMap<&'a str, (Arc<Instance<'a>>, &'a str)> {
        let mut imports = BTreeMap::new();
        if depth >= MAX_DEPTH {
            return imports;
        }
        for (key, names) in module.imports() {
            let Some(source) = self.modules.get(&key) else {
                continue;
            };
            let known = self.standalone.get(&key).map(Arc::clone);
            let instance = known.unwrap_or_else(|| {
                let inner = self.imports(source, depth + 1);
                let instance = Arc::new(Instance::new(Arc::clone(source), None, inner));
                self.standalone.insert(key, Arc::clone(&instance));
                instance
            });
            for (local, name) in names {
                imports.insert(local, (Arc::clone(&instance), name));
            }
        }
        imports
    }
}

#[cfg(test)]
mod tests;
