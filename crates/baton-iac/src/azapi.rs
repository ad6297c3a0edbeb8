//! Resources of the Terraform provider `azapi`: what ARM is told, in Terraform's syntax.
//!
//! <https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource>,
//! verified 2026-11-21 at `Azure/terraform-provider-azapi@c43c57b`: `body` is an object since 2.0
//! and a text made by `jsonencode` before; `location`, `tags` and `identity` stand beside it or in
//! it, never in both. `azapi_update_resource` changes what its body names and leaves the rest.

use crate::model::{ExprKind, Resource, TemplatePart};

/// What such a resource is to ARM.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Azapi<'r> {
    /// The type: `Microsoft.Storage/storageAccounts`.
    pub kind: &'r str,
    /// The API version, where it is a literal.
    pub version: Option<&'r str>,
    /// Whether more may be set than `body` says: what is absent there says nothing.
    pub partial: bool,
    resource: &'r Resource,
}

/// What a resource is to ARM; `None` if it is of another provider or its type is no literal.
pub fn of(resource: &Resource) -> Option<Azapi<'_>> {
    let is_update = match resource.kind.as_str() {
        "azapi_resource" => false,
        "azapi_update_resource" => true,
        _ => return None,
    };
    let (kind, version) = match &resource.body.property("type")?.value.kind {
        ExprKind::String(text) => match text.split_once('@') {
            Some((kind, version)) => (kind, Some(version)),
            None => (text.as_str(), None),
        },
        // `Microsoft.Storage/storageAccounts@${local.version}`
        ExprKind::Template(parts) => match parts.first()? {
            TemplatePart::Literal(text) => (text.split_once('@')?.0, None),
            TemplatePart::Value(_) => return None,
        },
        _ => return None,
    };
    Some(Azapi {
        kind,
        version,
        partial: is_update || resource.body.property("sensitive_body").is_some(),
        resource,
    })
}

/// Where Terraform has what ARM has at `path`: an argument of the provider, else in `body`.
pub fn path<'p>(path: &[&'p str]) -> Vec<&'p str> {
    let [first, rest @ ..] = path else {
        return vec!["body"];
    };
    let is = |name: &&&str| name.eq_ignore_ascii_case(first);
    let Some(argument) = ["name", "location", "tags", "identity"].iter().find(is) else {
        return [&["body"], path].concat();
    };
    match (*argument, rest) {
        ("identity", [inner, rest @ ..])
            if inner.eq_ignore_ascii_case("userAssignedIdentities") =>
        {
            [&["identity", "identity_ids"], rest].concat()
        }
        (argument, rest) => [&[argument], rest].concat(),
    }
}

impl Azapi<'_> {
    /// Where this resource has what ARM has at `path`: what it does not set beside `body` may be in it.
    pub fn path<'p>(&self, path: &[&'p str]) -> Vec<&'p str> {
        let beside = self::path(path);
        let is_set = |name: &&str| self.resource.body.property(name).is_some();
        if beside.first().is_some_and(is_set) || beside.first() == Some(&"name") {
            return beside;
        }
        [&["body"], path].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::{of, path};
    use crate::evaluate::{FileScope, Known, Site};
    use crate::terraform::parse;

    /// Looks ARM paths up in the first resource: `kind@version` and the texts of all values.
    fn check(arguments: &str, paths: &[(&str, &str)], expected: &str) {
        let text = format!("resource \"azapi_resource\" \"a\" {{\n{arguments}\n}}\n");
        let (template, errors) = parse(&text);
        assert_eq!(errors, [], "{text}");
        let resource = &template.resources[0];
        let found = of(resource).expect("a type");
        let kind = format!("{}@{}", found.kind, found.version.unwrap_or("?"));
        assert_eq!(kind, expected, "{text}");
        let scope = FileScope::new(&template);
        for (asked, expected) in paths {
            let names: Vec<&str> = asked.split('/').collect();
            let values = Site::resource(&scope, resource).lookup(&found.path(&names));
            let known = values.candidates.iter().map(|one| match &one.value {
                Known::Object { .. } => "{}",
                known => known.as_text().unwrap_or("?"),
            });
            let mut told: Vec<&str> = known.collect();
            told.extend(values.unknown.then_some("unknown"));
            told.extend(values.absent.then_some("absent"));
            assert_eq!(told.join(" "), *expected, "{asked} {text}");
        }
    }

    const ALL: &[(&str, &str)] = &[
        ("properties/minimumTlsVersion", "TLS1_2"),
        ("properties/encryption/keySource", "absent"),
        ("sku/name", "Standard_LRS"),
        ("identity/type", "SystemAssigned"),
        ("tags/env", "dev"),
        ("location", "westeurope"),
        ("name", "st"),
    ];

    #[test]
    fn properties_are_found_in_the_body_and_beside_it() {
        let body = "{ sku = { name = \"Standard_LRS\" }, properties = { minimumTlsVersion = \"TLS1_2\" } }";
        for body in [body.to_owned(), format!("jsonencode({body})")] {
            let arguments = format!(
                "type = \"Microsoft.Storage/storageAccounts@2023-05-01\"\nname = \"st\"\n\
                 location = \"westeurope\"\ntags = {{ env = \"dev\" }}\n\
                 identity {{\n type = \"SystemAssigned\"\n}}\nbody = {body}"
            );
            check(
                &arguments,
                ALL,
                "Microsoft.Storage/storageAccounts@2023-05-01",
            );
        }
        let arguments = "type = \"Microsoft.Storage/storageAccounts@${var.v}\"\nname = \"st\"\n\
             body = merge({ tags = { env = \"dev\" }, location = \"westeurope\", \
             identity = { type = \"SystemAssigned\" } }, jsondecode(jsonencode({ \
             sku = { name = \"Standard_LRS\" }, properties = { minimumTlsVersion = \"TLS1_2\", encryption = {} } })))";
        check(arguments, ALL, "Microsoft.Storage/storageAccounts@?");
    }

    #[test]
    fn text_that_is_no_object_is_unknown() {
        let arguments = "type = \"Microsoft.X/y@1\"\nbody = jsonencode(\"x\")";
        check(
            arguments,
            &[("properties/a", "unknown"), ("tags", "unknown")],
            "Microsoft.X/y@1",
        );
    }

    #[test]
    fn other_resources_are_none() {
        for (text, expected) in [
            (
                "resource \"azapi_resource\" \"a\" {\n type = var.t\n}\n",
                None,
            ),
            (
                "resource \"azapi_resource\" \"a\" {\n type = \"${var.t}@1\"\n}\n",
                None,
            ),
            (
                "resource \"azurerm_x\" \"a\" {\n type = \"A/b@1\"\n}\n",
                None,
            ),
            (
                "resource \"azapi_update_resource\" \"a\" {\n type = \"A/b@1\"\n}\n",
                Some(true),
            ),
            (
                "resource \"azapi_resource\" \"a\" {\n type = \"A/b@1\"\n}\n",
                Some(false),
            ),
        ] {
            let (template, _) = parse(text);
            let partial = of(&template.resources[0]).map(|found| found.partial);
            assert_eq!(partial, expected, "{text}");
        }
    }

    #[test]
    fn paths_have_their_arguments() {
        assert_eq!(path(&["Tags", "a"]), ["tags", "a"]);
        assert_eq!(
            path(&["identity", "userAssignedIdentities"]),
            ["identity", "identity_ids"]
        );
        assert_eq!(path(&["properties", "a"]), ["body", "properties", "a"]);
        assert_eq!(path(&[]), ["body"]);
    }
}
