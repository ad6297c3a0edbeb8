//! Text without its pictures.

/// Characters that are drawn as pictures, or that say how a picture is drawn.
const PICTURES: [(char, char); 25] = [
    ('\u{A9}', '\u{A9}'),
    ('\u{AE}', '\u{AE}'),
    ('\u{200D}', '\u{200D}'),
    ('\u{203C}', '\u{203C}'),
    ('\u{2049}', '\u{2049}'),
    ('\u{20E3}', '\u{20E3}'),
    ('\u{2122}', '\u{2122}'),
    ('\u{2139}', '\u{2139}'),
    ('\u{2194}', '\u{2199}'),
    ('\u{21A9}', '\u{21AA}'),
    ('\u{231A}', '\u{231B}'),
    ('\u{2328}', '\u{2328}'),
    ('\u{23CF}', '\u{23FA}'),
    ('\u{24C2}', '\u{24C2}'),
    ('\u{25AA}', '\u{25FE}'),
    ('\u{2600}', '\u{27BF}'),
    ('\u{2934}', '\u{2935}'),
    ('\u{2B05}', '\u{2B07}'),
    ('\u{2B1B}', '\u{2B55}'),
    ('\u{3030}', '\u{303D}'),
    ('\u{3297}', '\u{3299}'),
    ('\u{FE0E}', '\u{FE0F}'),
    ('\u{1F000}', '\u{1FAFF}'),
    ('\u{1FC00}', '\u{1FFFD}'),
    ('\u{E0020}', '\u{E007F}'),
];

/// Whether a character is part of a picture.
pub fn is_picture(character: char) -> bool {
    PICTURES
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&character))
}

/// The text without pictures, with single blanks between its words.
pub fn without_pictures(text: &str) -> String {
    let kept: String = text.chars().filter(|one| !is_picture(*one)).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_pictures;

    #[test]
    fn pictures_go_and_words_stay() {
        let cases = [
            ("🏛️ WAF Pillar Assessment", "WAF Pillar Assessment"),
            ("🏛 WAF", "WAF"),
            ("Validation ✅", "Validation"),
            (
                "🔁 Requirements → Cost Mapping",
                "Requirements → Cost Mapping",
            ),
            ("👩‍💻  Team", "Team"),
            ("⏱️", ""),
        ];
        for (text, wanted) in cases {
            assert_eq!(without_pictures(text), wanted);
        }
    }
}
