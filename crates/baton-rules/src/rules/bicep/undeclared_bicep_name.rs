//! Names that are used are declared.

use baton_iac::bicep::symbols::{Form, Reference, SymbolKind};
use baton_source::nearest;
use baton_syntax::node::Node;

use crate::support::bicep::{Lint, compile};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// Names that are there without being declared, by August 2026.
const NAMESPACES: &[&str] = &["az", "base", "sys", "this"];
const TYPES: &[&str] = &[
    "any",
    "array",
    "az",
    "bool",
    "int",
    "module",
    "object",
    "resource",
    "resourceInput",
    "resourceOutput",
    "string",
    "sys",
    "test",
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| judge(lint, out));
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let symbols = lint.names.symbols;
    // An extension may bring names and types that only its package tells.
    let extended = symbols.open || lint.of_kind(SymbolKind::Extension).next().is_some();
    let implicit = implicit(lint);
    for it in &symbols.references {
        if it.target.is_some() || implicit.contains(&it.name.as_str()) {
            continue;
        }
        let (what, known) = match it.form {
            Form::Call => continue,
            Form::Value if NAMESPACES.contains(&it.name.as_str()) || symbols.open => continue,
            Form::Value => ("", NAMESPACES),
            Form::Type if TYPES.contains(&it.name.as_str()) || extended => continue,
            Form::Type => ("the type ", TYPES),
        };
        report(lint, it, (what, known), out);
    }
}

/// Namespaces that the configuration brings into every file.
fn implicit<'a>(lint: &Lint<'a>) -> Vec<&'a str> {
    let config = lint.repo.bicep_config(lint.file.path.as_str());
    let node = config.and_then(File::node);
    let listed = node.and_then(|it| it.get("implicitExtensions"));
    let items = listed.map(Node::items).unwrap_or_default();
    items.iter().filter_map(Node::as_str).collect()
}

fn report(lint: &Lint<'_>, it: &Reference, (what, known): (&str, &[&str]), out: &mut Findings) {
    let (name, symbols) = (&it.name, &lint.names.symbols.symbols);
    let output = symbols
        .iter()
        .find(|symbol| symbol.name == *name && !symbol.kind.is_referable());
    if let Some(output) = output {
        let message =
            format!("nothing but an output, assert or metadata has the name `{name}` (`BCP057`)");
        out.report(lint.file.at(&it.at), message)
            .help("Use what it is made of: it cannot be referred to itself.")
            .label(lint.file.at(&output.at), "declared here");
        return;
    }
    let code = if what.is_empty() { "BCP057" } else { "BCP302" };
    let message = format!("nothing declares {what}`{name}` (`{code}`)");
    let finding = out.report(lint.file.at(&it.at), message);
    let wanted = |kind: SymbolKind| match it.form {
        Form::Type => matches!(
            kind,
            SymbolKind::Type | SymbolKind::Import | SymbolKind::Namespace
        ),
        _ => kind != SymbolKind::Type && kind != SymbolKind::Local && kind.is_referable(),
    };
    let declared = symbols.iter().filter(|it| wanted(it.kind));
    let declared = declared.map(|it| it.name.as_str());
    match nearest(name, declared.chain(known.iter().copied())) {
        Some(near) => finding.help(format!("Did you mean `{near}`?")),
        None => finding.help("Declare it, or correct its name."),
    };
}
