//! What the terminal can show: colour, line drawing, width; and text made harmless for it.

use std::borrow::Cow;
use std::io::IsTerminal as _;
use std::sync::OnceLock;

use baton_source::Severity;

use crate::cli::Color;

/// What one of the standard streams can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Terminal {
    /// Whether to colour.
    pub(crate) color: bool,
    /// Whether to draw with more than ASCII.
    pub(crate) unicode: bool,
    /// Columns to wrap prose at; `None` where nothing wraps.
    pub(crate) width: Option<usize>,
}

/// What `--color` said.
static WISH: OnceLock<Color> = OnceLock::new();

/// Remembers what `--color` said.
pub(crate) fn wish(color: Color) {
    // Set once, before anything is printed.
    let _ = WISH.set(color);
}

impl Terminal {
    /// Neither colour nor drawing nor wrapping.
    pub(crate) const PLAIN: Terminal = Terminal {
        color: false,
        unicode: false,
        width: None,
    };

    /// What standard output can show.
    pub(crate) fn stdout() -> Terminal {
        Terminal::of(
            std::io::stdout().is_terminal(),
            columns_of(std::io::stdout()),
        )
    }

    /// What standard error can show.
    pub(crate) fn stderr() -> Terminal {
        Terminal::of(
            std::io::stderr().is_terminal(),
            columns_of(std::io::stderr()),
        )
    }

    /// Columns of the terminal behind standard error, however few they are.
    pub(crate) fn stderr_columns() -> usize {
        let measured = columns_of(std::io::stderr());
        measured.filter(|columns| *columns > 0).unwrap_or(80)
    }

    /// What a file can show.
    pub(crate) fn file() -> Terminal {
        Terminal::of(false, None)
    }

    fn of(is_terminal: bool, columns: Option<usize>) -> Terminal {
        Terminal {
            color: match WISH.get() {
                Some(Color::Always) => true,
                Some(Color::Never) => false,
                _ => color_wanted(&|name| std::env::var(name).ok(), is_terminal),
            },
            unicode: unicode_shown(&|name| std::env::var(name).ok()),
            width: is_terminal.then(|| width(std::env::var("COLUMNS").ok().as_deref(), columns)),
        }
    }

    /// Text in bold.
    pub(crate) fn bold(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// Text that stands back.
    pub(crate) fn dim(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// Text in the colour of names and places.
    pub(crate) fn name(self, text: &str) -> String {
        self.paint("36", text)
    }

    /// A line that a change adds.
    pub(crate) fn added(self, text: &str) -> String {
        self.paint("32", text)
    }

    /// A line that a change removes.
    pub(crate) fn removed(self, text: &str) -> String {
        self.paint("31", text)
    }

    /// Text that announces a failure.
    pub(crate) fn strong_error(self, text: &str) -> String {
        self.paint("1;31", text)
    }

    /// Text in the colour of a severity.
    pub(crate) fn severity(self, severity: Severity, text: &str) -> String {
        let code = match severity {
            Severity::Error => "1;31",
            Severity::Warning => "1;33",
            Severity::Info => "1;36",
        };
        self.paint(code, text)
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Text with everything that could steer a terminal made visible; tabs stay.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let steers = |character: char| {
        let is_control = character.is_control() && character != '\t';
        is_control || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|character| match u32::from(character) {
        code if !steers(character) => char::from_u32(code).unwrap_or(character),
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        _ => '\u{fffd}',
    });
    Cow::Owned(shown.collect())
}

/// Columns as the user says, as the terminal says, or as many as any terminal has.
fn width(said: Option<&str>, measured: Option<usize>) -> usize {
    let said = said.and_then(|columns| columns.parse::<usize>().ok());
    said.or(measured).unwrap_or(80).clamp(40, 120)
}

#[cfg(unix)]
fn columns_of(stream: impl std::os::fd::AsFd) -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(stream)?;
    Some(usize::from(width.0))
}

#[cfg(windows)]
fn columns_of(stream: impl std::os::windows::io::AsHandle) -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(stream)?;
    Some(usize::from(width.0))
}

fn color_wanted(variable: &dyn Fn(&str) -> Option<String>, is_terminal: bool) -> bool {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let is_on = |name| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    if is_set("NO_COLOR") {
        return false;
    }
    let dumb = variable("TERM").as_deref() == Some("dumb");
    let off = variable("CLICOLOR").as_deref() == Some("0");
    is_on("CLICOLOR_FORCE") || is_terminal && !dumb && !off
}

fn unicode_shown(variable: &dyn Fn(&str) -> Option<String>) -> bool {
    if cfg!(windows) {
        return true;
    }
    if variable("TERM").as_deref() == Some("linux") {
        return false;
    }
    let mut locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable);
    let locale = locale.find(|value| !value.is_empty()).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::{color_wanted, harmless, unicode_shown, width};

    fn colored(pairs: &[(&str, &str)], is_terminal: bool) -> bool {
        color_wanted(&|name| value(pairs, name), is_terminal)
    }

    fn value(pairs: &[(&str, &str)], name: &str) -> Option<String> {
        let found = pairs.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_environment_decides_on_colour() {
        assert!(colored(&[], true));
        assert!(!colored(&[], false));
        assert!(!colored(
            &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")],
            true
        ));
        assert!(colored(&[("NO_COLOR", "")], true));
        assert!(colored(&[("CLICOLOR_FORCE", "1")], false));
        assert!(!colored(&[("CLICOLOR_FORCE", "0")], false));
        assert!(!colored(&[("CLICOLOR", "0")], true));
        assert!(!colored(&[("TERM", "dumb")], true));
    }

    #[test]
    fn the_width_is_said_or_measured() {
        assert_eq!(width(None, None), 80);
        assert_eq!(width(None, Some(60)), 60);
        assert_eq!(width(Some("70"), Some(60)), 70);
        assert_eq!(width(Some("wide"), Some(60)), 60);
        assert_eq!(width(None, Some(7)), 40);
        assert_eq!(width(None, Some(400)), 120);
    }

    #[test]
    fn the_locale_decides_on_drawing() {
        let shown = |pairs: &[(&str, &str)]| unicode_shown(&|name| value(pairs, name));
        assert!(shown(&[("LANG", "en_US.UTF-8")]));
        assert!(shown(&[("LC_ALL", "C.utf8"), ("LANG", "C")]));
        assert!(!shown(&[("LC_ALL", "C"), ("LANG", "C.UTF-8")]));
        assert!(!shown(&[("TERM", "linux"), ("LANG", "C.UTF-8")]));
    }

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(harmless("a\tb"), "a\tb");
        assert_eq!(harmless("\u{1b}[31m\0"), "\u{241b}[31m\u{2400}");
        assert_eq!(harmless("\u{202e}x"), "\u{fffd}x");
    }
}
