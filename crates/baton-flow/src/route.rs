//! Which track a project takes, as its requirements say it: read, and held against what was
//! decided. Nothing is decided here.

/// What a text says of the routing decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The value, spelt as the workflow spells it.
    pub value: String,
    /// The line that says it, from 1.
    pub line: usize,
}

/// Two places that say different things.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the IaC tool is `{}` in {} and `{}` in {}; change one of them",
    one.0, one.1, other.0, other.1
)]
pub struct Disagreement {
    /// A value and its place.
    pub one: (String, String),
    /// Another value and its place.
    pub other: (String, String),
}

/// Reads the tool from requirements in Markdown: a row of a table, an item of a list or a
/// line in bold that is named `iac_tool` or `IaC Tool`. `path` is named in the error.
///
/// A line that names none of the values, or several, leaves the question open.
pub fn read(text: &str, path: &str, values: &[String]) -> Result<Option<Route>, Disagreement> {
    let mut found: Option<Route> = None;
    let mut fence: Option<&str> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let bare = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| bare.starts_with(mark));
        if mark.is_some() {
            fence = match fence {
                None => mark,
                Some(open) if Some(open) == mark => None,
                open => open,
            };
            continue;
        }
        if fence.is_some() {
            continue;
        }
        let Some(value) = labelled(bare).and_then(|said| only_value(&said, values)) else {
            continue;
        };
        match &found {
            Some(first) if first.value != value => {
                return Err(Disagreement {
                    one: (first.value.clone(), format!("{path}:{}", first.line)),
                    other: (value, format!("{path}:{number}")),
                });
            }
            Some(_) => {}
            None => {
                found = Some(Route {
                    value,
                    line: number,
                });
            }
        }
    }
    Ok(found)
}

/// What is to be decided after the requirements are there: the value of the text when nothing
/// was decided yet, nothing when both agree or both are silent.
pub fn agree(
    route: Option<&Route>,
    path: &str,
    decided: Option<&str>,
) -> Result<Option<String>, Disagreement> {
    let decided = decided.map(str::trim).filter(|decided| !decided.is_empty());
    match (route, decided) {
        (Some(route), Some(decided)) if !route.value.eq_ignore_ascii_case(decided) => {
            Err(Disagreement {
                one: (route.value.clone(), format!("{path}:{}", route.line)),
                other: (
                    decided.to_owned(),
                    "`decisions.iac_tool` of the session state".to_owned(),
                ),
            })
        }
        (Some(route), None) => Ok(Some(route.value.clone())),
        _ => Ok(None),
    }
}

/// What stands behind the label in a line.
fn labelled(line: &str) -> Option<String> {
    if line.starts_with('|') {
        let mut cells = line.trim().trim_matches('|').split('|');
        cells.by_ref().find(|cell| is_label(cell))?;
        return cells.next().map(str::to_owned);
    }
    let item = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = item.trim_start_matches(['-', '*', '+', '.', ')', '>', ' ', '\t']);
    let marked = item.len() < line.len() || line.starts_with(['`', '_']);
    let (label, value) = item.split_once(':')?;
    (marked && is_label(label)).then(|| value.to_owned())
}

fn is_label(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, '`' | '*')).collect();
    let plain = plain.trim().trim_matches('_').trim_end_matches(':');
    let words = plain.replace(['_', '-'], " ").to_lowercase();
    words.split_whitespace().eq(["iac", "tool"])
}

/// The one value a text names.
fn only_value(text: &str, values: &[String]) -> Option<String> {
    let word = |value: &&String| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| word.eq_ignore_ascii_case(value))
    };
    let mut named = values.iter().filter(word);
    let value = named.next()?;
    named.next().is_none().then(|| value.clone())
}

#[cfg(test)]
mod tests {
    use super::{Route, agree, read};

    fn values() -> Vec<String> {
        vec!["Bicep".to_owned(), "Terraform".to_owned()]
    }

    #[test]
    fn the_tool_is_read_from_rows_items_and_bold_lines() {
        for (text, expected) in [
            (
                "| Field | Value |\n|---|---|\n| iac_tool | Bicep |\n",
                Some(("Bicep", 3)),
            ),
            (
                "| 7 | **IaC Tool** | `terraform` | later |",
                Some(("Terraform", 1)),
            ),
            ("- iac_tool: BICEP\n", Some(("Bicep", 1))),
            (
                "1. `iac_tool`: Terraform (modules of AVM)",
                Some(("Terraform", 1)),
            ),
            ("**IaC Tool**: Bicep", Some(("Bicep", 1))),
            ("**IaC Tool:** Bicep", Some(("Bicep", 1))),
            ("- **IaC tool**: `Bicep`\r\n", Some(("Bicep", 1))),
            ("`iac_tool`: Bicep", Some(("Bicep", 1))),
            (
                "- iac_tool: Bicep\n| IaC Tool | bicep |",
                Some(("Bicep", 1)),
            ),
            ("| IaC Tool | Bicep / Terraform |", None),
            ("| IaC Tool | to be decided |", None),
            ("| IaC Tool |", None),
            ("The iac_tool is Bicep.", None),
            ("iac_tool: Bicep", None),
            ("```yaml\n- iac_tool: Bicep\n```\n", None),
            ("| IaC Tooling | Bicep |", None),
            ("- iac_tool: Bicepish", None),
            ("", None),
        ] {
            let route = read(text, "r.md", &values()).unwrap();
            let expected = expected.map(|(value, line)| Route {
                value: value.to_owned(),
                line,
            });
            assert_eq!(route, expected, "{text}");
        }
    }

    #[test]
    fn scenario_37_two_values_are_an_error_that_names_both_places() {
        let text = "| iac_tool | Bicep |\n\n- IaC Tool: Terraform\n";
        let error = read(text, "01-requirements.md", &values()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the IaC tool is `Bicep` in 01-requirements.md:1 and `Terraform` in \
             01-requirements.md:3; change one of them"
        );
        let route = Route {
            value: "Bicep".to_owned(),
            line: 4,
        };
        let path = "01-requirements.md";
        let error = agree(Some(&route), path, Some("Terraform")).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the IaC tool is `Bicep` in 01-requirements.md:4 and `Terraform` in \
             `decisions.iac_tool` of the session state; change one of them"
        );
        for (route, decided, expected) in [
            (Some(&route), None, Some("Bicep")),
            (Some(&route), Some(" "), Some("Bicep")),
            (Some(&route), Some("bicep"), None),
            (None, Some("Bicep"), None),
            (None, None, None),
        ] {
            let settled = agree(route, path, decided).unwrap();
            assert_eq!(settled.as_deref(), expected);
        }
    }
}
