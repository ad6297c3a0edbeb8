//! HMAC with SHA-256, as RFC 2104 describes it.

/// Bytes that SHA-256 takes at a time.
const BLOCK: usize = 64;

/// The code of a message under a key, in lower case hexadecimal digits.
pub(crate) fn hmac(key: &[u8], message: &[u8]) -> String {
    let hashed;
    let key = if key.len() > BLOCK {
        hashed = sha256(key);
        hashed.as_slice()
    } else {
        key
    };
    let padded = |byte: u8| {
        let filled = key.iter().copied().chain(std::iter::repeat(0));
        let pad: Vec<u8> = filled.take(BLOCK).map(|part| part ^ byte).collect();
        pad
    };
    let inner = sha256(&[&padded(0x36), message].concat());
    baton_repo::sha256(&[padded(0x5c), inner].concat())
}

/// Whether two codes are equal; how long it takes tells nothing about where they differ.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let pairs = one.bytes().zip(other.bytes());
    let difference = pairs.fold(0, |all, (one, other)| all | (one ^ other));
    one.len() == other.len() && difference == 0
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    let digits = baton_repo::sha256(bytes);
    let value = |digit: u8| match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.wrapping_sub(b'a').wrapping_add(10),
    };
    let (pairs, _) = digits.as_bytes().as_chunks::<2>();
    pairs
        .iter()
        .map(|[high, low]| value(*high) << 4 | value(*low))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{hmac, is_same};

    #[test]
    fn codes_are_those_of_rfc_4231() {
        let long_key = "Test Using Larger Than Block-Size Key - Hash Key First";
        let long_text = "This is a test using a larger than block-size key and a larger than \
                         block-size data. The key needs to be hashed before being used by the \
                         HMAC algorithm.";
        let counted: Vec<u8> = (1..=25).collect();
        let cases: &[(&[u8], &[u8], &str)] = &[
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
            (
                &counted,
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
            (
                &[0xaa; 131],
                long_key.as_bytes(),
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &[0xaa; 131],
                long_text.as_bytes(),
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, message, expected) in cases {
            assert_eq!(hmac(key, message), *expected);
        }
    }

    #[test]
    fn codes_are_compared_as_a_whole() {
        assert!(is_same("abc", "abc"));
        for other in ["abd", "ab", "abcd", ""] {
            assert!(!is_same("abc", other), "{other}");
        }
    }
}
