//! ARM templates and their parameter files: from a JSON tree to a template.
//!
//! A deployment that carries its template is lowered with it: its resources are those of the file,
//! its names have their own addresses unless its expressions are those of the template around it.

use std::collections::{BTreeMap, BTreeSet};

pub use lines::flattened;

use baton_source::SyntaxError;
use baton_syntax::node::{Entry, Node};

use crate::model::{Assignment, Expr, ExprKind, Language, Symbol, SymbolKind, Template};

mod expression;
mod lines;
mod parents;
mod place;
mod resource;
mod value;

/// What every file of this kind has in its text.
const MARKS: [&str; 2] = ["eploymentTemplate.json", "eploymentParameters.json"];
/// A longer name of a deployment is not shown in addresses.
const LONGEST_LABEL: usize = 64;

/// Whether a text may be a template or a parameter file: a cheap test, before anything is parsed.
pub fn may_be(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Whether a text that cannot be read as JSON says that it is a template or a parameter file.
pub fn claims(text: &str) -> bool {
    let Some((_, behind)) = text.split_once("\"$schema\"") else {
        return false;
    };
    let line = behind.lines().next().unwrap_or("");
    may_be(line)
}

/// Lowers a JSON text: what it declares, and which expressions could not be read.
///
/// `None` if its `$schema` is neither that of a template nor that of a parameter file.
pub fn lower(text: &str, root: &Node) -> Option<(Template, Vec<SyntaxError>)> {
    let schema = root.get("$schema")?.as_str()?;
    let mut lowering = Lowering {
        text,
        errors: Vec::new(),
        scopes: Vec::new(),
        scope: 0,
        owners: Vec::new(),
        loops: Vec::new(),
        copied: 0,
    };
    let mut template = Template::empty(Language::Arm);
    match MARKS.iter().position(|mark| schema.contains(mark))? {
        0 => {
            lowering.scopes.push(Names::of(root, String::new()));
            declare(&mut lowering, &mut template, (root, BTreeMap::new()));
            resource::all(
                &mut lowering,
                &mut template,
                root,
                &resource::Around::default(),
            );
            parents::link(&mut template, &lowering);
        }
        _ => template.assignments = assignments(root),
    }
    Some((template, lowering.errors))
}

/// Whether a template says that the Bicep compiler made it.
pub fn is_compiled(root: &Node) -> bool {
    let generator = root.pointer("/metadata/_generator/name");
    generator.and_then(Node::as_str) == Some("bicep")
}

/// What lowering carries along.
struct Lowering<'t> {
    text: &'t str,
    errors: Vec<SyntaxError>,
    /// The names of every template in the file.
    scopes: Vec<Names>,
    /// Whose names expressions mean.
    scope: usize,
    /// Whose names the expressions of each resource mean.
    owners: Vec<usize>,
    /// The loops around an expression, that of the resource first.
    loops: Vec<String>,
    /// How many bytes of conditions were copied to resources.
    copied: usize,
}

/// The names that a template declares: as others may spell them, and as it does.
struct Names {
    /// What stands before their addresses.
    label: String,
    parameters: BTreeMap<String, String>,
    variables: BTreeMap<String, String>,
}

/// What an expression may refer to.
#[derive(Clone, Copy)]
enum Named {
    Parameter,
    Variable,
}

impl Names {
    fn of(template: &Node, label: String) -> Names {
        let declared = |section: &str| {
            let entries = member(template, section).map_or(&[][..], Node::entries);
            let names = entries.iter().map(|entry| &entry.key);
            let mut all: BTreeMap<String, String> = names
                .map(|name| (name.to_ascii_lowercase(), name.clone()))
                .collect();
            if section == "variables" {
                let loops = entries.iter().flat_map(|entry| value::loops(entry));
                all.extend(loops.map(|(name, _)| (name.to_ascii_lowercase(), name.to_owned())));
            }
            all
        };
        Names {
            label,
            parameters: declared("parameters"),
            variables: declared("variables"),
        }
    }
}

impl Lowering<'_> {
    /// What references call a name, in the spelling of its declaration.
    fn address(&self, named: Named, name: &str) -> String {
        let names = self.scopes.get(self.scope);
        let key = name.to_ascii_lowercase();
        let (word, declared) = match named {
            Named::Parameter => ("parameters", names.map(|names| &names.parameters)),
            Named::Variable => ("variables", names.map(|names| &names.variables)),
        };
        let declared = declared.and_then(|all| all.get(&key));
        let label = names.map_or("", |names| &names.label);
        format!("{label}{word}('{}')", declared.unwrap_or(&key))
    }

    /// Opens the names of a nested template; tells which were open.
    fn enter(&mut self, template: &Node, name: &str) -> usize {
        let taken = self.scopes.iter().any(|names| names.label == label(name));
        let label = if taken || name.is_empty() || name.len() > LONGEST_LABEL {
            label(&format!("deployment {}", self.scopes.len()))
        } else {
            label(name)
        };
        self.scopes.push(Names::of(template, label));
        std::mem::replace(&mut self.scope, self.scopes.len() - 1)
    }
}

fn label(name: &str) -> String {
    format!("{name}/")
}

/// The value of a key, whatever its case.
fn member<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    member_entry(node, key).map(|entry| &entry.value)
}

fn member_entry<'n>(node: &'n Node, key: &str) -> Option<&'n Entry> {
    let is = |entry: &&Entry| entry.key.eq_ignore_ascii_case(key);
    node.entries().iter().rev().find(is)
}

/// Lowers what a template names; arguments stand for the parameters they are given to.
fn declare(
    lowering: &mut Lowering<'_>,
    out: &mut Template,
    (template, mut arguments): (&Node, BTreeMap<String, Expr>),
) {
    for entry in section(template, "parameters") {
        let address = lowering.address(Named::Parameter, &entry.key);
        let given = arguments.remove(&entry.key.to_ascii_lowercase());
        let mut symbol = symbol(entry, SymbolKind::Parameter, address);
        if given.is_some() {
            symbol.kind = SymbolKind::Variable;
        }
        symbol.value = given.or_else(|| {
            let default = member(&entry.value, "defaultValue")?;
            Some(value::lower(lowering, default))
        });
        out.symbols.push(symbol);
    }
    let mut seen = BTreeSet::new();
    for entry in section(template, "variables") {
        let copies = value::loops(entry);
        if copies.is_empty() {
            let address = lowering.address(Named::Variable, &entry.key);
            let mut symbol = symbol(entry, SymbolKind::Variable, address);
            symbol.value = Some(value::lower(lowering, &entry.value));
            out.symbols.push(symbol);
            continue;
        }
        for (name, made) in copies {
            let address = lowering.address(Named::Variable, name);
            if !seen.insert(address.clone()) {
                continue;
            }
            let mut symbol = symbol(entry, SymbolKind::Variable, address);
            name.clone_into(&mut symbol.name);
            symbol.name_span = member(made, "name").map_or(made.span, |name| name.span);
            symbol.span = made.span;
            symbol.value = Some(value::repeated(lowering, made));
            out.symbols.push(symbol);
        }
    }
    for entry in section(template, "outputs") {
        let label = lowering.scopes.get(lowering.scope);
        let label = label.map_or("", |names| &names.label);
        let address = format!("{label}outputs('{}')", entry.key);
        let mut symbol = symbol(entry, SymbolKind::Output, address);
        symbol.value = match (member(&entry.value, "value"), member(&entry.value, "copy")) {
            (Some(written), _) => Some(value::lower(lowering, written)),
            (None, Some(made)) => Some(value::repeated(lowering, made)),
            (None, None) => None,
        };
        out.symbols.push(symbol);
    }
}

fn section<'n>(template: &'n Node, name: &str) -> &'n [Entry] {
    member(template, name).map_or(&[], Node::entries)
}

fn symbol(entry: &Entry, kind: SymbolKind, address: String) -> Symbol {
    let word = |key: &str| member(&entry.value, key).and_then(Node::as_str);
    let type_name = word("type").filter(|_| kind != SymbolKind::Variable);
    let is_secure = |name: &str| {
        name.eq_ignore_ascii_case("securestring") || name.eq_ignore_ascii_case("secureobject")
    };
    let description = member(&entry.value, "metadata")
        .filter(|_| kind != SymbolKind::Variable)
        .and_then(|metadata| member(metadata, "description")?.as_str());
    Symbol {
        kind,
        name: entry.key.clone(),
        address,
        name_span: entry.key_span,
        span: entry.key_span.to(entry.value.span),
        value: None,
        secure: type_name.is_some_and(is_secure),
        type_name: type_name.map(str::to_owned),
        shape: None,
        description: description.map(str::to_owned),
    }
}

/// What a parameter file gives; texts are never expressions there.
fn assignments(root: &Node) -> Vec<Assignment> {
    let given = section(root, "parameters").iter();
    let assigned = given.map(|entry| Assignment {
        name: entry.key.clone(),
        name_span: entry.key_span,
        value: match member(&entry.value, "value") {
            Some(written) if !is_filled_in(written) => value::literal(written),
            _ => Expr::new(entry.value.span, ExprKind::Unknown),
        },
    });
    assigned.collect()
}

/// Whether it is a text that the Azure Developer CLI puts values of the environment into.
fn is_filled_in(value: &Node) -> bool {
    value.as_str().is_some_and(|text| text.contains("${"))
}

#[cfg(test)]
mod tests;
