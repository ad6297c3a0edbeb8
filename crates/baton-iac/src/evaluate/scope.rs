//! What names stand for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use baton_source::{FileId, Span};

use crate::model::{Expr, Language, Loop, Symbol, SymbolKind, Template};

/// Answers what a name stands for: in one file, or in a module of several.
pub trait Scope {
    /// The language that values are compared in.
    fn language(&self) -> Language;

    /// How many resources and modules are asked the same questions: the more, the less work is
    /// done for each.
    fn size(&self) -> usize {
        1
    }

    /// What stands behind the address of a reference; `None` if nothing is known of it.
    fn resolve(&self, address: &str) -> Option<Binding<'_>>;

    /// Whether what stands behind the address takes more work than one question may; `weigh`
    /// finds it out.
    fn is_heavy(&self, _address: &str, _weigh: &dyn Fn() -> bool) -> bool {
        false
    }

    /// What else it may stand for: another environment's value of a parameter.
    fn others(&self, _address: &str) -> Vec<Binding<'_>> {
        Vec::new()
    }
}

/// Which names take more work than one question may, each found out once.
#[derive(Debug, Default)]
pub struct Weights(Mutex<BTreeMap<String, bool>>);

impl Weights {
    /// What is known of a name, or else what `weigh` says.
    pub(crate) fn of(&self, address: &str, weigh: &dyn Fn() -> bool) -> bool {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(address) {
            return *known;
        }
        // Two that ask at once find the same.
        let found = weigh();
        known().insert(address.to_owned(), found);
        found
    }
}

/// What a name stands for.
#[derive(Clone, Copy)]
pub struct Binding<'a> {
    /// Where it is, if not in the file that asks.
    pub file: Option<FileId>,
    /// Its name where it is declared or assigned.
    pub name_span: Span,
    /// Its value; `None` for a parameter that only others set.
    pub value: Option<&'a Expr>,
    /// What kind of place the value comes from.
    pub origin: Origin,
    /// Where the names in the value are looked up, if not in the scope that was asked:
    /// the caller's, for an argument of a module.
    pub scope: Option<&'a dyn Scope>,
    /// The loops that the value stands in: those around the call of a module.
    pub loops: &'a [Arc<Loop>],
    /// The one round of them that counts, if not any.
    pub round: Option<usize>,
}

/// What kind of place a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The default of a parameter: others may override it.
    Default,
    /// The default of a module's parameter that the caller leaves out.
    Fallback,
    /// The definition of a variable or a local.
    Definition,
    /// An assignment in a parameter or variable file: another environment may have another.
    Assignment,
    /// What a caller gives to a module.
    Argument,
    /// The collection that the resource stands for each value of.
    Iteration,
    /// What a module of a registry decides, whose files are not here.
    Module,
}

/// The names one file declares.
#[derive(Debug)]
pub struct FileScope<'a> {
    language: Language,
    size: usize,
    symbols: BTreeMap<&'a str, &'a Symbol>,
    weights: Weights,
}

impl<'a> FileScope<'a> {
    /// The names of `template`; of two that are equal, the first.
    pub fn new(template: &'a Template) -> FileScope<'a> {
        let mut symbols = BTreeMap::new();
        let usable = |symbol: &&Symbol| symbol.kind != SymbolKind::Output;
        for symbol in template.symbols.iter().filter(usable) {
            symbols.entry(symbol.address.as_str()).or_insert(symbol);
        }
        FileScope {
            language: template.language,
            size: template.size(),
            symbols,
            weights: Weights::default(),
        }
    }
}

impl Scope for FileScope<'_> {
    fn language(&self) -> Language {
        self.language
    }

    fn size(&self) -> usize {
        self.size
    }

    fn is_heavy(&self, address: &str, weigh: &dyn Fn() -> bool) -> bool {
        self.weights.of(address, weigh)
    }

    fn resolve(&self, address: &str) -> Option<Binding<'_>> {
        let symbol = self.symbols.get(address)?;
        Some(Binding {
            file: None,
            name_span: symbol.name_span,
            value: symbol.value.as_ref(),
            origin: match symbol.kind {
                SymbolKind::Parameter => Origin::Default,
                SymbolKind::Variable | SymbolKind::Local | SymbolKind::Output => Origin::Definition,
            },
            scope: None,
            loops: &[],
            round: None,
        })
    }
}

impl Origin {
    /// Whether the value may decide a condition or an index: nobody can give another.
    pub(super) fn decides(self) -> bool {
        match self {
            Origin::Definition
            | Origin::Argument
            | Origin::Fallback
            | Origin::Iteration
            | Origin::Module => true,
            Origin::Default | Origin::Assignment => false,
        }
    }
}
