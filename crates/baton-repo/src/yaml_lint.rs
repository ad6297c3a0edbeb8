//! How yamllint is configured in a repository: which files it judges, what each of its rules
//! is told, and where comments switch rules off.

mod config;
mod inline;
mod names;
#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use crate::{File, Repo};
use config::Config;
pub use config::{YamlRemark, YamlSetting};
pub use names::YamlRule;

/// The configuration of a repository.
pub struct YamlLint {
    /// The file at the root, or yamllint's own `default` when there is none.
    config: Config,
    is_configured: bool,
    remarks: Vec<YamlRemark>,
    files: Vec<OnceLock<Option<YamlFile>>>,
}

/// What holds for one file.
#[derive(Debug)]
pub struct YamlFile {
    /// The rules that run somewhere in the file, as bits.
    on: u32,
    /// The rules that comments switch off on each line, as bits; empty without such comments.
    off: Vec<u32>,
}

impl YamlLint {
    pub(crate) fn read(repo: &Repo) -> YamlLint {
        let (found, remarks) = config::read(repo);
        YamlLint {
            is_configured: found.is_some(),
            config: found.unwrap_or_else(Config::default_rules),
            remarks,
            files: repo.files().iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Whether the repository says anything about YAML.
    pub fn is_configured(&self) -> bool {
        self.is_configured
    }

    /// What in the configuration cannot be followed; yamllint itself refuses most of it.
    pub fn remarks(&self) -> &[YamlRemark] {
        &self.remarks
    }

    /// What holds for a file; `None` when the configuration leaves it out.
    pub fn of(&self, file: &File) -> Option<&YamlFile> {
        let place = self.files.get(file.id.0 as usize)?;
        place.get_or_init(|| self.judge(file)).as_ref()
    }

    /// What a rule is told; `None` when it is off.
    pub fn setting(&self, rule: YamlRule) -> Option<&YamlSetting> {
        self.config.setting(rule)
    }

    fn judge(&self, file: &File) -> Option<YamlFile> {
        let judged = self.config.judges(file.path.as_str());
        if !judged || inline::is_disabled(file.text()) {
            return None;
        }
        let on = self.config.rules_on(file.path.as_str());
        Some(YamlFile {
            on,
            off: inline::switched_off(file, on),
        })
    }
}

impl YamlFile {
    /// Whether a rule runs on the file.
    pub fn is_on(&self, rule: YamlRule) -> bool {
        self.on & rule.bit() != 0
    }

    /// Whether a rule runs on a line, counted from 0.
    pub fn is_on_line(&self, rule: YamlRule, line: usize) -> bool {
        let off = self.off.get(line).or(self.off.last());
        off.is_none_or(|off| off & rule.bit() == 0)
    }
}
