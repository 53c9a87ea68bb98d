//! Russian words before a resolution's number: `резолюция СБ ООН № 2202`, `резолюции Генеральной Ассамблеи 68/262`.

use super::cursor::{one_of, space, space_back, word, word_back};
use super::issuers::{self, Issuer};
use super::lists::Head;
use crate::text::letters;

/// The head whose `езолюци` lies at `at`, small or capital.
pub(super) fn resolution(p: &str, at: usize) -> Option<Head> {
    let first = p[..at].chars().next_back().filter(|c| matches!(c, 'р' | 'Р'))?;
    let start = at - first.len_utf8();
    if p[..start].ends_with(letters::is_alphanumeric) {
        return None;
    }
    let (whole, end) = word(p, start);
    let ending = whole.to_lowercase();
    let ending = ending.strip_prefix("резолюци")?;
    matches!(ending, "я" | "и" | "ю" | "ей" | "ею" | "й" | "ям" | "ями" | "ях").then_some(())?;
    let (issuer, from, end) = match issuers::at(p, space(p, end)) {
        Some((issuer, end)) => (Some(issuer), start, end),
        None => issuers::before(p, start).map_or((None, start, end), |(issuer, from)| (Some(issuer), from, end)),
    };
    Some(Head {
        start: from,
        number_at: sign(p, end),
        issuer,
        // "резолюции" is one or many; a list after it tells
        plural: matches!(ending, "и" | "й" | "ям" | "ями" | "ях"),
        quiet: issuer.is_none_or(|i| i == Issuer::Nations) && is_other_resolution(p, start),
        needs_issuer: false,
    })
}

/// Past `№`, `номер`, `за номером`.
fn sign(p: &str, at: usize) -> usize {
    let from = space(p, at);
    let from = one_of(p, from, &["за"]).map_or(from, |end| space(p, end));
    match one_of(p, from, &["№№", "№", "номером", "номер", "N"]) {
        Some(end) => space(p, end),
        None => from,
    }
}

/// "проект резолюции 5": a draft has no such number yet.
fn is_other_resolution(p: &str, start: usize) -> bool {
    let (word, _) = word_back(p, space_back(p, start));
    ["проект", "конференц", "съезд"].iter().any(|stem| word.to_lowercase().starts_with(stem))
}
