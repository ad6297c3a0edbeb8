//! The JSON Schema of a type, seen from what it asks a reader for.
//!
//! Settings are read with serde; a reader that answers every question with the smallest value
//! and writes the questions down learns their shape, so that no list of them has to be kept.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value, json};

/// The schema of what a type is read from.
pub(crate) fn schema_of<'de, T: Deserialize<'de>>() -> Value {
    let mut schema = json!({});
    // A type that refuses the smallest value leaves what was learnt until then.
    let _ = T::deserialize(Probe(&mut schema));
    schema
}

/// The type did not take an answer.
#[derive(Debug)]
struct Refused;

/// A reader of nothing; its slot receives the schema.
struct Probe<'a>(&'a mut Value);

macro_rules! answers {
    ($($ask:ident => $schema:tt, $visit:ident($($answer:expr)?);)*) => {
        $(fn $ask<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            *self.0 = json!($schema);
            visitor.$visit($($answer)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Refused;

    answers! {
        deserialize_any => {}, visit_unit();
        deserialize_bool => { "type": "boolean" }, visit_bool(false);
        deserialize_i64 => { "type": "integer" }, visit_i64(0);
        deserialize_i32 => { "type": "integer" }, visit_i32(0);
        deserialize_u64 => { "type": "integer", "minimum": 0 }, visit_u64(0);
        deserialize_u32 => { "type": "integer", "minimum": 0 }, visit_u32(0);
        deserialize_u16 => { "type": "integer", "minimum": 0 }, visit_u16(0);
        deserialize_u8 => { "type": "integer", "minimum": 0 }, visit_u8(0);
        deserialize_f64 => { "type": "number" }, visit_f64(0.0);
        deserialize_str => { "type": "string" }, visit_str("");
        deserialize_string => { "type": "string" }, visit_str("");
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let mut items = json!({});
        let value = visitor.visit_seq(One(Some(&mut items)));
        *self.0 = json!({ "type": "array", "items": items });
        value
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let mut values = json!({});
        let value = visitor.visit_map(Fields {
            names: [""].iter(),
            asked: "",
            learnt: |_: &str, schema| values = schema,
        });
        *self.0 = json!({ "type": "object", "additionalProperties": values });
        value
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        let mut properties = Map::new();
        // A reader refuses a field under a second name, so it is asked for the first alone.
        let first = |field: &&str| fields.iter().copied().find(|other| is_same(other, field));
        let names: Vec<&str> = fields.iter().filter_map(first).collect();
        let mut asked = names.clone();
        asked.dedup();
        let value = visitor.visit_map(Fields {
            names: asked.iter(),
            asked: "",
            learnt: |name: &str, schema| {
                properties.insert(name.to_owned(), schema);
            },
        });
        for (field, name) in fields.iter().zip(names) {
            if let Some(schema) = properties.get(name).cloned() {
                properties.insert((*field).to_owned(), schema);
            }
        }
        *self.0 = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": properties,
        });
        value
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        *self.0 = json!({ "enum": variants });
        let first: StrDeserializer<'_, Refused> =
            variants.first().copied().unwrap_or("").into_deserializer();
        visitor.visit_enum(first)
    }

    forward_to_deserialize_any! {
        i8 i16 i128 u128 f32 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
    }
}

/// Whether two names are one in other spellings, as `file-match` and `fileMatch` are.
fn is_same(left: &str, right: &str) -> bool {
    let letters = |name: &str| name.replace(['-', '_'], "").to_ascii_lowercase();
    letters(left) == letters(right)
}

/// A list with one item.
struct One<'a>(Option<&'a mut Value>);

impl<'de> de::SeqAccess<'de> for One<'_> {
    type Error = Refused;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Refused> {
        self.0
            .take()
            .map(|slot| seed.deserialize(Probe(slot)))
            .transpose()
    }
}

/// A table with the keys that were asked for.
struct Fields<'n, F> {
    names: std::slice::Iter<'n, &'n str>,
    asked: &'n str,
    learnt: F,
}

impl<'de, F: FnMut(&str, Value)> de::MapAccess<'de> for Fields<'_, F> {
    type Error = Refused;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Refused> {
        let Some(name) = self.names.next() else {
            return Ok(None);
        };
        self.asked = name;
        let key: StrDeserializer<'_, Refused> = self.asked.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        let mut schema = json!({});
        let value = seed.deserialize(Probe(&mut schema));
        (self.learnt)(self.asked, schema);
        value
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the smallest value was refused")
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(_message: T) -> Refused {
        Refused
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::json;

    use super::schema_of;

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Mood {
        VeryGood,
        Bad,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "only its shape is looked at")]
    #[serde(rename_all = "kebab-case")]
    struct Options {
        is_on: bool,
        #[serde(alias = "upperLimit", alias = "upper_limit")]
        upper_limit: Option<u32>,
        names: Vec<String>,
        mood: Mood,
        by_name: BTreeMap<String, Vec<u8>>,
    }

    #[test]
    fn every_field_is_learnt() {
        let integer = json!({ "type": "integer", "minimum": 0 });
        let expected = json!({
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "is-on": { "type": "boolean" },
                "upper-limit": integer,
                "upperLimit": integer,
                "upper_limit": integer,
                "names": { "type": "array", "items": { "type": "string" } },
                "mood": { "enum": ["very-good", "bad"] },
                "by-name": {
                    "type": "object",
                    "additionalProperties": { "type": "array", "items": integer },
                },
            },
        });
        assert_eq!(schema_of::<Options>(), expected);
    }
}
