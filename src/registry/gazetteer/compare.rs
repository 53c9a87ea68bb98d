//! Comparing a name with the words of a text: the last word after the hashes have agreed.

use super::CaseRule;
use super::russian::inflects;
use super::token::{self, Shape, fold, plain_mark};
use crate::text::letters;

/// How well a text fits a name; the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Letter for letter, but for spaces, hyphens and apostrophes.
    AsWritten,
    /// In another case of letters that the name's rule allows.
    OtherCase,
    /// In another grammatical case.
    Inflected,
    /// Not at all.
    No,
}

/// How well `words` fit `name`. `opens` tells whether a sentence begins with them; then the first letter may be a capital.
///
/// Every name fits its spelling in capitals when it has four letters or more: datelines and headings are set so.
pub fn fits(name: &str, case: CaseRule, words: &str, opens: impl FnOnce() -> bool) -> Fit {
    if name == words {
        return Fit::AsWritten;
    }
    let as_written = compare(name, words, exact);
    if as_written != Fit::No {
        return as_written;
    }
    if case == CaseRule::Folded || in_capitals(words) {
        return compare(name, words, folded).max(Fit::OtherCase);
    }
    if name.starts_with(char::is_lowercase) && opens() { compare_opening(name, words) } else { Fit::No }
}

/// Whether a text is set in capitals, four letters of them at least.
fn in_capitals(words: &str) -> bool {
    let (mut capitals, mut letters) = (0, 0);
    for c in words.chars().filter(|c| letters::is_alphabetic(*c)) {
        letters += 1;
        capitals += usize::from(c.is_uppercase());
    }
    letters == capitals && capitals >= 4
}

/// The first letter apart: `the Hague` begins a sentence as `The Hague`.
fn compare_opening(name: &str, words: &str) -> Fit {
    let (Some(n), Some(w)) = (name.chars().next(), words.chars().next()) else { return Fit::No };
    if !n.is_lowercase() || !w.is_uppercase() || fold(n) != fold(w) {
        return Fit::No;
    }
    let (name_rest, words_rest) = (&name[n.len_utf8()..], &words[w.len_utf8()..]);
    if compare(name_rest, words_rest, exact) == Fit::No { Fit::No } else { Fit::OtherCase }
}

/// Token by token; spaces stand where spaces stand.
fn compare(name: &str, words: &str, same: fn(char, char) -> bool) -> Fit {
    let (mut at, mut there) = (0, 0);
    let mut fit = Fit::AsWritten;
    loop {
        match (token::next(name, at), token::next(words, there)) {
            (None, None) => return fit,
            (Some(n), Some(w)) => {
                if (n.start > at) != (w.start > there) || (n.shape == Shape::Mark) != (w.shape == Shape::Mark) {
                    return Fit::No;
                }
                let (a, b) = (&name[n.start..n.end], &words[w.start..w.end]);
                if !equal(a, b, same) {
                    if !inflects(a, b, same) {
                        return Fit::No;
                    }
                    fit = Fit::Inflected;
                }
                (at, there) = (n.end, w.end);
            }
            _ => return Fit::No,
        }
    }
}

fn equal(a: &str, b: &str, same: fn(char, char) -> bool) -> bool {
    if a.len() == b.len() && a == b {
        return true;
    }
    let mut rest = b.chars();
    a.chars().all(|c| rest.next().is_some_and(|w| same(c, w))) && rest.next().is_none()
}

fn exact(a: char, b: char) -> bool {
    a == b || plain_mark(a) == plain_mark(b) || matches!((a, b), ('ё', 'е') | ('е', 'ё') | ('Ё', 'Е') | ('Е', 'Ё'))
}

fn folded(a: char, b: char) -> bool {
    fold(plain_mark(a)) == fold(plain_mark(b))
}
