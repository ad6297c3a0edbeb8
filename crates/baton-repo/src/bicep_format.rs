//! How the Bicep files of a repository are to be written.

use baton_iac::bicep::format::{Newline, Options};

use crate::{File, Repo};

const CONFIG: &str = "bicepconfig.json";

/// How one file is to be written, and who says so.
pub struct BicepStyle<'r> {
    /// The nearest `bicepconfig.json` upwards, if it has a section `formatting`.
    pub config: Option<&'r File>,
    /// What it says, and Bicep's defaults for the rest.
    pub options: Options,
}

impl Repo {
    /// How a text at a path is to be written.
    ///
    /// A text whose lines all end in CR LF keeps them unless the configuration says otherwise:
    /// git may have put them there.
    pub fn bicep_style(&self, path: &str, text: &str) -> BicepStyle<'_> {
        let config = self.bicep_config(path);
        let section = config
            .and_then(File::node)
            .and_then(|it| it.get("formatting"));
        let mut options = section.map_or_else(Options::default, Options::of_section);
        if section.and_then(|it| it.get("newlineKind")).is_none() && ends_in_crlf(text) {
            options.newline = Newline::CrLf;
        }
        BicepStyle {
            config: config.filter(|_| section.is_some()),
            options,
        }
    }

    /// The nearest configuration: Bicep reads no other.
    pub fn bicep_config(&self, path: &str) -> Option<&File> {
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if let Some(found) = self.file(&format!("{parent}/{CONFIG}")) {
                return Some(found);
            }
            folder = parent;
        }
        self.file(CONFIG)
    }
}

fn ends_in_crlf(text: &str) -> bool {
    let mut ends = text.bytes().zip(std::iter::once(0).chain(text.bytes()));
    text.contains('\n') && ends.all(|(byte, before)| byte != b'\n' || before == b'\r')
}
