//! Words that many findings have in common: the name of their file, the advice of a rule.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// Words of which copies are cheap, and which are put into JSON's letters once for all of them.
#[derive(Clone, Debug)]
pub struct Told(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    words: String,
    /// As a string of JSON.
    json: OnceLock<Option<Box<RawValue>>>,
}

impl Told {
    /// These words.
    #[must_use]
    pub fn new(words: String) -> Self {
        Self(Arc::new(Shared { words, json: OnceLock::new() }))
    }
}

impl Deref for Told {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.words
    }
}

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self)
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.json.get_or_init(|| to_raw_value(&self.0.words).ok()) {
            Some(json) => json.serialize(serializer),
            None => serializer.serialize_str(self),
        }
    }
}

/// Words told before, of which a few are kept.
#[derive(Debug, Default)]
pub(super) struct TellOnce(Vec<Told>);

/// So many are looked through: a rule has one advice or two, and what names something is another each time.
const MOST: usize = 16;

impl TellOnce {
    /// The words, shared with those told before when they are the same.
    pub(super) fn tell(&mut self, words: String) -> Told {
        if let Some(known) = self.0.iter().find(|known| ***known == *words) {
            return known.clone();
        }
        let told = Told::new(words);
        if self.0.len() < MOST {
            self.0.push(told.clone());
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_shared_and_written_as_any_string() {
        let mut once = TellOnce::default();
        let words = "say \"who\"\n— or cite";
        let (first, second) = (once.tell(words.to_owned()), once.tell(words.to_owned()));
        assert!(Arc::ptr_eq(&first.0, &second.0));
        for told in [first, second, once.tell("other".to_owned())] {
            assert_eq!(serde_json::to_string(&told).ok(), serde_json::to_string(&*told).ok());
        }
        (0..2 * MOST).for_each(|n| assert_eq!(&*once.tell(n.to_string()), n.to_string()));
    }
}
