//! Finding keywords in a text: at every second byte, three bytes are looked up in a table that
//! has of each keyword the three rarest in a row, and those one byte later.
//!
//! That is several times as fast as an automaton over hundreds of keywords, and made in
//! microseconds. Letters are compared without case.

use std::ops::RangeInclusive;

/// Bytes that are looked at in one step.
const STEP: usize = 8;
/// Bytes that are looked up together.
const GRAM: usize = 3;
/// The numbers of grams have 16 bits, of which 11 name the bucket.
const BUCKETS: usize = 1 << 11;
/// Makes small letters of capitals, eight at a time; what else it changes it always changes.
const SMALL: u64 = 0x2020_2020_2020_2020;

/// What may stand before a keyword of two or three bytes: ASCII, and the end of any character.
const BEFORE: RangeInclusive<u8> = 0..=0xbf;
/// What may follow such a keyword: ASCII, as in every secret.
const AFTER: RangeInclusive<u8> = 0..=0x7f;

/// Where keywords may stand, by three bytes.
pub(crate) struct Keywords {
    /// For every number that three bytes may have, whether a keyword has them: 32 per bucket.
    known: Box<[u32; BUCKETS]>,
    /// Where the grams of each bucket begin.
    starts: Vec<usize>,
    /// By bucket.
    grams: Vec<Gram>,
}

/// Three bytes of a keyword.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Gram {
    number: u32,
    keyword: usize,
    /// Bytes of the keyword before them; −1 where it begins with the second of them.
    before: isize,
}

impl Keywords {
    /// Reads keywords: ASCII, at least two bytes.
    pub(crate) fn new<'k>(keywords: impl IntoIterator<Item = &'k str>) -> Keywords {
        let mut grams: Vec<Gram> = Vec::new();
        for (keyword, text) in keywords.into_iter().enumerate() {
            let gram = |(before, [one, two, three]): (isize, [u8; GRAM])| Gram {
                number: number(u64::from_le_bytes([one, two, three, 0, 0, 0, 0, 0]) | SMALL),
                keyword,
                before,
            };
            grams.extend(parts(text.as_bytes()).into_iter().map(gram));
        }
        grams.sort_unstable();
        grams.dedup();
        let mut known = Box::new([0; BUCKETS]);
        for gram in &grams {
            if let Some(known) = known.get_mut(bucket(gram.number)) {
                *known |= bit(gram.number);
            }
        }
        let begins = |at| grams.partition_point(|gram| bucket(gram.number) < at);
        Keywords {
            known,
            starts: (0..=BUCKETS).map(begins).collect(),
            grams,
        }
    }

    /// Calls `hit` with the number of every keyword in a text and its place. Some are none,
    /// because only a few bytes were compared.
    pub(crate) fn each(&self, text: &str, mut hit: impl FnMut(usize, usize)) {
        let (words, rest) = text.as_bytes().as_chunks::<STEP>();
        let mut before = SMALL;
        for (at, word) in words.iter().enumerate() {
            let word = u64::from_le_bytes(*word) | SMALL;
            self.step((before, word), at * STEP, &mut hit);
            before = word;
        }
        // The end, with blanks up to the next step and one step of them.
        let mut last = [b' '; STEP];
        for (to, from) in last.iter_mut().zip(rest) {
            *to = *from;
        }
        let word = u64::from_le_bytes(last) | SMALL;
        let at = words.len() * STEP;
        self.step((before, word), at, &mut hit);
        self.step((word, SMALL), at + STEP, &mut hit);
    }

    /// Looks at four places, the first of them two bytes before a step.
    #[inline]
    fn step(&self, (before, word): (u64, u64), at: usize, hit: &mut impl FnMut(usize, usize)) {
        let one = number((before >> 48) | (word << 16));
        let two = number(word);
        let three = number(word >> 16);
        let four = number(word >> 32);
        let known = self.known(one) | self.known(two) | self.known(three) | self.known(four);
        if known & 1 == 0 {
            return;
        }
        for (number, place) in [one, two, three, four].into_iter().zip([0, 2, 4, 6]) {
            let place = (at + place).checked_sub(2);
            if let Some(place) = place.filter(|_| self.known(number) & 1 != 0) {
                self.tell(number, place, hit);
            }
        }
    }

    /// Whether a keyword has a gram of this number, in the lowest bit.
    #[inline]
    fn known(&self, number: u32) -> u32 {
        let known = self.known.get(bucket(number)).copied().unwrap_or(0);
        known >> (number & 31)
    }

    #[cold]
    fn tell(&self, number: u32, place: usize, hit: &mut impl FnMut(usize, usize)) {
        let at = bucket(number);
        let (Some(from), Some(to)) = (self.starts.get(at), self.starts.get(at + 1)) else {
            return;
        };
        let grams = self.grams.get(*from..*to).unwrap_or_default();
        for gram in grams.iter().filter(|gram| gram.number == number) {
            if let Some(start) = place.checked_add_signed(-gram.before) {
                hit(gram.keyword, start);
            }
        }
    }
}

/// Three bytes in a row of a keyword and those one byte later, with how many bytes are before
/// them; what stands beside a short one is part of them.
fn parts(keyword: &[u8]) -> Vec<(isize, [u8; GRAM])> {
    match *keyword {
        [one, two] => {
            let after = AFTER.map(|last| (0, [one, two, last]));
            after
                .chain(BEFORE.map(|first| (-1, [first, one, two])))
                .collect()
        }
        [one, two, three] if frequency(&[one, two]) < frequency(&[two, three]) => {
            let before = BEFORE.map(|first| (-1, [first, one, two]));
            before.chain([(0, [one, two, three])]).collect()
        }
        [one, two, three] => {
            let after = AFTER.map(|last| (1, [two, three, last]));
            after.chain([(0, [one, two, three])]).collect()
        }
        _ => {
            let rarest = (0..).zip(keyword.windows(GRAM + 1));
            let rarest = rarest.min_by_key(|(_, four)| frequency(four));
            let Some((at, &[one, two, three, four])) = rarest else {
                return Vec::new();
            };
            vec![(at, [one, two, three]), (at + 1, [two, three, four])]
        }
    }
}

/// The number of the first three bytes, 16 bits; others may have it too.
#[inline]
fn number(word: u64) -> u32 {
    // The other bytes are shifted out, and the product's upper half depends on all three.
    let [one, two, three, ..] = word.to_le_bytes();
    u32::from_le_bytes([0, one, two, three]).wrapping_mul(0x9e37_79b1) >> 16
}

fn bucket(number: u32) -> usize {
    (number >> 5) as usize
}

/// How often bytes stand in texts, roughly: the keywords of common words have rare parts.
fn frequency(bytes: &[u8]) -> usize {
    const RARE_FIRST: &[u8] = b"zqxjkvb+~pygfwmucldr_hsn.ioat:/e-";
    let of = |byte: &u8| {
        let place = RARE_FIRST
            .iter()
            .position(|known| byte.eq_ignore_ascii_case(known));
        place.unwrap_or(RARE_FIRST.len() / 2)
    };
    bytes.iter().map(of).sum()
}

fn bit(number: u32) -> u32 {
    1 << (number & 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Keywords;

    const WORDS: [&str; 8] = [
        "SK", "pwd", "://", "+ASt", "token", "ntoke", "aaaa", "a_b.c",
    ];

    /// Whether a keyword stands at a place and ASCII follows.
    fn stands(text: &str, start: usize, number: usize) -> bool {
        let (word, rest) = (WORDS[number].as_bytes(), &text.as_bytes()[start..]);
        let part = rest.get(..word.len());
        let is_ascii = rest.get(word.len()).is_none_or(u8::is_ascii);
        is_ascii && part.is_some_and(|part| part.eq_ignore_ascii_case(word))
    }

    /// Every place of every keyword, found by hand.
    fn expected(text: &str) -> Vec<(usize, usize)> {
        let starts = 0..text.len();
        let all = starts.flat_map(|start| (0..WORDS.len()).map(move |number| (start, number)));
        all.filter(|(start, number)| stands(text, *start, *number))
            .collect()
    }

    fn found(text: &str) -> Vec<(usize, usize)> {
        let mut hits = Vec::new();
        Keywords::new(WORDS).each(text, |number, start| hits.push((start, number)));
        hits.retain(|(start, number)| *start < text.len() && stands(text, *start, *number));
        hits.sort_unstable();
        hits
    }

    #[test]
    fn each_keyword_is_told_once_wherever_it_stands() {
        let places = (0..20).flat_map(|before| (0..10).map(move |after| (before, after)));
        for ((before, after), word) in places.flat_map(|place| WORDS.map(|word| (place, word))) {
            let text = format!("{}é{word}{}", "-".repeat(before), "-".repeat(after));
            assert_eq!(found(&text), expected(&text), "{text}");
            let text = format!("{}{}", "x".repeat(before), word.to_uppercase());
            assert_eq!(found(&text), expected(&text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_missed(pieces in prop::collection::vec(
            prop_oneof![prop::sample::select(&WORDS[..]).prop_map(str::to_owned), "\\PC{0,5}", "[a-cKSntok]{0,6}"],
            0..20,
        )) {
            let text = pieces.concat();
            prop_assert_eq!(found(&text), expected(&text));
        }
    }
}
