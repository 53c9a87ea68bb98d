//! "Did you mean" among all ids of a corpus, where comparing with each would cost more than the check.
//!
//! The symmetric-delete method (Garbe, 2012): two words one letter apart share a form with one letter left out, so that an index of all
//! such forms leads to the few ids worth comparing.

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::{Span, nearest};

/// The part of a hash that is kept.
const HALF: u64 = !0 << 32;

/// Forms of all ids with one letter left out.
#[derive(Debug, Default)]
pub(super) struct Suggestions {
    /// Half the hash of a form above, the number of an id that has it below; sorted. Two forms of one hash cost a comparison.
    forms: Vec<u64>,
}

impl Suggestions {
    /// Indexes ids; their numbers are their places in the list.
    pub(super) fn of<'a>(ids: impl Iterator<Item = &'a str>) -> Self {
        let mut forms: Vec<u64> = Vec::new();
        for (number, id) in ids.enumerate() {
            forms.extend(forms_of(id).iter().map(|form| form & HALF | u64::from(Span::from(0..number).end)));
        }
        forms.par_sort_unstable();
        forms.shrink_to_fit();
        Self { forms }
    }

    /// The numbers of the ids that have a form.
    fn having(&self, form: u64) -> impl Iterator<Item = u32> + '_ {
        let from = self.forms.partition_point(|one| *one < form & HALF);
        let same = self.forms[from..].iter().take_while(move |one| **one & HALF == form & HALF);
        same.map(|one| u32::try_from(*one & !HALF).unwrap_or(u32::MAX))
    }

    /// The id nearest to `word`, at most two letters away; `id` gives the id of a number.
    pub(super) fn nearest<'a>(&self, word: &str, id: impl Fn(u32) -> &'a str) -> Option<&'a str> {
        let mut numbers: Vec<u32> = forms_of(word).iter().flat_map(|form| self.having(*form)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        // Of ids equally near the first by letters, whatever their numbers.
        let mut ids: Vec<&str> = numbers.into_iter().map(id).filter(|id| !id.is_empty()).collect();
        ids.sort_unstable();
        nearest(word, ids)
    }
}

/// Hashes of a word in lower case, whole and with each letter left out.
fn forms_of(word: &str) -> Vec<u64> {
    let word = word.to_lowercase();
    let mut out = vec![xxh3_64(word.as_bytes())];
    let mut form = String::with_capacity(word.len());
    // An id has at most 64 characters, and a key hardly more.
    for (at, letter) in word.char_indices().take(80) {
        form.clear();
        form.push_str(&word[..at]);
        form.push_str(&word[at + letter.len_utf8()..]);
        out.push(xxh3_64(form.as_bytes()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Suggestions;

    #[test]
    fn an_id_one_or_two_letters_away_is_found() {
        let ids = ["lavrov", "minsk-package", "unsc-2202", "tass-2017"];
        let all = Suggestions::of(ids.into_iter());
        let near = |word| all.nearest(word, |n| ids[n as usize]);
        assert_eq!(near("lavrow"), Some("lavrov"));
        assert_eq!(near("tas-2017"), Some("tass-2017"));
        assert_eq!(near("minks-package"), Some("minsk-package"));
        assert_eq!(near("nobody"), None);
    }
}
