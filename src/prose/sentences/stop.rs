//! A full stop, question or exclamation mark or ellipsis: does the sentence end there?

use super::{Step, abbreviation, list, skip_space};
use crate::text::letters;

/// The marks at one place.
#[derive(Clone, Copy)]
struct Marks {
    /// The byte after the last.
    end: usize,
    /// Number of dots; `…` counts three.
    dots: usize,
    /// Whether a question or exclamation mark is among them.
    loud: bool,
}

const CLOSERS: [char; 13] = ['"', '\'', '’', '”', '“', '»', '›', ')', ']', '}', '*', '_', '`'];
const OPENERS: [char; 14] = ['"', '\'', '‘', '“', '”', '„', '«', '‹', '(', '[', '*', '_', '`', '¿'];
const DASHES: [char; 3] = ['—', '–', '-'];
const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// What the marks that begin at byte `at` of a sentence that began at `start` do.
pub(super) fn judge(words: &str, start: usize, at: usize) -> Step {
    let bytes = words.as_bytes();
    match bytes.get(at + 1) {
        // The passage ends, or a number, address or abbreviation goes on.
        None => Step::on(at + 1),
        Some(next) if bytes[at] == b'.' && next.is_ascii_alphanumeric() => Step::on(at + 1),
        _ if is_plain(bytes, start, at) => Step::ends(at + 1, at + 1),
        _ => behind_initial(words, start, at).unwrap_or_else(|| weigh(words, start, at)),
    }
}

/// The same by all that stands around.
fn weigh(words: &str, start: usize, at: usize) -> Step {
    let marks = marks(words, at);
    let before = words[..at].chars().next_back();
    let attached = at > start && before.is_some_and(|c| !c.is_whitespace());
    if marks.dots == 1 && !marks.loud {
        // Most full stops inside words: `3.5`, `example.com`, `U.S.`
        if words[marks.end..].starts_with(|c: char| letters::is_alphanumeric(c)) {
            return Step::on(marks.end);
        }
        if let Some(step) = spaced_ellipsis(words, at, attached) {
            return step;
        }
    }
    let quiet_ellipsis = marks.dots == 3 && !marks.loud;
    if quiet_ellipsis && (!attached || before.is_some_and(|c| c == '[' || c == '(')) {
        return Step::on(marks.end);
    }
    let end = behind_closers(words, marks.end);
    let quoted = words[marks.end..end].contains(['"', '\'', '’', '”', '“', '»', '›']);
    if !words[end..].starts_with(char::is_whitespace) {
        return Step::on(marks.end);
    }
    let (end, next) = behind_notes(words, end);
    let opening = opening(words, next);
    let follower = &words[opening..];
    let Some(c) = follower.chars().next() else { return Step::on(end) };
    if c.is_lowercase() && !(marks.dots == 1 && follower.starts_with("al-")) {
        return Step::on(end);
    }
    if marks.dots == 1 && !marks.loud && abbreviation::goes_on(words, start, at, follower) {
        return Step::on(end);
    }
    let goes_on = quoted && (speaker_follows(follower) || bracket_closes_sentence(&words[next..]));
    if goes_on { Step::on(end) } else { Step::ends(end, end) }
}

/// Whether the mark is a full stop between a word that is no abbreviation and a capital, as most are: `the river. The`.
fn is_plain(words: &[u8], start: usize, at: usize) -> bool {
    matches!(words.get(at..), Some([b'.', b' ', b'A'..=b'Z', ..])) && abbreviation::ends_in_plain_word(&words[start..at])
}

/// What a full stop does between an initial and a capital, as in most names: `J. N. Orlov`. `None` where another stands.
fn behind_initial(words: &str, start: usize, at: usize) -> Option<Step> {
    let bytes = words.as_bytes();
    let letter = at.checked_sub(1).filter(|&letter| letter >= start && bytes[letter].is_ascii_uppercase())?;
    let initial = letter == start || bytes[letter - 1] == b' ';
    let follower = if initial && matches!(bytes.get(at..), Some([b'.', b' ', b'A'..=b'Z', ..])) { words.get(at + 2..) } else { None }?;
    // At the head of a sentence it may be the letter of an item.
    Some(if letter > start && abbreviation::opens(follower) { Step::ends(at + 1, at + 1) } else { Step::on(at + 1) })
}

/// The marks at byte `at`.
fn marks(words: &str, at: usize) -> Marks {
    let mut marks = Marks { end: at, dots: 0, loud: false };
    for c in words[at..].chars() {
        match c {
            '.' => marks.dots += 1,
            '…' => marks.dots += 3,
            '!' | '?' => marks.loud = true,
            _ => break,
        }
        marks.end += c.len_utf8();
    }
    marks
}

/// What an ellipsis of spaced dots that begins at byte `at` does; `None` when there is none.
///
/// Three dots stand for words left out; a fourth ends the sentence. One that touches the word before
/// is that full stop, and the three then belong to the next sentence.
fn spaced_ellipsis(words: &str, at: usize, attached: bool) -> Option<Step> {
    let mut end = at + 1;
    let mut dots = 1;
    while let Some(rest) = words.get(end..).and_then(|w| w.strip_prefix([' ', '\u{a0}'])) {
        if !rest.starts_with('.') {
            break;
        }
        end = words.len() - rest.len() + 1;
        dots += 1;
    }
    if dots < 3 {
        return None;
    }
    let next = opening(words, skip_space(words, end));
    let opens = words[end..].starts_with(char::is_whitespace) && words[next..].starts_with(|c: char| !c.is_lowercase());
    Some(match dots {
        4.. if opens && attached => Step::ends(at + 1, end),
        4.. if opens => Step::ends(end, end),
        _ => Step::on(end),
    })
}

/// Where closing marks and raised numbers of notes behind byte `at` end.
fn behind_closers(words: &str, at: usize) -> usize {
    let rest = words[at..].trim_start_matches(|c| CLOSERS.contains(&c) || SUPERSCRIPTS.contains(&c));
    behind_note(words, words.len() - rest.len())
}

/// Where a note's number in square brackets at byte `at` ends; `at` when there is none.
fn behind_note(words: &str, at: usize) -> usize {
    let Some(rest) = words[at..].strip_prefix('[') else { return at };
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    if digits > 0 && rest[digits..].starts_with(']') { at + digits + 2 } else { at }
}

/// The same over space: the end of the sentence with its notes, and where the next words begin.
fn behind_notes(words: &str, mut end: usize) -> (usize, usize) {
    let mut next = skip_space(words, end);
    for _ in 0..8 {
        let behind = behind_note(words, next);
        if behind == next {
            break;
        }
        end = behind;
        next = skip_space(words, end);
    }
    (end, next)
}

/// Where the first letter or digit of the words at byte `at` is, behind quotation marks, brackets, and a dash.
fn opening(words: &str, at: usize) -> usize {
    let rest = &words[at..];
    let marker = if rest.starts_with(['-', '*', '•']) { list::marker_len(rest) } else { 0 };
    let rest = rest[marker..].trim_start();
    let rest = rest.trim_start_matches(|c| DASHES.contains(&c)).trim_start();
    words.len() - rest.trim_start_matches(|c| OPENERS.contains(&c)).len()
}

/// Whether the words behind a quotation name who spoke it: `Lavrov said`, `Minister Sergey Lavrov asked`.
fn speaker_follows(follower: &str) -> bool {
    for (n, word) in follower.split_whitespace().take(5).enumerate() {
        if n > 0 && abbreviation::is_speech(word.trim_end_matches([',', '.', ':', ';'])) {
            return true;
        }
        if !word.starts_with(char::is_uppercase) || (n == 0 && abbreviation::is_opener(word)) || word.ends_with(['.', ',', ';', '?', '!']) {
            return false;
        }
    }
    false
}

/// Whether a short bracket follows and the full stop behind it: `"It ended." (Smith 55).`
fn bracket_closes_sentence(next: &str) -> bool {
    let Some(inside) = next.strip_prefix('(') else { return false };
    let close = inside.char_indices().take(80).find(|&(_, c)| matches!(c, ')' | '(' | '.' | '\n'));
    close.is_some_and(|(at, c)| c == ')' && inside[at + 1..].starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_mark_does_what_all_around_it_does(
            text in "(the |river|Mr|gov|No|vs|I|12|b|1\\.|a\\) |• |- |Stad-on-Sea|correspondence|U\\.S|etc|г|\\. |\\.|!|\\. The| |\n|7){0,14}(\\. [A-Zа]|)",
        ) {
            let start = skip_space(&text, 0);
            for (at, _) in text.match_indices(['.', '!']).filter(|(at, _)| *at >= start) {
                prop_assert_eq!(weigh(&text, start, at), judge(&text, start, at), "{}", at);
            }
        }
    }
}
