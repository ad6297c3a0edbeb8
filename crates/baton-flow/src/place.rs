//! Where projects lie, and what a project may be called.

use std::fs;
use std::path::{Path, PathBuf};

use crate::FlowError;
use crate::ledger::SqliteLedger;

/// Where a repository's projects and their ledger lie.
#[derive(Debug, Clone)]
pub struct Place {
    /// The root of the repository.
    pub root: PathBuf,
    /// The folder of projects, from the root: `agent-output`.
    pub artifacts: String,
    /// The folder of this repository's ledger, in the user's state folder.
    pub state: PathBuf,
}

impl Place {
    /// The ledger of the repository at `root`, below the user's folder for state.
    pub fn new(root: &Path, artifacts: &str, user_state: &Path) -> Place {
        let real = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        let digest = baton_repo::sha256(real.as_os_str().as_encoded_bytes());
        let short: String = digest.chars().take(16).collect();
        Place {
            root: root.to_owned(),
            artifacts: artifacts.trim_matches('/').to_owned(),
            state: user_state.join("baton").join(short),
        }
    }

    /// The ledger; it and its folder are made when they are not there.
    pub fn ledger(&self) -> Result<SqliteLedger, FlowError> {
        fs::create_dir_all(&self.state).map_err(|source| FlowError::File {
            path: self.state.clone(),
            action: "written",
            source,
        })?;
        SqliteLedger::open(&self.state.join("ledger.db"))
    }

    /// The folder of a project.
    pub fn folder(&self, project: &str) -> PathBuf {
        self.root.join(&self.artifacts).join(project)
    }
}

/// Whether a name is one of a project: it cannot lead out of the folder of projects.
pub fn is_name(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let starts = name.bytes().next().is_some_and(plain);
    starts && name.len() <= 30 && name.bytes().all(|byte| plain(byte) || byte == b'-')
}
