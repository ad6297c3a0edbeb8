//! The files that Bicep files name: modules, templates of parameters files, imports.

use baton_iac::bicep::{Declaration, DeclarationKind, Param, StringLiteral, TypeKind};
use baton_repo::Repo;
use baton_source::RepoPath;

use crate::File;
use crate::support::bicep::Lint;

/// What a reference in quotes leads to.
pub(crate) enum Referred<'a> {
    /// A file of the repository.
    File(&'a File),
    /// No file of the repository, though the reference is a path in it.
    Missing(RepoPath),
    /// A registry, a template spec, a path out of the repository, or something with interpolations.
    Elsewhere,
}

/// What a module or template takes.
pub(crate) struct Callee<'a> {
    pub(crate) file: &'a File,
    pub(crate) parameters: Vec<Parameter<'a>>,
}

/// One parameter of a template.
pub(crate) struct Parameter<'a> {
    pub(crate) name: String,
    pub(crate) declaration: &'a Declaration,
    pub(crate) param: &'a Param,
}

/// What a reference of a file leads to.
pub(crate) fn referred<'a>(repo: &'a Repo, from: &File, source: &StringLiteral) -> Referred<'a> {
    let Some(text) = source.as_str() else {
        return Referred::Elsewhere;
    };
    let scheme = text.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some() || text.starts_with('/') || text.contains('\\') || text.is_empty() {
        return Referred::Elsewhere;
    }
    let Some(path) = from.path.join(text) else {
        return Referred::Elsewhere;
    };
    if let Some(found) = repo.file(path.as_str()) {
        return Referred::File(found);
    }
    // What the repository ignores or excludes may well be there.
    if repo.excluded().contains(&path) {
        return Referred::Elsewhere;
    }
    Referred::Missing(path)
}

/// What the Bicep file that a reference leads to takes; `None` when it could not be read in full.
pub(crate) fn parameters_of<'a>(lint: &Lint<'a>, source: &StringLiteral) -> Option<Callee<'a>> {
    let Referred::File(file) = referred(lint.repo, lint.file, source) else {
        return None;
    };
    let iac = file.iac().filter(|iac| iac.errors.is_empty())?;
    let tree = &iac.bicep.as_deref().filter(|_| is_template(file))?.tree;
    // An empty text may be one that could not be read.
    if file.problem().is_some() {
        return None;
    }
    let parameters = tree.declarations.iter().filter_map(|declaration| {
        let DeclarationKind::Param(param) = &declaration.kind else {
            return None;
        };
        Some(Parameter {
            name: param.name.text.clone(),
            declaration,
            param,
        })
    });
    Some(Callee {
        file,
        parameters: parameters.collect(),
    })
}

impl Parameter<'_> {
    /// Whether it certainly must be given: no default, and a type that takes no null.
    pub(crate) fn is_required(&self) -> bool {
        let ty = self.param.ty.as_ref().map(|it| &it.kind);
        // A type with a name of its own may take null.
        let plain = match ty {
            Some(TypeKind::Name(name)) => {
                matches!(
                    name.text.as_str(),
                    "string" | "int" | "bool" | "object" | "array"
                )
            }
            Some(
                TypeKind::String(_)
                | TypeKind::Integer(_)
                | TypeKind::Bool(_)
                | TypeKind::Object(_)
                | TypeKind::Tuple(_)
                | TypeKind::Array(_),
            ) => true,
            _ => false,
        };
        self.param.value.is_none() && plain
    }
}

/// Whether a file is a template, and no parameters file.
pub(crate) fn is_template(file: &File) -> bool {
    matches!(file.path.name().rsplit_once('.'), Some((_, "bicep")))
}
