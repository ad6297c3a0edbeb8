//! Adding to somebody's JSON, comments and layout kept: what is missing is put in, and nothing
//! that is there is changed.

use baton_source::Span;
use baton_syntax::json::{self, Dialect};
use baton_syntax::node::{Node, Value};

/// A text that is put in.
struct Insertion {
    at: usize,
    text: String,
}

/// One of the two texts, and how deep something lies in it.
struct Side<'a> {
    text: &'a str,
    node: &'a Node,
}

/// A text with everything of another that it lacks; the error says why that cannot be done.
///
/// Objects are merged key by key. Lists get the items for which `lacks` finds nothing like them.
/// A key with another value stays as it is.
pub(super) fn merged(
    (text, dialect): (&str, Dialect),
    addition: &str,
    lacks: &dyn Fn(&Node, &Node) -> bool,
) -> Result<String, String> {
    let (own, new) = (read(text, dialect)?, read(addition, Dialect::Strict)?);
    let mut insertions = Vec::new();
    let sides = (
        &Side { text, node: &own },
        &Side {
            text: addition,
            node: &new,
        },
    );
    into_object(sides, lacks, &mut insertions)?;
    insertions.sort_by_key(|insertion| insertion.at);
    let mut out = String::with_capacity(text.len() + addition.len());
    let mut done = 0;
    for insertion in insertions {
        out.push_str(text.get(done..insertion.at).unwrap_or_default());
        out.push_str(&insertion.text);
        done = insertion.at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    read(&out, dialect).map_err(|_| "its layout leaves no place for more".to_owned())?;
    Ok(out)
}

fn read(text: &str, dialect: Dialect) -> Result<Node, String> {
    let parsed = json::parse(text, dialect);
    if let Some(error) = parsed.errors.first() {
        return Err(format!("it is not JSON: {}", error.message));
    }
    match parsed.root {
        Some(root) if root.is_mapping() => Ok(root),
        _ => Err("it is no JSON object".to_owned()),
    }
}

fn into_object(
    (own, new): (&Side<'_>, &Side<'_>),
    lacks: &dyn Fn(&Node, &Node) -> bool,
    out: &mut Vec<Insertion>,
) -> Result<(), String> {
    let mut missing = Vec::new();
    for entry in new.node.entries() {
        let Some(there) = own.node.entry(&entry.key) else {
            let whole = Span::new(entry.key_span.start as usize, entry.value.span.end as usize);
            missing.push(whole);
            continue;
        };
        let inner = Side {
            text: own.text,
            node: &there.value,
        };
        let added = Side {
            text: new.text,
            node: &entry.value,
        };
        match (&there.value.value, &entry.value.value) {
            (Value::Mapping(_), Value::Mapping(_)) => into_object((&inner, &added), lacks, out)?,
            (Value::Sequence(_), Value::Sequence(_)) => into_list((&inner, &added), lacks, out),
            (_, Value::Mapping(_) | Value::Sequence(_)) => {
                return Err(format!("`{}` is {} there", entry.key, there.value.kind()));
            }
            // What its owner chose stays.
            _ => {}
        }
    }
    let children = own.node.entries().iter();
    let children: Vec<Span> = children
        .map(|entry| Span::new(entry.key_span.start as usize, entry.value.span.end as usize))
        .collect();
    insert((own, &children), (new.text, &missing), out);
    Ok(())
}

fn into_list(
    (own, new): (&Side<'_>, &Side<'_>),
    lacks: &dyn Fn(&Node, &Node) -> bool,
    out: &mut Vec<Insertion>,
) {
    let items = new.node.items().iter();
    let missing: Vec<Span> = items
        .filter(|item| lacks(own.node, item))
        .map(|item| item.span)
        .collect();
    let children: Vec<Span> = own.node.items().iter().map(|item| item.span).collect();
    insert((own, &children), (new.text, &missing), out);
}

/// Puts texts behind the last child of an object or a list, or between its brackets.
fn insert(
    (own, children): (&Side<'_>, &[Span]),
    (text, missing): (&str, &[Span]),
    out: &mut Vec<Insertion>,
) {
    if missing.is_empty() {
        return;
    }
    let start = own.node.span.start as usize;
    let outside = indent_at(own.text, start);
    let inside = match children.first() {
        Some(first) if begins_line(own.text, first.start as usize) => {
            indent_at(own.text, first.start as usize)
        }
        _ => format!("{outside}  "),
    };
    let pieces = missing.iter().map(|span| {
        let from = indent_at(text, span.start as usize);
        let piece = span
            .of(text)
            .replace(&format!("\n{from}"), &format!("\n{inside}"));
        format!("\n{inside}{piece}")
    });
    let pieces = pieces.collect::<Vec<_>>().join(",");
    out.push(match children.last() {
        Some(last) => Insertion {
            at: last.end as usize,
            text: format!(",{pieces}"),
        },
        None if own.node.span.of(own.text).contains('\n') => Insertion {
            at: start + 1,
            text: pieces,
        },
        None => Insertion {
            at: start + 1,
            text: format!("{pieces}\n{outside}"),
        },
    });
}

/// Whether only blanks stand before a place on its line.
fn begins_line(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    before.contains('\n') && line.chars().all(|c| c == ' ' || c == '\t')
}

/// The blanks with which the line of a place begins.
fn indent_at(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let blanks = line.chars().take_while(|c| *c == ' ' || *c == '\t');
    blanks.collect()
}

#[cfg(test)]
mod tests {
    use baton_syntax::json::Dialect;

    use super::merged;

    fn check(text: &str, addition: &str, expected: &str) {
        let lacks = |list: &super::Node, item: &super::Node| {
            !list.items().iter().any(|there| there.value == item.value)
        };
        let once = merged((text, Dialect::WithComments), addition, &lacks).unwrap();
        assert_eq!(once, expected);
        assert_eq!(
            merged((&once, Dialect::WithComments), addition, &lacks).unwrap(),
            once,
            "once is enough"
        );
    }

    #[test]
    fn what_is_missing_is_put_in_and_the_rest_stays() {
        check("{}", "{\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}");
        check("{\n}\n", "{\"a\": 1}", "{\n  \"a\": 1\n}\n");
        check("{\"b\": 1,}\n", "{\"a\": 1}", "{\"b\": 1,\n  \"a\": 1,}\n");
        check(
            "// mine\n{\n  \"b\": 2 // two\n}\n",
            "{\n  \"a\": {\n    \"x\": 1\n  }\n}\n",
            "// mine\n{\n  \"b\": 2,\n  \"a\": {\n    \"x\": 1\n  } // two\n}\n",
        );
        check("{\"a\": false}", "{\"a\": true}", "{\"a\": false}");
        check(
            "{\n    \"a\": {\n        \"b\": [\n            1\n        ]\n    }\n}\n",
            "{\n  \"a\": {\n    \"b\": [\n      1,\n      2\n    ],\n    \"c\": true\n  }\n}\n",
            "{\n    \"a\": {\n        \"b\": [\n            1,\n            2\n        ],\n        \"c\": true\n    }\n}\n",
        );
        check("{\"a\": []}", "{\"a\": [1]}", "{\"a\": [\n  1\n]}");
        check("{\n  \"a\": 1,\n}\n", "{\"a\": 1}", "{\n  \"a\": 1,\n}\n");
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        for text in ["[]", "{", "", "{\"a\": 3}", "{} // no JSON"] {
            let outcome = merged((text, Dialect::Strict), "{\"a\": {\"x\": 1}}", &|_, _| true);
            assert!(outcome.is_err(), "{text}: {outcome:?}");
        }
    }
}
