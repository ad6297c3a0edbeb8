//! The versions of Azure Verified Modules that a repository knows of, without the network.

use baton_iac::model::Language;
use baton_source::{FileId, Span};
use baton_syntax::node::{Entry, Node};

use crate::{Moment, Repo, Text};

/// An index of modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AvmIndex {
    /// The file.
    pub file: FileId,
    /// The modules, in the order in which they stand.
    pub modules: Vec<IndexedModule>,
}

/// A module with its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedModule {
    /// Its key.
    pub span: Span,
    /// The language it is for.
    pub language: Language,
    /// Where it comes from, such as `br/public:avm/res/storage/storage-account`.
    pub source: String,
    /// What is said to be its latest version.
    pub latest: Option<Text>,
    /// All its versions.
    pub versions: Vec<Text>,
    /// When somebody looked, and where that stands.
    pub looked_up: Option<(Moment, Span)>,
}

/// A version `X.Y.Z`, with or without what makes it a preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    numbers: [u64; 3],
    /// Whether nothing follows the numbers.
    pub is_stable: bool,
}

/// What an index says about a version of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing<'i> {
    /// It is the latest, or a later one that the index knows.
    Latest,
    /// There is a later one.
    Outdated(&'i str),
    /// It is a preview that the index knows.
    Preview,
    /// There is no such version; this is the latest.
    Unknown(Option<&'i str>),
    /// It is later than all that the index knows.
    Later(&'i str),
}

impl AvmIndex {
    /// What is known of a module; case does not count.
    pub fn module(&self, language: Language, source: &str) -> Option<&IndexedModule> {
        let mut modules = self.modules.iter();
        modules.find(|module| {
            module.language == language && module.source.eq_ignore_ascii_case(source)
        })
    }
}

impl IndexedModule {
    /// The highest version that is no preview.
    pub fn latest(&self) -> Option<&str> {
        let told = self.latest.iter().chain(&self.versions);
        let stable = told.filter_map(|text| {
            let version = Version::read(&text.value).filter(|version| version.is_stable)?;
            Some((version, text.value.as_str()))
        });
        stable.max().map(|(_, text)| text)
    }

    /// What is known of a version.
    pub fn standing(&self, version: &str) -> Standing<'_> {
        let latest = self.latest();
        let is_known = self.versions.iter().any(|known| known.value == version);
        let read = Version::read(version);
        let of = |text: Option<&str>| text.and_then(Version::read);
        if is_known && read.is_some_and(|read| !read.is_stable) {
            return Standing::Preview;
        }
        match (read, latest) {
            (Some(read), Some(text)) if Some(read) > of(latest) => {
                if is_known {
                    Standing::Latest
                } else {
                    Standing::Later(text)
                }
            }
            (Some(_), Some(text)) if text == version => Standing::Latest,
            (Some(_), Some(text)) if is_known => Standing::Outdated(text),
            (_, latest) if !is_known => Standing::Unknown(latest),
            _ => Standing::Latest,
        }
    }
}

impl Version {
    /// Reads a version; `None` when it is none.
    pub fn read(text: &str) -> Option<Version> {
        let (numbers, preview) = match text.split_once('-') {
            Some((numbers, preview)) => (numbers, Some(preview)),
            None => (text, None),
        };
        let mut parts = numbers.split('.');
        let mut part = || {
            let part = parts.next()?;
            let is_number = part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| is_number)
        };
        let numbers = [part()?, part()?, part()?];
        let is_whole = parts.next().is_none() && preview != Some("");
        let is_stable = preview.is_none();
        is_whole.then_some(Version { numbers, is_stable })
    }
}

impl Repo {
    /// The index of modules; `None` without one, or when it is no object.
    pub fn avm_index(&self) -> Option<&AvmIndex> {
        let index = self.views.avm_index.get_or_init(|| {
            let file = self.of_kind("avm-index").next()?;
            let entries = file.node()?.get("entries")?;
            Some(AvmIndex {
                file: file.id,
                modules: entries.entries().iter().filter_map(indexed).collect(),
            })
        });
        index.as_ref()
    }
}

fn indexed(entry: &Entry) -> Option<IndexedModule> {
    let (language, source) = entry.key.split_once("::")?;
    let language = match language {
        "bicep" => Language::Bicep,
        "terraform" => Language::Terraform,
        _ => return None,
    };
    let versions = entry.value.get("known_versions").map(Node::items);
    let time = entry.value.get("lookup_timestamp");
    Some(IndexedModule {
        span: entry.key_span,
        language,
        source: source.to_owned(),
        latest: entry.value.get("latest").and_then(Text::read),
        versions: versions
            .unwrap_or_default()
            .iter()
            .filter_map(Text::read)
            .collect(),
        looked_up: time.and_then(|node| Some((node.as_str()?.parse().ok()?, node.span))),
    })
}

#[cfg(test)]
mod tests {
    use baton_iac::model::Language;
    use baton_source::Span;

    use super::{IndexedModule, Standing, Version};
    use crate::Text;

    #[test]
    fn a_version_stands_among_those_that_are_known() {
        let text = |value: &str| Text {
            value: value.to_owned(),
            span: Span::at(0),
        };
        let module = IndexedModule {
            span: Span::at(0),
            language: Language::Bicep,
            source: String::new(),
            latest: Some(text("0.10.0")),
            versions: ["0.10.0", "0.9.1", "0.11.0-preview"].map(text).to_vec(),
            looked_up: None,
        };
        for (version, expected) in [
            ("0.10.0", Standing::Latest),
            ("0.9.1", Standing::Outdated("0.10.0")),
            ("0.11.0-preview", Standing::Preview),
            ("0.9.2", Standing::Unknown(Some("0.10.0"))),
            ("0.11.0", Standing::Later("0.10.0")),
            ("new", Standing::Unknown(Some("0.10.0"))),
        ] {
            assert_eq!(module.standing(version), expected, "{version}");
        }
    }

    #[test]
    fn reads_versions() {
        for text in ["1.2.3", "0.10.0-beta.1"] {
            assert!(Version::read(text).is_some(), "{text}");
        }
        for text in ["", "1.2", "1.2.3.4", "v1.2.3", "1.2.3-", "1.+2.3"] {
            assert!(Version::read(text).is_none(), "{text}");
        }
        assert!(Version::read("0.10.0") > Version::read("0.9.9"));
        assert!(Version::read("0.10.0") > Version::read("0.10.0-rc1"));
    }
}
