//! Speech or a name: titles, nicknames and scare quotes are no quotations in a historian's sense.

use std::sync::LazyLock;

use crate::prose::heads::Heads;
use crate::text::Span;
use crate::text::blocks::{BLOCK, block, mask};
use crate::text::letters;

/// The fewest words of speech: shorter ones are mostly names and borrowed words.
pub const LEAST_WORDS: u32 = 4;

/// Words after which a name follows in marks.
const NAMING: &[&str] = &[
    "so-called",
    "called",
    "title",
    "titled",
    "entitled",
    "dubbed",
    "nicknamed",
    "named",
    "codenamed",
    "known as",
    "headlined",
    "subtitled",
    "book",
    "film",
    "movie",
    "novel",
    "song",
    "article",
    "operation",
    "newspaper",
    "term",
    "phrase",
    "word",
    "slogan",
    "ship",
    "programme",
    "program",
    "magazine",
    "под названием",
    "под заголовком",
    "аншлагом",
    "под шапкой",
    "названием",
    "газета",
    "газете",
    "газеты",
    "журнал",
    "журнале",
    "агентство",
    "агентства",
    "фильм",
    "фильме",
    "книга",
    "книге",
    "операция",
    "операции",
    "операцию",
    "партия",
    "партии",
    "группировка",
    "группировки",
    "ооо",
    "оао",
    "зао",
    "пао",
    "ао",
    "телеканал",
    "телеканала",
    "канал",
    "программа",
    "программы",
    "проект",
    "проекта",
    "компания",
    "компании",
    "движение",
    "движения",
    "радиостанция",
    "издание",
    "изданию",
    "имени",
    "позывной",
    "позывным",
    "прозвищу",
];

/// Words after which a term follows, in small letters too.
const TERMS: &[&str] = &[
    " phrase",
    " term",
    " word",
    " notion of",
    " concept of",
    " so-called",
    " термин",
    " слово",
    " понятие",
    " так называемый",
    " так называемая",
    " так называемые",
    " так называемое",
];

/// Documents: a title follows without a comma ("the report “On the line of contact”"), a passage with one ("According to the report, …").
const DOCUMENTS: &[&str] = &[
    "report",
    "paper",
    "study",
    "law",
    "bill",
    "decree",
    "chapter",
    "series",
    "documentary",
    "essay",
    "treaty",
    "convention",
    "доклад",
    "доклада",
    "докладе",
    "закон",
    "закона",
    "законе",
    "законопроект",
    "законопроекта",
    "указ",
    "указа",
    "статья",
    "статьи",
    "статье",
    "статью",
    "книги",
    "книгу",
    "постановление",
    "постановления",
    "конвенция",
    "конвенции",
    "договор",
    "договора",
];

/// The last words of all these: most words before a quotation are none of them.
static BEFORE: LazyLock<Heads> =
    LazyLock::new(|| Heads::of([NAMING, DOCUMENTS, TERMS].into_iter().flatten().map(|words| last_word(words))));

/// Longer words that stay small in a title.
const SMALL: &[&str] = &["over", "with", "from", "into", "upon", "about", "under", "between", "against", "without", "after", "before"];

/// Number of words: runs without space that hold a letter or a digit.
pub fn count_words(words: &str) -> u32 {
    count_plain(words.as_bytes()).unwrap_or_else(|| count_any(words))
}

/// The same, character by character.
fn count_any(words: &str) -> u32 {
    let mut count = 0;
    let mut inside = false;
    for c in words.chars() {
        if c.is_whitespace() {
            inside = false;
        } else if !inside && letters::is_alphanumeric(c) {
            inside = true;
            count += 1;
        }
    }
    count
}

/// The same of ASCII and Cyrillic letters; nothing is told of other words. A letter added to the run it stands in carries over to the byte
/// behind: one bit for each run that holds some.
fn count_plain(words: &[u8]) -> Option<u32> {
    let (mut count, mut carried) = (0, false);
    for at in (0..words.len()).step_by(BLOCK) {
        let (block, left) = (block(words, at), words.len() - at);
        let here = if left < BLOCK { (1 << left) - 1 } else { u64::MAX };
        // All characters from U+0400 to U+047F are letters, and begin with one of two bytes.
        if mask(&block, |b| !matches!(b, 0..0xC0 | 0xD0 | 0xD1)) & here != 0 {
            return None;
        }
        let runs = mask(&block, |b| !(b == b' ') & !(b'\t'..=b'\r').contains(&b)) & here;
        let letters = mask(&block, |b| b.is_ascii_digit() | (b | 0x20).is_ascii_lowercase() | !b.is_ascii()) & here;
        let (sum, over) = runs.overflowing_add(letters);
        let (sum, again) = sum.overflowing_add(u64::from(carried));
        count += (sum & !runs).count_ones();
        carried = over | again;
    }
    Some(count + u32::from(carried))
}

/// Whether the words in marks are a name: every longer word has a capital, or the words before say so.
pub fn is_name(text: &str, before: Span, words: Span) -> bool {
    let words = words.slice(text);
    is_title(words)
        || words.trim_end().ends_with("et al.")
        || follows_calling(before.slice(text), words)
        || follows_year(before.slice(text))
        || follows_author(before.slice(text), words)
        || follows_naming(before.slice(text), words)
        || is_term(before.slice(text), words)
}

/// "formally called the “Technical Group of Independent Members — mixed group”": a name, however long.
fn follows_calling(before: &str, words: &str) -> bool {
    if !words.starts_with(char::is_uppercase) {
        return false;
    }
    let head = before.trim_end();
    let rest = [" the", " a", " an"].iter().find_map(|article| head.strip_suffix(article));
    rest.is_some_and(|rest| ["called", "dubbed", "nicknamed", "named", "known as"].iter().any(|n| rest.ends_with(n)))
}

/// Behind a year in brackets stands the title of a work: "Lesko L (2007) “Personalized medicine: elusive dream?”".
fn follows_year(before: &str) -> bool {
    let head = before.trim_end().trim_end_matches(['.', ',']);
    head.strip_suffix(')').and_then(|h| h.rsplit_once('(')).is_some_and(|(_, year)| {
        let digits = year.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.len() == 4 && year.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Behind an author by initial and surname, or behind pages, stands a title: P. Peeters, “La vie géorgienne de Saint Porphyre”.
fn follows_author(before: &str, words: &str) -> bool {
    let Some(head) = before.trim_end().strip_suffix(',') else { return false };
    let mut back = head.rsplit(|c: char| c.is_whitespace() || c == '(');
    let (last, earlier) = (back.next().unwrap_or_default(), back.next().unwrap_or_default());
    let initial = |w: &str| w.ends_with('.') && w.starts_with(char::is_uppercase) && w.chars().count() == 2;
    let pages = matches!(earlier, "pp" | "pp." | "p." | "с." | "стр.") && last.starts_with(|c: char| c.is_ascii_digit());
    // What somebody says ends with a sign of its own: “…,” P. Peeters said.
    let title = words.starts_with(char::is_uppercase) && words.ends_with(letters::is_alphanumeric);
    title && (pages || initial(earlier) && last.starts_with(char::is_uppercase))
}

/// Words before a term in marks.
const ARTICLES: &[&str] = &["the", "a", "an", "this", "that", "its", "their", "or", "эта", "этот", "это", "или"];

/// "the “Hunter and Schmidt method”": a few words behind an article that begin with a capital and are no sentence.
fn is_term(before: &str, words: &str) -> bool {
    let article = || before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    words.starts_with(char::is_uppercase)
        && words.ends_with(letters::is_alphanumeric)
        && before.ends_with(' ')
        && words.split_whitespace().nth(6).is_none()
        && ARTICLES.contains(&article().as_str())
}

/// Small words that only clauses have: quoted words that hold one are said by somebody, others may be a term.
const CLAUSE: &[&str] = &[
    "i",
    "we",
    "you",
    "he",
    "she",
    "it",
    "they",
    "who",
    "is",
    "are",
    "was",
    "were",
    "am",
    "be",
    "been",
    "will",
    "would",
    "may",
    "might",
    "can",
    "could",
    "must",
    "should",
    "shall",
    "has",
    "have",
    "had",
    "not",
    "never",
    "nobody",
    "nothing",
    "that",
    "do",
    "does",
    "did",
    "don’t",
    "don't",
    "won’t",
    "won't",
    "я",
    "мы",
    "вы",
    "он",
    "она",
    "они",
    "оно",
    "никто",
    "ничего",
    "никогда",
    "не",
    "нет",
    "был",
    "была",
    "было",
    "были",
    "будет",
    "будут",
    "есть",
    "что",
    "чтобы",
    "может",
    "могут",
    "должен",
    "должны",
    "нельзя",
    "который",
    "которая",
    "которое",
    "которые",
    "которого",
    "которую",
];

/// Endings that mostly Russian verbs have.
const VERBS: &[&str] = &[
    "ает", "яет", "еет", "ует", "ают", "яют", "еют", "уют", "ят", "али", "или", "ели", "яли", "ула", "ала", "ила", "яла", "нул", "ался",
    "ился", "лась", "лись", "ться", "нуть", "ится", "ется", "ются", "ятся",
];

/// The words of a clause: most words are none.
static MAY_BE_CLAUSE: LazyLock<Heads> = LazyLock::new(|| Heads::of(CLAUSE.iter().copied()));

/// Whether a Russian word in small letters ends as mostly verbs do.
fn is_verb(word: &str) -> bool {
    // Their last letters are few.
    word.ends_with(['т', 'и', 'а', 'л', 'ь', 'я']) && word.chars().nth(4).is_some() && VERBS.iter().any(|ending| word.ends_with(ending))
}

/// Whether quoted words hold a clause, as far as small words tell.
pub fn is_clause(words: &str) -> bool {
    words.split(|c: char| !letters::is_alphanumeric(c) && c != '’' && c != '\'').take(40).any(|w| {
        let w = letters::small(w);
        MAY_BE_CLAUSE.may_have(&w) && CLAUSE.contains(&&*w) || is_verb(&w)
    })
}

/// "The Art of War in Europe": every word of four letters or more begins with a capital, none ends a sentence.
fn is_title(words: &str) -> bool {
    if words.is_ascii() { is_plain_title(words.as_bytes()) } else { is_any_title(words) }
}

/// The same of ASCII.
fn is_plain_title(words: &[u8]) -> bool {
    let (mut long, mut small) = (0, 0);
    let read = words.split(|byte| matches!(byte, b' ' | b'\t'..=b'\r')).filter(|word| !word.is_empty());
    for (n, word) in read.enumerate() {
        let first = word.iter().position(u8::is_ascii_alphanumeric).and_then(|n| word.get(n..)).unwrap_or_default();
        if n >= MOST_OF_TITLE {
            return false;
        }
        if first.first().is_some_and(u8::is_ascii_uppercase) {
            long += 1;
        } else if first.first().is_some_and(u8::is_ascii_lowercase)
            && first.iter().filter(|byte| byte.is_ascii_alphanumeric()).nth(3).is_some()
        {
            let end = first.iter().rposition(u8::is_ascii_alphanumeric).map_or(0, |n| n + 1);
            small += u32::from(!SMALL.iter().any(|word| word.as_bytes() == &first[..end]));
            if small > 1 {
                return false;
            }
        }
    }
    small == 0 && long >= 2 || small == 1 && long >= 6
}

/// No title is longer.
const MOST_OF_TITLE: usize = 24;

/// The same, character by character.
fn is_any_title(words: &str) -> bool {
    let (mut long, mut small) = (0, 0);
    for word in words.split_whitespace().take(MOST_OF_TITLE) {
        let word = word.trim_matches(|c: char| !letters::is_alphanumeric(c));
        let first = word.chars().next();
        let many = || word.chars().filter(|c| letters::is_alphanumeric(*c)).nth(3).is_some();
        small += u32::from(first.is_some_and(char::is_lowercase) && many() && !SMALL.contains(&word));
        long += u32::from(first.is_some_and(char::is_uppercase));
        if small > 1 {
            return false;
        }
    }
    // One word may have kept its small letter: "Guide to the Implementation of Council resolution 1373 and Other Texts".
    (small == 0 && long >= 2 || small == 1 && long >= 6) && words.split_whitespace().nth(MOST_OF_TITLE).is_none()
}

/// What stands behind the last sign or space but hyphens.
fn last_word(words: &str) -> &str {
    words.rsplit(|c: char| !letters::is_alphanumeric(c) && c != '-').next().unwrap_or_default()
}

fn follows_naming(before: &str, words: &str) -> bool {
    let head = before.trim_end().trim_end_matches(',');
    let from = head.char_indices().rev().nth(15).map_or(0, |(at, _)| at);
    let tail = &head[from..];
    if !BEFORE.may_have(&letters::small(last_word(tail))) {
        return false;
    }
    let tail = letters::small(tail);
    let ends_with = |n: &&str| {
        tail.strip_suffix(*n).is_some_and(|rest| rest.is_empty() || rest.ends_with(|c: char| !letters::is_alphanumeric(c) && c != '-'))
    };
    let comma = before.trim_end().ends_with(',');
    let naming = NAMING.iter().any(ends_with) || !comma && DOCUMENTS.iter().any(ends_with);
    // «what he called "a grave breach of the agreement"» is speech: small letters, and a clause.
    // "the phrase “right to an explanation”"
    let term = || TERMS.iter().any(|t| tail.ends_with(t)) && count_words(words) <= 6 && !is_clause(words);
    // The title of a law may keep its small letter: закон «о защите прав потребителей».
    let law = !comma && DOCUMENTS.iter().any(ends_with) && (words.starts_with("о ") || words.starts_with("об "));
    if law {
        return true;
    }
    naming && words.starts_with(|c: char| !c.is_lowercase() || tail.ends_with("so-called")) || term()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn verbs_end_in_few_letters() {
        assert!(VERBS.iter().all(|ending| is_verb(&format!("слово{ending}"))));
    }

    proptest! {
        #[test]
        fn words_are_counted_alike_in_haste(words in "( |\n|a|Zz|7|-|!|\\.|[a-z]{1,20}|[ab ]{60,70}|[а-яё]{1,40}|[\u{400}-\u{47f}]|[—é\u{a0}\u{482}]{0,1}){0,30}") {
            prop_assert_eq!(count_words(&words), count_any(&words));
        }
    }

    proptest! {
        #[test]
        fn a_title_is_told_alike_in_haste(words in "( |\n|A|Zz|Long|with|7|-|\\(with\\)|’|smaller|o-f|[a-z]{4,5}|[A-Z][a-z]{1,5} ){0,28}") {
            prop_assert_eq!(is_title(&words), is_any_title(&words));
        }
    }

    #[test]
    fn whatever_names_is_known_by_its_last_word() {
        for words in [NAMING, DOCUMENTS, TERMS].into_iter().flatten() {
            for before in [format!("The {}", words.trim()), format!("Die {}, ", words.trim().to_uppercase())] {
                assert!(BEFORE.may_have(last_word(before.trim_end_matches([',', ' ']))), "{before}");
            }
        }
        assert!(follows_naming("She had been known as ", "The Lark"));
        assert!(follows_naming("В книге ", "Берег"));
        assert!(!follows_naming("They had seen the ", "lark"));
        assert_eq!([count_words("— a b-c  d"), count_words("a b-c\td ;"), count_words("")], [3, 3, 0]);
    }
}
