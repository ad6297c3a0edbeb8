//! A message with the lines it is about.
//!
//! Only the lines shown are touched, and long ones are cut, so that one finding costs the same
//! in a file of any size.

mod secretive;
#[cfg(test)]
mod tests;

use std::fmt;

use baton_source::{LineIndex, Severity, Span};
use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError,
    MietteSpanContents, SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::terminal::{Terminal, harmless};

/// Characters of a line that are shown where the terminal has no less.
const WIDTH: usize = 110;
/// Columns that line numbers, the bar and the dots of a cut line take.
const MARGIN: usize = 12;
/// Lines between two marks that still make one excerpt.
const GAP: usize = 3;

/// A message about a place in a text.
pub(crate) struct Excerpt<'a> {
    /// Decides on the colour.
    pub(crate) severity: Severity,
    /// The word before the message, such as `error[some-rule]:`.
    pub(crate) title: String,
    /// What is said.
    pub(crate) message: &'a str,
    /// The file.
    pub(crate) path: &'a str,
    /// Its text.
    pub(crate) text: &'a str,
    /// Where its lines begin.
    pub(crate) lines: &'a LineIndex,
    /// The place; `None` for the file as a whole.
    pub(crate) span: Option<Span>,
    /// Other places nearby, with what is said about them.
    pub(crate) labels: Vec<(Span, String)>,
    /// Places that must not be read.
    pub(crate) hidden: &'a [Span],
    /// How to mend it.
    pub(crate) help: Option<String>,
}

/// Whether two places can be shown in one excerpt.
pub(crate) fn near(lines: &LineIndex, one: Span, other: Span) -> bool {
    lines
        .line_of(one.start)
        .abs_diff(lines.line_of(other.start))
        <= GAP
}

/// The message and the lines it is about, with a line feed at the end.
pub(crate) fn render(terminal: Terminal, excerpt: &Excerpt<'_>) -> String {
    let shown = shown(terminal, excerpt);
    let mut text = String::new();
    if handler(terminal, excerpt, &shown)
        .render_report(&mut text, &shown)
        .is_err()
    {
        // Writing to a string cannot fail; without a drawing the words remain.
        text = format!("{} {}\n", excerpt.title, excerpt.message);
    }
    // The handler indents the first line, which is to begin at the margin like any compiler's.
    let text = text.strip_prefix("  ").unwrap_or(&text);
    if excerpt.span.is_some() {
        return text.to_owned();
    }
    let bar = if terminal.unicode { "──" } else { "--" };
    let place = format!("   {bar}[{}]", terminal.name(&harmless(excerpt.path)));
    match text.split_once('\n') {
        // Where the message is wrapped, the file follows the last of its lines.
        Some((first, rest)) if !rest.trim_start().starts_with(['│', '|']) => {
            format!("{first}\n{place}\n{rest}")
        }
        _ => format!("{text}{place}\n"),
    }
}

/// The part of a text that is shown, as miette wants it.
struct Shown {
    message: String,
    help: Option<String>,
    severity: Severity,
    path: String,
    data: String,
    /// Number, from 0, of the first line of `data`.
    first: usize,
    /// Line and column, from 0, of the place.
    place: (usize, usize),
    marks: Vec<LabeledSpan>,
}

fn shown(terminal: Terminal, excerpt: &Excerpt<'_>) -> Shown {
    let mut shown = Shown {
        message: harmless(excerpt.message).into_owned(),
        help: excerpt
            .help
            .as_deref()
            .map(|help| harmless(help).into_owned()),
        severity: excerpt.severity,
        path: harmless(excerpt.path).into_owned(),
        data: String::new(),
        first: 0,
        place: (0, 0),
        marks: Vec::new(),
    };
    let Some(span) = excerpt.span else {
        return shown;
    };
    let lines = excerpt.lines;
    let place = lines.locate(excerpt.text, span.start);
    shown.place = (place.line as usize - 1, place.column as usize - 1);
    let others = excerpt
        .labels
        .iter()
        .map(|(span, text)| (*span, Some(text)));
    let marks: Vec<(Span, Option<&String>)> = std::iter::once((span, None)).chain(others).collect();
    let numbers = marks.iter().map(|(span, _)| lines.line_of(span.start));
    shown.first = numbers.clone().min().unwrap_or(0);
    let last = numbers.max().unwrap_or(shown.first);
    let width = terminal
        .width
        .map_or(WIDTH, |width| width.saturating_sub(MARGIN).clamp(20, WIDTH));
    let dots = if terminal.unicode { "…" } else { "..." };
    for number in shown.first..=last {
        let here = |(_, (span, _)): &(usize, &(Span, Option<&String>))| {
            lines.line_of(span.start) == number
        };
        let marks: Vec<_> = marks.iter().enumerate().filter(here).collect();
        let start = lines.start_of(number).unwrap_or(0);
        let focus = marks
            .first()
            .map_or(0, |(_, (span, _))| (span.start - start) as usize);
        let line = lines.line_text(excerpt.text, number);
        let line = &*secretive::line((line, start), focus, excerpt.hidden);
        let cut = Cut::around(line, focus, width);
        let offset = shown.data.len() + if cut.start > 0 { dots.len() } else { 0 };
        for (nth, (span, text)) in marks {
            let at = |byte: u32| offset + cut.shown_bytes(line, (byte.max(start) - start) as usize);
            let (from, to) = (at(span.start), at(span.end));
            let range = SourceSpan::new(from.into(), to.saturating_sub(from));
            let text = text.map(|text| harmless(text).into_owned());
            shown.marks.push(if nth == 0 {
                LabeledSpan::new_primary_with_span(text, range)
            } else {
                LabeledSpan::new_with_span(text, range)
            });
        }
        cut.push(line, dots, &mut shown.data);
    }
    shown
}

/// The bytes of a line that are shown.
struct Cut {
    start: usize,
    end: usize,
}

impl Cut {
    /// About as many characters as fit in `width`, a good third of them before `focus`.
    fn around(line: &str, focus: usize, width: usize) -> Cut {
        let lead = width * 4 / 11;
        if line.len() <= width {
            return Cut {
                start: 0,
                end: line.len(),
            };
        }
        let before = line.get(..focus.min(line.len())).unwrap_or("");
        let fits = before.char_indices().take(width - lead + 1).count() + lead <= width;
        let start = before.char_indices().rev().nth(lead.saturating_sub(1));
        let start = start.map_or(0, |(start, _)| if fits { 0 } else { start });
        let rest = line.get(start..).unwrap_or("");
        let end = rest
            .char_indices()
            .nth(width)
            .map_or(line.len(), |(end, _)| start + end);
        Cut { start, end }
    }

    /// How many bytes are shown before a byte of the line.
    fn shown_bytes(&self, line: &str, byte: usize) -> usize {
        let byte = byte.clamp(self.start, self.end);
        line.get(self.start..byte)
            .map_or(0, |before| harmless(before).len())
    }

    fn push(&self, line: &str, dots: &str, data: &mut String) {
        if self.start > 0 {
            data.push_str(dots);
        }
        data.push_str(&harmless(line.get(self.start..self.end).unwrap_or("")));
        if self.end < line.len() {
            data.push_str(dots);
        }
        data.push('\n');
    }
}

fn handler(terminal: Terminal, excerpt: &Excerpt<'_>, shown: &Shown) -> GraphicalReportHandler {
    let mut characters = if terminal.unicode {
        ThemeCharacters::unicode()
    } else {
        ThemeCharacters::ascii()
    };
    characters.error.clone_from(&excerpt.title);
    characters.warning.clone_from(&excerpt.title);
    characters.advice.clone_from(&excerpt.title);
    let mut styles = if terminal.color {
        ThemeStyles::ansi()
    } else {
        ThemeStyles::none()
    };
    if terminal.color {
        styles.error = styles.error.bold();
        styles.warning = styles.warning.bold();
        styles.advice = styles.advice.bold();
        let of_finding = match excerpt.severity {
            Severity::Error => styles.error,
            Severity::Warning => styles.warning,
            Severity::Info => styles.advice,
        };
        let mut marks: Vec<&LabeledSpan> = shown.marks.iter().collect();
        marks.sort_by_key(|mark| mark.offset());
        let style = |mark: &&LabeledSpan| {
            if mark.primary() {
                of_finding
            } else {
                styles.link
            }
        };
        if !marks.is_empty() {
            styles.highlights = marks.iter().map(style).collect();
        }
    }
    GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_context_lines(1)
        .with_links(false)
        .without_syntax_highlighting()
        .with_wrap_lines(terminal.width.is_some())
        .with_width(terminal.width.unwrap_or(usize::MAX))
}

impl SourceCode for Shown {
    /// The whole excerpt; without lines around it, the place alone, which becomes the heading.
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (line, column) = if before == 0 {
            self.place
        } else {
            (self.first, 0)
        };
        let data = self.data.as_bytes();
        let all = SourceSpan::new(0.into(), data.len());
        let count = self.data.lines().count();
        let name = self.path.clone();
        let contents = MietteSpanContents::new_named(name, data, all, line, column, count);
        Ok(Box::new(contents))
    }
}

impl Diagnostic for Shown {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Info => miette::Severity::Advice,
        })
    }

    fn help(&self) -> Option<Box<dyn fmt::Display + '_>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.marks.iter().cloned()))
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Shown {}
