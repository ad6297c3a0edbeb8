//! Declarations and their decorators.

use super::list::Words;
use super::value::Resources;
use super::{Parsed, Parser};
use crate::bicep::expression::{Expr, ExprKind, Key, Object};
use crate::bicep::token::TokenKind;
use crate::bicep::tree::{
    Assignment, Declaration, DeclarationKind, Decorator, Extension, ExtensionConfig, Function,
    FunctionParameter, Import, Imported, ImportedSymbol, Module, Output, Param, Resource,
    TypeAlias, Using, Variable,
};

const PARAMETERS: Words = Words {
    close: "`)` to end the parameters",
    next: "`,` or `)` after the parameter",
};
const SYMBOLS: Words = Words {
    close: "`}` to end the imported names",
    next: "`,` or a line break before the next imported name",
};

impl Parser<'_> {
    /// A declaration at the top of a file.
    pub(super) fn declaration(&mut self) -> Parsed<Declaration> {
        let start = self.here();
        let mut decorators = Vec::new();
        while self.is(TokenKind::At) {
            self.anchor = self.at;
            decorators.push(self.decorator()?);
        }
        self.anchor = self.at;
        let keyword = self.here();
        let Some(read) = reader(self.word_at(self.at)) else {
            return Err(self.expected(if decorators.is_empty() {
                "a declaration such as `param`, `var`, `resource`, `module` or `output`"
            } else {
                "a declaration after the decorator"
            }));
        };
        self.bump();
        let kind = read(self)?;
        Ok(Declaration {
            span: self.since(start),
            decorators,
            keyword,
            kind,
        })
    }

    /// A resource in the body of another.
    pub(super) fn nested_resource(&mut self) -> Parsed<Declaration> {
        self.enter()?;
        let start = self.here();
        let decorators = self.decorators()?;
        let keyword = self.expect_word("resource", "a resource after the decorator")?;
        let kind = self.resource()?;
        self.leave();
        Ok(Declaration {
            span: self.since(start),
            decorators,
            keyword,
            kind,
        })
    }

    /// Decorators, each with its line break.
    pub(super) fn decorators(&mut self) -> Parsed<Vec<Decorator>> {
        let mut decorators = Vec::new();
        while self.is(TokenKind::At) {
            decorators.push(self.decorator()?);
        }
        Ok(decorators)
    }

    fn decorator(&mut self) -> Parsed<Decorator> {
        let start = self.bump();
        let expr = self.decorator_expression()?;
        let span = self.since(start);
        if !self.at_end() {
            self.expect(TokenKind::Newline, "a line break after the decorator")?;
        }
        Ok(Decorator { span, expr })
    }

    fn target_scope(&mut self) -> Parsed<DeclarationKind> {
        self.expect(TokenKind::Assign, "`=` after `targetScope`")?;
        Ok(DeclarationKind::TargetScope(self.expression()?))
    }

    fn metadata(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a name after `metadata`")?;
        Ok(DeclarationKind::Metadata(Assignment {
            name,
            value: self.assigned("`=` after the metadata name")?,
        }))
    }

    fn assert(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a name after `assert`")?;
        Ok(DeclarationKind::Assert(Assignment {
            name,
            value: self.assigned("`=` after the name of the assertion")?,
        }))
    }

    fn assigned(&mut self, what: &str) -> Parsed<Expr> {
        self.expect(TokenKind::Assign, what)?;
        self.expression()
    }

    fn param(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a parameter name after `param`")?;
        let ty = if self.is(TokenKind::Assign) {
            None
        } else {
            Some(self.declared_type("a type or `=` after the parameter name")?)
        };
        let value = if self.eat(TokenKind::Assign) {
            Some(self.expression()?)
        } else {
            None
        };
        Ok(DeclarationKind::Param(Param { name, ty, value }))
    }

    fn variable(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a variable name after `var`")?;
        let ty = if self.is(TokenKind::Assign) {
            None
        } else {
            Some(self.declared_type("`=` after the variable name")?)
        };
        let value = self.assigned("`=` and the value of the variable")?;
        Ok(DeclarationKind::Var(Variable { name, ty, value }))
    }

    fn type_alias(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a type name after `type`")?;
        self.expect(TokenKind::Assign, "`=` after the type name")?;
        let value = self.declared_type("a type after `=`")?;
        Ok(DeclarationKind::Type(TypeAlias { name, value }))
    }

    fn function(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a function name after `func`")?;
        self.expect(TokenKind::LeftParen, "`(` after the function name")?;
        let parameters =
            self.comma_separated(TokenKind::RightParen, PARAMETERS, Self::parameter)?;
        let result = self.declared_type("the type the function returns")?;
        self.expect(TokenKind::Arrow, "`=>` after the type the function returns")?;
        self.skip_newlines();
        let body = self.expression()?;
        Ok(DeclarationKind::Func(Box::new(Function {
            name,
            parameters,
            result,
            body,
        })))
    }

    fn parameter(&mut self) -> Parsed<FunctionParameter> {
        let name = self.name("a parameter name")?;
        let ty = self.declared_type("a type after the parameter name")?;
        if self.kind_at(self.past_newline()) == Some(TokenKind::Comma) {
            self.skip_newlines();
        }
        Ok(FunctionParameter { name, ty })
    }

    fn resource(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a symbolic name after `resource`")?;
        let ty = self.string("a resource type in quotes after the resource name")?;
        let existing = if self.is_word("existing") {
            Some(self.bump())
        } else {
            None
        };
        self.expect(TokenKind::Assign, "`=` after the resource type")?;
        let body = self.body(Resources::Allowed)?;
        Ok(DeclarationKind::Resource(Resource {
            name,
            ty,
            existing,
            body,
        }))
    }

    fn module(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a symbolic name after `module`")?;
        let source = self.string("the module's path in quotes after its name")?;
        self.expect(TokenKind::Assign, "`=` after the module's path")?;
        let body = self.body(Resources::Forbidden)?;
        Ok(DeclarationKind::Module(Module { name, source, body }))
    }

    fn test(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("a name after `test`")?;
        let source = self.string("the path of the tested file in quotes")?;
        self.expect(TokenKind::Assign, "`=` after the path")?;
        let body = self.object_value(Resources::Forbidden)?;
        Ok(DeclarationKind::Test(Module { name, source, body }))
    }

    /// The body of a resource or module: an object, an `if` or a `for`.
    fn body(&mut self, resources: Resources) -> Parsed<Expr> {
        if self.is(TokenKind::LeftBracket) {
            let start = self.here();
            self.enter()?;
            let kind = self.for_loop(|it| it.conditional(resources))?;
            self.leave();
            return Ok(Expr {
                span: self.since(start),
                kind,
            });
        }
        if self.word_at(self.past_newline()) == "if" {
            self.skip_newlines();
        }
        self.conditional(resources)
    }

    fn conditional(&mut self, resources: Resources) -> Parsed<Expr> {
        let start = self.here();
        if !self.is_word("if") {
            return self.object_value(resources);
        }
        self.enter()?;
        self.bump();
        self.expect(TokenKind::LeftParen, "`(` and a condition after `if`")?;
        self.skip_newlines();
        let condition = Box::new(self.expression()?);
        self.skip_newlines();
        self.expect(TokenKind::RightParen, "`)` after the condition")?;
        let body = Box::new(self.object_value(resources)?);
        self.leave();
        Ok(Expr {
            span: self.since(start),
            kind: ExprKind::If { condition, body },
        })
    }

    fn object_value(&mut self, resources: Resources) -> Parsed<Expr> {
        if !self.is(TokenKind::LeftBrace) {
            return Err(self.expected("a body in `{…}`"));
        }
        let object = self.object(resources)?;
        Ok(Expr {
            span: object.span,
            kind: ExprKind::Object(object),
        })
    }

    fn output(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("an output name after `output`")?;
        let ty = self.declared_type("a type after the output name")?;
        let value = self.assigned("`=` and the value of the output")?;
        Ok(DeclarationKind::Output(Output { name, ty, value }))
    }

    fn extension(&mut self) -> Parsed<DeclarationKind> {
        let source = self.key("the name of an extension, or a reference in quotes")?;
        let config = self.with_clause()?;
        let alias = if self.is_word("as") {
            self.bump();
            Some(self.name("an alias after `as`")?)
        } else {
            None
        };
        Ok(DeclarationKind::Extension(Extension {
            source,
            config,
            alias,
        }))
    }

    fn with_clause(&mut self) -> Parsed<Option<Object>> {
        if !self.is_word("with") {
            return Ok(None);
        }
        self.bump();
        Ok(Some(self.object(Resources::Forbidden)?))
    }

    fn extension_config(&mut self) -> Parsed<DeclarationKind> {
        let name = self.name("the alias of an extension")?;
        self.expect_word("with", "`with` after the alias of the extension")?;
        let config = self.object(Resources::Forbidden)?;
        Ok(DeclarationKind::ExtensionConfig(ExtensionConfig {
            name,
            config,
        }))
    }

    fn import(&mut self) -> Parsed<DeclarationKind> {
        if self.kind().is_some_and(TokenKind::is_string) {
            return self.extension();
        }
        let symbols = if self.eat(TokenKind::Asterisk) {
            self.expect_word("as", "`as` and a name after `*`")?;
            Imported::All(self.name("a name after `as`")?)
        } else {
            self.expect(TokenKind::LeftBrace, "`{…}` or `*` after `import`")?;
            Imported::Listed(self.items(TokenKind::RightBrace, SYMBOLS, Self::symbol)?)
        };
        self.expect_word("from", "`from` and a path")?;
        let source = self.string("a path in quotes after `from`")?;
        Ok(DeclarationKind::Import(Import { symbols, source }))
    }

    fn symbol(&mut self) -> Parsed<ImportedSymbol> {
        let name = self.key("the name of something to import")?;
        if !self.is_word("as") {
            return match name {
                Key::Name(_) => Ok(ImportedSymbol { name, alias: None }),
                Key::String(_) => Err(self.expected("`as` and a name after the name in quotes")),
            };
        }
        self.bump();
        let alias = Some(self.name("a name after `as`")?);
        Ok(ImportedSymbol { name, alias })
    }

    fn using(&mut self) -> Parsed<DeclarationKind> {
        let source = if self.is_word("none") {
            self.bump();
            None
        } else {
            Some(self.string("a path in quotes or `none` after `using`")?)
        };
        let config = self.with_clause()?;
        Ok(DeclarationKind::Using(Using { source, config }))
    }

    fn extends(&mut self) -> Parsed<DeclarationKind> {
        let source = self.string("a path in quotes after `extends`")?;
        Ok(DeclarationKind::Extends(source))
    }
}

type Reader<'a> = fn(&mut Parser<'a>) -> Parsed<DeclarationKind>;

/// What reads the declaration that starts with this word.
fn reader<'a>(keyword: &str) -> Option<Reader<'a>> {
    Some(match keyword {
        "targetScope" => Parser::target_scope,
        "metadata" => Parser::metadata,
        "param" => Parser::param,
        "var" => Parser::variable,
        "type" => Parser::type_alias,
        "func" => Parser::function,
        "resource" => Parser::resource,
        "module" => Parser::module,
        "test" => Parser::test,
        "output" => Parser::output,
        "assert" => Parser::assert,
        "extension" | "provider" => Parser::extension,
        "extensionConfig" => Parser::extension_config,
        "import" => Parser::import,
        "using" => Parser::using,
        "extends" => Parser::extends,
        _ => return None,
    })
}
