//! Words that many findings have in common: the name of their file, the fault and the advice of a rule.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use serde::{Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// Words of which copies are cheap, and which are put into JSON's letters once for all of them; or words of one finding alone.
#[derive(Clone, Debug)]
pub struct Told(Words);

#[derive(Clone, Debug)]
enum Words {
    Shared(Arc<Shared>),
    Own(String),
}

#[derive(Debug)]
struct Shared {
    words: Cow<'static, str>,
    /// As a string of JSON.
    json: OnceLock<Option<Box<RawValue>>>,
}

impl Told {
    /// These words, which many findings will tell.
    #[must_use]
    pub fn new(words: impl Into<Cow<'static, str>>) -> Self {
        Self(Words::Shared(Arc::new(Shared { words: words.into(), json: OnceLock::new() })))
    }
}

impl Deref for Told {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Words::Shared(shared) => &shared.words,
            Words::Own(words) => words,
        }
    }
}

impl fmt::Display for Told {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self)
    }
}

impl Told {
    /// The words as a string of JSON, where they are shared.
    pub(super) fn json(&self) -> Option<&RawValue> {
        match &self.0 {
            Words::Shared(shared) => shared.json.get_or_init(|| to_raw_value(&shared.words).ok()).as_deref(),
            Words::Own(_) => None,
        }
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.json() {
            Some(json) => json.serialize(serializer),
            None => serializer.serialize_str(self),
        }
    }
}

/// Words told before, of which a few are kept.
#[derive(Debug, Default)]
pub(super) struct TellOnce {
    /// Those that a rule always says.
    fixed: Vec<(&'static str, Told)>,
    /// Others; where findings were kept from an earlier run, all are.
    others: Vec<Told>,
}

/// So many that a rule always says are looked through, each by where it stands.
const MOST_FIXED: usize = 64;

/// So many others: what names something is another each time.
const MOST: usize = 16;

impl TellOnce {
    /// The words, shared with those told before when they are the same.
    pub(super) fn tell(&mut self, words: Cow<'static, str>) -> Told {
        let told = match words {
            Cow::Borrowed(words) => return self.tell_fixed(words),
            Cow::Owned(words) => words,
        };
        if let Some(known) = self.others.iter().find(|known| ***known == *told) {
            return known.clone();
        }
        if self.others.len() == MOST {
            return Told(Words::Own(told));
        }
        let told = Told::new(told);
        self.others.push(told.clone());
        told
    }

    fn tell_fixed(&mut self, words: &'static str) -> Told {
        if let Some((_, known)) = self.fixed.iter().find(|(known, _)| std::ptr::eq(*known, words)) {
            return known.clone();
        }
        let told = Told::new(words);
        if self.fixed.len() < MOST_FIXED {
            self.fixed.push((words, told.clone()));
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
        for [first, second] in [[words, words].map(Into::into), [words, words].map(|words| words.to_owned().into())] {
            let (first, second) = (once.tell(first), once.tell(second));
            assert_eq!(first.as_ptr(), second.as_ptr());
            for told in [first, second, once.tell("other".to_owned().into())] {
                assert_eq!(serde_json::to_string(&told).ok(), serde_json::to_string(&*told).ok());
            }
        }
        (0..2 * MOST).for_each(|n| assert_eq!(&*once.tell(n.to_string().into()), n.to_string()));
        let last = once.tell("say \"more\"".to_owned().into());
        assert_eq!(serde_json::to_string(&last).ok().as_deref(), Some(r#""say \"more\"""#));
    }
}
