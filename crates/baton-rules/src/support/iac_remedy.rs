//! What sets a property of the security baseline right: words and values.

use baton_iac::model::Language;

use super::iac_rows::Row;
use crate::File;

/// What a reader should do.
pub(crate) fn help(row: &Row, dialect: Language) -> String {
    let property = row.property();
    let quoted = |values: &[String], joint: &str| {
        let quoted: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        quoted.join(joint)
    };
    if row.missing.is_some() {
        let kinds = row.elsewhere.iter().filter_map(|place| place.kind.clone());
        let of_language = |kind: &String| kind.contains('/') != (dialect == Language::Terraform);
        let kinds: Vec<String> = kinds.filter(of_language).collect();
        return format!("Add {}.", quoted(&kinds, " or "));
    }
    if !row.all_of.is_empty() {
        return format!("Put {} into `{property}`.", quoted(&row.all_of, ", "));
    }
    let wanted = if row.allowed.is_empty() {
        &row.any_of
    } else {
        &row.allowed
    };
    match (row.at_least, row.at_most) {
        (Some(least), Some(most)) => format!("Set `{property}` to {least} to {most}."),
        (Some(least), None) => format!("Set `{property}` to at least {least}."),
        (None, Some(most)) => format!("Set `{property}` to at most {most}."),
        (None, None) if !wanted.is_empty() => {
            format!("Set `{property}` to {}.", quoted(wanted, " or "))
        }
        (None, None) if !row.none_of.is_empty() => {
            format!("Remove {} from `{property}`.", quoted(&row.none_of, ", "))
        }
        (None, None) if !row.none_with.is_empty() => {
            let begin = quoted(&row.none_with, " or ");
            format!("Set `{property}` to something that does not begin with {begin}.")
        }
        (None, None) => format!("Set `{property}`."),
    }
}

/// A value as the language writes it, in place of a text if there is one.
///
/// `None` in place of a call in an ARM template, which may stand for more than the one value.
pub(crate) fn literal(row: &Row, value: &str, (file, replaced): (&File, &str)) -> Option<String> {
    let is_bare = row.is_truth() || row.is_number();
    let in_expression = replaced.starts_with('\'') || replaced.ends_with(')');
    Some(match file.iac().map(|iac| iac.template.language) {
        Some(Language::Arm) if in_expression => match replaced {
            "true()" | "false()" if is_bare => format!("{value}()"),
            quoted if quoted.starts_with('\'') => format!("'{value}'"),
            _ => return None,
        },
        _ if is_bare => value.to_owned(),
        Some(Language::Bicep) => format!("'{value}'"),
        _ => format!("\"{value}\""),
    })
}
