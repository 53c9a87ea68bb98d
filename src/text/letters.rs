//! Letters, told quickly where most texts have them.

use std::borrow::Cow;

/// Whether a character is a letter, as [`char::is_alphabetic`] says. Letters of the Latin alphabets and of Russian are told by their
/// ranges: the tables behind that one take some three hundred instructions, which was a quarter of the check of a Russian text.
#[inline]
#[must_use]
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\x7F' => c.is_ascii_alphabetic(),
        '\u{400}'..='\u{481}' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ˁ' => true,
        _ => c.is_alphabetic(),
    }
}

/// Whether a character is a letter or a digit, as [`char::is_alphanumeric`] says.
#[inline]
#[must_use]
pub fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c) || if c.is_ascii() { c.is_ascii_digit() } else { c.is_numeric() }
}

/// The number of the Russian letter that begins at byte `at`, in the order of the alphabet: capitals from 0, small ones from 32. None for
/// `ё`, which stands elsewhere in Unicode, and for all other characters.
#[inline]
#[must_use]
pub fn russian(text: &[u8], at: usize) -> Option<u32> {
    let &[first, second] = text.get(at..)?.first_chunk()?;
    let number = (u32::from(first) << 6 | u32::from(second) & 0x3F).wrapping_sub(0xD0 << 6 | 0x10);
    (number < 64).then_some(number)
}

/// The small Russian letter of a number, as two bytes.
#[inline]
#[must_use]
pub fn small_russian(number: u32) -> [u8; 2] {
    let packed = (0xD0 << 6 | 0x30) + number % 32;
    [packed >> 6, packed & 0x3F | 0x80].map(|byte| byte.to_le_bytes()[0])
}

/// Whether a word begins with a capital, as [`char::is_uppercase`] says.
#[inline]
#[must_use]
pub fn is_capitalised(word: &str) -> bool {
    russian(word.as_bytes(), 0).map_or_else(|| word.starts_with(char::is_uppercase), |number| number < 32)
}

/// Words in small letters, as [`str::to_lowercase`] makes them; most words of a text are, and those are told by their bytes and not copied.
#[must_use]
pub fn small(words: &str) -> Cow<'_, str> {
    let bytes = words.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match russian(bytes, at) {
            Some(32..) => 2,
            None if byte.is_ascii() && !byte.is_ascii_uppercase() => 1,
            None if bytes.get(at..).is_some_and(|rest| rest.starts_with("ё".as_bytes())) => 2,
            _ => return Cow::Owned(words.to_lowercase()),
        };
    }
    Cow::Borrowed(words)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn small_letters_are_those_of_unicode(words in "([a-z]{0,3}|[A-Z]|[а-яё]{0,3}|[А-ЯЁ]|-| |Σ|\\PC){0,8}") {
            prop_assert_eq!(super::small(&words), words.to_lowercase());
        }
    }

    #[test]
    fn capitals_are_those_of_unicode() {
        for c in '\0'..=char::MAX {
            assert_eq!(super::is_capitalised(&format!("{c}a")), c.is_uppercase(), "{c:?}");
        }
        assert!(!super::is_capitalised(""));
    }

    #[test]
    fn what_is_small_is_not_copied() {
        assert!(matches!(super::small("it's ещё 7"), super::Cow::Borrowed(_)));
    }

    #[test]
    fn russian_letters_are_numbered() {
        for c in '\0'..=char::MAX {
            let at = "аё".len();
            let number = super::russian(format!("аё{c}").as_bytes(), at);
            assert_eq!(number.is_some(), ('А'..='я').contains(&c), "{c:?}");
            if let Some(number) = number {
                assert_eq!((number < 32, &super::small_russian(number)[..]), (c.is_uppercase(), c.to_lowercase().to_string().as_bytes()));
            }
        }
        assert_eq!((super::russian(b"", 0), super::russian("я".as_bytes(), 1), super::russian("я".as_bytes(), 9)), (None, None, None));
    }

    #[test]
    fn every_character_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!((super::is_alphabetic(c), super::is_alphanumeric(c)), (c.is_alphabetic(), c.is_alphanumeric()), "{c:?}");
        }
    }
}
