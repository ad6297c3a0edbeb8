//! A name is declared once.

use std::collections::BTreeMap;

use baton_iac::bicep::symbols::{Symbol, SymbolKind};
use baton_source::Span;

use crate::support::bicep::{Lint, compile};
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    compile(ctx, file, |lint| judge(lint, out));
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    let mut first: BTreeMap<(u8, Option<usize>, &str), Span> = BTreeMap::new();
    for symbol in &lint.names.symbols.symbols {
        let Some(realm) = realm(symbol) else { continue };
        let key = (realm, symbol.parent, symbol.name.as_str());
        let Some(before) = first.get(&key) else {
            first.insert(key, symbol.at);
            continue;
        };
        let code = if realm == 0 { "BCP028" } else { "BCP145" };
        out.report(
            lint.file.at(&symbol.at),
            format!("`{}` is declared twice (`{code}`)", symbol.name),
        )
        .help("Rename one of them, or remove it.")
        .label(lint.file.at(before), "declared here first");
    }
}

/// Outputs and metadata may be called as anything else, but not as one another.
fn realm(symbol: &Symbol) -> Option<u8> {
    match symbol.kind {
        SymbolKind::Local | SymbolKind::Assert => None,
        SymbolKind::Output => Some(1),
        SymbolKind::Metadata => Some(2),
        _ => Some(0),
    }
}
