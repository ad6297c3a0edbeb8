//! What kind of tool a name stands for: data, `rules/guard/tools.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::call::ToolClass;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Table {
    shell: Vec<String>,
    edit: Vec<String>,
    read_only: Vec<String>,
}

/// What kind of tool a name stands for; names that nobody knows are of an unknown kind.
pub fn class_of(name: &str) -> ToolClass {
    let table = table();
    let has = |names: &[String]| names.iter().any(|known| known == name);
    if has(&table.shell) {
        ToolClass::Shell
    } else if has(&table.edit) {
        ToolClass::Edit
    } else if has(&table.read_only) {
        ToolClass::ReadOnly
    } else {
        ToolClass::Unknown
    }
}

/// Without the table no tool is known, and every call is looked at.
fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let text = include_str!("../../../rules/guard/tools.toml");
        toml::from_str(text).unwrap_or_default()
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::{class_of, table};
    use crate::call::ToolClass;

    #[test]
    fn the_table_can_be_read_and_names_no_tool_twice() {
        let table = table();
        let mut names: Vec<&String> = [&table.shell, &table.edit, &table.read_only]
            .into_iter()
            .flatten()
            .collect();
        let count = names.len();
        assert!(count > 30);
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn names_have_classes() {
        for (name, class) in [
            ("run_in_terminal", ToolClass::Shell),
            ("Bash", ToolClass::Shell),
            ("multi_replace_string_in_file", ToolClass::Edit),
            ("Write", ToolClass::Edit),
            ("semantic_search", ToolClass::ReadOnly),
            ("mcp__github__delete_file", ToolClass::Unknown),
            ("READ", ToolClass::Unknown),
            ("", ToolClass::Unknown),
        ] {
            assert_eq!(class_of(name), class, "{name}");
        }
    }
}
