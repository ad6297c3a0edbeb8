//! The repository's block list of terms, read as it is, and where its terms stand.
//!
//! A literal term is found anywhere, in its own case; a pattern in any case. A line that holds
//! one of the list's texts is set aside for all terms; a path that begins with one, too.

use baton_repo::File;
use baton_source::{Severity, Span};
use baton_syntax::node::Node;
use regex::Regex;

use crate::settings::meta::Code;
use crate::support::meta::lines;

/// Folders and files of these names are never looked at.
const SKIPPED_NAMES: &[&str] = &["node_modules", ".git", "dist", ".venv", "venv"];

/// What a list that names no extensions looks at.
const DEFAULT_EXTENSION: &str = ".md";

/// A repository's block list.
pub(crate) struct BlockList {
    /// The terms that can be looked for.
    pub(crate) terms: Vec<Term>,
    /// Extensions of the files that are looked at, in lower case, with their dot.
    extensions: Vec<String>,
    /// Beginnings of paths that are not looked at.
    skip_paths: Vec<String>,
    /// Texts that set a line aside.
    skip_lines: Vec<String>,
    /// Matches whatever one of the terms matches; `None` when there is no term.
    any: Option<Regex>,
}

/// A term that is not to be used.
pub(crate) struct Term {
    /// Its name in the list.
    pub(crate) id: String,
    /// What to look for.
    pub(crate) pattern: Regex,
    /// Whether it is no pattern but the text itself.
    pub(crate) is_literal: bool,
    /// What to write instead.
    pub(crate) replacement: Option<String>,
    /// How much it matters.
    pub(crate) severity: Severity,
    /// Why.
    pub(crate) reason: Option<String>,
}

/// A line on which terms stand.
pub(crate) struct Hit<'a> {
    /// Every place of every term, in the order of the text.
    pub(crate) places: Vec<(&'a Term, Span)>,
    /// What sets the line aside.
    pub(crate) aside: Option<&'a str>,
}

impl BlockList {
    /// Reads a list; what is wrong with it is left out. `None` when it has no rules.
    pub(crate) fn read(root: &Node) -> Option<BlockList> {
        let rules = root.get("rules").filter(|rules| rules.is_sequence())?;
        let texts = |key: &str| -> Vec<String> {
            let items = root.get(key).map_or(&[][..], Node::items).iter();
            items.filter_map(Node::as_str).map(str::to_owned).collect()
        };
        let mut extensions = texts("fileExtensions");
        if root.get("fileExtensions").is_none() {
            extensions.push(DEFAULT_EXTENSION.to_owned());
        }
        let normalized = |path: String| path.replace('\\', "/");
        let rules = rules.items().iter();
        let terms: Vec<Term> = rules.filter_map(|rule| Term::read(rule).ok()).collect();
        let all: Vec<String> = terms
            .iter()
            .map(|term| format!("(?:{})", term.pattern.as_str()))
            .collect();
        let any = Regex::new(&all.join("|")).ok();
        Some(BlockList {
            any: any.filter(|_| !terms.is_empty()),
            terms,
            extensions,
            skip_paths: texts("excludePatterns")
                .into_iter()
                .map(normalized)
                .collect(),
            skip_lines: texts("excludeLinePatterns"),
        })
    }

    /// Whether a file is looked at.
    pub(crate) fn covers(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
        let extension = extension.map(|(_, end)| format!(".{}", end.to_lowercase()));
        let is_read = extension.is_some_and(|end| self.extensions.contains(&end));
        is_read
            && !path.split('/').any(|part| SKIPPED_NAMES.contains(&part))
            && !self.skip_paths.iter().any(|skip| path.starts_with(skip))
    }

    /// The lines of a file on which terms stand.
    pub(crate) fn hits<'a>(&'a self, file: &'a File, code: Code) -> Vec<Hit<'a>> {
        let text = file.text();
        let Some(any) = self.any.as_ref().filter(|any| any.is_match(text)) else {
            return Vec::new();
        };
        let lines = lines(text).filter(|(_, line)| any.is_match(line));
        let mut hits: Vec<Hit<'a>> = lines
            .map(|(start, line)| Hit {
                places: self.places(line, start),
                aside: self.aside(line),
            })
            .collect();
        if code == Code::Skip && is_markdown(file) {
            let markdown = file.markdown();
            let fences = markdown.fences.iter().map(|fence| fence.span);
            let code = Regions::new(fences.chain(markdown.codes.iter().copied()));
            for hit in &mut hits {
                hit.leave_out(&code);
            }
        }
        hits.retain(|hit| !hit.places.is_empty());
        hits
    }

    /// Whether a text holds none of the terms.
    pub(crate) fn allows(&self, text: &str) -> bool {
        !self.any.as_ref().is_some_and(|any| any.is_match(text))
    }

    fn places(&self, line: &str, start: usize) -> Vec<(&Term, Span)> {
        let mut places: Vec<(&Term, Span)> = Vec::new();
        for term in &self.terms {
            let found = term.pattern.find_iter(line);
            places.extend(found.map(|found| {
                let span = Span::new(start + found.start(), start + found.end());
                (term, span)
            }));
        }
        places.sort_by_key(|(_, span)| *span);
        places
    }

    fn aside(&self, line: &str) -> Option<&str> {
        let mut texts = self.skip_lines.iter();
        let found = texts.find(|text| line.contains(text.as_str()));
        found.map(String::as_str)
    }
}

impl Hit<'_> {
    fn leave_out(&mut self, code: &Regions) {
        self.places.retain(|(_, span)| !code.contains(span.start));
    }
}

/// Parts of a text, in order and apart from each other, to look places up in.
pub(crate) struct Regions(Vec<Span>);

impl Regions {
    /// Regions of parts in any order; those that meet become one.
    pub(crate) fn new(parts: impl Iterator<Item = Span>) -> Regions {
        let mut parts: Vec<Span> = parts.filter(|part| part.start < part.end).collect();
        parts.sort_unstable();
        let mut regions: Vec<Span> = Vec::new();
        for part in parts {
            match regions.last_mut() {
                Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
                _ => regions.push(part),
            }
        }
        Regions(regions)
    }

    /// Whether a region has a part in common with a place.
    pub(crate) fn meets(&self, place: Span) -> bool {
        let next = self.0.partition_point(|region| region.end <= place.start);
        let region = self.0.get(next);
        region.is_some_and(|region| region.start < place.end)
    }

    fn contains(&self, offset: u32) -> bool {
        let next = self.0.partition_point(|region| region.end <= offset);
        let region = self.0.get(next);
        region.is_some_and(|region| region.start <= offset)
    }
}

impl Term {
    /// Reads a rule of the list; else what is wrong with it.
    pub(crate) fn read(rule: &Node) -> Result<Term, String> {
        let text = |key: &str| rule.get(key).and_then(Node::as_str).map(str::to_owned);
        let pattern = text("pattern").filter(|pattern| !pattern.is_empty());
        let pattern = pattern.ok_or("it has no `pattern` that could be looked for")?;
        let is_literal = rule.get("isRegex").and_then(Node::as_bool) != Some(true);
        let compiled = if is_literal {
            Regex::new(&regex::escape(&pattern))
        } else {
            Regex::new(&format!("(?i){pattern}"))
        };
        let compiled =
            compiled.map_err(|_| format!("`{pattern}` is no pattern that could be looked for"))?;
        Ok(Term {
            id: text("id").unwrap_or_default(),
            pattern: compiled,
            is_literal,
            replacement: text("replacement").filter(|text| !text.is_empty()),
            severity: match text("severity").as_deref() {
                None | Some("error" | "") => Severity::Error,
                Some(_) => Severity::Warning,
            },
            reason: text("reason").filter(|text| !text.is_empty()),
        })
    }

    /// What a fix writes: the replacement, unless it is a remark.
    pub(crate) fn plain_replacement(&self) -> Option<&str> {
        let replacement = self.replacement.as_deref()?;
        let is_remark = replacement.starts_with(['(', '<', '[']) || replacement.contains('\n');
        (self.is_literal && !is_remark).then_some(replacement)
    }
}

/// Whether a file is Markdown.
pub(crate) fn is_markdown(file: &File) -> bool {
    let extension = file.path.name().rsplit_once('.').map(|(_, end)| end);
    matches!(extension, Some("md" | "mdx"))
}

#[cfg(test)]
mod tests {
    use super::{Regions, Span};

    #[test]
    fn regions_are_looked_up() {
        let parts = [(8, 9), (2, 4), (4, 4), (3, 6)];
        let regions = Regions::new(parts.map(|(start, end)| Span::new(start, end)).into_iter());
        let held: Vec<u32> = (0..10).filter(|at| regions.contains(*at)).collect();
        assert_eq!(held, [2, 3, 4, 5, 8]);
        assert!(regions.meets(Span::new(0, 3)) && regions.meets(Span::new(5, 7)));
        assert!(!regions.meets(Span::new(0, 2)) && !regions.meets(Span::new(6, 8)));
        assert!(!regions.meets(Span::new(9, 12)));
    }
}
