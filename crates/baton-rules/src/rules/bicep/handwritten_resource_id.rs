//! Ids of resources are made by functions.

use baton_iac::bicep::infer::Type;
use baton_iac::bicep::symbols::SymbolKind;
use baton_iac::bicep::walk::{Visit, walk_property};
use baton_iac::bicep::{DeclarationKind, Expr, ExprKind, Property};
use baton_source::Spanned as _;

use crate::support::bicep::{Lint, Normally, lint};
use crate::support::bicep_calls::expressions;
use crate::{Check, Ctx, File, Findings};

pub(crate) const CHECK: Check = Check::File(check);

/// How many names are followed.
const MAX_STEPS: u32 = 16;

/// Functions that make ids, by August 2026.
const FUNCTIONS: &[&str] = &[
    "extensionResourceId",
    "guid",
    "managementGroupResourceId",
    "reference",
    "resourceId",
    "roleDefinitions",
    "subscription",
    "subscriptionResourceId",
    "tenantResourceId",
];

/// Properties that end like ids and are none, in lower case, by August 2026; what they hold is
/// left alone.
const OTHER: &[&str] = &[
    "appid",
    "clientid",
    "connectorid",
    "contentid",
    "datatypeid",
    "defaultmenuitemid",
    "deploymentspecid",
    "detector",
    "groupid",
    "illusiveincidentid",
    "keyid",
    "keyvaultid",
    "keyvaultsecretid",
    "locations",
    "menuid",
    "metadata",
    "metricid",
    "nodeagentskuid",
    "objectid",
    "parentid",
    "policydefinitionreferenceid",
    "principalid",
    "requestedserviceobjectiveid",
    "resource",
    "ruleid",
    "schemaid",
    "serviceprincipalclientid",
    "sid",
    "startingdeviceid",
    "storageaccountsubscriptionid",
    "subscriptionid",
    "syntheticmonitorid",
    "tags",
    "targetprotectioncontainerid",
    "targetworkersizeid",
    "tenantid",
    "timezoneid",
    "uniquefindingid",
    "vlanid",
    "workersizeid",
];

fn check(ctx: &Ctx<'_>, file: &File, out: &mut Findings) {
    let code = "use-resource-id-functions";
    lint(ctx, file, (code, Normally::Off, out), judge);
}

fn judge(lint: &Lint<'_>, out: &mut Findings) {
    for (at, _, resource) in lint.resources() {
        let Some(kind) = lint.resource_type(at).map(|it| it.to_lowercase()) else {
            continue;
        };
        let properties = resource.body.object().and_then(|it| it.get("properties"));
        let Some(properties) = properties.filter(|_| !has_other_ids(&kind)) else {
            continue;
        };
        if !matches!(properties.value.kind, ExprKind::Object(_)) {
            continue;
        }
        let owner = kind == "microsoft.apimanagement/service/subscriptions";
        let mut ids = Ids {
            owner,
            found: Vec::new(),
        };
        ids.expr(&properties.value);
        for it in ids.found {
            // Only text is judged: an object may be anything.
            let text = lint.names.type_of(&it.value) == Some(Type::String);
            if text && !is_made(lint, &it.value, 0) {
                let name = it.key.as_str().unwrap_or_default();
                out.report(
                    lint.file.at(&it.key.span()),
                    format!("the id `{name}` is put together by hand"),
                )
                .help("Use the `id` of a symbol, or `resourceId()` and its like.");
            }
        }
    }
}

/// Types of resources whose properties hold ids of other kinds.
fn has_other_ids(kind: &str) -> bool {
    let collections = kind
        .strip_prefix("microsoft.documentdb/databaseaccounts/")
        .and_then(|it| it.strip_suffix("/collections"));
    matches!(
        kind,
        "microsoft.portal/dashboards"
            | "microsoft.logic/workflows"
            | "microsoft.apimanagement/service/backends"
    ) || kind.starts_with("microsoft.web/sites/config")
        || collections.is_some_and(|it| !it.contains('/'))
}

struct Ids<'t> {
    owner: bool,
    found: Vec<&'t Property>,
}

impl<'t> Visit<'t> for Ids<'t> {
    fn property(&mut self, it: &'t Property) {
        let Some(name) = it.key.as_str() else {
            return walk_property(self, it);
        };
        let lower = name.to_lowercase();
        if OTHER.contains(&lower.as_str()) || self.owner && lower == "ownerid" {
            return;
        }
        if lower.ends_with("id") && !name.ends_with("uid") && !name.ends_with("UID") {
            self.found.push(it);
        } else {
            walk_property(self, it);
        }
    }
}

/// Whether an id comes from a symbol, a parameter or a function for ids.
fn is_made(lint: &Lint<'_>, value: &Expr, steps: u32) -> bool {
    let declared = |expr: &Expr| match &expr.kind {
        ExprKind::Variable(name) => lint.names.symbols.target(name.span),
        _ => None,
    };
    let kind = |expr: &Expr| {
        declared(expr)
            .and_then(|at| lint.symbol(at))
            .map(|it| it.kind)
    };
    let mut inside = expressions(value).into_iter();
    let known = [SymbolKind::Resource, SymbolKind::Module];
    if steps > MAX_STEPS || inside.any(|it| kind(it).is_some_and(|it| known.contains(&it))) {
        return true;
    }
    match &value.kind {
        ExprKind::Call { name, .. } => FUNCTIONS.contains(&name.text.as_str()),
        ExprKind::Member { object, .. } | ExprKind::Index { object, .. } => {
            is_made(lint, object, steps + 1)
        }
        ExprKind::Paren(inner) | ExprKind::NonNull(inner) => is_made(lint, inner, steps + 1),
        ExprKind::Ternary { .. } => true,
        ExprKind::String(string) => string.as_str().is_some_and(|it| !it.contains('/')),
        ExprKind::Variable(_) => match declared(value).and_then(|at| lint.names.declaration(at)) {
            Some(declaration) => match &declaration.kind {
                DeclarationKind::Var(it) => is_made(lint, &it.value, steps + 1),
                DeclarationKind::Param(_) => true,
                _ => false,
            },
            None => false,
        },
        _ => false,
    }
}
