//! A first look at sentences without quotations: which hold no word by which a cue can be known.
//!
//! The pass over phrases looks at the beginning of each word anyhow, and tells where one begins that may be such a word. Only
//! sentences of ASCII are passed over: in others a word may stand beside a sign that both passes take differently.

use super::cues::{Lexicon, Tells, lexicon};
use crate::prose::{Language, Sentence};

/// The words by which every cue of a language can be known; none when their bytes do not tell.
#[must_use]
pub fn cue_words(language: Language) -> Vec<&'static str> {
    lexicon(language).telling().into_iter().flatten().map(String::as_str).collect()
}

/// Whether a sentence of ASCII without any of [`cue_words`] has no cue.
#[must_use]
pub fn words_tell_cues(language: Language) -> bool {
    lexicon(language).telling().is_some()
}

/// Marks which sentences of a passage hold a cue.
pub struct Cues<'a> {
    text: &'a str,
    sentences: &'a mut [Sentence],
    lexicon: &'static Lexicon,
    next: usize,
}

impl<'a> Cues<'a> {
    /// Of the sentences of one passage. `text` is the running text.
    pub fn new(text: &'a str, sentences: &'a mut [Sentence], language: Language) -> Self {
        Self { text, sentences, lexicon: lexicon(language), next: 0 }
    }

    /// The sentence that holds a byte of the text, or else the next one; calls are in order of place, here as for words.
    pub fn sentence_at(&mut self, at: u32) -> Option<&mut Sentence> {
        while self.sentences.get(self.next).is_some_and(|s| s.span.end <= at) {
            self.next += 1;
        }
        self.sentences.get_mut(self.next)
    }

    /// A word that may be among [`cue_words`] begins at a byte of the text; calls are in order of place.
    pub fn may_begin(&mut self, at: u32) {
        let (text, lexicon) = (self.text, self.lexicon);
        if let Some(sentence) = self.sentence_at(at).filter(|s| !s.may_speak) {
            let tells = lexicon.tells(text, sentence.span, at as usize);
            sentence.may_report |= tells != Tells::Nothing;
            sentence.may_speak = tells == Tells::Cue;
        }
    }
}

/// Whether a sentence certainly has neither a cue nor a colon at its end.
pub(super) fn is_silent(text: &str, sentence: &Sentence, lexicon: &Lexicon) -> bool {
    if sentence.may_report || lexicon.telling().is_none() {
        return false;
    }
    let words = sentence.span.slice(text);
    !words.bytes().rev().take_while(|b| !b.is_ascii_alphanumeric()).any(|b| b == b':')
}

#[cfg(test)]
mod tests {
    use super::super::tests::{attribute_all, read};
    use super::*;
    use crate::prose::attribution::NamedKind;
    use crate::prose::phrases;
    use crate::prose::watch::Look;
    use crate::text::blocks::WordBits;
    use proptest::prelude::*;

    #[test]
    fn english_cues_are_told_by_their_words() {
        let words = cue_words(Language::English);
        assert!(["said", "according", "go", "view"].iter().all(|w| words.contains(w)) && !words.contains(&"on"));
        assert_eq!(cue_words(Language::Russian), [""; 0]);
    }

    proptest! {
        #[test]
        fn nobody_speaks_in_a_sentence_that_is_passed_over(
            parts in prop::collection::vec(
                "said|SAID|noted|told|reporting|Refers|to|of|went|on|In|the|a|this|two|view|mind|put|it|was|been|politely|later|by|that|according|he|\
                 She|It|Marek|the ministry|Marek's|words|is|U\\.S\\.|Gen\\.|State|report|report's|as|said-so|it’s|don't|'|—| - |, |\\. |\\. The |\\.|:|: |;|\\?|🙂|×|\
                 Орлов|é|\u{301}|\u{a0}|\n|“We are, |“never again”|”|“[a-z]{1,4}\\.”|[a-z]{1,18}|as he saw it|In the ministry's view|, in his words, | {1,70}|[0-9]{1,3}",
                0..60,
            ),
            spaced: bool,
            language in prop::sample::select(vec![Language::English, Language::Russian]),
        ) {
            let text = parts.join(if spaced { " " } else { "" });
            let known = [("Marek".to_owned(), NamedKind::Person), ("ministry".to_owned(), NamedKind::Org)];
            let mut looked = read(&text, &known, language);
            let whole = attribute_all(&looked, language);
            let passages = looked.passages.clone();
            for (index, passage) in (0..).zip(&passages) {
                let begun = looked.prose.sentences.partition_point(|s| s.passage < index);
                let end = looked.prose.sentences.partition_point(|s| s.passage <= index);
                let sentences = &mut looked.prose.sentences[begun..end];
                let bits = WordBits::of(passage.span.slice(&text));
                let mut look = Look::new(&text, passage.span.start, bits.is_ascii(), sentences, language, Vec::new());
                phrases::Places::default().note(&text, passage.span, &bits, language, |at, kinds| look.word(at, kinds));
            }
            prop_assert_eq!(attribute_all(&looked, language), whole);
            // Nor is the passage told otherwise that its words hold a cue.
            let lexicon = lexicon(language);
            for sentence in looked.prose.sentences.iter().filter(|s| is_silent(&text, s, lexicon)) {
                let mut tokens = super::super::tokens::Tokens::default();
                super::super::tokens::list(&text, sentence.span, &[], lexicon, &mut tokens);
                prop_assert!(!tokens.may_report(), "{:?}", sentence.span.slice(&text));
            }
        }
    }
}
