//! Links that a repository does not want judged: the files of markdown-link-check.
//!
//! Read are `ignorePatterns` and `replacementPatterns`; what is about the web is not.

use baton_source::{Location, Span};
use baton_syntax::node::Node;
use regex::Regex;

use crate::{Ctx, File};

/// The configuration for all Markdown.
pub(crate) const COMMON: &str = ".markdown-link-check.json";
/// The configuration for the pages of a site.
pub(crate) const SITE: &str = ".markdown-link-check-site.json";

/// What one configuration says.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    ignored: Vec<Regex>,
    replaced: Vec<(Regex, String)>,
    /// Patterns that cannot be read here, with the reason.
    pub(crate) unreadable: Vec<(Location, String)>,
}

impl Patterns {
    /// The configuration in a file; nothing is said where there is none.
    pub(crate) fn read(ctx: &Ctx<'_>, path: &str) -> Option<Patterns> {
        let file = ctx
            .repo
            .file(path)
            .filter(|file| file.problem().is_none())?;
        let root = file.node()?;
        let mut patterns = Patterns::default();
        for entry in list(root, "ignorePatterns") {
            if let Some(regex) = patterns.compiled(file, entry) {
                patterns.ignored.push(regex);
            }
        }
        for entry in list(root, "replacementPatterns") {
            let replacement = entry.get("replacement").and_then(Node::as_str);
            let Some(replacement) = replacement else {
                continue;
            };
            if let Some(regex) = patterns.compiled(file, entry) {
                patterns.replaced.push((regex, braced(replacement)));
            }
        }
        Some(patterns)
    }

    /// Whether a link is not to be judged.
    pub(crate) fn ignores(&self, destination: &str) -> bool {
        self.ignored.iter().any(|regex| regex.is_match(destination))
    }

    /// What a link is read as; `None` when it stays what it is.
    pub(crate) fn replaced(&self, destination: &str) -> Option<String> {
        let mut now = destination.to_owned();
        for (regex, replacement) in &self.replaced {
            now = regex.replace(&now, replacement.as_str()).into_owned();
        }
        // `{{BASEURL}}` stands for the folder that the tool was started in.
        (now != destination && !now.contains("{{")).then_some(now)
    }

    fn compiled(&mut self, file: &File, entry: &Node) -> Option<Regex> {
        let node = entry.get("pattern")?;
        let pattern = node.as_str()?;
        match Regex::new(pattern) {
            Ok(regex) => Some(regex),
            Err(error) => {
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or_default();
                let reason = reason.trim_start_matches("error: ").to_owned();
                let at: Span = node.span;
                self.unreadable.push((
                    file.at(&at),
                    format!("`{pattern}` cannot be read: {reason}"),
                ));
                None
            }
        }
    }
}

fn list<'n>(root: &'n Node, key: &str) -> &'n [Node] {
    root.get(key).map_or(&[], Node::items)
}

/// `$1` of JavaScript ends after its digits.
fn braced(replacement: &str) -> String {
    let mut out = String::new();
    let mut rest = replacement;
    while let Some((before, after)) = rest.split_once('$') {
        out.push_str(before);
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, tail) = after.split_at_checked(digits).unwrap_or((after, ""));
        if number.is_empty() {
            out.push_str("$$");
        } else {
            out.push_str("${");
            out.push_str(number);
            out.push('}');
        }
        rest = tail;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::braced;

    #[test]
    fn replacements_of_javascript() {
        assert_eq!(braced("./$1x"), "./${1}x");
        assert_eq!(braced("a$b"), "a$$b");
        assert_eq!(braced("./"), "./");
    }
}
