//! Characters that nobody sees and every machine reads.

use baton_source::Span;

/// What kind of character hides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It changes the order in which its neighbours are shown.
    Direction,
    /// It stands for a character of ASCII and shows nothing.
    Tag,
    /// It chooses among the shapes of the character before it.
    Selector,
    /// It has no width.
    Blank,
}

/// Hidden characters of one kind, one right after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Where they stand.
    pub(crate) span: Span,
    /// What they are.
    pub(crate) kind: Kind,
    /// The characters.
    pub(crate) characters: Vec<char>,
    /// The character before them, and the one behind.
    pub(crate) around: (Option<char>, Option<char>),
    /// Whether their line has letters that are written from right to left.
    pub(crate) right_to_left: bool,
}

/// The hidden characters of a text, those that do their proper work included.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    if text.is_ascii() {
        return runs;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() {
            of_line(line, start, &mut runs);
        }
        start += line.len();
    }
    runs
}

fn of_line(line: &str, start: usize, runs: &mut Vec<Run>) {
    let right_to_left = line.chars().any(is_right_to_left);
    let mut before = None;
    let mut open: Option<Run> = None;
    for (at, character) in line.char_indices() {
        // A byte order mark at the very beginning is one.
        let found = kind(character).filter(|_| character != '\u{FEFF}' || start + at > 0);
        let span = Span::new(start + at, start + at + character.len_utf8());
        match (&mut open, found) {
            (Some(run), Some(kind)) if run.kind == kind => {
                run.span.end = span.end;
                run.characters.push(character);
            }
            (_, Some(kind)) => {
                close(&mut open, Some(character), runs);
                open = Some(Run {
                    span,
                    kind,
                    characters: vec![character],
                    around: (before, None),
                    right_to_left,
                });
            }
            (_, None) => close(&mut open, Some(character), runs),
        }
        before = Some(character);
    }
    close(&mut open, None, runs);
}

fn close(open: &mut Option<Run>, next: Option<char>, runs: &mut Vec<Run>) {
    if let Some(mut run) = open.take() {
        run.around.1 = next;
        runs.push(run);
    }
}

fn kind(character: char) -> Option<Kind> {
    match character {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => Some(Kind::Direction),
        '\u{E0000}'..='\u{E007F}' => Some(Kind::Tag),
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Some(Kind::Selector),
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}'
        | '\u{FEFF}' | '\u{FFA0}' => Some(Kind::Blank),
        '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{206A}'..='\u{206F}' => {
            Some(Kind::Blank)
        }
        _ => None,
    }
}

impl Run {
    /// Whether these tags draw the flag of a part of a country.
    pub(crate) fn is_flag(&self) -> bool {
        let Some(('\u{E007F}', region)) = self.characters.split_last() else {
            return false;
        };
        let is_code =
            |tag: &char| matches!(tag, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
        let drawn = self.around.0 == Some('\u{1F3F4}');
        drawn && (2..=6).contains(&region.len()) && region.iter().all(is_code)
    }

    /// Whether these blanks do in their script, or in a picture, what they are there for.
    pub(crate) fn is_needed(&self) -> bool {
        let (before, after) = self.around;
        let near = |fits: fn(char) -> bool| before.is_some_and(fits) || after.is_some_and(fits);
        let one = match self.characters.as_slice() {
            [one] => *one,
            _ => return false,
        };
        match one {
            '\u{200D}' if before.is_some_and(is_pictorial) => after.is_some_and(is_pictorial),
            // It keeps a fence in an example from ending the example, and a mention from being one.
            '\u{200B}' if near(|letter| matches!(letter, '`' | '@' | '~')) => true,
            '\u{200B}'..='\u{200D}' => near(is_joined),
            '\u{200E}' | '\u{200F}' | '\u{61C}' => self.right_to_left,
            '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => near(is_hangul),
            '\u{180E}' => near(|letter| matches!(letter, '\u{1800}'..='\u{18AF}')),
            '\u{AD}' | '\u{34F}' => near(is_right_to_left),
            _ => false,
        }
    }

    /// What these characters say to who reads them as bytes, as far as it can be shown.
    pub(crate) fn says(&self) -> Option<String> {
        let bytes: Vec<u8> = self
            .characters
            .iter()
            .filter_map(|one| byte(*one))
            .collect();
        let text = String::from_utf8_lossy(&bytes);
        let shown = |letter: &char| letter.is_ascii_graphic() || *letter == ' ';
        let plain: String = text
            .chars()
            .filter(shown)
            .filter(|letter| *letter != '`')
            .collect();
        let enough = plain.len() >= 2 && plain.len() * 10 >= bytes.len() * 8;
        enough.then(|| plain.chars().take(60).collect::<String>().trim().to_owned())
    }
}

/// The byte for which a tag or a selector stands.
fn byte(character: char) -> Option<u8> {
    let number = u32::from(character);
    let byte = match character {
        '\u{E0020}'..='\u{E007E}' => number.checked_sub(0xE0000),
        '\u{FE00}'..='\u{FE0F}' => number.checked_sub(0xFE00),
        '\u{E0100}'..='\u{E01EF}' => number.checked_sub(0xE0100 - 16),
        _ => None,
    };
    byte.and_then(|byte| u8::try_from(byte).ok())
}

/// The code point and the name of a hidden character.
pub(crate) fn named(character: char) -> String {
    let name = match character {
        '\u{AD}' => "soft hyphen",
        '\u{34F}' => "combining grapheme joiner",
        '\u{61C}' => "Arabic letter mark",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => "Hangul filler",
        '\u{180E}' => "Mongolian vowel separator",
        '\u{200B}' => "zero width space",
        '\u{200C}' => "zero width non-joiner",
        '\u{200D}' => "zero width joiner",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{202A}' => "left-to-right embedding",
        '\u{202B}' => "right-to-left embedding",
        '\u{202C}' => "pop directional formatting",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{206A}'..='\u{206F}' => "deprecated format character",
        '\u{FEFF}' => "zero width no-break space",
        '\u{E0000}'..='\u{E007F}' => "tag character",
        _ => "variation selector",
    };
    format!("U+{:04X} ({name})", u32::from(character))
}

/// Whether a character is a picture or part of one.
fn is_pictorial(character: char) -> bool {
    matches!(character,
        '\u{2190}'..='\u{2BFF}' | '\u{3030}'..='\u{303D}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}'
        | '\u{E0020}'..='\u{E007F}')
}

/// Whether a letter is of a script whose letters are joined, or that has no blanks.
fn is_joined(character: char) -> bool {
    matches!(character,
        '\u{0590}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{1A20}'..='\u{1AAF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{A840}'..='\u{ABFF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{11000}'..='\u{11FFF}')
}

fn is_hangul(character: char) -> bool {
    matches!(character, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{A960}'..='\u{D7FF}')
}

fn is_right_to_left(character: char) -> bool {
    matches!(character,
        '\u{0590}'..='\u{061B}' | '\u{061D}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Whether a character has shapes to choose from.
pub(crate) fn has_shapes(character: char) -> bool {
    !character.is_ascii() || character.is_ascii_digit() || matches!(character, '#' | '*')
}
