//! Letters, told quickly where most texts have them.

/// Whether a character is a letter, as [`char::is_alphabetic`] says. Letters of the Latin alphabets and of Russian are told by their
/// ranges: the tables behind that one take some three hundred instructions, which was a quarter of the check of a Russian text.
#[inline]
#[must_use]
pub fn is_alphabetic(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ˁ' | '\u{400}'..='\u{481}') || c.is_alphabetic()
}

/// Whether a character is a letter or a digit, as [`char::is_alphanumeric`] says.
#[inline]
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || c.is_numeric()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_character_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!((super::is_alphabetic(c), super::is_alphanumeric(c)), (c.is_alphabetic(), c.is_alphanumeric()), "{c:?}");
        }
    }
}
