//! One use of a module, as a scope.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use baton_source::FileId;

use super::Module;
use crate::evaluate::{Binding, Origin, Scope, Site, Weights};
use crate::model::{
    Expr, ExprKind, Key, Language, ModuleCall, Operator, Property, Step, SymbolKind,
};
use crate::terraform::optional;

/// The name by which a value computed from all arguments refers to them; nobody can write it.
const ARGUMENTS: &str = " arguments";
/// What precedes the name of a parameter where its default is meant.
const DEFAULT_OF: &str = " default ";
/// More rounds of a call than this are looked at as one.
const MAX_ROUNDS: usize = 16;
/// Of more parameter files, the rest is not looked at: no value has as many alternatives.
const MAX_ENVIRONMENTS: usize = 65;
/// With more parameters than this, arguments that are no plain object are unknown.
const MAX_COMPUTED: usize = 256;

/// A use of a module: what its names stand for in one call, or without any.
pub struct Instance<'a> {
    /// The module.
    pub module: Arc<Module<'a>>,
    /// Who calls it; `None` if it stands alone.
    pub call: Option<Call<'a>>,
    imports: BTreeMap<&'a str, (Arc<Instance<'a>>, &'a str)>,
    given: BTreeMap<&'a str, &'a Property>,
    /// Values with what the type of their parameter adds, by the file that gives them.
    filled: BTreeMap<(FileId, &'a str), Expr>,
    /// The values of parameters where the arguments have to be computed.
    computed: BTreeMap<String, Expr>,
    weights: Weights,
}

/// A call of a module.
pub struct Call<'a> {
    /// Whose names its arguments use.
    pub caller: Arc<Instance<'a>>,
    /// The file it stands in.
    pub file: FileId,
    /// The call.
    pub call: &'a ModuleCall,
    /// The one round of its loop that is meant, if not any.
    pub round: Option<usize>,
}

impl<'a> Instance<'a> {
    pub(super) fn new(
        module: Arc<Module<'a>>,
        call: Option<Call<'a>>,
        imports: BTreeMap<&'a str, (Arc<Instance<'a>>, &'a str)>,
    ) -> Instance<'a> {
        let mut instance = Instance {
            module,
            call,
            imports,
            given: BTreeMap::new(),
            filled: BTreeMap::new(),
            computed: BTreeMap::new(),
            weights: Weights::default(),
        };
        let Some(call) = &instance.call else {
            instance.filled = instance.module.filled();
            return instance;
        };
        let arguments = &call.call.arguments;
        let is_named = |property: &Property| matches!(property.key, Key::Name(_));
        let properties = arguments.properties();
        let is_plain = matches!(arguments.kind, ExprKind::Object(_));
        if is_plain && properties.iter().all(is_named) {
            let given = properties.iter();
            instance.given = given
                .filter_map(|property| Some((property.name()?, property)))
                .collect();
            let shapes = instance.module.shapes();
            let filled = shapes.filter_map(|(name, shape)| {
                let value = &instance.given.get(name)?.value;
                Some(((call.file, name), optional::filled(value, shape)))
            });
            instance.filled = filled.collect();
        } else {
            instance.computed = computed(&instance.module, arguments);
        }
        instance
    }

    /// Whether it is a use of the module, or is called by one.
    pub(super) fn is_within(&self, module: &Module<'a>) -> bool {
        let mut next = Some(self);
        while let Some(instance) = next {
            if instance.module.key == module.key {
                return true;
            }
            next = instance.call.as_ref().map(|call| &*call.caller);
        }
        false
    }

    /// The rounds in which it makes a call: each alone, or all as one.
    pub(super) fn rounds(&self, call: &'a ModuleCall) -> Vec<Option<usize>> {
        match Site::call(self, call).rounds() {
            Some(rounds) if (1..=MAX_ROUNDS).contains(&rounds) => (0..rounds).map(Some).collect(),
            _ => vec![None],
        }
    }

    /// The argument that a parameter is given, or its default if the call leaves it out.
    fn argument<'s>(&'s self, call: &'s Call<'a>, name: &'s str) -> Option<Binding<'s>> {
        if let Some(property) = self.given.get(name) {
            return Some(Binding {
                file: Some(call.file),
                name_span: property.key_span,
                value: Some(self.with_defaults((call.file, name), &property.value)),
                origin: Origin::Argument,
                scope: Some(&*call.caller),
                loops: &call.call.loops,
                round: call.round,
            });
        }
        if let Some(value) = self.computed.get(name) {
            return Some(Binding {
                file: Some(call.file),
                name_span: call.call.arguments.span,
                value: Some(value),
                origin: Origin::Argument,
                scope: Some(self),
                loops: &[],
                round: None,
            });
        }
        let is_open = !matches!(call.call.arguments.kind, ExprKind::Object(_));
        self.default(name, Origin::Fallback).filter(|_| !is_open)
    }

    /// A value with what the parameter's type adds.
    fn with_defaults<'s>(&'s self, given: (FileId, &'s str), value: &'s Expr) -> &'s Expr {
        self.filled.get(&given).unwrap_or(value)
    }

    fn default(&self, name: &str, origin: Origin) -> Option<Binding<'_>> {
        let symbols = &self.module.symbols;
        let (file, symbol) = match self.module.language {
            Language::Terraform => symbols.get(format!("var.{name}").as_str())?,
            Language::Bicep => symbols.get(name)?,
            Language::Arm => symbols.get(format!("parameters('{name}')").as_str())?,
        };
        Some(Binding {
            file: Some(*file),
            name_span: symbol.name_span,
            value: Some(symbol.value.as_ref()?),
            origin,
            scope: None,
            loops: &[],
            round: None,
        })
    }

    /// What the parameter is given from outside where the module stands alone; the default
    /// counts where somebody does not give it.
    fn given_from_outside<'s>(&'s self, name: &'s str) -> Vec<Binding<'s>> {
        let environments = &self.module.environments;
        let assigned = environments.iter().filter_map(|environment| {
            let (file, assignment) = environment.get(name)?;
            Some(Binding {
                file: Some(file),
                name_span: assignment.name_span,
                value: Some(self.with_defaults((file, name), &assignment.value)),
                origin: Origin::Assignment,
                scope: None,
                loops: &[],
                round: None,
            })
        });
        let mut all: Vec<Binding<'_>> = assigned.take(MAX_ENVIRONMENTS).collect();
        if all.is_empty() || all.len() < environments.len() {
            all.extend(self.default(name, Origin::Default));
        }
        all
    }

    fn parameter(&self, address: &str) -> Option<&'a str> {
        let (_, symbol) = self.module.symbols.get(address)?;
        (symbol.kind == SymbolKind::Parameter).then_some(symbol.name.as_str())
    }
}

/// What parameters are given by arguments that are no plain object.
fn computed(module: &Module<'_>, arguments: &Expr) -> BTreeMap<String, Expr> {
    let span = arguments.span;
    let reference = |root: String, path| Expr::new(span, ExprKind::Reference { root, path });
    let parameters = module
        .symbols
        .values()
        .filter(|(_, symbol)| symbol.kind == SymbolKind::Parameter);
    parameters
        .take(MAX_COMPUTED)
        .map(|(_, symbol)| {
            let name = symbol.name.clone();
            let given = reference(ARGUMENTS.to_owned(), vec![Step::Optional(name.clone())]);
            let value = if symbol.value.is_some() {
                let default = reference(format!("{DEFAULT_OF}{name}"), Vec::new());
                let operands = vec![given, default];
                let operator = Operator::Coalesce;
                Expr::new(span, ExprKind::Operation { operator, operands })
            } else {
                given
            };
            (name, value)
        })
        .collect()
}

impl Scope for Instance<'_> {
    fn language(&self) -> Language {
        self.module.language
    }

    fn size(&self) -> usize {
        self.module.size
    }

    fn is_heavy(&self, address: &str, weigh: &dyn Fn() -> bool) -> bool {
        self.weights.of(address, weigh)
    }

    fn resolve(&self, address: &str) -> Option<Binding<'_>> {
        if let Some(call) = &self.call {
            if address == ARGUMENTS {
                return Some(Binding {
                    file: Some(call.file),
                    name_span: call.call.arguments.span,
                    value: Some(&call.call.arguments),
                    origin: Origin::Argument,
                    scope: Some(&*call.caller),
                    loops: &call.call.loops,
                    round: call.round,
                });
            }
            if let Some(name) = address.strip_prefix(DEFAULT_OF) {
                return self.default(name, Origin::Fallback);
            }
        }
        if let Some(name) = self.parameter(address) {
            return match &self.call {
                Some(call) => self.argument(call, name),
                None => self.given_from_outside(name).into_iter().next(),
            };
        }
        if let Some((file, symbol)) = self.module.symbols.get(address) {
            return Some(Binding {
                file: Some(*file),
                name_span: symbol.name_span,
                value: symbol.value.as_ref(),
                origin: Origin::Definition,
                scope: None,
                loops: &[],
                round: None,
            });
        }
        let (source, name) = self.imports.get(address)?;
        let found = source.resolve(name)?;
        Some(Binding {
            scope: Some(found.scope.unwrap_or(&**source)),
            ..found
        })
    }

    fn others(&self, address: &str) -> Vec<Binding<'_>> {
        match self.parameter(address) {
            Some(name) if self.call.is_none() => {
                self.given_from_outside(name).into_iter().skip(1).collect()
            }
            _ => Vec::new(),
        }
    }
}

impl fmt::Debug for Instance<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let caller = self.call.as_ref().map(|call| &call.caller.module.key);
        f.debug_struct("Instance")
            .field("module", &self.module.key)
            .field("caller", &caller)
            .finish_non_exhaustive()
    }
}
