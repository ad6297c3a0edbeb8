//! How much a text varies.

/// Bits per byte by Shannon's measure.
pub(crate) fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        if let Some(count) = counts.get_mut(usize::from(byte)) {
            *count += 1;
        }
    }
    let length = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    let share = |count: &u32| f64::from(*count) / length;
    let used = counts.iter().filter(|count| **count > 0).map(share);
    -used.map(|share| share * share.log2()).sum::<f64>()
}

/// Whether nine characters in a row, or every second of them, count up: `abcdefghi`,
/// `a1b2c3d4e5f6g7h8i9`.
pub(crate) fn counts_up(text: &str) -> bool {
    const RUN: usize = 8;
    let bytes: Vec<u8> = text.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
    // `9` and `z` start again with `0` and `a`.
    let follows = |one: u8, next: u8| {
        next == one.wrapping_add(1) || (one, next) == (b'9', b'0') || (one, next) == (b'z', b'a')
    };
    [1, 2].into_iter().any(|step| {
        let mut run = 0;
        let pairs = bytes.iter().zip(bytes.iter().skip(step));
        for (one, next) in pairs {
            run = if follows(*one, *next) { run + 1 } else { 0 };
            if run >= RUN {
                return true;
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::{counts_up, entropy};

    #[test]
    fn entropy_of_simple_texts() {
        assert!(entropy("aaaa") < 0.001);
        assert!((entropy("abab") - 1.0).abs() < 0.001);
        assert!((entropy("abcdefgh") - 3.0).abs() < 0.001);
        assert!(entropy("").abs() < 0.001);
    }

    #[test]
    fn runs() {
        assert!(counts_up("x0123456789"));
        assert!(counts_up("ABCDEFGHIJ"));
        assert!(counts_up("a1b2c3d4e5f6g7h8i9j0"));
        assert!(!counts_up("Zm9vYmFyYmF6cXV4"));
        assert!(!counts_up("aaaaaaaaaaaaaaa"));
    }
}
