//! Everything an agent printed, one JSON object a line, without secrets and not without end.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::json;

use super::AgentError;
use super::process::{Line, Source};

/// No line is written longer than this, in characters.
const LONGEST_LINE: usize = 256 * 1024;

/// Shorter values of variables are no secrets, or would redact half the text.
const SHORTEST_SECRET: usize = 8;

/// A transcript that is being written.
#[derive(Debug)]
pub struct Transcript {
    /// Where it is written.
    pub path: PathBuf,
    file: BufWriter<File>,
    began: Instant,
    left: u64,
    redactor: Redactor,
    keys: [bool; 2],
    broken: Option<io::Error>,
}

/// Takes secrets out of text: shapes that are known, and values that were handed over.
#[derive(Debug, Clone, Default)]
pub struct Redactor {
    values: Vec<String>,
}

impl Redactor {
    /// Knows these values to be secret, whatever they look like.
    pub fn new(values: impl IntoIterator<Item = String>) -> Redactor {
        let mut values: Vec<String> = values
            .into_iter()
            .filter(|value| value.len() >= SHORTEST_SECRET)
            .collect();
        // The longest first: one may be part of another.
        values.sort_by_key(|value| std::cmp::Reverse(value.len()));
        Redactor { values }
    }

    /// A text without secrets.
    pub fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = Cow::Borrowed(text);
        for value in &self.values {
            if out.contains(value.as_str()) {
                out = Cow::Owned(out.replace(value.as_str(), "…"));
            }
        }
        match baton_secrets::redact_all(&out) {
            Cow::Borrowed(_) => out,
            Cow::Owned(redacted) => Cow::Owned(redacted),
        }
    }
}

impl Transcript {
    /// Begins a transcript that becomes at most about `most` bytes long.
    pub fn create(path: &Path, redactor: Redactor, most: u64) -> Result<Transcript, AgentError> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(AgentError::file(folder, "written"))?;
        }
        let file = File::create(path).map_err(AgentError::file(path, "written"))?;
        Ok(Transcript {
            path: path.to_owned(),
            file: BufWriter::new(file),
            began: Instant::now(),
            left: most,
            redactor,
            keys: [false; 2],
            broken: None,
        })
    }

    /// Writes what is about the run and not by the agent.
    pub fn note(&mut self, text: &str) {
        let text = self.redactor.clean(text).into_owned();
        self.write("baton", &text, 0);
    }

    /// Writes a line; it comes back without secrets, or not at all when there is no room left.
    pub fn line(&mut self, line: &Line) -> Option<String> {
        if self.left == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&line.bytes);
        let (from, number) = match line.from {
            Source::Out => ("out", 0),
            Source::Err => ("err", 1),
        };
        let text = if self.is_key(&text, number) {
            "[private key]".to_owned()
        } else {
            self.redactor.clean(&text).into_owned()
        };
        self.write(from, &text, line.dropped);
        Some(text)
    }

    /// Ends the transcript; what went wrong with it comes back.
    pub fn finish(mut self) -> Option<String> {
        let flushed = self.file.flush();
        let error = self.broken.take().or(flushed.err())?;
        Some(format!(
            "the transcript {} is incomplete: {error}",
            self.path.display()
        ))
    }

    /// Whether a line is part of a private key that fills several lines.
    fn is_key(&mut self, text: &str, number: usize) -> bool {
        let Some(within) = self.keys.get_mut(number) else {
            return false;
        };
        let begins = text.contains("-----BEGIN ") && text.contains("PRIVATE KEY");
        let ends = text.contains("-----END ");
        let was = *within;
        *within = (was || begins) && !ends;
        was || *within
    }

    fn write(&mut self, from: &str, text: &str, dropped: usize) {
        let end = text.char_indices().nth(LONGEST_LINE).map(|(at, _)| at);
        let shown = end.and_then(|end| text.get(..end)).unwrap_or(text);
        let dropped = dropped + text.len() - shown.len();
        let mut object = json!({
            "ms": u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX),
            "from": from,
            "text": shown,
        });
        if dropped > 0
            && let Some(object) = object.as_object_mut()
        {
            object.insert("cut".to_owned(), dropped.into());
        }
        let mut line = object.to_string();
        line.push('\n');
        let length = line.len() as u64;
        if length > self.left && from != "baton" {
            self.left = 0;
            let end =
                json!({"from": "baton", "text": "the rest is left out: the transcript is full"});
            line = format!("{end}\n");
        }
        self.left = self.left.saturating_sub(length);
        if let Err(error) = self.file.write_all(line.as_bytes()) {
            self.broken.get_or_insert(error);
        }
    }
}

#[cfg(test)]
mod tests;
