//! A tree as text: `(operator operands …)`.

use baton_iac::bicep::{
    Declaration, DeclarationKind, Decorator, Entry, Expr, ExprKind, File, For, Imported, Item, Key,
    Name, Object, StringLiteral, StringPart, TypeExpr, TypeKind,
};

pub(crate) fn file(file: &File) -> String {
    list(&file.declarations, declaration, "\n")
}

fn list<T>(items: &[T], one: impl Fn(&T) -> String, separator: &str) -> String {
    items.iter().map(one).collect::<Vec<_>>().join(separator)
}

fn spaced<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    items
        .iter()
        .fold(String::new(), |text, item| text + " " + &one(item))
}

fn option<T>(item: Option<&T>, before: &str, one: impl Fn(&T) -> String) -> String {
    item.map_or_else(String::new, |item| format!(" {before}{}", one(item)))
}

fn name(name: &Name) -> String {
    name.text.clone()
}

fn decorator(decorator: &Decorator) -> String {
    format!("@{} ", expr(&decorator.expr))
}

pub(crate) fn declaration(it: &Declaration) -> String {
    let decorators: String = it.decorators.iter().map(decorator).collect();
    format!("{decorators}({})", kind(&it.kind))
}

fn kind(kind: &DeclarationKind) -> String {
    match kind {
        DeclarationKind::TargetScope(value) => format!("targetScope {}", expr(value)),
        DeclarationKind::Metadata(it) => format!("metadata {} {}", it.name.text, expr(&it.value)),
        DeclarationKind::Assert(it) => format!("assert {} {}", it.name.text, expr(&it.value)),
        DeclarationKind::Param(it) => format!(
            "param {}{}{}",
            it.name.text,
            option(it.ty.as_ref(), ": ", ty),
            option(it.value.as_ref(), "= ", expr)
        ),
        DeclarationKind::Var(it) => format!(
            "var {}{} {}",
            it.name.text,
            option(it.ty.as_ref(), ": ", ty),
            expr(&it.value)
        ),
        DeclarationKind::Type(it) => format!("type {} {}", it.name.text, ty(&it.value)),
        DeclarationKind::Func(it) => format!(
            "func {} ({}) {} {}",
            it.name.text,
            list(
                &it.parameters,
                |it| format!("{}: {}", it.name.text, ty(&it.ty)),
                ", "
            ),
            ty(&it.result),
            expr(&it.body)
        ),
        DeclarationKind::Output(it) => {
            format!(
                "output {} : {} {}",
                it.name.text,
                ty(&it.ty),
                expr(&it.value)
            )
        }
        other => kind_with_source(other),
    }
}

fn kind_with_source(kind: &DeclarationKind) -> String {
    match kind {
        DeclarationKind::Resource(it) => format!(
            "resource {} {}{} {}",
            it.name.text,
            string(&it.ty),
            it.existing.map_or("", |_| " existing"),
            expr(&it.body)
        ),
        DeclarationKind::Module(it) => {
            format!(
                "module {} {} {}",
                it.name.text,
                string(&it.source),
                expr(&it.body)
            )
        }
        DeclarationKind::Test(it) => {
            format!(
                "test {} {} {}",
                it.name.text,
                string(&it.source),
                expr(&it.body)
            )
        }
        DeclarationKind::Extension(it) => format!(
            "extension {}{}{}",
            key(&it.source),
            option(it.config.as_ref(), "with ", object),
            option(it.alias.as_ref(), "as ", name)
        ),
        DeclarationKind::ExtensionConfig(it) => {
            format!("extensionConfig {} {}", it.name.text, object(&it.config))
        }
        DeclarationKind::Import(it) => {
            format!(
                "import {} from {}",
                imported(&it.symbols),
                string(&it.source)
            )
        }
        DeclarationKind::Using(it) => format!(
            "using {}{}",
            it.source.as_ref().map_or_else(|| "none".to_owned(), string),
            option(it.config.as_ref(), "with ", object)
        ),
        DeclarationKind::Extends(source) => format!("extends {}", string(source)),
        _ => "broken".to_owned(),
    }
}

fn imported(symbols: &Imported) -> String {
    match symbols {
        Imported::All(alias) => format!("* as {}", alias.text),
        Imported::Listed(symbols) => list(
            symbols,
            |it| {
                format!(
                    "{}{}",
                    key(&it.name),
                    option(it.alias.as_ref(), "as ", name)
                )
            },
            ", ",
        ),
    }
}

fn key(key: &Key) -> String {
    match key {
        Key::Name(name) => name.text.clone(),
        Key::String(it) => string(it),
    }
}

fn string(string: &StringLiteral) -> String {
    let parts: String = string
        .parts
        .iter()
        .map(|part| match part {
            StringPart::Text { value, .. } => value.escape_debug().to_string(),
            StringPart::Expr(it) => format!("${{{}}}", expr(it)),
        })
        .collect();
    if string.multiline {
        format!("'''{parts}'''")
    } else {
        format!("'{parts}'")
    }
}

fn object(object: &Object) -> String {
    let entries = list(
        &object.entries,
        |entry| match entry {
            Entry::Property(it) => format!("{}: {}", key(&it.key), expr(&it.value)),
            Entry::Spread(it) => format!("...{}", expr(&it.value)),
            Entry::Resource(it) => declaration(it),
        },
        ", ",
    );
    format!("{{{entries}}}")
}

fn item(item: &Item) -> String {
    match item {
        Item::Value(it) => expr(it),
        Item::Spread(it) => format!("...{}", expr(&it.value)),
    }
}

fn loop_of(it: &For) -> String {
    format!(
        "[for {}{} in {}: {}]",
        it.item.text,
        option(it.index.as_ref(), "# ", name),
        expr(&it.items),
        expr(&it.body)
    )
}

pub(crate) fn expr(it: &Expr) -> String {
    match &it.kind {
        ExprKind::Null => "null".to_owned(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Integer(value) => value.to_string(),
        ExprKind::String(it) => string(it),
        ExprKind::Variable(name) => name.text.clone(),
        ExprKind::Object(it) => object(it),
        ExprKind::Array(items) => format!("[{}]", list(items, item, ", ")),
        ExprKind::Paren(inner) => format!("(paren {})", expr(inner)),
        ExprKind::Unary { operator, operand } => format!("({operator:?} {})", expr(operand)),
        ExprKind::Binary {
            operator,
            left,
            right,
            ..
        } => {
            format!("({operator:?} {} {})", expr(left), expr(right))
        }
        ExprKind::Ternary {
            condition,
            then,
            otherwise,
        } => {
            format!("(? {} {} {})", expr(condition), expr(then), expr(otherwise))
        }
        ExprKind::For(it) => loop_of(it),
        ExprKind::If { condition, body } => format!("(if {} {})", expr(condition), expr(body)),
        other => access(other),
    }
}

fn access(kind: &ExprKind) -> String {
    match kind {
        ExprKind::Call { name, arguments } => {
            format!("({}{})", name.text, spaced(arguments, expr))
        }
        ExprKind::MethodCall {
            object,
            name,
            arguments,
        } => {
            format!(
                "(call {} {}{})",
                expr(object),
                name.text,
                spaced(arguments, expr)
            )
        }
        ExprKind::Member { object, safe, name } => {
            format!(
                "({} {} {})",
                if *safe { ".?" } else { "." },
                expr(object),
                name.text
            )
        }
        ExprKind::Index {
            object,
            safe,
            from_end,
            index,
        } => format!(
            "([{}{}] {} {})",
            if *safe { "?" } else { "" },
            if *from_end { "^" } else { "" },
            expr(object),
            expr(index)
        ),
        ExprKind::Nested { object, name } => format!("(:: {} {})", expr(object), name.text),
        ExprKind::NonNull(inner) => format!("(! {})", expr(inner)),
        ExprKind::Lambda { parameters, body } => {
            format!("(lambda ({}) {})", list(parameters, name, " "), expr(body))
        }
        _ => "?".to_owned(),
    }
}

pub(crate) fn ty(it: &TypeExpr) -> String {
    match &it.kind {
        TypeKind::Name(name) => name.text.clone(),
        TypeKind::Generic { name, arguments } => {
            format!("{}<{}>", name.text, list(arguments, ty, ", "))
        }
        TypeKind::Resource(it) => format!("(resource{})", option(it.as_ref(), "", string)),
        TypeKind::String(it) => string(it),
        TypeKind::Integer(value) => value.to_string(),
        TypeKind::Bool(value) => value.to_string(),
        TypeKind::Null => "null".to_owned(),
        TypeKind::Unary { operator, operand } => format!("({operator:?} {})", ty(operand)),
        TypeKind::Member { object, name } => format!("(. {} {})", ty(object), name.text),
        TypeKind::GenericMember {
            object,
            name,
            arguments,
        } => {
            format!(
                "(. {} {}<{}>)",
                ty(object),
                name.text,
                list(arguments, ty, ", ")
            )
        }
        TypeKind::FurtherProperties(object) => format!("(.* {})", ty(object)),
        TypeKind::Index { object, index } => format!("([] {} {})", ty(object), expr(index)),
        TypeKind::Items(object) => format!("([*] {})", ty(object)),
        TypeKind::Array(item) => format!("(array {})", ty(item)),
        TypeKind::Nullable(inner) => format!("(? {})", ty(inner)),
        TypeKind::NonNull(inner) => format!("(! {})", ty(inner)),
        TypeKind::Paren(inner) => format!("(paren {})", ty(inner)),
        TypeKind::Union(members) => format!("(|{})", spaced(members, ty)),
        TypeKind::Object(properties) => {
            let one = |it: &baton_iac::bicep::TypeProperty| {
                let decorators: String = it.decorators.iter().map(decorator).collect();
                let key = it.key.as_ref().map_or_else(|| "*".to_owned(), key);
                format!("{decorators}{key}: {}", ty(&it.ty))
            };
            format!("{{{}}}", list(properties, one, ", "))
        }
        TypeKind::Tuple(items) => {
            let one = |it: &baton_iac::bicep::TupleItem| {
                let decorators: String = it.decorators.iter().map(decorator).collect();
                format!("{decorators}{}", ty(&it.ty))
            };
            format!("[{}]", list(items, one, ", "))
        }
    }
}
