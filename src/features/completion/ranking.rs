//! Which of the records that fit come first: those that this text names, those that the corpus names, those that fit best.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Asked;
use crate::corpus::{Entity, EntityId, Snapshot, Thing};
use crate::registry::Record;

/// From this score on the query begins the name; see [`crate::corpus::Hit::score`].
const BEGINS: u32 = 900;

/// From this score on it begins a word of the name.
const WORD: u32 = 600;

/// From this score on it stands in the name.
const STANDS: u32 = 500;

/// What is looked for.
#[derive(Clone, Copy)]
pub(super) struct Query<'a> {
    /// Where.
    pub(super) snapshot: &'a Snapshot,
    /// What is typed so far.
    pub(super) typed: &'a str,
    /// At most so many are wanted.
    pub(super) most: usize,
}

impl<'a> Asked<'a> {
    /// What is looked for at the cursor.
    pub(super) fn query(&self) -> Query<'a> {
        Query { snapshot: self.snapshot, typed: self.context.typed.slice(self.text), most: super::MOST }
    }
}

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

/// A record that fits.
pub(super) struct Ranked<'a> {
    pub(super) entity: &'a Entity,
    /// The name that fits, from the word on that does; the record's own name when nothing was typed.
    pub(super) matched: String,
    /// Whether what was typed begins that name.
    pub(super) begins: bool,
    /// Whether it fits letter by letter; else through another alphabet or with letters between, which a client cannot tell.
    plainly: bool,
    /// Group and fit, uses in the text, uses in the corpus, score.
    order: (u8, Reverse<u32>, Reverse<u32>, Reverse<u32>),
}

/// The records that fit what is typed, the likeliest first, at most as many as are wanted; and whether there are more, or a client could not
/// tell by itself that they fit. `fits` tells which are wanted at all, those of a lower number first.
pub(super) fn rank<'a>(query: Query<'a>, uses: &Uses<'_>, fits: impl Fn(&Record) -> Option<u8>) -> (Vec<Ranked<'a>>, bool) {
    let (mut all, mut more) = if query.typed.is_empty() { everything(query, uses, &fits) } else { fitting(query, uses, &fits) };
    all.sort_by(|a, b| (a.order, &a.entity.record.id.value).cmp(&(b.order, &b.entity.record.id.value)));
    more |= all.len() > query.most || all.iter().any(|r| !r.plainly);
    all.truncate(query.most);
    (all, more)
}

/// Nothing is typed yet: what the text names, and as many others as there is room for.
fn everything<'a>(query: Query<'a>, uses: &Uses<'_>, fits: &impl Fn(&Record) -> Option<u8>) -> (Vec<Ranked<'a>>, bool) {
    let snapshot = query.snapshot;
    let popularity = snapshot.popularity();
    let named = |id: EntityId, entity: &'a Entity, group: u8| Ranked {
        entity,
        matched: super::names::name_of(&entity.record).to_owned(),
        begins: true,
        plainly: true,
        order: (group, Reverse(uses.count(&entity.record.id.value)), Reverse(popularity.map_or(0, |p| p.count(id))), Reverse(0)),
    };
    let mut seen: FxHashSet<EntityId> = FxHashSet::default();
    let used = uses.0.keys().filter_map(|id| snapshot.names().by_id(id)).collect::<Vec<_>>();
    let mut all: Vec<Ranked<'a>> = Vec::new();
    for id in used {
        let entity = snapshot.entity(id);
        if let Some(group) = fits(&entity.record)
            && seen.insert(id)
        {
            all.push(named(id, entity, group));
        }
    }
    // As many of the first group as may be shown: those that the corpus names, then the others in its order.
    let mut more = false;
    let mut room = [query.most; 2];
    let popular = popularity.map(crate::corpus::Popularity::order).unwrap_or_default();
    let popular = popular.iter().filter_map(|id| Some((*id, snapshot.names().get(*id)?)));
    for (id, entity) in popular.chain(snapshot.names().entities()) {
        let Some(group) = fits(&entity.record) else { continue };
        let left = &mut room[usize::from(group.min(1))];
        if *left == 0 {
            more = true;
            if group == 0 {
                break;
            }
            continue;
        }
        if seen.insert(id) {
            *left -= 1;
            all.push(named(id, entity, group));
        }
    }
    (all, more)
}

fn fitting<'a>(query: Query<'a>, uses: &Uses<'_>, fits: &impl Fn(&Record) -> Option<u8>) -> (Vec<Ranked<'a>>, bool) {
    let Query { snapshot, typed, most } = query;
    // Among twice as many that fit best it is looked for those that the text names.
    let pool = most.saturating_mul(2);
    let wanted = |id: EntityId| fits(&snapshot.entity(id).record).is_some();
    let hits = snapshot.search_records(typed, pool, wanted);
    let more = hits.len() == pool;
    let popularity = snapshot.popularity();
    let mut seen: FxHashSet<EntityId> = FxHashSet::default();
    let mut all: Vec<Ranked<'a>> = Vec::new();
    let mut push = |id: EntityId, name: &str, score: u32| {
        let entity = snapshot.entity(id);
        let Some(group) = fits(&entity.record).filter(|_| seen.insert(id)) else { return };
        // An id is no word of anybody's: of names that fit alike the one that is written as it was typed.
        let name = as_typed(&entity.record, typed).unwrap_or(name);
        let (matched, plainly) = match from_match(name, typed) {
            Some(matched) => (matched.to_owned(), true),
            // Whoever compares letters must find what was typed.
            None => (format!("{typed} {name}"), false),
        };
        // Whatever is named most: what was typed begins a word, stands inside one, or its letters are strewn.
        let fit = u8::from(score < WORD) + u8::from(score < STANDS);
        let corpus = popularity.map_or(0, |p| p.count(id));
        let order = (group.max(fit), Reverse(uses.count(&entity.record.id.value)), Reverse(corpus), Reverse(score));
        all.push(Ranked { entity, matched, begins: score >= BEGINS, plainly, order });
    };
    for hit in &hits {
        if let Thing::Entity(id) = hit.thing {
            push(id, &hit.name, hit.score);
        }
    }
    // Those that the text names may be far down among the many that fit.
    for id in uses.0.keys().filter(|_| more).filter_map(|id| snapshot.names().by_id(id)) {
        if let Some(name) = names_of(&snapshot.entity(id).record).find(|name| from_match(name, typed).is_some()) {
            push(id, name, WORD);
        }
    }
    (all, more)
}

fn names_of(record: &Record) -> impl Iterator<Item = &str> {
    let own = [record.id.value.as_str()].into_iter();
    own.chain(record.own_names().map(|n| n.value))
}

/// A name that begins with what was typed, letter by letter and case by case.
fn as_typed<'r>(record: &'r Record, typed: &str) -> Option<&'r str> {
    names_of(record).find(|name| name.starts_with(typed))
}

fn begins(words: &str, typed: &str) -> bool {
    let mut rest = words.chars().flat_map(char::to_lowercase);
    typed.chars().flat_map(char::to_lowercase).all(|c| rest.next() == Some(c))
}

/// A name from the word on that what was typed begins.
fn from_match<'r>(words: &'r str, typed: &str) -> Option<&'r str> {
    let mut start = true;
    for (i, c) in words.char_indices() {
        if start && begins(&words[i..], typed) {
            return Some(&words[i..]);
        }
        start = !c.is_alphanumeric();
    }
    None
}
