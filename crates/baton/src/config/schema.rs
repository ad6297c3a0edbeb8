//! The JSON Schema of `baton.toml`, made from the rules, packs and settings there are.

use std::collections::BTreeSet;

use baton_repo::packs;
use baton_rules::{RULES, Settings};
use serde_json::{Map, Value, json};

use super::reflect;

/// The schema.
pub(crate) fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "baton.toml",
        "description": "Configuration of baton.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "required-version": {
                "description": "Versions of baton that may read this file, such as `0.1` or `>=0.1, <0.3`.",
                "type": "string",
            },
            "extends": strings("Files, relative to this one, whose words hold unless this one says otherwise."),
            "exclude": strings("Globs of files that are never judged."),
            "max-file-size": {
                "description": "Files with more bytes are reported, not read.",
                "type": "integer",
                "minimum": 0,
            },
            "fail-on": {
                "description": "The least severity that makes the exit code 1.",
                "enum": ["error", "warning", "info"],
            },
            "default-branch": {
                "description": "The branch that others start from, such as `main`; without it, what the remote tells.",
                "type": "string",
            },
            "baseline": {
                "description": "The file with findings that were there before, relative to this one.",
                "type": "string",
            },
            "select": strings("Checks, families and rules that run; without it, all that run unasked."),
            "ignore": strings("Checks, families and rules that do not run."),
            "layout": layout(),
            "rules": rules("Levels of rules, by slug."),
            "overrides": {
                "description": "Levels of rules for some paths; later entries win.",
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["paths", "rules"],
                    "properties": {
                        "paths": strings("Globs of the files."),
                        "rules": { "$ref": "#/properties/rules" },
                    },
                },
            },
            "options": options(),
            "gates": super::gates::schema(),
        },
    })
}

fn strings(description: &str) -> Value {
    json!({ "description": description, "type": "array", "items": { "type": "string" } })
}

fn rules(description: &str) -> Value {
    let mut properties = Map::new();
    let levels = json!(["error", "warning", "info", "off"]);
    for rule in RULES {
        let meta = &rule.meta;
        let entry = json!({
            "description": meta.summary,
            "enum": levels,
            "default": meta.severity.as_str(),
        });
        properties.insert(meta.slug.to_owned(), entry);
    }
    for rule in RULES {
        for alias in rule.meta.aliases {
            let description = format!("Another name of `{}`.", rule.meta.slug);
            let entry = json!({ "description": description, "enum": levels, "deprecated": true });
            properties.entry(*alias).or_insert(entry);
        }
    }
    json!({
        "description": description,
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    })
}

fn layout() -> Value {
    let names: Vec<&str> = packs().iter().map(|pack| pack.name.as_str()).collect();
    let generations = packs().iter().flat_map(|pack| &pack.generations);
    let generations: BTreeSet<&str> = generations.map(|one| one.name.as_str()).collect();
    let of_packs = packs().iter().flat_map(|pack| pack.kinds.keys());
    let kinds = of_packs.chain(baton_repo::kinds().keys());
    let kinds: BTreeSet<&str> = kinds.map(String::as_str).collect();
    let kinds = kinds.into_iter().map(|kind| {
        let description = format!("Globs of files of kind `{kind}`.");
        (kind.to_owned(), strings(&description))
    });
    json!({
        "description": "Where things live, instead of what is detected.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "pack": { "description": "The kind of repository.", "enum": names },
            "generation": { "description": "The age of that kind.", "enum": generations },
            "kinds": {
                "description": "Globs by kind of file that replace the pack's.",
                "type": "object",
                "additionalProperties": false,
                "properties": kinds.collect::<Map<String, Value>>(),
            },
        },
    })
}

fn options() -> Value {
    let mut options = reflect::schema_of::<Settings>();
    options["description"] = json!("Settings of the rules, one table per family.");
    options
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::schema;

    #[test]
    fn the_schema_accepts_what_we_read_and_refuses_what_we_refuse() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let fine = json!({
            "required-version": "0.1",
            "fail-on": "info",
            "baseline": "baton-baseline.json",
            "layout": { "pack": "apex", "kinds": { "agent": ["a/*.md"] } },
            "rules": { "missing-agent-key": "off", "agent-required-key": "info" },
            "overrides": [{ "paths": ["docs/**"], "rules": { "missing-agent-key": "info" } }],
            "options": {
                "agents": { "required-keys": ["name"] },
                "json": { "schemas": [{ "fileMatch": ["a.json"], "url": "a.schema.json" }] },
                "shell": { "guarded-grep": true },
            },
        });
        assert!(validator.is_valid(&fine));
        for wrong in [
            json!({ "fail_on": "info" }),
            json!({ "rules": { "missing-agent-kee": "off" } }),
            json!({ "rules": { "missing-agent-key": "warn" } }),
            json!({ "layout": { "pack": "none" } }),
            json!({ "options": { "agents": { "required-keys": "name" } } }),
            json!({ "options": { "agent": {} } }),
            json!({ "options": { "json": { "schemas": [{ "url": 1 }] } } }),
        ] {
            assert!(!validator.is_valid(&wrong), "{wrong}");
        }
    }
}
