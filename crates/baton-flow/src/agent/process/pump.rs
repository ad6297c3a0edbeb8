//! Reading what a program prints, line by line, whatever it prints.

use std::io::Read;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, SyncSender};
use std::thread;
use std::time::{Duration, Instant};

/// Longer lines are cut; the rest is read and dropped.
const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// So many lines may wait to be heard; then the program waits.
const WAITING: usize = 16;

/// One line of a program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Where it came from.
    pub from: Source,
    /// Its bytes, without the line break.
    pub bytes: Vec<u8>,
    /// How many more bytes it had.
    pub dropped: usize,
}

/// Where a line came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

pub(super) enum Message {
    Line(Line),
    Closed,
}

/// How much was printed, and when last.
#[derive(Debug, Clone)]
pub(super) struct Meter {
    began: Instant,
    heard: Arc<AtomicU64>,
    bytes: Arc<AtomicU64>,
}

impl Meter {
    fn new() -> Meter {
        Meter {
            began: Instant::now(),
            heard: Arc::default(),
            bytes: Arc::default(),
        }
    }

    pub(super) fn printed(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(super) fn silent_for(&self) -> Duration {
        let heard = Duration::from_millis(self.heard.load(Ordering::Relaxed));
        self.began.elapsed().saturating_sub(heard)
    }

    fn note(&self, bytes: usize) {
        let now = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.heard.store(now, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// Reads both outputs of a program on threads of their own.
pub(super) fn pumps(child: &mut Child) -> (Receiver<Message>, Meter) {
    let (sender, receiver) = mpsc::sync_channel(WAITING);
    let meter = Meter::new();
    if let Some(pipe) = child.stdout.take() {
        pump(pipe, Source::Out, (sender.clone(), meter.clone()));
    }
    if let Some(pipe) = child.stderr.take() {
        pump(pipe, Source::Err, (sender, meter.clone()));
    }
    (receiver, meter)
}

type To = (SyncSender<Message>, Meter);

fn pump(mut pipe: impl Read + Send + 'static, from: Source, (sender, meter): To) {
    thread::spawn(move || {
        let mut lines = Lines::new(from);
        let mut buffer = vec![0; 64 * 1024];
        // What was printed until it broke is all there is.
        while let Ok(length @ 1..) = pipe.read(&mut buffer) {
            meter.note(length);
            let chunk = buffer.get(..length).unwrap_or_default();
            let heard = lines.take(chunk, &mut |line| sender.send(Message::Line(line)).is_ok());
            if !heard {
                return;
            }
        }
        if let Some(rest) = lines.rest() {
            let _ = sender.send(Message::Line(rest));
        }
        let _ = sender.send(Message::Closed);
    });
}

/// Bytes that become lines.
#[derive(Debug)]
pub(super) struct Lines {
    from: Source,
    held: Vec<u8>,
    dropped: usize,
}

impl Lines {
    pub(super) fn new(from: Source) -> Lines {
        Lines {
            from,
            held: Vec::new(),
            dropped: 0,
        }
    }

    /// Takes bytes and gives the lines that are complete; `false` when nobody wants them.
    pub(super) fn take(&mut self, chunk: &[u8], give: &mut dyn FnMut(Line) -> bool) -> bool {
        let mut pieces = chunk.split(|byte| *byte == b'\n').peekable();
        while let Some(piece) = pieces.next() {
            let room = LONGEST_LINE.saturating_sub(self.held.len());
            let fits = piece.get(..room).unwrap_or(piece);
            self.held.extend_from_slice(fits);
            self.dropped += piece.len() - fits.len();
            if pieces.peek().is_some() && !give(self.cut()) {
                return false;
            }
        }
        true
    }

    /// The line that no line break ended.
    pub(super) fn rest(&mut self) -> Option<Line> {
        let is_empty = self.held.is_empty() && self.dropped == 0;
        (!is_empty).then(|| self.cut())
    }

    fn cut(&mut self) -> Line {
        let mut bytes = std::mem::take(&mut self.held);
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        Line {
            from: self.from,
            bytes,
            dropped: std::mem::take(&mut self.dropped),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LONGEST_LINE, Lines, Source};

    fn lines(chunks: &[&[u8]]) -> Vec<(Vec<u8>, usize)> {
        let mut lines = Lines::new(Source::Out);
        let mut out = Vec::new();
        for chunk in chunks {
            lines.take(chunk, &mut |line| {
                out.push((line.bytes, line.dropped));
                true
            });
        }
        out.extend(lines.rest().map(|line| (line.bytes, line.dropped)));
        out
    }

    #[test]
    fn a_line_of_any_length_is_held_only_in_part() {
        let long = vec![b'x'; LONGEST_LINE + 10];
        let found = lines(&[&long, b"yz\nnext\r\n"]);
        let found: Vec<(usize, usize)> = found.iter().map(|(b, d)| (b.len(), *d)).collect();
        assert_eq!(found, [(LONGEST_LINE, 12), (4, 0)]);
    }

    proptest! {
        #[test]
        fn chunks_do_not_matter(bytes: Vec<u8>, cuts in proptest::collection::vec(0usize..64, 0..6)) {
            let mut chunks: Vec<&[u8]> = Vec::new();
            let mut rest = bytes.as_slice();
            for cut in cuts {
                let (chunk, after) = rest.split_at(cut.min(rest.len()));
                chunks.push(chunk);
                rest = after;
            }
            chunks.push(rest);
            prop_assert_eq!(lines(&chunks), lines(&[&bytes]));
        }
    }
}
