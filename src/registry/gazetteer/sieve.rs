//! Whether a text may hold one of some names: never a wrong no, and a yes is worth a look.
//!
//! A name can only be found where all its words stand, so a text without one of them is passed over. The longest word of a name is
//! looked for first; the others only where it is there.

use rustc_hash::{FxHashMap, FxHashSet};

use super::token::{self, Shape};

/// Some names, by their words.
#[derive(Clone, Debug, Default)]
pub struct NameSieve {
    /// The key of a name's longest word, and those of the others.
    names: FxHashMap<u64, Vec<Vec<u64>>>,
}

impl NameSieve {
    /// Of names as they are written in records. One without a word is in no text.
    #[must_use]
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut sieve = Self::default();
        for name in names {
            let mut words: Vec<(usize, u64)> = words(name).collect();
            words.sort_unstable();
            words.dedup();
            if let Some((_, longest)) = words.pop() {
                sieve.names.entry(longest).or_default().push(words.into_iter().map(|(_, key)| key).collect());
            }
        }
        sieve
    }

    /// Whether it holds no names.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether a text may hold one of them: all its words stand somewhere in it.
    #[must_use]
    pub fn may_be_in(&self, text: &str) -> bool {
        if self.is_empty() {
            return false;
        }
        let mut near: Vec<&Vec<u64>> = Vec::new();
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        for (_, key) in words(text) {
            if let Some(names) = self.names.get(&key)
                && seen.insert(key)
            {
                near.extend(names);
            }
        }
        if near.is_empty() {
            return false;
        }
        let all: FxHashSet<u64> = words(text).map(|(_, key)| key).collect();
        near.iter().any(|others| others.iter().all(|key| all.contains(key)))
    }
}

/// The length in bytes and the key of each word.
fn words(text: &str) -> impl Iterator<Item = (usize, u64)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let word = token::next_word(text, at)?;
        at = word.end;
        Some(word)
    })
    .filter(|word| word.shape != Shape::Mark)
    .map(|word| (word.end - word.start, word.key))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::registry::{CaseRule, Gazetteer, Name};

    #[test]
    fn a_text_without_one_of_the_words_is_passed_over() {
        let sieve = NameSieve::of(["Nagorno-Karabakh", "Sergey Lavrov", "Лавров", "—"]);
        let may = |text: &str| sieve.may_be_in(text);
        assert!(may("in NAGORNO\nKarabakh") && may("Lavrov, Sergey") && may("с Лавровым"));
        assert!(!may("Karabakh alone") && !may("Lavrov alone") && !may("—") && !NameSieve::default().may_be_in("a"));
    }

    proptest! {
        #[test]
        fn what_is_found_is_never_passed_over(
            names in prop::collection::vec("[A-Ca-c]{2,4}([ -][A-Ca-c]{2,3}){0,2}|[А-В][а-в]{2,3}(ов|ым)?", 1..6),
            words in prop::collection::vec("[A-Ca-c]{2,4}|[А-В][а-в]{2,3}(ов|ым)?|[-.—]", 0..20),
        ) {
            let text = words.join(" ");
            let all = names.iter().zip(0..).map(|(text, record)| Name { text, record, role: None, case: CaseRule::of_name(text) });
            let mut found = Vec::new();
            Gazetteer::compile(all).scan(&text, |hit| found.extend(hit.senses.iter().map(|s| s.record)));
            for (name, record) in names.iter().zip(0..) {
                if found.contains(&record) {
                    prop_assert!(NameSieve::of([name.as_str()]).may_be_in(&text), "{name:?} in {text:?}");
                }
            }
        }
    }
}
