//! Numbers, letters and bullets of lists, in one run or a line each.

use super::{Step, skip_space};

/// A list whose items follow each other in one run of words: `1.) The first item 2.) The second item`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Run {
    /// Items begin with this bullet.
    Bullets(char),
    /// Items are counted: what comes next, and how.
    Counted {
        /// Letters instead of numbers.
        letters: bool,
        /// The next item's number.
        next: u32,
        /// What stands behind the number.
        tail: &'static str,
    },
}

/// Bullets that also stand in one run.
const BULLETS: [char; 6] = ['•', '⁃', '‣', '◦', '▪', '●'];
/// What may stand behind an item's number; the longest first.
const TAILS: [&str; 3] = [".)", ")", "."];

impl Run {
    /// The list that begins at byte `at`: with a bullet, or with its first number or letter.
    pub(super) fn begin(words: &str, at: usize) -> Option<Self> {
        let rest = words.get(at..)?;
        let first = rest.chars().next()?;
        if BULLETS.contains(&first) {
            return Some(Self::Bullets(first));
        }
        let letters = match first {
            '1' => false,
            'a' => true,
            _ => return None,
        };
        let tail = TAILS.into_iter().find(|tail| rest[1..].starts_with(tail))?;
        let behind = rest[1 + tail.len()..].chars().next()?;
        behind.is_whitespace().then_some(Self::Counted { letters, next: 2, tail })
    }

    /// What the mark at byte `mark` does when it is the next item's; `None` when it is none of the list's.
    pub(super) fn item(&mut self, words: &str, start: usize, mark: usize) -> Option<Step> {
        match self {
            Self::Bullets(bullet) => {
                let here = words[mark..].starts_with(*bullet) && mark > start && words[..mark].ends_with(char::is_whitespace);
                here.then(|| Step::ends(mark, mark + bullet.len_utf8()))
            }
            Self::Counted { letters, next, tail } => {
                if !words[mark..].starts_with(*tail) {
                    return None;
                }
                let number = number_before(words, mark, *letters, *next)?;
                let behind = mark + tail.len();
                let opens = words[behind..].starts_with(char::is_whitespace)
                    && words[skip_space(words, behind)..].starts_with(|c: char| !c.is_lowercase() || *tail != ".");
                if number <= start || !opens || refers(&words[..number]) {
                    return None;
                }
                *next += 1;
                Some(Step::ends(number, behind))
            }
        }
    }
}

/// Where the item's number that ends at byte `end` begins, if it is `value` and stands alone.
fn number_before(words: &str, end: usize, letters: bool, value: u32) -> Option<usize> {
    let before = &words[..end];
    let number = before.trim_end_matches(|c: char| if letters { c.is_ascii_lowercase() } else { c.is_ascii_digit() });
    let written = &before[number.len()..];
    let is_next = if letters {
        written.len() == 1 && char::from_u32('a' as u32 + value - 1).is_some_and(|c| written.starts_with(c))
    } else {
        written.len() <= 4 && written.parse() == Ok(value)
    };
    (is_next && number.ends_with(char::is_whitespace)).then_some(number.len())
}

/// Whether a number behind these words belongs to them: "in accordance with paragraph 2. The".
fn refers(before: &str) -> bool {
    let word = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_end_matches('s');
    [
        "paragraph",
        "article",
        "section",
        "chapter",
        "annex",
        "page",
        "point",
        "resolution",
        "and",
        "to",
        "of",
        "пункт",
        "статья",
        "статьи",
        "и",
    ]
    .contains(&word)
}

/// What a line end at byte `at` does: it ends a sentence before an empty line and between the items of a list.
pub(super) fn line(words: &str, start: usize, at: usize) -> Step {
    let rest = &words[at + 1..];
    let next = rest.trim_start_matches([' ', '\t', '\r']);
    if next.starts_with('\n') {
        return Step::ends(at, at + 1);
    }
    let ended = words[..at].trim_end().ends_with([':', ';', '.', '!', '?', '…']);
    if is_item(next) && (ended || is_item(&words[start..])) { Step::ends(at, at + 1) } else { Step::on(at + 1) }
}

/// Whether a line begins as an item of a list does: `- `, `• `, `12. `, `12) `, `a) `, `(a) `.
pub(super) fn is_item(line: &str) -> bool {
    marker_len(line) > 0
}

/// Length in bytes of an item's marker at the start of `line`, space behind it not counted; 0 for none.
pub(super) fn marker_len(line: &str) -> usize {
    let Some(first) = line.chars().next() else { return 0 };
    let spaced = |len: usize| line.get(len..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    if BULLETS.contains(&first) {
        return first.len_utf8();
    }
    if "-*+".contains(first) {
        return usize::from(spaced(1));
    }
    let open = usize::from(first == '(');
    let digits = line[open..].bytes().take(4).take_while(u8::is_ascii_digit).count();
    let label = match digits {
        0 if line[open..].starts_with(|c: char| c.is_ascii_lowercase() || ('а'..='я').contains(&c)) => {
            line[open..].chars().next().map_or(0, char::len_utf8)
        }
        1..=3 => digits,
        _ => return 0,
    };
    let end = open + label;
    match TAILS.into_iter().find(|tail| line[end..].starts_with(tail)) {
        Some(tail) if label > 0 && spaced(end + tail.len()) && !(open == 1 && tail != ")") => end + tail.len(),
        _ => 0,
    }
}
