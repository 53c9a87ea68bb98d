//! Russian words before a verb that are what is spoken of, and no subject: told by their endings.

use super::{Sentence, Subject};
use crate::prose::Language;
use crate::prose::attribution::cues::{Small, Who};

impl Sentence<'_> {
    /// «Дом признали аварийным», «Жителей предупредили»: words in the singular or another case before a Russian verb in the plural are what
    /// is spoken of, and nobody is said to speak.
    pub fn is_object(&self, subject: &Subject, cue: usize) -> bool {
        let plural = || ["ли", "ют", "ят", "ут", "ат", "лись"].iter().any(|e| self.word(cue).ends_with(e));
        if self.language != Language::Russian || subject.named.is_some() || subject.span.start > self.tokens[cue].span.start || !plural() {
            return false;
        }
        let words = subject.span.slice(self.text);
        let (first, last) = (words.split(' ').next().unwrap_or_default(), words.rsplit(' ').next().unwrap_or_default());
        // «ВВС сообщили», «ООН»
        let short = last.chars().nth(1).is_some_and(char::is_uppercase);
        let consonant = last.ends_with("ль")
            || last.ends_with(['б', 'в', 'г', 'д', 'ж', 'з', 'й', 'к', 'л', 'м', 'н', 'п', 'р', 'с', 'т', 'ф', 'х', 'ц', 'ч', 'ш', 'щ']);
        // «Депутата исключили»; «профессора» may be several.
        let role_of = |word: &str| {
            let known = matches!(self.tokens[0].who, Who::Role | Who::People);
            known && word.ends_with('а') && !word.ends_with("ора") && !word.ends_with("ера")
        };
        let role = role_of(last);
        let opens = subject.span.start == self.tokens[0].span.start;
        opens
            && !short
            && match words.split(' ').count() {
                // «Как говорят в деревне»
                1 if last.chars().nth(2).is_none() || self.is(0, Small::CLAUSE.and(Small::CAPITAL_CLAUSE).and(Small::AS)) => false,
                1 => (consonant || role || last.ends_with(['у', 'ю'])) && self.tokens[0].who != Who::Pronoun,
                // «Капитана судна допросили»
                2 if role_of(first) => true,
                2 => ["ого", "его", "ую", "юю"].iter().any(|e| first.ends_with(e)) && first.chars().nth(3).is_some(),
                _ => false,
            }
    }
}
