//! Infrastructure as code as rules see it.

use baton_iac::bicep_lowering;
use baton_iac::model::{Language, Template};
use baton_iac::terraform::{self, Outline};
use baton_source::{Span, SyntaxError};

/// What one file of infrastructure code declares.
#[derive(Debug)]
pub struct Iac {
    /// Its declarations; what could not be read is not among them.
    pub template: Template,
    /// Terraform's blocks and references; empty for other languages.
    pub outline: Outline,
    /// Why the text is not what its language demands.
    pub errors: Vec<SyntaxError>,
}

impl Iac {
    pub(crate) fn parse(language: Language, text: &str) -> Iac {
        let (template, outline, errors) = match language {
            Language::Bicep => {
                let (template, errors) = bicep_lowering::parse(text);
                (template, Outline::default(), errors)
            }
            Language::Terraform => terraform::parse_with_outline(text),
        };
        Iac {
            template,
            outline,
            errors,
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
