//! A scope over several files, as a caller of this crate writes one.

use baton_source::FileId;

use super::template;
use crate::evaluate::{Binding, FileScope, Known, Origin, Scope, lookup};
use crate::model::{Language, Template};

/// A module whose variables are given by a call in another file, or have defaults in a third.
struct Module<'a> {
    caller: FileScope<'a>,
    call: &'a Template,
    variables: FileScope<'a>,
}

impl Scope for Module<'_> {
    fn language(&self) -> Language {
        Language::Terraform
    }

    fn resolve(&self, address: &str) -> Option<Binding<'_>> {
        let name = address.strip_prefix("var.")?;
        let given = self.call.modules.first()?.arguments.property(name);
        if let Some(given) = given {
            return Some(Binding {
                file: Some(FileId(1)),
                name_span: given.key_span,
                value: Some(&given.value),
                origin: Origin::Argument,
                scope: Some(&self.caller),
                loops: &[],
                round: None,
            });
        }
        let mut found = self.variables.resolve(address)?;
        found.file = Some(FileId(2));
        Some(found)
    }
}

#[test]
fn names_lead_to_other_files() {
    let call_text =
        "module \"m\" {\n source = \"./m\"\n a = local.off\n}\nlocals {\n off = false\n}";
    let variables_text = "variable \"a\" {\n default = true\n}\nvariable \"b\" {\n default = 1\n}";
    let own_text = "resource \"t\" \"n\" {\n p = var.a\n q = var.b\n r = local.off\n}";
    let (call, variables, own) = (
        template(call_text),
        template(variables_text),
        template(own_text),
    );
    let scope = Module {
        caller: FileScope::new(&call),
        call: &call,
        variables: FileScope::new(&variables),
    };
    let look = |name: &str| lookup(&scope, &own.resources[0].body, &[name]);

    let given = look("p");
    let given = given.candidates.first().expect("one candidate");
    assert_eq!(given.value, Known::Bool(false));
    assert_eq!((given.at.file, given.at.span.of(own_text)), (None, "var.a"));
    let source = (given.source.file, given.source.span.of(call_text));
    assert_eq!(source, (Some(FileId(1)), "false"));
    let via: Vec<_> = given
        .via
        .iter()
        .map(|via| (via.origin, &*via.address))
        .collect();
    assert_eq!(
        via,
        [
            (Origin::Argument, "var.a"),
            (Origin::Definition, "local.off")
        ]
    );

    let default = look("q");
    let default = default.candidates.first().expect("one candidate");
    assert_eq!(default.value, Known::Number("1".to_owned()));
    assert_eq!(default.source.location(FileId(0)).file, FileId(2));

    assert!(look("r").unknown, "the caller's names are not the module's");
}
