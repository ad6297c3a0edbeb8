//! JSON Schema over trees that know where they stand.
//!
//! Drafts up to 2020-12, formats included. References lead to files of the repository or
//! nowhere: nothing is fetched.

pub mod mapping;
mod message;
mod places;
mod resources;
#[cfg(test)]
mod tests;

use baton_source::{Span, Spanned};
use baton_syntax::node::{Entry, Node, Value};
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Number};

use places::Places;
use resources::Resources;

pub use resources::{Unusable, compile, of_file};

/// A schema that is ready for use.
pub struct Schema {
    validator: Validator,
}

/// A place at which a document breaks its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaError {
    /// The value that is wrong; the key for one that is not allowed; for a key that is
    /// missing, the key of the object that lacks it, or where that object begins.
    pub span: Span,
    /// The JSON pointer of the value, or of the object that has a key too few or too many.
    pub pointer: String,
    /// The keyword of the schema that is broken, such as `required`.
    pub keyword: String,
    /// The key that is missing or not allowed.
    pub key: Option<String>,
    /// What is wrong: one sentence without a full stop.
    pub message: String,
}

impl Spanned for SchemaError {
    fn span(&self) -> Span {
        self.span
    }
}

impl Schema {
    /// Prepares a schema; the error stands in the schema itself.
    pub fn compile(schema: &Node) -> Result<Schema, SchemaError> {
        Schema::compile_with(schema, Resources::default(), None)
    }

    /// Prepares a schema at an address; what it refers to comes from nowhere else.
    fn compile_with(
        schema: &Node,
        resources: Resources,
        address: impl Into<Option<String>>,
    ) -> Result<Schema, SchemaError> {
        let mut options = jsonschema::options()
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .with_retriever(resources);
        if let Some(address) = address.into() {
            options = options.with_base_uri(address);
        }
        let built = options.build(&to_json(schema));
        match built {
            Ok(validator) => Ok(Schema { validator }),
            Err(error) => {
                let pointer = error.instance_path().as_str().to_owned();
                Err(SchemaError {
                    span: schema.pointer(&pointer).unwrap_or(schema).span,
                    pointer,
                    keyword: error.kind().keyword().to_owned(),
                    key: None,
                    message: message::of_schema(&error),
                })
            }
        }
    }

    /// Everything in a document that breaks the schema, in the order of the text.
    pub fn validate(&self, document: &Node) -> Vec<SchemaError> {
        let json = to_json(document);
        let mut places = Places::new(document);
        let mut found = Vec::new();
        for error in self.validator.iter_errors(&json) {
            explain(&mut places, &error, &mut found);
        }
        found.sort_by(|left, right| (left.span, &left.message).cmp(&(right.span, &right.message)));
        found.dedup();
        found
    }
}

/// A tree without places; of a repeated key the last value counts.
pub fn to_json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => serde_json::Value::Bool(*value),
        Value::Number(lexeme) => number(node, lexeme),
        Value::String(text) => serde_json::Value::String(text.clone()),
        Value::Sequence(items) => serde_json::Value::Array(items.iter().map(to_json).collect()),
        Value::Mapping(entries) => {
            let pairs = entries
                .iter()
                .map(|entry| (entry.key.clone(), to_json(&entry.value)));
            serde_json::Value::Object(pairs.collect::<Map<_, _>>())
        }
    }
}

fn number(node: &Node, lexeme: &str) -> serde_json::Value {
    let whole = || node.as_i64().map(Number::from);
    let real = || Number::from_f64(node.as_f64()?.clamp(f64::MIN, f64::MAX));
    let number = lexeme.parse::<Number>().ok().or_else(whole).or_else(real);
    number.map_or(serde_json::Value::Null, serde_json::Value::Number)
}

/// Turns one error of the library into ours.
fn explain(places: &mut Places<'_>, error: &ValidationError<'_>, found: &mut Vec<SchemaError>) {
    let pointer = error.instance_path().as_str();
    let node = places.value(pointer);
    let subject = message::subject(pointer);
    let mut push = |span: Span, key: Option<&str>, message: String| {
        found.push(SchemaError {
            span,
            pointer: pointer.to_owned(),
            keyword: keyword(error).to_owned(),
            key: key.map(str::to_owned),
            message,
        });
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            let key_span = places.entry_at(pointer).map(Entry::span);
            let span = key_span.unwrap_or(Span::at(node.span.start as usize));
            push(span, Some(key), format!("{subject} lacks `{key}`"));
        }
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            for key in unexpected {
                let span = places.entry(node, key).map_or(node.span, Entry::span);
                push(span, Some(key), format!("{subject} has no key `{key}`"));
            }
        }
        // How the library says `additionalProperties: false` beside no other properties.
        ValidationErrorKind::FalseSchema if is_closed(error) => {
            for entry in node.entries() {
                let message = format!("{subject} has no key `{}`", entry.key);
                push(entry.key_span, Some(&entry.key), message);
            }
        }
        ValidationErrorKind::PropertyNames { error } => {
            let key = error.instance().as_str().unwrap_or_default();
            let span = places.entry(node, key).map_or(node.span, Entry::span);
            let message = message::of(&format!("the key `{key}`"), error);
            push(span, Some(key), message);
        }
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            match likeliest(context, pointer) {
                Some(branch) => {
                    for error in branch {
                        explain(places, error, found);
                    }
                }
                None => push(node.span, None, message::of(&subject, error)),
            }
        }
        _ => push(node.span, None, message::of(&subject, error)),
    }
}

fn is_closed(error: &ValidationError<'_>) -> bool {
    matches!(keyword(error), "additionalProperties" | "propertyNames")
}

/// The keyword that is broken; for the schema `false`, the one it stands at.
fn keyword<'e>(error: &'e ValidationError<'_>) -> &'e str {
    let path = error.schema_path().as_str();
    match error.kind() {
        ValidationErrorKind::FalseSchema => path.rsplit('/').next().unwrap_or(path),
        kind => kind.keyword(),
    }
}

/// The only alternative that the value's type does not rule out.
fn likeliest<'e>(
    alternatives: &'e [Vec<ValidationError<'static>>],
    pointer: &str,
) -> Option<&'e [ValidationError<'static>]> {
    let is_ruled_out = |errors: &&Vec<ValidationError<'static>>| {
        errors.iter().any(|error| {
            error.instance_path().as_str() == pointer
                && matches!(error.kind(), ValidationErrorKind::Type { .. })
        })
    };
    let mut left = alternatives.iter().filter(|errors| !is_ruled_out(errors));
    let only = left.next()?;
    (left.next().is_none() && !only.is_empty()).then_some(only)
}
