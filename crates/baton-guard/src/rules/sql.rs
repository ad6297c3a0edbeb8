//! Statements of SQL, and what they destroy.

use std::iter::Peekable;
use std::str::Chars;

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Statement {
    /// `DROP DATABASE` and `DROP SCHEMA`.
    DropDatabase,
    /// `DROP TABLE` and what else holds data.
    DropTable,
    /// `TRUNCATE`.
    Truncate,
    /// `DELETE FROM` without a condition.
    DeleteAll,
    /// `UPDATE` without a condition.
    UpdateAll,
    /// `ALTER TABLE … DROP COLUMN`.
    DropColumn,
    /// What runs a program of the system: `xp_cmdshell`, `COPY … PROGRAM`.
    Program,
    /// `GRANT ALL`, `ALTER … SUPERUSER`, `DROP USER`.
    Privileges,
}

impl Statement {
    /// The name by which rules ask for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Statement::DropDatabase => "drop-database",
            Statement::DropTable => "drop-table",
            Statement::Truncate => "truncate",
            Statement::DeleteAll => "delete-all",
            Statement::UpdateAll => "update-all",
            Statement::DropColumn => "drop-column",
            Statement::Program => "program",
            Statement::Privileges => "privileges",
        }
    }
}

/// The statements of a text that destroy something.
pub(crate) fn statements(text: &str) -> Vec<Statement> {
    let mut all = Vec::new();
    for words in split(text) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        all.extend((0..words.len()).filter_map(|at| judged(&words, at)));
    }
    all
}

/// Whether a text begins as statements of SQL do.
pub(crate) fn looks_like_sql(text: &str) -> bool {
    let first = split(text).into_iter().next().unwrap_or_default();
    let first: Vec<&str> = first.iter().map(String::as_str).collect();
    match first.as_slice() {
        [verb, rest @ ..] if rest.len() > 1 || *verb == "truncate" => matches!(
            *verb,
            "select"
                | "insert"
                | "update"
                | "delete"
                | "drop"
                | "alter"
                | "create"
                | "truncate"
                | "with"
                | "grant"
                | "begin"
                | "use"
                | "exec"
                | "merge"
                | "set"
        ),
        _ => false,
    }
}

/// What the statement that begins at a word does. Statements also stand inside of others, after
/// `BEGIN`, `THEN`, `EXPLAIN ANALYZE` or a parenthesis, so every word may begin one.
fn judged(words: &[&str], at: usize) -> Option<Statement> {
    let rest = words.get(at..)?;
    let begins = at == 0 || words.get(at - 1).is_some_and(|before| is_opening(before));
    let has = |word: &str| rest.contains(&word);
    match rest {
        ["drop", "database" | "schema" | "keyspace", ..] => Some(Statement::DropDatabase),
        ["drop", kind, ..] if begins && is_store(kind) => Some(Statement::DropTable),
        ["drop", "user" | "role" | "login", ..] | ["grant", "all", ..] if begins => {
            Some(Statement::Privileges)
        }
        ["truncate", name, ..] if *name == "table" || begins && is_name(name) => {
            Some(Statement::Truncate)
        }
        ["delete", "from", after @ ..] if is_everything(after) && begins => {
            Some(Statement::DeleteAll)
        }
        ["update", _, "set", ..] if begins && !has("where") => Some(Statement::UpdateAll),
        ["alter", "table", ..] if has("drop") && !has("constraint") && !has("index") => {
            Some(Statement::DropColumn)
        }
        ["xp_cmdshell", ..] => Some(Statement::Program),
        ["program", ..] if at > 0 && words.first() == Some(&"copy") => Some(Statement::Program),
        ["alter", "role" | "user", ..] if has("superuser") => Some(Statement::Privileges),
        _ => None,
    }
}

fn is_store(kind: &str) -> bool {
    matches!(
        kind,
        "table"
            | "view"
            | "materialized"
            | "tablespace"
            | "collection"
            | "owned"
            | "extension"
            | "sequence"
            | "partition"
            | "foreign"
            | "temporary"
    )
}

/// Words after which a statement may begin.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "begin"
            | "then"
            | "else"
            | "do"
            | "analyze"
            | "explain"
            | "("
            | ")"
            | "as"
            | "'"
            | "go"
            | "execute"
            | "exec"
            | "immediate"
            | "transaction"
            | "tran"
            | "loop"
    )
}

fn is_name(word: &str) -> bool {
    word.chars()
        .all(|sign| sign.is_alphanumeric() || "_.\"[]`".contains(sign))
}

/// Whether what follows `DELETE FROM` spares no row.
fn is_everything(after: &[&str]) -> bool {
    match after {
        [_, "where", condition @ ..] => always(condition),
        _ => !after.contains(&"where"),
    }
}

/// A condition that holds for every row.
fn always(condition: &[&str]) -> bool {
    match condition {
        ["true" | "1"] => true,
        [left, "=", right] => left == right,
        _ => false,
    }
}

/// Goes on behind `*/`.
fn skip_comment(signs: &mut Peekable<Chars<'_>>) {
    let mut before = ' ';
    for sign in signs.by_ref().skip(1) {
        if before == '*' && sign == '/' {
            return;
        }
        before = sign;
    }
}

/// Statements as words in small letters, without comments; quotes around names are removed, and
/// texts are left out.
fn split(text: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            ';' => all.push(std::mem::take(&mut words)),
            '-' if signs.peek() == Some(&'-') => {
                signs
                    .by_ref()
                    .take_while(|sign| *sign != '\n')
                    .for_each(drop);
            }
            '/' if signs.peek() == Some(&'*') => skip_comment(&mut signs),
            '\'' => {
                words.push("'".to_owned());
                signs
                    .by_ref()
                    .take_while(|sign| *sign != '\'')
                    .for_each(drop);
            }
            sign if sign.is_alphanumeric() || "_.$@#`[\"\\".contains(sign) => {
                let mut word = String::from(sign);
                while let Some(next) =
                    signs.next_if(|next| next.is_alphanumeric() || "_.$@#`]\"[".contains(*next))
                {
                    word.push(next);
                }
                let bare: String = word
                    .chars()
                    .filter(|sign| !"`[]\"\\".contains(*sign))
                    .collect();
                if !bare.is_empty() {
                    words.push(bare.to_lowercase());
                }
            }
            '(' | ')' | '=' => words.push(sign.to_string()),
            _ => {}
        }
    }
    all.push(words);
    all.retain(|words| !words.is_empty());
    all
}
