//! Words that are looked for while each word is looked at anyhow.
//!
//! The pass over phrases works out the head of every word. On the way it tells where words begin that may be one of these, and of
//! which kind: numbers for [`super::figures`], and for each sentence whether it may report, order or suppose something. Most sentences
//! do none of it, and are not read for it again. Of a sentence beyond ASCII nothing is told so: there a word may stand beside a sign
//! that two passes take differently.

use super::attribution::{self, Cues};
use super::{Language, Sentence, decreeing, figures, supposing};

/// What a word may be, for all that its head tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(pub(super) u8);

impl Kinds {
    /// A cue, or of a phrase that is one the longest word.
    pub const CUE: Self = Self(1);
    /// A number.
    pub const NUMBER: Self = Self(1 << 1);
    /// A word that orders ([`decreeing::orders`]).
    pub const ORDER: Self = Self(1 << 2);
    /// A word of those that suppose ([`supposing::supposes`]), or tell what somebody did himself.
    pub const SUPPOSITION: Self = Self(1 << 3);

    /// Whether it may be of a kind.
    #[must_use]
    pub const fn may_be(self, kind: Self) -> bool {
        self.0 & kind.0 != 0
    }
}

/// The words of each kind, of a language and of both where texts of one have them from the other.
pub(super) fn words(language: Language) -> [(Kinds, Vec<String>); 4] {
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    [
        (Kinds::CUE, owned(&attribution::cue_words(language))),
        (Kinds::NUMBER, figures::number_words()),
        (Kinds::ORDER, owned(&decreeing::telling_words())),
        (Kinds::SUPPOSITION, owned(supposing::TELLING)),
    ]
}

/// Takes up what is told of one passage.
pub(super) struct Look<'a> {
    cues: Cues<'a>,
    start: u32,
    /// Where words begin that may be numbers: bytes of the passage, in order.
    pub numbers: Vec<u32>,
}

impl<'a> Look<'a> {
    /// Of the passage that begins at byte `start` of the running text, with its sentences: none of ASCII holds any such word yet, if the
    /// words of the language tell. `ascii`: whether all of the passage is. `numbers` lends its room.
    pub fn new(text: &'a str, start: u32, ascii: bool, sentences: &'a mut [Sentence], language: Language, mut numbers: Vec<u32>) -> Self {
        let cues_tell = attribution::words_tell_cues(language);
        for sentence in sentences.iter_mut() {
            let wide = !ascii && !sentence.span.slice(text).is_ascii();
            (sentence.may_report, sentence.may_speak) = (wide || !cues_tell, wide || !cues_tell);
            (sentence.may_order, sentence.may_suppose) = (wide, wide);
        }
        numbers.clear();
        Self { cues: Cues::new(text, sentences, language), start, numbers }
    }

    /// A word that may be of some kinds begins at a byte of the text; calls are in order of place.
    pub fn word(&mut self, at: u32, kinds: Kinds) {
        if kinds.may_be(Kinds::NUMBER) {
            self.numbers.push(at - self.start);
        }
        if kinds.may_be(Kinds::CUE) {
            self.cues.may_begin(at);
        }
        let (order, suppose) = (kinds.may_be(Kinds::ORDER), kinds.may_be(Kinds::SUPPOSITION));
        if (order || suppose)
            && let Some(sentence) = self.cues.sentence_at(at)
        {
            sentence.may_order |= order;
            sentence.may_suppose |= suppose;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::prose::{Prose, phrases, sentences};
    use crate::text::Span;
    use crate::text::blocks::WordBits;

    /// A text of one passage, looked at.
    fn looked(text: &str, language: Language) -> Prose {
        let (mut prose, passage) = (Prose::default(), Span::from(0..text.len()));
        sentences::split(text, passage, 0, language, &mut prose.sentences);
        let bits = WordBits::of(text);
        let mut look = Look::new(text, 0, bits.is_ascii(), &mut prose.sentences, language, Vec::new());
        phrases::Places::default().note(text, passage, &bits, language, |at, kinds| look.word(at, kinds));
        let mut places = figures::Places::default();
        places.note(text, passage, &bits, &look.numbers);
        figures::find(text, &places, &mut prose.figures);
        prose
    }

    proptest! {
        #[test]
        fn what_is_told_on_the_way_is_all_there_is(
            parts in prop::collection::vec(
                "ten|Two|FIFTY|million|hundred|5|20|million5|5ten|двести|Сто|два\u{301}|people|per cent|dollars|человек|decides|SHALL|to reach|Requests|\
                 if we would |Imagine|in our example|ypothetical|hypothetical|Fictitious|our experience|We trained|, |\\. |’|—| - |-|\u{a0}|é|𝕏|[a-z]{1,9}| {1,60}",
                0..40,
            ),
            spaced: bool,
            language in prop::sample::select(vec![Language::English, Language::Russian]),
        ) {
            let text = parts.join(if spaced { " " } else { "" });
            let prose = looked(&text, language);
            let mut figures = Vec::new();
            let bits = WordBits::of(&text);
            let mut places = figures::Places::default();
            places.note(&text, Span::from(0..text.len()), &bits, &figures::numerals(&text, &bits));
            figures::find(&text, &places, &mut figures);
            prop_assert_eq!(&prose.figures, &figures);
            for sentence in prose.sentences.iter().filter(|_| spaced) {
                let words = sentence.span.slice(&text);
                prop_assert!(sentence.may_order || !decreeing::decrees(&format!("{words} ")), "{}", words);
                // A word that only ends like one is none.
                let supposes = supposing::supposes(words, true) != supposing::supposes(words, false) || supposing::tells_own(words);
                prop_assert!(sentence.may_suppose || !supposes || words.contains("ypothetical"), "{}", words);
            }
        }
    }
}
