//! Which files the explorer's graph shows: a category's nodes stand for files.

use std::collections::BTreeMap;

use baton_syntax::glob::GlobSet;
use serde::Deserialize;

use crate::kinds::matching;
use crate::{File, Layout, Repo};

/// Globs by category.
type Categories = BTreeMap<String, Vec<String>>;

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Table {
    categories: Categories,
    generation: BTreeMap<String, Categories>,
}

/// The globs of every category whose nodes stand for files.
fn categories(layout: &Layout) -> Categories {
    let text = include_str!("../../../rules/packs/apex/explorer.toml");
    let mut table: Table = toml::from_str(text).unwrap_or_default();
    let own = table.generation.remove(&layout.detection.generation);
    table.categories.extend(own.unwrap_or_default());
    table.categories
}

impl Repo {
    /// The files that the explorer's graph shows, by category, in path order.
    pub fn explorer_files(&self) -> BTreeMap<String, Vec<&File>> {
        let of = |(category, globs): (String, Vec<String>)| {
            let globs = globs.iter().flat_map(|glob| self.layout().resolve(glob));
            let globs: Vec<&str> = globs.collect();
            let set = GlobSet::new(&globs).ok()?;
            let shown = matching(&globs, &set, self.files()).collect();
            Some((category, shown))
        };
        categories(self.layout())
            .into_iter()
            .filter_map(of)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::{Memory, Options, Repo};

    #[test]
    fn categories_stand_for_files() {
        let paths = [
            ".github/agents/_subagents/b.agent.md",
            ".github/agents/a.agent.md",
            ".github/skills/c/SKILL.md",
            ".github/skills/c/references/SKILL.md",
        ];
        let source = Memory::new(paths.map(|path| (path, "")));
        let repo = Repo::open(Arc::new(source), &Options::default()).unwrap();
        let files = repo.explorer_files();
        let count = |category: &str| files.get(category).map(Vec::len);
        assert_eq!(count("agent"), Some(1));
        assert_eq!(count("subagent"), Some(1));
        assert_eq!(count("skill"), Some(1));
        assert_eq!(count("prompt"), Some(0));
        assert_eq!(count("validator"), None);
    }
}
