//! Blobs by path, read through libgit2 or through one long-lived `git cat-file`.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::Mutex;

use baton_source::RepoPath;
use git2::{Oid, Repository};

use super::links::{Follow, follow};
use super::{FileMode, Listed, SUBMODULE, escape};
use crate::RepoError;
use crate::git::{Git, Program, ProgramError};

/// Blob names by path.
///
/// A `Repository` is not `Sync`: handles wait in a pool, one per thread that reads.
pub(super) struct Blobs {
    entries: BTreeMap<RepoPath, Entry>,
    folder: Option<PathBuf>,
    handles: Mutex<Vec<Repository>>,
    program: Program,
    reader: Mutex<Option<Reader>>,
}

/// The name of a blob.
pub(super) enum Id {
    /// As libgit2 knows it.
    Native(Oid),
    /// In hexadecimal digits, of any length.
    Hex(String),
}

/// Entries while they are listed.
pub(super) struct Listing<'a> {
    prefix: &'a [u8],
    entries: BTreeMap<RepoPath, Entry>,
}

struct Entry {
    id: Id,
    mode: FileMode,
    exact_name: bool,
}

/// A running `git cat-file --batch`.
struct Reader {
    child: Child,
    ask: ChildStdin,
    answer: BufReader<ChildStdout>,
}

const SYMLINK: u32 = 0o120_000;
const EXECUTABLE: u32 = 0o100_755;

impl<'a> Listing<'a> {
    /// A listing of what lies below a prefix.
    pub(super) fn new(prefix: &'a [u8]) -> Listing<'a> {
        Listing {
            prefix,
            entries: BTreeMap::new(),
        }
    }

    /// Adds a blob; submodules and paths outside the prefix are left out.
    pub(super) fn add(&mut self, path: &[u8], id: Id, mode: u32) {
        let mode = match mode {
            SUBMODULE => return,
            SYMLINK => FileMode::Symlink,
            EXECUTABLE => FileMode::Executable,
            _ => FileMode::Regular,
        };
        let Some(path) = path.strip_prefix(self.prefix) else {
            return;
        };
        let listed = escape(path);
        let exact_name = listed.exact_name;
        self.entries.insert(
            listed.path,
            Entry {
                id,
                mode,
                exact_name,
            },
        );
    }

    /// Adds what a line of `ls-files -s` or `ls-tree` says: fields, a tab and a path.
    pub(super) fn add_line<'line>(
        &mut self,
        line: &'line [u8],
        pick: impl FnOnce([&'line str; 3]) -> Option<(&'line str, &'line str)>,
    ) {
        let mut halves = line.splitn(2, |byte| *byte == b'\t');
        let (Some(fields), Some(path)) = (halves.next(), halves.next()) else {
            return;
        };
        let mut fields = str::from_utf8(fields).unwrap_or("").split(' ');
        let mut field = || fields.next().unwrap_or("");
        let picked = pick([field(), field(), field()]);
        let mode = |mode| u32::from_str_radix(mode, 8).ok();
        if let Some((Some(mode), id)) = picked.map(|(bits, id)| (mode(bits), id)) {
            self.add(path, Id::Hex(id.to_owned()), mode);
        }
    }

    /// Takes an entry out again.
    pub(super) fn remove(&mut self, path: &[u8]) {
        if let Some(path) = path.strip_prefix(self.prefix) {
            self.entries.remove(&escape(path).path);
        }
    }
}

impl Blobs {
    pub(super) fn new(git: &Git, listing: Listing<'_>) -> Blobs {
        Blobs {
            entries: listing.entries,
            folder: git.native_folder().map(ToOwned::to_owned),
            handles: Mutex::new(Vec::new()),
            program: git.program(),
            reader: Mutex::new(None),
        }
    }

    pub(super) fn list(&self) -> Vec<Listed> {
        let listed = |(path, entry): (&RepoPath, &Entry)| Listed {
            path: path.clone(),
            exact_name: entry.exact_name,
        };
        self.entries.iter().map(listed).collect()
    }

    pub(super) fn mode(&self, path: &RepoPath) -> Option<FileMode> {
        self.entries.get(path).map(|entry| entry.mode)
    }

    /// The bytes of a file; links are followed as far as they stay inside.
    pub(super) fn read(&self, path: &RepoPath, limit: usize) -> Result<Vec<u8>, RepoError> {
        let entry = self.entries.get(path).ok_or_else(|| RepoError::NotFound {
            path: path.to_string(),
        })?;
        if entry.mode != FileMode::Symlink {
            return self.blob(path, entry, limit);
        }
        let target = |link: &RepoPath| {
            let entry = self.entries.get(link)?;
            let is_link = entry.mode == FileMode::Symlink;
            let bytes = is_link
                .then(|| self.blob(link, entry, 4096).ok())
                .flatten()?;
            String::from_utf8(bytes).ok()
        };
        match follow(path, target) {
            Follow::Outside => Err(RepoError::OutsideRoot {
                path: path.to_string(),
            }),
            Follow::To(end) => match self.entries.get(&end) {
                Some(entry) if entry.mode != FileMode::Symlink => self.blob(path, entry, limit),
                _ => Err(RepoError::Read {
                    path: path.to_string(),
                    source: std::io::Error::other("the link leads to no file"),
                }),
            },
        }
    }

    fn blob(&self, path: &RepoPath, entry: &Entry, limit: usize) -> Result<Vec<u8>, RepoError> {
        let hex = match &entry.id {
            Id::Hex(hex) => hex.clone(),
            Id::Native(id) => match self.native(*id, limit) {
                Some(bytes) => return Ok(bytes),
                // A blob that is missing here may be fetched by the program.
                None => id.to_string(),
            },
        };
        let read = self.by_program(&hex, limit);
        read.map_err(|error| error.about(&format!("read the blob of `{path}`")))
    }

    fn native(&self, id: Oid, limit: usize) -> Option<Vec<u8>> {
        let waiting = self.handles.lock().ok().and_then(|mut pool| pool.pop());
        let repository = match waiting {
            Some(repository) => repository,
            None => Repository::open(self.folder.as_ref()?).ok()?,
        };
        let bytes = repository.find_blob(id).ok().map(|blob| {
            let content = blob.content();
            let wanted = content.get(..content.len().min(limit.saturating_add(1)));
            wanted.unwrap_or(content).to_vec()
        });
        if let Ok(mut pool) = self.handles.lock() {
            pool.push(repository);
        }
        bytes
    }

    fn by_program(&self, id: &str, limit: usize) -> Result<Vec<u8>, ProgramError> {
        let Ok(mut reader) = self.reader.lock() else {
            return Err(ProgramError::Failed("another thread failed".to_owned()));
        };
        let mut running = match reader.take() {
            Some(running) => running,
            None => Reader::start(&self.program)?,
        };
        let bytes = running.read(id, limit)?;
        *reader = Some(running);
        Ok(bytes)
    }
}

impl Reader {
    fn start(program: &Program) -> Result<Reader, ProgramError> {
        let mut child = program
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let no_pipe = || ProgramError::Failed("it has no pipe".to_owned());
        let ask = child.stdin.take().ok_or_else(no_pipe)?;
        let answer = BufReader::new(child.stdout.take().ok_or_else(no_pipe)?);
        Ok(Reader { child, ask, answer })
    }

    /// One blob: `<id> blob <size>`, a line end, the bytes, a line end.
    fn read(&mut self, id: &str, limit: usize) -> Result<Vec<u8>, ProgramError> {
        let failed = |what: &str| ProgramError::Failed(what.to_owned());
        writeln!(self.ask, "{id}")?;
        self.ask.flush()?;
        let mut header = String::new();
        self.answer.read_line(&mut header)?;
        let size = header
            .trim_end()
            .split_once(" blob ")
            .and_then(|(_, size)| size.parse::<u64>().ok())
            .ok_or_else(|| failed("the object is missing"))?;
        let wanted = size.min(limit as u64 + 1);
        let mut bytes = Vec::with_capacity(usize::try_from(wanted).unwrap_or(0));
        (&mut self.answer).take(wanted).read_to_end(&mut bytes)?;
        let rest = size - wanted + 1;
        std::io::copy(&mut (&mut self.answer).take(rest), &mut std::io::sink())?;
        Ok(bytes)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // It ends when its input ends; killing it first saves the wait.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
