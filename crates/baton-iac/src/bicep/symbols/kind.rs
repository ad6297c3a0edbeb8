//! The kinds of things that have names.

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// `param` of a template
    Parameter,
    /// `param` of a parameters file
    Assignment,
    /// `var`
    Variable,
    /// `type`
    Type,
    /// `func`
    Function,
    /// `resource`
    Resource,
    /// `module`
    Module,
    /// `test`
    Test,
    /// `assert`, which nothing can refer to
    Assert,
    /// `output`, which nothing can refer to
    Output,
    /// `metadata`, which nothing can refer to
    Metadata,
    /// `extension`
    Extension,
    /// One symbol of an `import`
    Import,
    /// `import * as`
    Namespace,
    /// What a loop, a lambda or a function binds
    Local,
}

impl SymbolKind {
    /// Whether other declarations can use the name.
    pub fn is_referable(self) -> bool {
        !matches!(
            self,
            SymbolKind::Output | SymbolKind::Metadata | SymbolKind::Assert
        )
    }
}
