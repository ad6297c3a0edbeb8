//! Infrastructure as code as rules see it.

use std::sync::OnceLock;

use baton_iac::bicep::{self, Directives, symbols::Symbols};
use baton_iac::model::{Language, Template};
use baton_iac::{bicep_lowering, terraform};
use baton_source::{Span, SyntaxError};

/// What one file of infrastructure code declares.
#[derive(Debug)]
pub struct Iac {
    /// Its declarations; what could not be read is not among them.
    pub template: Template,
    /// Why the text is not what its language demands.
    pub errors: Vec<SyntaxError>,
    /// Its own tree, when it is Bicep.
    pub bicep: Option<Box<Bicep>>,
}

/// The tree of a Bicep file, and what is read off it when first asked for.
#[derive(Debug)]
pub struct Bicep {
    /// The tree; broken declarations are there without their content.
    pub tree: bicep::File,
    symbols: OnceLock<Symbols>,
    directives: OnceLock<Directives>,
}

impl Bicep {
    fn new(tree: bicep::File) -> Bicep {
        Bicep {
            tree,
            symbols: OnceLock::new(),
            directives: OnceLock::new(),
        }
    }

    /// Its names.
    pub fn symbols(&self) -> &Symbols {
        self.symbols.get_or_init(|| Symbols::of(&self.tree))
    }

    /// Which diagnostics its text silences where.
    pub fn directives(&self, text: &str) -> &Directives {
        self.directives
            .get_or_init(|| Directives::of(text, &bicep::lex(text)))
    }
}

impl Iac {
    pub(crate) fn parse(language: Language, text: &str) -> Iac {
        match language {
            Language::Bicep => {
                let (tree, errors) = bicep::parse(text);
                Iac {
                    template: bicep_lowering::lower(text, &tree),
                    errors,
                    bicep: Some(Box::new(Bicep::new(tree))),
                }
            }
            Language::Terraform => {
                let (template, errors) = terraform::parse(text);
                Iac {
                    template,
                    errors,
                    bicep: None,
                }
            }
        }
    }
}

/// The language of a file, by its name; `None` for anything else.
pub(crate) fn language(name: &str) -> Option<Language> {
    let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
    if ends(&[".bicep", ".bicepparam"]) {
        Some(Language::Bicep)
    } else if terraform::format::is_formatted(name) {
        Some(Language::Terraform)
    } else {
        None
    }
}

pub(crate) fn comments(language: Language, text: &str) -> Vec<Span> {
    match language {
        Language::Bicep => bicep_lowering::comments(text),
        Language::Terraform => terraform::comments(text),
    }
}
