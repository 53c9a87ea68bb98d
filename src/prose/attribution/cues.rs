//! The lexicons of cues and speakers, compiled once.
//!
//! A text is first only asked whether it holds a cue at all ([`Lexicon::holds_cue`]), by two bytes and the length
//! of each word; words are looked up where that says yes.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::prose::Language;
use crate::text::Span;

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

/// What is known of a word.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// As a cue.
    pub cue: Cue,
    /// As a speaker.
    pub who: Who,
    /// The plain form of an English verb: `say`, which goes with `they` and not with `he`.
    pub plain: bool,
    /// Phrases that this word ends: the words before it, and what the phrase is.
    pub phrases: Vec<(Vec<Box<str>>, Cue, Who)>,
}

/// One language's words.
pub struct Lexicon {
    language: Language,
    words: FxHashMap<Box<str>, Entry>,
    /// Words one of which stands in every cue: of a phrase its longest.
    triggers: FxHashSet<Box<str>>,
    /// By two bytes of a word, the lengths a trigger can have.
    shapes: Box<[u64; 1024]>,
}

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(Language::English, &[include_str!("../lexicon/cues_en.txt"), include_str!("../lexicon/speakers_en.txt")])
});
static RUSSIAN: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(Language::Russian, &[include_str!("../lexicon/cues_ru.txt"), include_str!("../lexicon/speakers_ru.txt")])
});

/// Bytes of the longest word that is looked up.
const LONGEST: usize = 48;

/// The lexicon of a language.
pub fn lexicon(language: Language) -> &'static Lexicon {
    match language {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
    }
}

impl Lexicon {
    fn new(language: Language, files: &[&str]) -> Self {
        let mut this = Self { language, words: FxHashMap::default(), triggers: FxHashSet::default(), shapes: Box::new([0; 1024]) };
        for line in files.iter().flat_map(|f| f.lines()).filter(|l| !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(entry), Some(class)) = (fields.next(), fields.next()) else { continue };
            let (cue, who) = class_of(class);
            for (nth, form) in entry.split('/').enumerate() {
                this.add(form, cue, who);
                if language == Language::English && nth == 0 && cue != Cue::None && entry.contains('/') {
                    this.words.entry(form.into()).or_default().plain = true;
                }
            }
        }
        this
    }

    fn add(&mut self, form: &str, cue: Cue, who: Who) {
        let mut words: Vec<Box<str>> = form.split(' ').map(|w| self.key(w).as_str().into()).collect();
        if cue != Cue::None
            && let Some(longest) = words.iter().max_by_key(|w| w.len()).cloned()
        {
            self.add_shapes(&longest);
            self.triggers.insert(longest);
        }
        let Some(last) = words.pop() else { return };
        let entry = self.words.entry(last).or_default();
        if !words.is_empty() {
            entry.phrases.push((words, cue, who));
        } else if cue != Cue::None {
            entry.cue = cue;
        } else {
            entry.who = who;
        }
    }

    fn add_shapes(&mut self, word: &str) {
        if let Some(at) = shape(word.as_bytes()) {
            // Of an inflected word the stem is known, not the length.
            self.shapes[at] |= if self.language == Language::Russian { u64::MAX } else { 1 << word.len().min(63) };
        }
    }

    /// A word as the tables have it: small letters, of a Russian word the stem.
    fn key(&self, word: &str) -> Key {
        let mut key = Key::default();
        for c in word.chars().flat_map(char::to_lowercase) {
            let c = if c == '’' { '\'' } else { c };
            if !key.push(c) {
                return Key::default();
            }
        }
        if self.language == Language::Russian {
            key.stem();
        }
        key
    }

    /// What is known of a word.
    pub fn look(&self, word: &str) -> Option<&Entry> {
        if word.len() > LONGEST {
            return None;
        }
        self.words.get(self.key(word).as_str())
    }

    /// Whether two words are forms of one.
    pub fn same(&self, a: &str, b: &str) -> bool {
        self.key(a).as_str() == self.key(b).as_str()
    }

    /// Whether the words hold a cue. Fast, and the only thing that reads every word of a text.
    pub fn holds_cue(&self, words: &str) -> bool {
        let bytes = words.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            while at < bytes.len() && is_word_byte(bytes[at]) {
                at += 1;
            }
            if at > start + 2 && self.may_be_cue(&bytes[start..at]) && self.is_trigger(words.get(start..at)) {
                return true;
            }
            at += match bytes.get(at) {
                Some(0xE2) => 3,
                Some(0xC2) => 2,
                _ => 1,
            };
        }
        false
    }

    fn may_be_cue(&self, word: &[u8]) -> bool {
        shape(word).is_some_and(|at| self.shapes[at] >> word.len().min(63) & 1 == 1)
    }

    fn is_trigger(&self, word: Option<&str>) -> bool {
        word.is_some_and(|w| w.len() <= LONGEST && self.triggers.contains(self.key(w).as_str()))
    }
}

/// Letters, digits and the bytes of letters beyond ASCII; not those of dashes and quotation marks.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80 && byte != 0xE2 && byte != 0xC2
}

/// Two bytes that do not change with the case: of a Latin word the first and last, of a Cyrillic one those of the
/// first two letters.
fn shape(word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    let (a, b) = if first < 0x80 { (first, *word.last()?) } else { (*word.get(1)?, *word.get(3)?) };
    Some(usize::from(a & 31) << 5 | usize::from(b & 31))
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

/// A small word on the stack.
struct Key {
    bytes: [u8; LONGEST + 8],
    len: usize,
}

impl Default for Key {
    fn default() -> Self {
        Self { bytes: [0; LONGEST + 8], len: 0 }
    }
}

impl Key {
    fn push(&mut self, c: char) -> bool {
        let mut buffer = [0; 4];
        let encoded = c.encode_utf8(&mut buffer).as_bytes();
        let Some(room) = self.bytes.get_mut(self.len..self.len + encoded.len()) else { return false };
        room.copy_from_slice(encoded);
        self.len += encoded.len();
        true
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }

    /// Takes off a Russian ending, at least three letters remaining.
    fn stem(&mut self) {
        const ENDINGS: &[&str] = &[
            "ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ый", "ий", "ой", "ей", "ая", "яя", "ое", "ее", "ые", "ие", "ых", "их",
            "ым", "им", "ую", "юю", "ом", "ем", "ам", "ям", "ах", "ях", "ов", "ев", "ию", "ии", "ия", "а", "я", "о", "е", "и", "ы", "у",
            "ю", "ь", "й",
        ];
        let word = self.as_str();
        let kept = ENDINGS.iter().find_map(|e| word.strip_suffix(e).filter(|w| w.len() >= 6)).map_or(word.len(), str::len);
        self.len = kept;
    }
}

/// Where a quotation that was never closed ends by its words: behind the comma before `…, the diplomat said.`
/// `at_end`: only when that stands at the end of `body`, the cue among the last words.
pub fn unclosed_end(text: &str, body: Span, at_end: bool) -> Option<u32> {
    let words = body.slice(text);
    memchr::memchr_iter(b',', words.as_bytes()).find_map(|comma| {
        let tail = words.get(comma + 1..)?;
        let (length, behind) = clause_with_cue(tail)?;
        let last = tail[length..].trim_matches(['.', '!', '?', ' ', '\n', '\r']).is_empty();
        (!at_end || last && behind <= 3).then(|| body.start + Span::from(0..comma + 1).end)
    })
}

/// Length of the clause up to its full stop, when a cue is among its first eight words and few words follow; and
/// how many.
fn clause_with_cue(tail: &str) -> Option<(usize, usize)> {
    const JOINS: &[&str] = &["and", "but", "or", "which", "who", "that", "as", "и", "а", "но", "что", "как", "который"];
    let mut cue = None;
    let mut at = 0;
    for (count, word) in tail.trim_start().split_inclusive(' ').take(16).enumerate() {
        let bare = word.trim_end();
        let core = bare.trim_matches(|c: char| !c.is_alphanumeric());
        if count == 0 && JOINS.contains(&core) {
            return None;
        }
        let known = |l| lexicon(l).look(core).is_some_and(|e| matches!(e.cue, Cue::Say | Cue::Report | Cue::Beside) && !e.plain);
        if count < 8 && cue.is_none() && (known(Language::English) || known(Language::Russian)) {
            cue = Some(count);
        }
        at += word.len();
        let length = tail.len() - tail.trim_start().len() + at;
        if bare.ends_with(['.', '!', '?']) && core.chars().count() > 2 || length == tail.len() {
            return cue.map(|c| (length, count - c));
        }
        if bare.ends_with([',', ';']) {
            return None;
        }
    }
    None
}
