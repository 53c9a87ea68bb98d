//! The lexicons of cues and speakers, compiled once.
//!
//! Every word of a text is looked up, so most of the work is to find out cheaply that a word is not there: short
//! Latin words are numbers (`table`), Cyrillic ones have a filter over their first letters before they are folded
//! and stemmed (`key`). Small words carry the lists they stand in (`small`). `unclosed` asks the lexicons where a
//! quotation ends that was never closed.

mod idle;
mod key;
mod small;
mod table;
mod unclosed;

pub use idle::Tells;
pub use small::Small;
pub use table::{Latin, SHORT};
pub use unclosed::unclosed_end;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::prose::Language;
use crate::prose::heads::Heads;
use crate::text::letters;
use key::{Key, LONGEST};

/// What kind of cue a word is; what each means is told in the data files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cue {
    /// None.
    #[default]
    None,
    /// With any subject.
    Say,
    /// With a subject that can speak.
    Report,
    /// Only beside a quotation.
    Beside,
    /// Gives a name or verdict in marks.
    Name,
    /// The speaker follows.
    According,
}

/// What a word is in the name of a speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Who {
    /// Nothing known.
    #[default]
    None,
    /// `he`
    Pronoun,
    /// One person: `the minister`.
    Role,
    /// Several: `officials`.
    People,
    /// Speaks for another: `spokesman`.
    Voice,
    /// A body known by this word: `ministry`.
    Body,
    /// Any organisation: `the agency`.
    Group,
    /// A document: `the statement`.
    Document,
    /// `the`
    Determiner,
    /// May stand between subject and verb.
    Adverb,
}

/// What is known of a word where it stands; eight bytes, to be taken over as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Known {
    /// The lists of small words it stands in.
    pub small: Small,
    /// As a cue.
    pub cue: Cue,
    /// As a speaker.
    pub who: Who,
    /// The plain form of an English verb: `say`, which goes with `they` and not with `he`.
    pub plain: bool,
    /// Whether it begins with a capital; no entry does.
    pub capital: bool,
}

impl Known {
    /// Nothing.
    const NONE: Self = Self { small: Small::NONE, cue: Cue::None, who: Who::None, plain: false, capital: false };
}

/// A word of the lexicon.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Entry {
    /// What it is.
    pub known: Known,
    /// Whether every cue with this word in it can be known by it: of a phrase the longest word.
    pub trigger: bool,
    /// Whether some of those cues are phrases, or words in parts.
    within: bool,
    /// Which of [`Lexicon::phrases`] it ends; 0 where it ends none.
    phrases: u16,
}

impl Entry {
    /// Of a word that is in no lexicon.
    const NONE: Self = Self { known: Known::NONE, trigger: false, within: false, phrases: 0 };

    /// Whether it ends a phrase.
    #[inline]
    pub fn ends_phrases(&self) -> bool {
        self.phrases != 0
    }
}

/// Phrases that end with one word.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// The keys of the words before it, and what the phrase is.
    pub all: Vec<(Vec<Box<[u8]>>, Cue, Who)>,
    /// A bit for each word right before it ([`Phrases::may_follow`]).
    behind: u64,
}

impl Phrases {
    /// Whether one may have the given word right before its last.
    pub fn may_follow(&self, word: &str) -> bool {
        self.behind & beginning_bit(word.as_bytes()) != 0
    }
}

/// A bit for the length and the first letter of a word, in any case; all for a word beyond ASCII, which may be any form.
fn beginning_bit(word: &[u8]) -> u64 {
    match word.first() {
        Some(&first) if word.is_ascii() => 1 << ((usize::from(first & 0x1F) + 5 * word.len()) % 64),
        _ => u64::MAX,
    }
}

/// One language's words.
pub struct Lexicon {
    language: Language,
    entries: Vec<Entry>,
    /// The first has none.
    phrases: Vec<Phrases>,
    /// All words, by their keys.
    words: FxHashMap<Box<[u8]>, u16>,
    /// The short Latin ones once more.
    short: table::Short<Entry>,
    /// Bits of the Latin ones that are longer.
    long: u64,
    /// How the Cyrillic ones begin.
    beginnings: table::Beginnings,
    /// Small words of other letters, as they stand.
    small: FxHashMap<&'static str, Small>,
    /// Most words are none of them.
    may_be_small: Heads,
    /// Words of Latin letters by which every cue can be known; `None` when some have others.
    telling: Option<Vec<String>>,
    /// Words of the longest phrase that is no cue.
    longest_phrase: usize,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(Language::English, &[include_str!("../../lexicon/cues_en.txt"), include_str!("../../lexicon/speakers_en.txt")])
});
static RUSSIAN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(Language::Russian, &[include_str!("../../lexicon/cues_ru.txt"), include_str!("../../lexicon/speakers_ru.txt")])
});

/// The lexicon of a language.
pub fn lexicon(language: Language) -> &'static Lexicon {
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    }
}

impl Lexicon {
    fn new(language: Language, files: &[&str]) -> Self {
        let mut this = Self {
            language,
            entries: Vec::new(),
            phrases: vec![Phrases::default()],
            words: FxHashMap::default(),
            short: table::Short::new(),
            long: 0,
            beginnings: table::Beginnings::new(),
            small: FxHashMap::default(),
            may_be_small: Heads::of(small::LISTS.iter().flat_map(|(_, words)| words.iter().copied())),
            telling: Some(Vec::new()),
            longest_phrase: 1,
        };
        for line in files.iter().flat_map(|f| f.lines()).filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(entry), Some(class)) = (fields.next(), fields.next()) else { continue };
            let (cue, who) = class_of(class);
            for (nth, form) in entry.split('/').enumerate() {
                this.add(form, cue, who);
                if language == Language::Russian && cue != Cue::None {
                    this.conjugate(form, cue);
                }
                if language == Language::English && nth == 0 && cue != Cue::None && entry.contains('/') {
                    this.entry(form).known.plain = true;
                }
            }
        }
        for (list, words) in small::LISTS {
            for word in *words {
                if word.is_ascii() {
                    let known = &mut this.entry(word).known;
                    known.small = known.small.and(*list);
                } else {
                    let small = this.small.entry(word).or_default();
                    *small = small.and(*list);
                }
            }
        }
        this.list_short();
        this
    }

    /// Lists the short Latin words once more when all is known of them: small words first, as the most frequent.
    fn list_short(&mut self) {
        let entry = |index: &u16| self.entries[usize::from(*index)];
        let mut words: Vec<(&str, Entry)> =
            self.words.iter().filter_map(|(word, index)| Some((std::str::from_utf8(word).ok()?, entry(index)))).collect();
        words.sort_unstable_by_key(|(word, entry)| (entry.known.small == Small::NONE, *word));
        for (word, entry) in words {
            self.short.insert(word, entry);
        }
    }

    /// Adds the forms of a Russian verb that follow from one in the present: предупреждает — предупреждают, предупреждал, предупреждая.
    fn conjugate(&mut self, form: &str, cue: Cue) {
        const ENDINGS: &[(&str, &[&str])] = &[
            ("ает", &["ают", "ал", "ая"]),
            ("яет", &["яют", "ял", "яя"]),
            ("ует", &["уют", "овал", "уя"]),
            ("ается", &["аются", "ался", "алась", "ались"]),
            ("уется", &["уются", "овался", "овалась", "овались"]),
            ("чит", &["чат"]),
            ("ит", &["ят"]),
        ];
        // What a document says: «подчёркивается».
        const IMPERSONAL: &[(&str, &[&str])] = &[("ает", &["ается"]), ("яет", &["яется"]), ("ует", &["уется"])];
        let tables = [ENDINGS, if cue == Cue::Say { IMPERSONAL } else { &[] }];
        for table in tables {
            let Some((stem, others)) = table.iter().find_map(|(ending, others)| Some((form.strip_suffix(ending)?, others))) else {
                continue;
            };
            for form in others.iter().map(|ending| format!("{stem}{ending}")).filter(|_| !form.contains(' ')) {
                if !self.words.contains_key(Key::new(&form, self.language).bytes()) {
                    self.add(&form, cue, Who::None);
                }
            }
        }
    }

    fn add(&mut self, form: &str, cue: Cue, who: Who) {
        let (before, last) = form.rsplit_once(' ').unwrap_or(("", form));
        let before: Vec<&str> = before.split(' ').filter(|w| !w.is_empty()).collect();
        let index = self.index(last);
        if cue != Cue::None {
            self.tell(&before, last, index);
        }
        if before.is_empty() {
            let known = &mut self.entries[index].known;
            match cue {
                Cue::None => known.who = who,
                _ => known.cue = cue,
            }
            return;
        }
        if cue == Cue::None {
            self.longest_phrase = self.longest_phrase.max(before.len() + 1);
        }
        let keys: Vec<Box<[u8]>> = before.iter().map(|w| Key::new(w, self.language).bytes().into()).collect();
        let entry = &mut self.entries[index];
        if !entry.ends_phrases() {
            entry.phrases = u16::try_from(self.phrases.len()).unwrap_or_default();
            self.phrases.push(Phrases::default());
        }
        let phrases = &mut self.phrases[usize::from(entry.phrases)];
        phrases.behind |= keys.last().map_or(0, |key| beginning_bit(key));
        phrases.all.push((keys, cue, who));
    }

    /// Notes by which word a cue can be known: the words before its last, and that one with the index of its entry.
    fn tell(&mut self, before: &[&str], last: &str, index: usize) {
        let length = |w: &&str| Key::new(w, self.language).bytes().len();
        let words = before.iter().copied().chain([last]);
        // Of two that are as long an English phrase begins with the rarer, its verb: "go on".
        let longest = match self.language {
            _ if before.is_empty() => Some(last),
            Language::English => words.rev().max_by_key(length),
            Language::Russian => words.max_by_key(length),
        };
        let longest = longest.unwrap_or(last);
        // Of "e-mailed" the letters behind the hyphen tell.
        let part = longest.split(['-', '\'']).max_by_key(|part| part.len()).unwrap_or(longest);
        let within = !before.is_empty() || part != longest;
        let index = if longest == last { index } else { self.index(longest) };
        let parted = if part == longest { index } else { self.index(part) };
        for index in [index, parted] {
            self.entries[index].trigger = true;
            self.entries[index].within |= within;
        }
        let plain = part.bytes().all(|b| b.is_ascii_alphanumeric());
        self.telling = self.telling.take().filter(|_| plain);
        if let Some(words) = &mut self.telling {
            words.push(part.to_owned());
        }
    }

    /// The entry of a word, made when there is none.
    fn entry(&mut self, word: &str) -> &mut Entry {
        let index = self.index(word);
        &mut self.entries[index]
    }

    /// Its index.
    fn index(&mut self, word: &str) -> usize {
        let key = Key::new(word, self.language);
        if let Some(known) = self.words.get(key.bytes()) {
            return usize::from(*known);
        }
        let index = self.entries.len();
        let number = u16::try_from(index).unwrap_or(u16::MAX);
        self.words.insert(key.bytes().into(), number);
        let word = std::str::from_utf8(key.bytes()).unwrap_or_default();
        self.beginnings.insert(word);
        if word.len() > SHORT {
            self.long |= beginning_bit(word.as_bytes());
        }
        self.entries.push(Entry::default());
        index
    }

    /// What is known of the word in `text` from byte `from` to `to`. `wide`: whether it has letters beyond ASCII.
    #[inline]
    pub fn find(&self, text: &str, from: usize, to: usize, wide: bool) -> &Entry {
        if wide || to - from > table::SHORT {
            return text.get(from..to).and_then(|word| self.find_long(word)).unwrap_or(&Entry::NONE);
        }
        self.latin(Latin::new(text.as_bytes(), from, to))
    }

    /// What is known of a short word.
    #[inline]
    pub fn latin(&self, word: Latin) -> &Entry {
        self.short.find(word)
    }

    fn find_long(&self, word: &str) -> Option<&Entry> {
        if word.len() > LONGEST || self.language == Language::Russian && !self.beginnings.may_hold(word) {
            return None;
        }
        if word.len() > SHORT && word.is_ascii() && self.long & beginning_bit(word.as_bytes()) == 0 {
            return None;
        }
        self.entries.get(usize::from(*self.words.get(Key::new(word, self.language).bytes())?))
    }

    /// The phrases that a word of the lexicon ends.
    pub fn phrases(&self, entry: &Entry) -> &Phrases {
        &self.phrases[usize::from(entry.phrases)]
    }

    /// What is known of a word.
    pub fn look(&self, word: &str) -> &Entry {
        // A sign that no word has would be taken for another.
        let plain = word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'\'' | b'-' | b'.'));
        self.find(word, 0, word.len(), !plain)
    }

    /// The lists in which a word beyond ASCII stands; with a capital, only whether a clause begins with it.
    pub fn small(&self, word: &str, capital: bool) -> Small {
        if word.len() > small::LONGEST_WIDE || !self.may_be_small.may_have(word) {
            return Small::NONE;
        }
        if capital {
            let key = Key::folded(word);
            let known = std::str::from_utf8(key.bytes()).ok().and_then(|w| self.small.get(w));
            return known.map_or(Small::NONE, |s| s.only(Small::CAPITAL_CLAUSE));
        }
        self.small.get(word).copied().unwrap_or_default()
    }

    /// Whether two words are forms of one.
    pub fn same(&self, a: &str, b: &str) -> bool {
        if a.is_ascii() && b.is_ascii() && a.len() <= LONGEST && b.len() <= LONGEST {
            return a.eq_ignore_ascii_case(b);
        }
        self.is_form(a, Key::new(b, self.language).bytes())
    }

    /// Whether a word has this key.
    pub fn is_form(&self, word: &str, key: &[u8]) -> bool {
        if word.is_ascii() && word.len() <= LONGEST {
            return word.as_bytes().eq_ignore_ascii_case(key);
        }
        Key::new(word, self.language).bytes() == key
    }

    /// Words of Latin letters by which every cue can be known, each standing between signs or space; `None` when there are cues
    /// with other letters.
    pub fn telling(&self) -> Option<&[String]> {
        self.telling.as_deref()
    }

    /// How many words a phrase has that is no cue, at most.
    pub fn longest_phrase(&self) -> usize {
        self.longest_phrase
    }

    /// Whether the words hold a cue, or of a phrase that is one the longest word.
    pub fn holds_cue(&self, words: &str) -> bool {
        words.split(|c: char| !letters::is_alphanumeric(c)).filter(|w| w.len() > 2).any(|w| self.look(w).trigger)
    }
}

fn class_of(class: &str) -> (Cue, Who) {
    match class {
        "say" => (Cue::Say, Who::None),
        "report" => (Cue::Report, Who::None),
        "beside" => (Cue::Beside, Who::None),
        "name" => (Cue::Name, Who::None),
        "according" => (Cue::According, Who::None),
        "pronoun" => (Cue::None, Who::Pronoun),
        "role" => (Cue::None, Who::Role),
        "people" => (Cue::None, Who::People),
        "voice" => (Cue::None, Who::Voice),
        "body" => (Cue::None, Who::Body),
        "group" => (Cue::None, Who::Group),
        "document" => (Cue::None, Who::Document),
        "determiner" => (Cue::None, Who::Determiner),
        "adverb" => (Cue::None, Who::Adverb),
        _ => (Cue::None, Who::None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_word_of_a_lexicon_is_in_its_table() {
        for lexicon in [&ENGLISH, &RUSSIAN] {
            for (word, index) in lexicon.words.iter().filter(|(word, _)| word.is_ascii() && (1..=table::SHORT).contains(&word.len())) {
                let entry = lexicon.entries[usize::from(*index)];
                assert_eq!(*lexicon.short.find(Latin::new(word, 0, word.len())), entry, "{}", String::from_utf8_lossy(word));
            }
        }
    }
}
