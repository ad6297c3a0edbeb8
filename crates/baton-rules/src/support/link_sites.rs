//! Sites that Astro makes of Markdown: their routes, and where links of their pages lead.
//!
//! A page's route is its path below `src/content/docs` in the form that github-slugger gives
//! it, or the `slug` of its front matter. What programs add to a site is not known; routes
//! below a folder that a program answers for are judged by nobody.

use std::collections::BTreeMap;

use baton_repo::Repo;
use baton_source::FileId;
use baton_syntax::markdown::slug;
use baton_syntax::node::Node;

use super::link_targets::decoded;
use crate::File;

const CONTENT: &str = "src/content/docs/";
const CONFIGS: &[&str] = &[
    "astro.config.mjs",
    "astro.config.ts",
    "astro.config.js",
    "astro.config.mts",
    "astro.config.cjs",
];

/// A site: its pages and whatever else it answers for.
pub(crate) struct Site {
    /// Its folder, with a slash at the end unless it is the root.
    folder: String,
    /// What its links begin with, without slashes; `None` when a program says it.
    base: Option<String>,
    /// Routes without slashes at their ends, and the pages behind them.
    routes: BTreeMap<String, Option<FileId>>,
    /// Beginnings of routes for which a program answers.
    open: Vec<String>,
    /// Whether the address of a page ends with a slash.
    is_slashed: bool,
    /// The text of its configuration.
    config: String,
}

/// Where a link on a page leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// To a page that is written in Markdown.
    Page(FileId),
    /// To something else that is there, or may be.
    Other,
    /// To nothing.
    Nowhere,
}

/// The sites of a repository.
pub(crate) fn sites(repo: &Repo) -> Vec<Site> {
    let configs = repo.files().iter();
    let configs = configs.filter(|file| CONFIGS.contains(&file.path.name()));
    let folders = configs.map(|file| (folder_of(file), file));
    let mut sites: Vec<Site> = folders
        .filter(|(folder, _)| repo.has_folder(&format!("{folder}{CONTENT}")))
        .map(|(folder, config)| Site::read(repo, folder, config))
        .collect();
    // A site inside another one comes first.
    sites.sort_by_key(|site| std::cmp::Reverse(site.folder.len()));
    sites
}

fn folder_of(config: &File) -> String {
    match config.path.parent() {
        "" => String::new(),
        parent => format!("{parent}/"),
    }
}

impl Site {
    fn read(repo: &Repo, folder: String, config: &File) -> Site {
        let mut site = Site {
            base: base(config.text()),
            is_slashed: !["\"never\"", "'never'", "\"file\"", "'file'"]
                .iter()
                .any(|word| config.text().contains(word)),
            config: config.text().to_owned(),
            folder,
            routes: BTreeMap::new(),
            open: Vec::new(),
        };
        for file in repo.files() {
            let Some(path) = file.path.as_str().strip_prefix(&site.folder) else {
                continue;
            };
            if let Some(page) = path.strip_prefix(CONTENT) {
                let route = route_of(file, page);
                site.routes
                    .extend(route.map(|route| (route, Some(file.id))));
            } else if let Some(page) = path.strip_prefix("src/pages/") {
                site.add_program(page);
            } else if let Some(public) = path.strip_prefix("public/") {
                let page = public.strip_suffix("index.html").unwrap_or(public);
                site.routes.insert(page.trim_matches('/').to_owned(), None);
                site.routes.insert(public.to_owned(), None);
            }
        }
        site
    }

    /// A file in `src/pages`: a route, or many when its name has something to fill in.
    fn add_program(&mut self, path: &str) {
        if let Some((before, _)) = path.split_once('[') {
            self.open.push(before.to_owned());
            return;
        }
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        let stem = stem.strip_suffix("index").unwrap_or(stem);
        self.routes.insert(stem.trim_matches('/').to_owned(), None);
    }

    /// Whether a file is one of its pages; gives the path below its content.
    pub(crate) fn holds<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(&self.folder)?.strip_prefix(CONTENT)
    }

    /// Where a path from a page leads.
    pub(crate) fn place(&self, page: &File, path: &str) -> Place {
        let path = decoded(path);
        if let Some(rooted) = path.strip_prefix('/') {
            return self.rooted(rooted);
        }
        let own = self.holds(page.path.as_str());
        let own = own
            .and_then(|below| route_of(page, below))
            .unwrap_or_default();
        let parent = own.rsplit_once('/').map_or("", |(parent, _)| parent);
        let base = if self.is_slashed { &own } else { parent };
        self.route(&joined(base, &path))
    }

    fn rooted(&self, path: &str) -> Place {
        let path = path.trim_matches('/');
        let plain = self.route(path);
        if plain != Place::Nowhere {
            return plain;
        }
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let is_base = match &self.base {
            Some(base) => {
                let below = path.strip_prefix(base.as_str());
                let below = below.filter(|_| !base.is_empty());
                return below.map_or(Place::Nowhere, |rest| self.route(rest.trim_matches('/')));
            }
            None => !self.routes.keys().any(|route| route.starts_with(first)),
        };
        if is_base { self.route(rest) } else { plain }
    }

    fn route(&self, route: &str) -> Place {
        let route = route.trim_matches('/');
        let bare = route.strip_suffix("index.html");
        let bare = bare.or_else(|| route.strip_suffix(".html"));
        let known = self.routes.get(route);
        let known = known.or_else(|| self.routes.get(bare?.trim_matches('/')));
        match known {
            Some(Some(page)) => Place::Page(*page),
            Some(None) => Place::Other,
            None if self.is_answered(route) => Place::Other,
            None => Place::Nowhere,
        }
    }

    /// Whether a program may answer: a page with a pattern for its name, or the configuration,
    /// which names redirects.
    fn is_answered(&self, route: &str) -> bool {
        if self
            .open
            .iter()
            .any(|open| route.starts_with(open.as_str()))
        {
            return true;
        }
        let mut quoted = self
            .config
            .match_indices(route)
            .filter(|_| !route.is_empty());
        quoted.any(|(at, _)| {
            let before = self.config.get(..at).unwrap_or_default();
            let after = self.config.get(at + route.len()..).unwrap_or_default();
            let is_quote = |c: char| matches!(c, '"' | '\'' | '`');
            let opened = before.trim_end_matches('/');
            opened.len() < before.len()
                && opened.ends_with(is_quote)
                && after.trim_start_matches('/').starts_with(is_quote)
        })
    }

    /// The route that was probably meant.
    pub(crate) fn meant(&self, path: &str) -> Option<String> {
        let wanted = path.trim_matches('/');
        let pages = self.routes.iter().filter(|(_, page)| page.is_some());
        let pages: Vec<&str> = pages.map(|(route, _)| route.as_str()).collect();
        let last = |route: &str| route.rsplit('/').next().map(str::to_owned);
        let mut same = pages.iter().filter(|route| last(route) == last(wanted));
        let found = match (same.next(), same.next()) {
            (Some(only), None) => only,
            _ => baton_source::nearest(wanted, pages.iter().copied())?,
        };
        let base = match self.base.as_deref() {
            Some(base) if !base.is_empty() => format!("/{base}"),
            _ => String::new(),
        };
        Some(format!("{base}/{found}/"))
    }
}

/// The route of a page at a path below the content.
fn route_of(file: &File, path: &str) -> Option<String> {
    let (stem, extension) = path.rsplit_once('.')?;
    if !["md", "mdx", "mdoc"].contains(&extension) {
        return None;
    }
    let said = file.front_matter().root.as_ref();
    let said = said
        .and_then(|root| root.get("slug"))
        .and_then(Node::as_str);
    if let Some(slug) = said {
        return Some(slug.trim_matches('/').to_owned());
    }
    let parts: Vec<String> = stem.split('/').map(slug).collect();
    let route = parts.join("/");
    let route = match route.strip_suffix("index") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder.trim_end_matches('/'),
        _ => &route,
    };
    Some(route.to_owned())
}

fn joined(base: &str, path: &str) -> String {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                // Above the root, browsers stay there.
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// What `base:` says in a configuration; `None` when that is no literal.
fn base(config: &str) -> Option<String> {
    let mut lines = config.lines().map(str::trim);
    let Some(value) = lines.find_map(|line| line.strip_prefix("base:")) else {
        return Some(String::new());
    };
    let value = value.trim().trim_end_matches(',').trim();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
    Some(inner.trim_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::{base, joined};

    #[test]
    fn reads_the_base_of_a_site() {
        assert_eq!(
            base("export default {\n  base: '/shop/',\n}").as_deref(),
            Some("shop")
        );
        assert_eq!(base("export default {}").as_deref(), Some(""));
        assert_eq!(base("  base: SITE_BASE || \"/\",\n"), None);
    }

    #[test]
    fn joins_routes_as_browsers_do() {
        assert_eq!(joined("guides/first", "../second/"), "guides/second");
        assert_eq!(joined("a", "../../../b"), "b");
    }
}
