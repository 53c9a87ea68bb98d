//! Which of the names that fit come first: those of this text, then those of the corpus, then those that fit best.

use rustc_hash::FxHashMap;

use super::{Asked, MOST};
use crate::corpus::{Entity, EntityId};
use crate::registry::Record;

/// How often each id or key is named in a text. Read from its signs alone: `[[id`, `@key`.
pub(super) struct Uses<'t>(FxHashMap<&'t str, u32>);

impl<'t> Uses<'t> {
    /// Behind `sign`, such as `[[`.
    pub(super) fn of(text: &'t str, sign: &str) -> Self {
        let mut uses: FxHashMap<&str, u32> = FxHashMap::default();
        for at in memchr::memmem::find_iter(text.as_bytes(), sign.as_bytes()) {
            let rest = &text[at + sign.len()..];
            let len = rest.bytes().take(80).position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':'))).unwrap_or(0);
            if let Some(id) = rest.get(..len).filter(|id| !id.is_empty()) {
                *uses.entry(id).or_default() += 1;
            }
        }
        Self(uses)
    }

    fn count(&self, id: &str) -> u32 {
        self.0.get(id).copied().unwrap_or(0)
    }
}

/// A name that fits.
pub(super) struct Ranked<'a> {
    pub(super) entity: &'a Entity,
    /// The name that fits, from the word on that does; the record's own name when nothing was typed.
    pub(super) matched: &'a str,
    /// How well it fits, see [`Query::tier`].
    pub(super) tier: u8,
    order: (u8, std::cmp::Reverse<u32>, u8, usize),
}

/// The entities that fit what is typed, the likeliest first; and whether there are more than are given.
pub(super) fn rank<'a>(asked: &Asked<'a>, typed: &str, uses: &Uses<'_>, fits: impl Fn(&Record) -> Option<u8>) -> (Vec<Ranked<'a>>, bool) {
    let snapshot = asked.snapshot;
    let query = Query::of(typed);
    let mut all: Vec<Ranked<'a>> = Vec::new();
    for number in 0..snapshot.names().entities().len() {
        let Ok(number) = u32::try_from(number) else { break };
        let entity = snapshot.entity(EntityId(number));
        let Some(group) = fits(&entity.record) else { continue };
        let Some((tier, matched)) = query.best(&entity.record) else { continue };
        let count = uses.count(&entity.record.id.value);
        let length = if typed.is_empty() { 0 } else { matched.len() };
        let order = (group.max(tier / 2), std::cmp::Reverse(count), tier, length);
        all.push(Ranked { entity, matched, tier, order });
    }
    let more = all.len() > MOST;
    let key = |r: &Ranked<'_>| (r.order, r.entity.record.id.value.clone());
    if more {
        all.select_nth_unstable_by_key(MOST, key);
        all.truncate(MOST);
    }
    all.sort_unstable_by_key(key);
    (all, more)
}

/// What was typed, ready to be compared.
pub(super) struct Query {
    typed: String,
    folded: Vec<char>,
}

impl Query {
    pub(super) fn of(typed: &str) -> Self {
        Self { typed: typed.to_owned(), folded: typed.chars().flat_map(char::to_lowercase).collect() }
    }

    /// How well a record fits (less is better), and by which of its names.
    pub(super) fn best<'r>(&self, record: &'r Record) -> Option<(u8, &'r str)> {
        let name = record.name.as_ref().map_or(record.id.value.as_str(), |n| n.value.as_str());
        if self.folded.is_empty() {
            return Some((0, name));
        }
        let author = record.source.as_deref().and_then(|s| s.authors.first()).map(|(family, _)| family.as_str());
        let others = record.aliases.iter().map(|a| a.text.as_str()).chain(author);
        let all = [record.id.value.as_str(), name].into_iter().chain(others);
        let fitting = all.filter_map(|words| Some((self.tier(words)?, from_match(words, &self.folded))));
        // Some clients compare letters as they are: of names that fit alike the one that is written so.
        fitting.min_by_key(|(tier, words)| (*tier, !words.starts_with(&self.typed)))
    }

    /// 0: begins with it; 1: a word does; 2: holds it; 3: its letters in their order.
    pub(super) fn tier(&self, words: &str) -> Option<u8> {
        let (mut tier, mut start) = (None, true);
        for (i, c) in words.char_indices() {
            if folds_to(c, self.folded[0]) && begins(&words[i..], &self.folded) {
                if start {
                    return Some(u8::from(i > 0));
                }
                tier = Some(2);
            }
            start = !c.is_alphanumeric();
        }
        if tier.is_some() || self.folded.len() < 3 {
            return tier;
        }
        let mut wanted = self.folded.iter();
        let mut next = wanted.next();
        for c in words.chars() {
            if next.is_some_and(|n| folds_to(c, *n)) {
                next = wanted.next();
            }
        }
        next.is_none().then_some(3)
    }
}

fn folds_to(c: char, folded: char) -> bool {
    c == folded
        || (c.is_ascii() && folded.is_ascii() && c.eq_ignore_ascii_case(&folded))
        || (!c.is_ascii() && c.to_lowercase().eq([folded]))
}

fn begins(words: &str, folded: &[char]) -> bool {
    let mut rest = words.chars();
    folded.iter().all(|f| rest.next().is_some_and(|c| folds_to(c, *f)))
}

/// A name from the word on that what was typed begins.
fn from_match<'r>(words: &'r str, folded: &[char]) -> &'r str {
    let mut start = true;
    for (i, c) in words.char_indices() {
        if start && begins(&words[i..], folded) {
            return &words[i..];
        }
        start = !c.is_alphanumeric();
    }
    words
}
