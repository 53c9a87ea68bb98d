//! A word as the tables have it: small letters, of a Russian word the stem.

use crate::prose::Language;
use crate::text::letters;

/// Bytes of the longest word that is looked up.
pub const LONGEST: usize = 48;

/// A small word on the stack.
pub struct Key {
    bytes: [u8; LONGEST + 8],
    len: usize,
}

impl Key {
    /// The key of a word; that of a word too long is empty.
    pub fn new(word: &str, language: Language) -> Self {
        let mut key = Self::folded(word);
        if language == Language::Russian {
            key.stem();
        }
        key
    }

    /// The word in small letters, whole.
    pub fn folded(word: &str) -> Self {
        let mut key = Self { bytes: [0; LONGEST + 8], len: 0 };
        if !key.fold(word) {
            key.len = 0;
        }
        key
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or_default()
    }

    /// Fills the key with small letters; answers whether there was room.
    fn fold(&mut self, word: &str) -> bool {
        let bytes = word.as_bytes();
        if let (true, Some(room)) = (word.is_ascii(), self.bytes.get_mut(..bytes.len())) {
            room.copy_from_slice(bytes);
            room.make_ascii_lowercase();
            self.len = bytes.len();
            return true;
        }
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let second = bytes.get(at + 1).copied().unwrap_or_default();
            // Russian letters have numbers, and `ё`, as some others of Cyrillic, is told by its bytes: nearly all there are.
            let (folded, length): ([u8; 2], usize) = match (letters::russian(bytes, at), byte, second) {
                (Some(number), ..) => (letters::small_russian(number), 2),
                (_, 0..0x80, _) => ([byte.to_ascii_lowercase(), 0], 1),
                (_, 0xD0, 0x81) => ([0xD1, 0x91], 2),
                (_, 0xD1, 0x90..=0x9F) => ([byte, second], 2),
                _ => {
                    let Some(c) = word.get(at..).and_then(|w| w.chars().next()) else { return false };
                    if !self.push_char(c) {
                        return false;
                    }
                    at += c.len_utf8();
                    continue;
                }
            };
            let Some(room) = self.bytes.get_mut(self.len..self.len + length) else { return false };
            match room {
                [first, second] => [*first, *second] = folded,
                _ => room.fill(folded[0]),
            }
            self.len += length;
            at += length;
        }
        true
    }

    fn push_char(&mut self, c: char) -> bool {
        let c = if c == '’' { '\'' } else { c };
        c.to_lowercase().all(|c| {
            let mut buffer = [0; 4];
            let encoded = c.encode_utf8(&mut buffer).as_bytes();
            let Some(room) = self.bytes.get_mut(self.len..self.len + encoded.len()) else { return false };
            room.copy_from_slice(encoded);
            self.len += encoded.len();
            true
        })
    }

    /// Takes off a Russian ending, at least three letters remaining.
    fn stem(&mut self) {
        let word = self.bytes();
        let Some(&last) = word.last_chunk::<2>() else { return };
        let kept = endings(last).iter().find_map(|e| word.strip_suffix(e.as_bytes()).filter(|w| w.len() >= 6)).map(<[u8]>::len);
        self.len = kept.unwrap_or(self.len);
    }
}

/// Endings by their last letter, the longer ones first.
fn endings(last: [u8; 2]) -> &'static [&'static str] {
    match last {
        [0xD0, 0xB0] => &["а"],
        [0xD0, 0xB2] => &["ов", "ев"],
        [0xD0, 0xB5] => &["ое", "ее", "ые", "ие", "е"],
        [0xD0, 0xB8] => &["ами", "ями", "ыми", "ими", "ии", "и"],
        [0xD0, 0xB9] => &["ый", "ий", "ой", "ей", "й"],
        [0xD0, 0xBC] => &["ым", "им", "ом", "ем", "ам", "ям"],
        [0xD0, 0xBE] => &["ого", "его", "о"],
        [0xD1, 0x83] => &["ому", "ему", "у"],
        [0xD1, 0x85] => &["ых", "их", "ах", "ях"],
        [0xD1, 0x8B] => &["ы"],
        [0xD1, 0x8C] => &["ь"],
        [0xD1, 0x8E] => &["ую", "юю", "ию", "ю"],
        [0xD1, 0x8F] => &["ая", "яя", "ия", "я"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(word: &str) -> String {
        String::from_utf8(Key::new(word, Language::Russian).bytes().to_vec()).expect("letters")
    }

    #[test]
    fn a_word_is_folded_and_stemmed() {
        let wanted = [
            ("Заявил", "заявил"),
            ("МИНИСТРАМИ", "министр"),
            ("Ёлками", "ёлк"),
            ("словами", "слов"),
            ("она", "она"),
            ("Said", "said"),
            ("it’s", "it's"),
            ("ÉTAT", "état"),
            ("", ""),
        ];
        for (word, folded) in wanted {
            assert_eq!(key(word), folded, "{word}");
        }
        assert_eq!(key(&"слово".repeat(12)), "");
    }

    #[test]
    fn the_bytes_of_the_endings_are_their_last_letters() {
        for letter in "абвгдеёжзийклмнопрстуфхцчшщъыьэюя".chars() {
            let letter = letter.to_string();
            let bytes = *letter.as_bytes().first_chunk::<2>().expect("two bytes");
            assert!(endings(bytes).iter().all(|e| e.ends_with(&letter)), "{letter}");
        }
    }
}
