//! Russian names change their endings: «Лавров», «Лаврова», «Лаврову»; «Минские соглашения», «Минских соглашений».
//!
//! Two steps, so that nothing is stored but the name as written. Names and words of texts are filed
//! under their stem: the word without the letters at its end of which endings are made ([`StemHash`]).
//! That brings together far too much («Лавра», «Лавров»); so the words are then compared by
//! [`inflects`], which knows what each dictionary form may turn into. A registered word counts as the
//! dictionary form; a word that stands in another case already («Совет *Безопасности*») only equals itself.
//!
//! Precision is preferred. Not handled: words of fewer than four letters, vowels that come and go
//! («Донец», «Донца»), plurals of singular names, words in capitals only («ОБСЕ»).

use super::token::{fold, mix};
use crate::text::letters;

/// Shortest word that takes endings, in letters.
const SHORTEST: usize = 4;

/// Shortest word in -и that is read as a plural: «Мали», «Чили» never change.
const SHORTEST_PLURAL: usize = 6;

/// What a stem keeps at least, in letters.
const KEPT: usize = 3;

/// Hashes a folded word character by character and remembers the value at its stem's end.
#[derive(Default)]
pub struct StemHash {
    all: u64,
    stem: u64,
    letters: usize,
}

impl StemHash {
    /// The next folded character.
    pub fn push(&mut self, c: char) {
        self.letters += 1;
        self.all = mix(self.all.rotate_left(5), u64::from(u32::from(c)));
        if self.letters <= KEPT || !makes_endings(c) {
            self.stem = self.all;
        }
    }

    /// The key of the word.
    pub fn key(&self) -> u64 {
        self.stem
    }
}

/// The key of a word of Russian letters alone, told by what is put together of its stem's letters: five bits each, twelve at a time. With it
/// the byte behind the letters at `start`, which may go on with others.
pub fn stem_key(text: &[u8], start: usize) -> (u64, usize) {
    // The highest bit set tells how many letters follow it.
    let (mut before, mut packed, mut letters, mut at) = (0, 1_u64, 0, start);
    let mut stem = (before, packed);
    loop {
        let letter = match letters::russian(text, at) {
            Some(number) => number % 32,
            None if is_yo(text, at) => E,
            None => return (mix(stem.0, stem.1), at),
        };
        if packed >> (5 * TOGETHER) != 0 {
            (before, packed) = (mix(before, packed), 1);
        }
        packed = packed << 5 | u64::from(letter);
        (letters, at) = (letters + 1, at + 2);
        if letters <= KEPT || ENDING >> letter & 1 == 0 {
            stem = (before, packed);
        }
    }
}

/// So many letters are put together.
const TOGETHER: u32 = 12;

/// The number of `е`, as which `ё` counts.
const E: u32 = 'е' as u32 - 'а' as u32;

fn is_yo(text: &[u8], at: usize) -> bool {
    matches!(text.get(at..).and_then(<[u8]>::first_chunk), Some([0xD0, 0x81] | [0xD1, 0x91]))
}

/// The letters of which the endings in [`PARADIGMS`] consist. A word's stem ends before its last run of them.
const ENDINGS: [char; 14] = ['а', 'в', 'г', 'е', 'и', 'й', 'м', 'о', 'у', 'х', 'ы', 'ь', 'ю', 'я'];

/// The same, a bit for each letter.
const ENDING: u32 = {
    let (mut bits, mut n) = (0, 0);
    while n < ENDINGS.len() {
        bits |= 1 << (ENDINGS[n] as u32 - 'а' as u32);
        n += 1;
    }
    bits
};

fn makes_endings(c: char) -> bool {
    ENDINGS.contains(&c)
}

/// Dictionary endings with what they turn into; the longest that fits a word decides, and all of one length are tried.
/// The empty ending stands for a consonant.
const PARADIGMS: &[(&str, &[&str])] = &[
    // Surnames in -ов, -ев, -ин: Лаврова, Лаврову, Лавровым, Лаврове; so do places: Киева, Киевом.
    ("ов", &["ова", "ову", "овым", "овом", "ове", "овы", "овых"]),
    ("ев", &["ева", "еву", "евым", "евом", "еве", "евы", "евых"]),
    ("ин", &["ина", "ину", "иным", "ином", "ине", "ины", "иных"]),
    // Adjectives and surnames like them: Генерального, Зеленскому.
    ("ый", &["ого", "ому", "ым", "ом"]),
    ("ий", &["ого", "ому", "им", "ом", "его", "ему", "ем", "ия", "ию", "ием", "ии"]),
    ("ой", &["ого", "ому", "ым", "им", "ом"]),
    ("ая", &["ой", "ую"]),
    ("яя", &["ей", "юю"]),
    ("ое", &["ого", "ому", "ым", "им", "ом"]),
    ("ее", &["его", "ему", "им", "ем"]),
    ("ые", &["ых", "ым", "ыми"]),
    ("ие", &["их", "им", "ими", "ия", "ию", "ием", "ии"]),
    // Россия; соглашения.
    ("ия", &["ии", "ию", "ией", "ий", "иям", "иями", "иях"]),
    // Nouns.
    ("а", &["ы", "и", "е", "у", "ой", "ей"]),
    ("я", &["и", "е", "ю", "ей", "й"]),
    ("й", &["я", "ю", "ем", "е"]),
    ("ь", &["я", "ю", "ем", "ём", "е", "и", "ью"]),
    ("о", &["а", "у", "ом", "е"]),
    ("е", &["я", "ю", "ем", "и"]),
    ("ы", &["ов", "ам", "ами", "ах", ""]),
    ("и", &["ов", "ев", "ей", "ам", "ями", "ям", "ами", "ах", "ях", ""]),
    ("", &["а", "у", "ом", "ем", "е"]),
];

/// Whether `word` is a form of the dictionary form `name`, letter for letter the same before the ending.
/// Case is compared by `same`.
pub fn inflects(name: &str, word: &str, same: fn(char, char) -> bool) -> bool {
    if name.chars().count() < SHORTEST || !name.chars().all(is_cyrillic) || is_all_capitals(name) {
        return false;
    }
    if fold(name.chars().next_back().unwrap_or(' ')) == 'и' && name.chars().count() < SHORTEST_PLURAL {
        return false;
    }
    let Some((ending, forms)) = PARADIGMS.iter().find(|(ending, _)| ends_with_folded(name, ending)) else { return false };
    if ending.is_empty() && name.chars().next_back().is_none_or(|c| makes_vowel(fold(c))) {
        return false;
    }
    let stem = &name[..name.len() - ending.len()];
    forms.iter().any(|form| has_form(word, stem, form, same))
}

fn has_form(word: &str, stem: &str, form: &str, same: fn(char, char) -> bool) -> bool {
    let mut rest = word.chars();
    stem.chars().all(|c| rest.next().is_some_and(|w| same(c, w))) && {
        let mut form = form.chars();
        rest.all(|w| form.next().is_some_and(|f| fold(f) == fold(w))) && form.next().is_none()
    }
}

fn ends_with_folded(word: &str, ending: &str) -> bool {
    let mut letters = word.chars().rev();
    ending.chars().rev().all(|e| letters.next().is_some_and(|c| fold(c) == e)) && letters.nth(1).is_some()
}

fn is_cyrillic(c: char) -> bool {
    matches!(c, 'А'..='я' | 'ё' | 'Ё')
}

fn is_all_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

fn makes_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я' | 'й' | 'ь' | 'ъ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_of_one_stem_have_one_key(one in "[а-яА-ЯёЁ]{1,4}[клст]{0,12}[аеиовмя]{0,4}", other in "[а-яё]{1,30}", ending in "[аеиоувмхгйыьюя]{0,4}") {
            let slowly = |word: &str| {
                let mut stem = StemHash::default();
                word.chars().for_each(|c| stem.push(fold(c)));
                stem.key()
            };
            let quickly = |word: &str| stem_key(format!("«{word}».").as_bytes(), "«".len());
            let words = [one.clone(), other, format!("{one}{ending}"), one.to_uppercase(), one.replace('ё', "е")];
            for word in &words {
                prop_assert_eq!(quickly(word).1, "«".len() + word.len());
                for other in &words {
                    prop_assert_eq!(slowly(word) == slowly(other), quickly(word).0 == quickly(other).0, "{} {}", word, other);
                }
            }
        }
    }

    fn says(name: &str, word: &str) -> bool {
        inflects(name, word, |a, b| a == b)
    }

    #[test]
    fn names_are_known_in_their_cases() {
        for (name, words) in [
            ("Лавров", "Лаврова Лаврову Лавровым Лаврове"),
            ("Захарова", "Захаровой Захарову"),
            ("Сергей", "Сергея Сергею Сергеем"),
            ("Россия", "России Россию Россией"),
            ("Москва", "Москвы Москве Москву Москвой"),
            ("Минские", "Минских Минскими"),
            ("соглашения", "соглашений соглашениями"),
            ("Совет", "Совета Совету Советом Совете"),
            ("Карабах", "Карабаха Карабахе"),
            ("Зеленский", "Зеленского Зеленскому"),
            ("Киев", "Киева Киеве Киевом"),
            ("Организация", "Организации Организацией"),
        ] {
            for word in words.split(' ') {
                assert!(says(name, word), "{name} {word}");
            }
        }
    }

    #[test]
    fn other_words_of_one_stem_are_not() {
        for (name, word) in
            [("Лавров", "Лавра"), ("Россия", "российский"), ("ОБСЕ", "ОБСа"), ("Москва", "Москвич"), ("Мали", "Малов"), ("Рим", "Рима")]
        {
            assert!(!says(name, word), "{name} {word}");
        }
    }
}
