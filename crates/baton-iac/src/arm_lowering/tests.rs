//! What ARM templates become in the model, and what their values come to.

use baton_syntax::json::{self, Dialect};
use proptest::prelude::*;

use super::{is_compiled, lower, may_be};
use crate::evaluate::{FileScope, Known, Site};
use crate::model::{ExprKind, Template};

const SCHEMA: &str =
    "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

fn read(text: &str) -> (Template, Vec<String>) {
    let document = json::parse(text, Dialect::Strict);
    assert_eq!(document.errors, [], "{text}");
    let root = document.root.expect("a value");
    assert!(may_be(text));
    let (template, errors) = lower(text, &root).expect("a template");
    let told = errors
        .iter()
        .map(|error| format!("{} `{}`", error.message, error.span.of(text)));
    (template, told.collect())
}

/// A template with these sections.
fn template(sections: &str) -> (String, Template) {
    let text = format!("{{\"$schema\": \"{SCHEMA}\", {sections}}}");
    let (template, errors) = read(&text);
    assert!(errors.is_empty(), "{errors:?} {text}");
    (text, template)
}

/// What a property of the last resource comes to: values, where they stand, and through what.
fn told(text: &str, template: &Template, path: &str) -> String {
    let scope = FileScope::new(template);
    let names: Vec<&str> = path.split('/').collect();
    let resource = template.resources.last().expect("a resource");
    let values = Site::resource(&scope, resource).lookup(&names);
    let mut words: Vec<String> = Vec::new();
    for candidate in &values.candidates {
        let value = match &candidate.value {
            Known::String(text) => format!("'{text}'"),
            Known::Array { len, .. } => format!("[{len}]"),
            Known::Object { len, .. } => format!("{{{len}}}"),
            known => known.as_text().unwrap_or("null").to_owned(),
        };
        let at = candidate.source.span.of(text);
        let via: Vec<&str> = candidate.via.iter().map(|via| &*via.address).collect();
        words.push(match via.as_slice() {
            [] => format!("{value} at {at}"),
            via => format!("{value} at {at} via {}", via.join(" ")),
        });
    }
    words.extend(values.unknown.then(|| "unknown".to_owned()));
    words.extend(values.absent.then(|| "absent".to_owned()));
    words.join(", ")
}

/// Looks up `p` of a resource where it is `value`.
fn check_value(value: &str, sections: &str, expected: &str) {
    let comma = if sections.is_empty() { "" } else { "," };
    let resource = format!("\"resources\": [{{\"type\": \"A/b\", \"p\": {value}}}]");
    let (text, template) = template(&format!("{sections}{comma}{resource}"));
    assert_eq!(told(&text, &template, "P"), expected, "{text}");
}

fn check_named(value: &str, expected: &str) {
    let parameters = "\"parameters\": {\"x\": {\"type\": \"string\", \"defaultValue\": \"1.0\"}, \
                      \"y\": {\"type\": \"secureString\"}}, \
                      \"variables\": {\"v\": {\"a\": [\"[parameters('X')]\", 2]}, \"t\": true}";
    check_value(value, parameters, expected);
}

#[test]
fn texts_and_names() {
    let check = check_named;
    check("\"1.2\"", "'1.2' at \"1.2\"");
    check("true", "true at true");
    check("null", "absent");
    check("\"[[x]\"", "'[x]' at \"[[x]\"");
    check("\"[false()]\"", "false at false()");
    check(
        "\"[PARAMETERS('X')]\"",
        "'1.0' at \"1.0\" via parameters('x')",
    );
    check("\"[parameters('y')]\"", "unknown");
    check("\"[parameters('none')]\"", "unknown");
    check(
        "\"[variables('V').A[0]]\"",
        "'1.0' at \"1.0\" via variables('v') parameters('x')",
    );
    check("\"[variables('v')['a'][1]]\"", "2 at 2 via variables('v')");
}

#[test]
fn functions() {
    let check = check_named;
    check("\"[if(variables('t'), 'a', 'b')]\"", "'a' at 'a'");
    check("\"[if(equals(1, 2), 'a', 'b')]\"", "'b' at 'b'");
    check(
        "\"[if(equals(parameters('x'), '1.0'), 'a', 'b')]\"",
        "'a' at 'a', 'b' at 'b'",
    );
    check(
        "\"[and(true(), true(), not(true()))]\"",
        "false at and(true(), true(), not(true()))",
    );
    check(
        "\"[or(false(), equals('a', 'a'))]\"",
        "true at or(false(), equals('a', 'a'))",
    );
    check(
        "\"[concat('TLS', '1_', 2)]\"",
        "'TLS1_2' at concat('TLS', '1_', 2)",
    );
    check(
        "\"[format('{0}{{{1}', 'a', 2)]\"",
        "'a{2' at format('{0}{{{1}', 'a', 2)",
    );
    check("\"[format('{0:D2}', 2)]\"", "unknown");
    check("\"[toLower('TLS')]\"", "'tls' at toLower('TLS')");
    check("\"[TOLOWER('TLS')]\"", "'tls' at TOLOWER('TLS')");
    check("\"[createObject('a', 1).a]\"", "1 at 1");
    check("\"[tryGet(createObject('a', 1), 'b')]\"", "absent");
    check("\"[createArray('a', 'b')[1]]\"", "'b' at 'b'");
    check("\"[json('null')]\"", "absent");
    check(
        "\"[json('{\\\"a\\\": [5]}').a[0]]\"",
        "5 at json('{\\\"a\\\": [5]}')",
    );
    check("\"[own.toLower('A')]\"", "unknown");
    check("\"[copyIndex()]\"", "unknown");
    check("\"[reference('x').y]\"", "unknown");
    check("\"\\u0041[\"", "'A[' at \"\\u0041[\"");
    check(
        "\"[concat('\\u00e4\\ud83d\\ude00', toLower('X'))]\"",
        "'ä😀x' at concat('\\u00e4\\ud83d\\ude00', toLower('X'))",
    );
    check("\"[union(createObject('a', 1), json('{}')).a]\"", "1 at 1");
}

#[test]
fn loops_make_lists() {
    let sections = "\"variables\": {\"copy\": [{\"name\": \"ports\", \"count\": 3, \"input\": {\"n\": \"[copyIndex('ports')]\", \"open\": true}}]}, \
        \"resources\": [{\"type\": \"A/b\", \"properties\": {\"copy\": [{\"name\": \"disks\", \"count\": 2, \"input\": {\"size\": 1}}], \"p\": \"[variables('ports')]\"}}]";
    let (text, template) = template(sections);
    assert_eq!(
        told(&text, &template, "properties/disks/size"),
        "1 at 1, 1 at 1"
    );
    let open = ["true at true via variables('ports')"; 3].join(", ");
    assert_eq!(told(&text, &template, "properties/p/open"), open);
    assert_eq!(told(&text, &template, "properties/copy"), "absent");
    let scope = FileScope::new(&template);
    let ports = Site::resource(&scope, &template.resources[0]).elements(&["properties", "p"]);
    assert_eq!(ports.candidates.len(), 3);
}

#[test]
fn rounds_of_loops_are_told_apart() {
    let sections = "\"parameters\": {\"all\": {\"type\": \"array\", \"defaultValue\": [{\"tls\": \"1.0\"}, {\"tls\": \"1.2\"}]}}, \
        \"resources\": [{\"type\": \"A/b\", \"copy\": {\"name\": \"each\", \"count\": \"[length(parameters('all'))]\"}, \
        \"p\": \"[parameters('all')[copyIndex()].tls]\", \"q\": \"[copyIndex('EACH')]\", \"r\": \"[copyIndex(1)]\"}]";
    let (_, template) = template(sections);
    let scope = FileScope::new(&template);
    let mut site = Site::resource(&scope, &template.resources[0]);
    assert_eq!(site.rounds(), Some(2));
    let texts = |site: Site<'_>, path: &str| {
        let values = site.lookup(&[path]);
        let known = values.candidates.iter();
        let known: Vec<String> = known
            .filter_map(|one| one.value.as_text().map(str::to_owned))
            .collect();
        (known.join(" "), values.unknown)
    };
    assert_eq!(texts(site, "p"), ("1.0 1.2".to_owned(), false));
    assert_eq!(texts(site, "q"), (String::new(), true));
    site.round = Some(1);
    assert_eq!(texts(site, "p"), ("1.2".to_owned(), false));
    assert_eq!(texts(site, "q"), ("1".to_owned(), false));
    assert_eq!(texts(site, "r"), (String::new(), true));
}

/// The resources, one line each: type, name, version, flags and parent.
fn resources(template: &Template) -> Vec<String> {
    let line = |resource: &crate::model::Resource| {
        let mut line = format!("{} {}", resource.kind, resource.name);
        for (flag, word) in [
            (resource.existing, "existing"),
            (resource.condition.is_some(), "if"),
            (resource.looped, "copy"),
        ] {
            if flag {
                line = format!("{line} {word}");
            }
        }
        if let Some(version) = &resource.version {
            line = format!("{line} @{version}");
        }
        if let Some(parent) = resource.parent {
            line = format!("{line} in {parent}");
        }
        line
    };
    template.resources.iter().map(line).collect()
}

#[test]
fn resources_and_their_parents() {
    let (_, template) = template(
        "\"resources\": [\
         {\"type\": \"A.B/c\", \"apiVersion\": \"2024-01-01\", \"name\": \"[parameters('n')]\", \"condition\": \"[true()]\", \"resources\": [\
           {\"type\": \"d\", \"apiVersion\": \"[variables('v')]\", \"name\": \"x\"},\
           {\"type\": \"Microsoft.Insights/diagnosticSettings\", \"name\": \"y\"}]},\
         {\"type\": \"A.B/c/d\", \"name\": \"[concat(parameters('N'), '/default')]\", \"copy\": {\"name\": \"l\", \"count\": 2}},\
         {\"type\": \"A.B/c/d/e\", \"name\": \"[format('{0}/{1}/z', parameters('n'), 'default')]\"},\
         {\"type\": \"A.B/c/d\", \"name\": \"[concat(parameters('m'), '/default')]\"},\
         {\"type\": \"A.B/c/providers/roleAssignments\", \"name\": \"[concat(parameters('n'), '/Microsoft.Authorization/', guid('a'))]\"},\
         {\"comments\": \"no type\"}]",
    );
    assert_eq!(
        resources(&template),
        [
            "A.B/c [parameters('n')] if @2024-01-01",
            "A.B/c/d x in 0",
            "Microsoft.Insights/diagnosticSettings y in 0",
            "A.B/c/d [concat(parameters('N'), '/default')] copy in 0",
            "A.B/c/d/e [format('{0}/{1}/z', parameters('n'), 'default')] in 3",
            "A.B/c/d [concat(parameters('m'), '/default')]",
            "Microsoft.Authorization/roleAssignments [concat(parameters('n'), '/Microsoft.Authorization/', guid('a'))]",
        ]
    );
}

#[test]
fn resources_may_have_symbolic_names() {
    let (text, template) = template(
        "\"languageVersion\": \"2.0\", \"resources\": {\
         \"vault\": {\"existing\": true, \"type\": \"A/b\", \"name\": \"v\"},\
         \"store\": {\"type\": \"A/c\", \"apiVersion\": \"1\", \"name\": \"s\"}}",
    );
    assert_eq!(resources(&template), ["A/b vault existing", "A/c store @1"]);
    assert_eq!(template.resources[1].span.of(&text), "\"type\": \"A/c\"");
    assert_eq!(template.resources[1].kind_span.of(&text), "\"A/c\"");
}

const NESTED: &str = "\"type\": \"Microsoft.Resources/deployments\", \"name\": \"inner\", \"condition\": \"[parameters('on')]\"";
const INNER: &str = "\"template\": {\"parameters\": {\"tls\": {\"type\": \"string\", \"defaultValue\": \"1.1\"}, \"own\": {\"type\": \"int\", \"defaultValue\": 3}}, \
    \"variables\": {\"w\": \"[parameters('tls')]\"}, \
    \"resources\": [{\"type\": \"A/b\", \"p\": \"[parameters('tls')]\", \"q\": \"[variables('w')]\", \"r\": \"[parameters('own')]\"}]}";
const OUTER: &str = "\"parameters\": {\"tls\": {\"type\": \"string\", \"defaultValue\": \"1.0\"}, \"on\": {\"type\": \"bool\"}}";

#[test]
fn nested_templates_have_names_of_their_own_or_not() {
    let inner = format!(
        "{OUTER}, \"resources\": [{{{NESTED}, \"properties\": {{\"expressionEvaluationOptions\": {{\"scope\": \"Inner\"}}, \
         \"parameters\": {{\"TLS\": {{\"value\": \"[parameters('tls')]\"}}}}, {INNER}}}}}]"
    );
    let (text, of_inner) = template(&inner);
    assert_eq!(
        resources(&of_inner),
        ["Microsoft.Resources/deployments inner if", "A/b  if"]
    );
    let outer_value = "'1.0' at \"1.0\" via";
    assert_eq!(
        told(&text, &of_inner, "p"),
        format!("{outer_value} inner/parameters('tls') parameters('tls')")
    );
    assert_eq!(
        told(&text, &of_inner, "q"),
        format!("{outer_value} inner/variables('w') inner/parameters('tls') parameters('tls')")
    );
    assert_eq!(
        told(&text, &of_inner, "r"),
        "3 at 3 via inner/parameters('own')"
    );
    assert_eq!(of_inner.modules.len(), 1);
    assert!(of_inner.resources[0].body.property("properties").is_some());

    let outer = format!("{OUTER}, \"resources\": [{{{NESTED}, \"properties\": {{{INNER}}}}}]");
    let (text, of_outer) = template(&outer);
    assert_eq!(
        told(&text, &of_outer, "p"),
        format!("{outer_value} parameters('tls')")
    );
    assert_eq!(told(&text, &of_outer, "q"), "unknown");
    assert_eq!(of_outer.modules.len(), 0);
}

#[test]
fn linked_templates_are_modules() {
    let (text, template) = template(&format!(
        "\"resources\": [{{{NESTED}, \"properties\": {{\"templateLink\": {{\"relativePath\": \"sub/store.json\"}}, \
         \"parameters\": {{\"a\": {{\"value\": 1}}, \"b\": {{\"reference\": {{}}}}}}}}}}]"
    ));
    let call = &template.modules[0];
    assert_eq!(
        (call.name.as_str(), call.source.as_str()),
        ("inner", "sub/store.json")
    );
    assert_eq!(call.source_span.of(&text), "\"sub/store.json\"");
    let kinds = call
        .arguments
        .properties()
        .iter()
        .map(|one| &one.value.kind);
    assert_eq!(
        kinds.collect::<Vec<_>>(),
        [&ExprKind::Number("1".to_owned()), &ExprKind::Unknown]
    );
}

#[test]
fn expressions_that_cannot_be_read_are_told() {
    let text = format!(
        "{{\"$schema\": \"{SCHEMA}\", \"resources\": [{{\"type\": \"A/b\", \"p\": \"[concat('\\u00e4', x]\", \"q\": \"[1, 2]\", \"r\": true}}]}}"
    );
    let (template, errors) = read(&text);
    assert_eq!(
        errors,
        [
            "expected `(` after the name of a function `x`",
            "expected the end of the expression `,`"
        ]
    );
    assert_eq!(told(&text, &template, "p"), "unknown");
    assert_eq!(told(&text, &template, "r"), "true at true");
}

#[test]
fn parameter_files_assign() {
    let text = "{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#\", \
        \"parameters\": {\"a\": {\"value\": \"[x]\"}, \"b\": {\"reference\": {\"secretName\": \"s\"}}}}";
    let (template, errors) = read(text);
    assert!(errors.is_empty());
    let told: Vec<_> = template
        .assignments
        .iter()
        .map(|one| (one.name.as_str(), &one.value.kind))
        .collect();
    assert_eq!(
        told,
        [
            ("a", &ExprKind::String("[x]".to_owned())),
            ("b", &ExprKind::Unknown)
        ]
    );
}

#[test]
fn other_json_is_none() {
    for text in [
        "{}",
        "[]",
        "{\"$schema\": \"https://json-schema.org/draft/2020-12/schema\"}",
        "{\"$schema\": 1, \"a\": \"deploymentTemplate.json\"}",
        "{\"a\": {\"$schema\": \"deploymentTemplate.json\"}}",
    ] {
        let root = json::parse(text, Dialect::Strict).root.unwrap();
        assert_eq!(lower(text, &root), None, "{text}");
    }
    for name in ["subscriptionDeploymentTemplate", "tenantDeploymentTemplate"] {
        let text = format!("{{\"$schema\": \"https://x/{name}.json#\"}}");
        assert!(may_be(&text));
        let root = json::parse(&text, Dialect::Strict).root.unwrap();
        assert!(lower(&text, &root).is_some(), "{text}");
    }
    let text = "{\"metadata\": {\"_generator\": {\"name\": \"bicep\"}}}";
    assert!(is_compiled(
        &json::parse(text, Dialect::Strict).root.unwrap()
    ));
}

proptest! {
    #[test]
    fn anything_is_lowered(value in "(\\[|\\[\\[)?[a-z0-9'()\\[\\].,{}/ -]{0,30}\\]?", key in "copy|condition|[a-z\\[\\]']{1,8}") {
        let value = serde_free(&value);
        let key = serde_free(&key);
        let text = format!(
            "{{\"$schema\": \"{SCHEMA}\", \"variables\": {{\"x\": {value}}}, \"resources\": [{{\"type\": {value}, \"name\": {value}, {key}: [{{\"name\": {value}, \"input\": {value}}}], \"p\": {value}}}]}}"
        );
        let root = json::parse(&text, Dialect::Strict).root.unwrap();
        let (template, errors) = lower(&text, &root).unwrap();
        let scope = FileScope::new(&template);
        for resource in &template.resources {
            Site::resource(&scope, resource).lookup(&["p"]);
        }
        for error in errors {
            prop_assert!(text.get(error.span.start as usize..error.span.end as usize).is_some());
        }
    }
}

/// A text as JSON; it has nothing that needs an escape.
fn serde_free(text: &str) -> String {
    format!("\"{text}\"")
}
