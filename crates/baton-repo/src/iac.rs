//! Infrastructure as code as rules see it.

use std::sync::OnceLock;

use baton_iac::bicep::{self, Directives, symbols::Symbols};
use baton_iac::model::{Language, Template};
use baton_iac::terraform::{self, Outline};
use baton_iac::{arm_lowering, bicep_lowering};
use baton_source::{Span, SyntaxError};
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::Document;

/// What one file of infrastructure code declares.
#[derive(Debug)]
pub struct Iac {
    /// Its declarations; what could not be read is not among them.
    pub template: Template,
    /// Terraform's blocks and references; empty for other languages.
    pub outline: Outline,
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
        let mut tree = None;
        let (template, outline, errors) = match language {
            Language::Bicep => {
                let (read, errors) = bicep::parse(text);
                let template = bicep_lowering::lower(text, &read);
                tree = Some(Box::new(Bicep::new(read)));
                (template, Outline::default(), errors)
            }
            Language::Terraform => terraform::parse_with_outline(text),
            // Which JSON is a template says its tree, see `arm`.
            Language::Arm => (Template::empty(language), Outline::default(), Vec::new()),
        };
        Iac {
            template,
            outline,
            errors,
            bicep: tree,
        }
    }

    /// A JSON text as ARM reads it, with comments and texts over several lines; `None` if it is neither a template nor a
    /// parameter file, or if the Bicep compiler made it of a file that is judged itself.
    pub(crate) fn arm(text: &str, document: &Document, is_beside_bicep: bool) -> Option<Iac> {
        let read_again = || json::parse(&arm_lowering::flattened(text), Dialect::WithComments);
        let again = document.root.is_none().then(read_again);
        let document = again.as_ref().unwrap_or(document);
        let Some(root) = &document.root else {
            return arm_lowering::claims(text).then(|| Iac::unread(document));
        };
        if is_beside_bicep && arm_lowering::is_compiled(root) {
            return None;
        }
        let (template, errors) = arm_lowering::lower(text, root)?;
        Some(Iac {
            template,
            outline: Outline::default(),
            errors,
            bicep: None,
        })
    }

    /// Terraform in JSON; nothing of a text that is none.
    pub(crate) fn terraform_json(name: &str, document: &Document) -> Iac {
        let gives_values = name.ends_with(".tfvars.json");
        let root = document.root.as_ref();
        let root = root.filter(|_| document.errors.is_empty());
        let empty = || Template::empty(Language::Terraform);
        Iac {
            template: root.map_or_else(empty, |root| terraform::json::lower(root, gives_values)),
            outline: Outline::default(),
            errors: document.errors.clone(),
            bicep: None,
        }
    }

    fn unread(document: &Document) -> Iac {
        let errors = document.errors.iter().map(|error| {
            let reason = &error.message;
            let message =
                format!("cannot be read as JSON: {reason}; nothing in this file was judged");
            SyntaxError::new(error.span, message)
        });
        Iac {
            template: Template::empty(Language::Arm),
            outline: Outline::default(),
            errors: errors.collect(),
            bicep: None,
        }
    }
}

/// Whether a file in JSON may be an ARM template, give parameters to one, or be Terraform.
pub(crate) fn may_be_json(name: &str, text: &str) -> bool {
    let is_json = || matches!(name.rsplit_once('.'), Some((_, "json")));
    is_json() && (terraform::json::is_json(name) || arm_lowering::may_be(text))
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
        Language::Arm => Vec::new(),
    }
}
