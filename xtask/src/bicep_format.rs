//! Scores the Bicep formatter with the samples in a checkout of Bicep's own repository.
//!
//! Nothing of the samples is kept: each source is formatted in memory and held against the
//! formatted text beside it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use baton_iac::bicep::format::{Options, format};
use walkdir::WalkDir;

const SAMPLES: &str = "src/Bicep.Core.Samples/Files";

/// A source, a formatted text beside it, and the width it was formatted for.
const PAIRS: [(&str, &str, usize); 4] = [
    ("main.bicep", "main.formatted.bicep", 120),
    ("main.bicep", "main.pprint.w40.bicep", 40),
    ("main.bicep", "main.pprint.w80.bicep", 80),
    (
        "parameters.bicepparam",
        "parameters.formatted.bicepparam",
        120,
    ),
];

/// How many samples come out byte for byte.
#[derive(Debug, Default)]
pub struct Score {
    /// All samples with a formatted text.
    pub samples: usize,
    /// The formatted texts that ours differs from, and the first line that does.
    pub differing: Vec<(PathBuf, usize)>,
}

/// Formats every sample of a checkout.
pub fn score(checkout: &Path) -> Result<Score> {
    let mut score = Score::default();
    for entry in WalkDir::new(checkout.join(SAMPLES)).sort_by_file_name() {
        let entry = entry?;
        let named = |pair: &&(&str, &str, usize)| entry.file_name() == pair.1;
        let Some((source, _, width)) = PAIRS.iter().find(named) else {
            continue;
        };
        let source = read(&entry.path().with_file_name(source))?;
        let expected = read(entry.path())?;
        let options = Options {
            width: *width,
            ..Options::default()
        };
        score.samples += 1;
        if let Some(line) = first_difference(&format(&source, &options), &expected) {
            let path = entry.path().strip_prefix(checkout)?;
            score.differing.push((path.to_path_buf(), line));
        }
    }
    Ok(score)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The number of the first line that differs.
fn first_difference(ours: &str, theirs: &str) -> Option<usize> {
    if ours == theirs {
        return None;
    }
    let (ours, theirs) = (ours.split('\n'), theirs.split('\n'));
    Some(1 + ours.zip(theirs).take_while(|(a, b)| a == b).count())
}
