//! Numbers in groups of seven bits, the lowest first (LEB128): small ones, as most are, take one byte.

/// Appends a number.
pub(super) fn push(into: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        into.push(low_bits(number) | 0x80);
        number >>= 7;
    }
    into.push(low_bits(number));
}

/// The lowest seven bits of a number.
fn low_bits(number: usize) -> u8 {
    u8::try_from(number & 0x7f).unwrap_or(0)
}

/// What is left to read. Whatever is not there is `None`.
#[derive(Clone, Debug)]
pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    pub fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0u32, 0);
        loop {
            let byte = self.byte()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }

    pub fn bytes(&mut self, count: u32) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count as usize)?;
        self.0 = rest;
        Some(bytes)
    }

    /// Words behind the number of their bytes.
    pub fn words(&mut self) -> Option<&'a str> {
        let count = self.number()?;
        std::str::from_utf8(self.bytes(count)?).ok()
    }
}
