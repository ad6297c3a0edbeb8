//! Declarations and their decorators.

use super::Layout;
use super::brackets::{BRACES, PARAMETERS};
use crate::bicep::expression::{Expr, ExprKind, Object};
use crate::bicep::format::document::{Doc, Line};
use crate::bicep::token::TokenKind;
use crate::bicep::tree::{
    Declaration, DeclarationKind, Decorator, Function, Import, Imported, ImportedSymbol,
};
use crate::bicep::types::TypeExpr;

impl<'a> Layout<'a, '_> {
    /// A declaration, its decorators before it.
    pub(super) fn decorated(&mut self, declaration: &Declaration) -> Vec<Doc<'a>> {
        let mut docs = Vec::new();
        self.decorators(&declaration.decorators, &mut docs);
        let mut words = vec![self.token()];
        self.declared(&declaration.kind, &mut words);
        docs.push(Doc::spread(words));
        docs
    }

    /// Decorators with the comments between them; each must end its line.
    pub(super) fn decorators(&mut self, decorators: &[Decorator], docs: &mut Vec<Doc<'a>>) {
        for decorator in decorators {
            let at = self.token();
            docs.push(Doc::Glue(vec![at, self.expr(&decorator.expr)]));
            let between = self.gap();
            docs.extend(between.into_iter().filter(|doc| !doc.is_hard()));
            self.breaks += 1;
        }
    }

    /// What follows the word that says what is declared.
    fn declared(&mut self, kind: &DeclarationKind, words: &mut Vec<Doc<'a>>) {
        match kind {
            DeclarationKind::TargetScope(value) => self.assigned(value, words),
            DeclarationKind::Metadata(it) | DeclarationKind::Assert(it) => {
                words.push(self.token());
                self.assigned(&it.value, words);
            }
            DeclarationKind::Param(it) => {
                self.typed(it.ty.as_ref(), words);
                if let Some(value) = &it.value {
                    self.assigned(value, words);
                }
            }
            DeclarationKind::Var(it) => {
                self.typed(it.ty.as_ref(), words);
                self.assigned(&it.value, words);
            }
            DeclarationKind::Output(it) => {
                self.typed(Some(&it.ty), words);
                self.assigned(&it.value, words);
            }
            DeclarationKind::Type(it) => {
                words.extend([self.token(), self.token()]);
                words.push(self.ty(&it.value));
            }
            DeclarationKind::Func(function) => words.push(self.function(function)),
            DeclarationKind::Resource(it) => {
                words.extend([self.token(), self.string()]);
                words.extend(it.existing.map(|_| self.token()));
                self.body(&it.body, words);
            }
            DeclarationKind::Module(it) | DeclarationKind::Test(it) => {
                words.extend([self.token(), self.string()]);
                self.body(&it.body, words);
            }
            _ => self.joined(kind, words),
        }
    }

    /// Declarations that join this file to others.
    fn joined(&mut self, kind: &DeclarationKind, words: &mut Vec<Doc<'a>>) {
        match kind {
            DeclarationKind::Extension(it) => {
                words.push(self.key(&it.source));
                match &it.config {
                    Some(config) => words.push(self.with(config)),
                    // Bicep leaves room for the clause that is not there.
                    None if it.alias.is_some() => words.push(Doc::text("")),
                    None => {}
                }
                if it.alias.is_some() {
                    let word = self.token();
                    words.push(Doc::spread([word, self.token()]));
                }
            }
            DeclarationKind::ExtensionConfig(it) => {
                words.push(self.token());
                words.push(self.with(&it.config));
            }
            DeclarationKind::Import(it) => self.import(it, words),
            DeclarationKind::Using(it) => {
                words.push(if it.source.is_some() {
                    self.string()
                } else {
                    self.token()
                });
                if let Some(config) = &it.config {
                    words.push(self.with(config));
                }
            }
            DeclarationKind::Extends(_) => words.push(self.string()),
            _ => {}
        }
    }

    fn with(&mut self, config: &Object) -> Doc<'a> {
        let word = self.token();
        Doc::spread([word, self.object(config)])
    }

    /// A name and its type.
    fn typed(&mut self, ty: Option<&TypeExpr>, words: &mut Vec<Doc<'a>>) {
        words.push(self.token());
        words.extend(ty.map(|ty| self.ty(ty)));
    }

    /// `= value`
    fn assigned(&mut self, value: &Expr, words: &mut Vec<Doc<'a>>) {
        words.push(self.token());
        words.push(self.expr(value));
    }

    /// `= body`, where an `if` may stand on a line of its own.
    fn body(&mut self, body: &Expr, words: &mut Vec<Doc<'a>>) {
        words.push(self.token());
        let conditional = matches!(body.kind, ExprKind::If { .. });
        words.push(if conditional && self.is(TokenKind::Newline) {
            self.condition(body)
        } else {
            self.expr(body)
        });
    }

    fn condition(&mut self, body: &Expr) -> Doc<'a> {
        let start = self.at;
        let breaks = self.breaks;
        if self.gap().iter().all(Doc::is_line) {
            return self.expr(body);
        }
        self.at = start;
        self.breaks = breaks;
        self.indented(Some(Line::Empty), |it| it.on_new_line(body))
    }

    fn function(&mut self, function: &Function) -> Doc<'a> {
        let name = self.token();
        let parameters = self.bracket(PARAMETERS, false, |it| {
            it.listed(&function.parameters, |it, parameter| {
                let name = it.token();
                Doc::spread([name, it.ty(&parameter.ty)])
            })
        });
        let result = self.ty(&function.result);
        let mut words = vec![parameters, result];
        // The arrow stands before the line ends, and is looked over for them.
        self.at += 1;
        let grouped = self.needs_group(&function.body);
        self.at = self.at.saturating_sub(1);
        if grouped {
            words.push(self.indented(None, |it| {
                let mut docs = vec![it.token()];
                docs.extend(it.on_new_line(&function.body));
                docs
            }));
        } else {
            words.push(self.token());
            self.gap();
            words.push(self.expr(&function.body));
        }
        Doc::Glue(vec![name, Doc::spread(words)])
    }

    fn import(&mut self, import: &Import, words: &mut Vec<Doc<'a>>) {
        words.push(match &import.symbols {
            Imported::All(_) => {
                let star = self.token();
                let word = self.token();
                Doc::spread([star, word, self.token()])
            }
            Imported::Listed(symbols) => self.symbols(symbols),
        });
        words.extend([self.token(), self.string()]);
    }

    fn symbols(&mut self, symbols: &[ImportedSymbol]) -> Doc<'a> {
        self.bracket(BRACES, !symbols.is_empty(), |it| {
            let mut docs = Vec::new();
            for symbol in symbols {
                docs.extend(it.gap());
                docs.push(it.symbol(symbol));
            }
            docs.extend(it.gap());
            docs
        })
    }

    fn symbol(&mut self, symbol: &ImportedSymbol) -> Doc<'a> {
        let mut words = vec![self.key(&symbol.name)];
        if symbol.alias.is_some() {
            words.extend([self.token(), self.token()]);
        }
        Doc::spread(words)
    }
}
