//! Who says it: the speaker and the cue of each quotation, and of sentences that report somebody's words.
//!
//! Only sentences with a quotation or a cue are read, and of those with a cue alone only where it may have a speaker
//! (`look`, `quiet`). There each sentence becomes tokens (`tokens`) classified by the lexicons (`cues`); each cue looks for
//! the noun phrase beside it (`speakers`), which is led back to somebody named (`carry`); and each quotation takes the cue
//! that stands best (`events`). What finds none inherits: from the quotation before it in the paragraph, the one it
//! continues, the block it lies in, the colon before it.
//!
//! Not here: who is named (`registry::gazetteer` and the marks tell), and whether a quotation needs a speaker (`rules`).

mod carry;
mod cues;
mod deeds;
mod events;
mod lines;
mod look;
mod milestones;
mod quiet;
mod reported;
mod speakers;
#[cfg(test)]
mod tests;
mod tokens;

pub(super) use cues::unclosed_end;
pub use look::{Cues, cue_words, words_tell_cues};
pub use milestones::{Milestone, Moved};

use std::ops::Range;

use super::{Language, Prose, Quote, QuoteKind, quotes};
use crate::syntax::{Passage, PassageKind};
use crate::text::Span;
use events::{Event, Voice};
use milestones::Tail;
use speakers::Subject;

/// Something the gazetteer or a mark named, in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Bytes of the running text.
    pub span: Span,
    /// Whether it can speak.
    pub kind: NamedKind,
}

/// What kind of thing was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedKind {
    /// A person.
    Person,
    /// A body.
    Org,
    /// A place; "Moscow said" makes it speak.
    Place,
    /// Anything else.
    Other,
}

/// What an attribution is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A quotation, by its index in `Prose::quotes`.
    Quote(u32),
    /// What a sentence reports without marks, by its index in `Prose::sentences`.
    Sentence(u32),
}

/// Who is said to say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// What is said.
    pub said: Said,
    /// The words that name the speaker: `the top diplomat`, `he`, `Lavrov`.
    pub speaker: Option<Span>,
    /// Index into the list of named things: whom those words mean, as far as this text tells.
    pub named: Option<u32>,
    /// The verb or noun that says so: `said`, `according to`.
    pub cue: Option<Span>,
}

/// Finds who says what. `named` is in order of place. One attribution at most for each thing said, in order of
/// place; a quotation in marks within another gets none.
#[must_use]
pub fn attribute(text: &str, passages: &[Passage], prose: &Prose, named: &[Named], language: Language) -> Vec<Attribution> {
    Scene { text, passages, prose, named, language }.attributions()
}

/// All of a text that attribution reads. `named` is in order of place.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The running text.
    pub text: &'a str,
    /// Its passages.
    pub passages: &'a [Passage],
    /// What its words say.
    pub prose: &'a Prose,
    /// What is named in it.
    pub named: &'a [Named],
    /// Its language.
    pub language: Language,
}

/// Who says what in some passages of a text.
#[derive(Clone, Debug)]
pub struct Part {
    /// The passages read.
    pub passages: Range<usize>,
    /// As [`attribute`].
    pub said: Vec<Attribution>,
    /// What was remembered on the way, in order.
    pub milestones: Vec<Milestone>,
    /// The goal at which reading stopped, by its index.
    pub goal: Option<usize>,
}

impl Scene<'_> {
    /// As [`attribute`].
    #[must_use]
    pub fn attributions(&self) -> Vec<Attribution> {
        let mut reader = Reader::new(self, None);
        for (number, passage) in (0..).zip(self.passages) {
            reader.passage(self.passages, number, *passage);
        }
        reader.finish()
    }

    /// The same for a text that will be edited. Reads on from a milestone (from the beginning at none) to the first of `goals`, which are
    /// in order, where the same is remembered, or to the end.
    #[must_use]
    pub fn attribute(&self, from: Option<&Milestone>, goals: &[Milestone]) -> Part {
        let first = from.map_or(0, |m| m.passage as usize);
        let mut reader = Reader::new(self, from);
        let mut milestones: Vec<Milestone> = Vec::new();
        let (mut last, mut goals, mut end, mut reached) = (from.map_or(0, |m| m.at), goals.iter().enumerate().peekable(), first, None);
        for (index, passage) in self.passages.iter().enumerate().skip(first) {
            let number = Span::from(0..index).end;
            while goals.next_if(|(_, goal)| goal.passage < number).is_some() {}
            let goal = goals.peek().filter(|(_, goal)| goal.passage == number);
            if index > first
                && (goal.is_some() || Milestone::is_due(last, passage.span.start, self.text.len()))
                && quotes::are_apart(self.passages, &self.prose.quotes, index)
            {
                let here = reader.milestone(number, passage.span.start);
                if let Some((found, _)) = goal.filter(|(_, goal)| **goal == here) {
                    reached = Some(*found);
                    break;
                }
                last = here.at;
                milestones.push(here);
            }
            reader.passage(self.passages, number, *passage);
            end = index + 1;
        }
        Part { passages: first..end, said: reader.finish(), milestones, goal: reached }
    }
}

struct Reader<'a> {
    text: &'a str,
    prose: &'a Prose,
    named: &'a [Named],
    language: Language,
    lexicon: &'static cues::Lexicon,
    carry: carry::Carry<'a>,
    tokens: tokens::Tokens,
    /// The first thing named behind the sentence read last.
    named_before: usize,
    events: Vec<Event>,
    /// Index of the first quotation.
    first_quote: usize,
    /// By quotation, from the first on.
    voices: Vec<Option<Voice>>,
    /// By index of the sentence, in order.
    sentences: Vec<(u32, Voice)>,
    tail: Tail,
    /// The document that the sentence before began with.
    document: Option<Subject>,
    next_quote: usize,
    next_sentence: usize,
}

impl<'a> Reader<'a> {
    fn new(scene: &Scene<'a>, from: Option<&Milestone>) -> Self {
        let Scene { text, prose, named, language, .. } = *scene;
        let lexicon = cues::lexicon(language);
        let passage = from.map_or(0, |m| m.passage);
        let first_quote = prose.quotes.partition_point(|q| q.passage < passage);
        Self {
            text,
            prose,
            named,
            language,
            lexicon,
            carry: carry::Carry::new(scene, lexicon, from),
            tokens: tokens::Tokens::default(),
            named_before: 0,
            events: Vec::new(),
            first_quote,
            voices: Vec::new(),
            sentences: Vec::new(),
            tail: from.map(|m| m.tail).unwrap_or_default(),
            document: None,
            next_quote: first_quote,
            next_sentence: prose.sentences.partition_point(|s| s.passage < passage),
        }
    }

    fn milestone(&mut self, passage: u32, at: u32) -> Milestone {
        Milestone { passage, at, memory: self.carry.memory_at(at), tail: self.tail }
    }

    /// Who says a quotation read before.
    fn voice_of(&self, quote: u32) -> Option<Voice> {
        *self.voices.get((quote as usize).checked_sub(self.first_quote)?)?
    }

    fn passage(&mut self, passages: &[Passage], index: u32, passage: Passage) {
        let tops = self.quotes_of(passages, index);
        let before = std::mem::take(&mut self.tail);
        let words = passage.span.slice(self.text);
        self.tail.colon = words.trim_end().ends_with(':');
        if passage.kind == PassageKind::Attribution {
            return;
        }
        if tops.is_empty() {
            self.plain(index, passage.span);
        } else {
            self.quoted(index, passage.span, &tops, before);
        }
        if let Some(sentence) = self.headline(passage) {
            self.sentences.push(sentence);
        }
    }

    /// The quotations in marks that begin in a passage and lie in no other such; those of blocks are settled here.
    fn quotes_of(&mut self, passages: &[Passage], index: u32) -> Vec<(u32, &'a Quote)> {
        let mut tops = Vec::new();
        while let Some(quote) = self.prose.quotes.get(self.next_quote).filter(|q| q.passage <= index) {
            let at = Span::from(0..self.next_quote).end;
            self.next_quote += 1;
            self.voices.push(None);
            let around = quote.within.and_then(|w| self.prose.quotes.get(w as usize));
            if quote.kind == QuoteKind::Block {
                let line = quote.attribution_line.and_then(|l| passages.get(l as usize));
                let voice = line.and_then(|l| self.line(l.span)).or(self.tail.voice);
                self.set(at, voice);
            } else if around.is_none_or(|a| a.kind == QuoteKind::Block) {
                tops.push((at, quote));
            }
        }
        tops
    }

    fn set(&mut self, quote: u32, voice: Option<Voice>) {
        if let Some(slot) = (quote as usize).checked_sub(self.first_quote).and_then(|i| self.voices.get_mut(i)) {
            *slot = voice;
        }
    }

    /// A passage without quotations: only the sentences with a cue, and those that a colon ends, are read. Of most others a first
    /// look (`look`) told so.
    fn plain(&mut self, index: u32, span: Span) {
        let sentences = &self.prose.sentences;
        while sentences.get(self.next_sentence).is_some_and(|s| s.passage < index) {
            self.next_sentence += 1;
        }
        while let Some(sentence) = sentences.get(self.next_sentence).filter(|s| s.passage == index && span.covers(s.span)) {
            self.next_sentence += 1;
            self.tail.voice = None;
            if look::is_silent(self.text, sentence, self.lexicon)
                || !sentence.may_speak && quiet::is_quiet(sentence.span.slice(self.text), self.lexicon)
            {
                continue;
            }
            self.tokens.clear();
            tokens::list(self.text, sentence.span, &[], self.lexicon, &mut self.tokens);
            if self.tokens.may_report() {
                self.read_sentences(&Tail::default());
            }
        }
        self.tail.told = true;
    }

    /// A passage with quotations: of the sentences beside them only those that may say who speaks are read.
    fn quoted(&mut self, index: u32, span: Span, tops: &[(u32, &Quote)], before: Tail) {
        self.tokens.clear();
        let sentences = &self.prose.sentences;
        let first = sentences.partition_point(|s| s.passage < index);
        let here = sentences.get(first..).unwrap_or_default();
        let here = &here[..here.iter().take_while(|s| s.passage == index).count()];
        let mut from = span.start;
        let (mut passed, mut quiet_end) = (false, false);
        for skipped in quiet::between_quotes(self.text, here, tops, self.lexicon) {
            if from < skipped.start {
                tokens::list(self.text, Span::new(from, skipped.start), tops, self.lexicon, &mut self.tokens);
            }
            from = skipped.end;
            passed = true;
            quiet_end = here.last().is_some_and(|last| last.span.end == from);
        }
        if !quiet_end {
            tokens::list(self.text, Span::new(from, span.end), tops, self.lexicon, &mut self.tokens);
        }
        tokens::drop_stray_stops(self.text, &mut self.tokens);
        // A paragraph of nothing but words in marks goes on with who spoke in the one before, if that began so too, or led it in.
        let bare = !passed && self.tokens.all.iter().all(|t| matches!(t.kind, tokens::Kind::Quote(_) | tokens::Kind::Stop));
        self.tail.quoted = tops.first().is_some_and(|(_, quote)| quote.span.start == span.start);
        self.read_sentences(&Tail { colon: before.colon || bare && (before.quoted || before.told), ..before });
        if quiet_end {
            self.tail.voice = None;
        }
        // A statement in several paragraphs, each between marks of its own, is led in once.
        let (quotes, words) = tokens::of_last_sentence(&self.tokens);
        if quotes && !words && !quiet_end && self.tail.voice.is_none() {
            self.tail.voice = tops.last().and_then(|(quote, _)| self.voice_of(*quote));
        }
        self.tail.told = quotes != words;
    }

    /// Reads what is in `tokens`: one passage, or one sentence of it.
    fn read_sentences(&mut self, before: &Tail) {
        let tokens = std::mem::take(&mut self.tokens);
        let mut last = before.voice.filter(|_| before.colon);
        let mut events = std::mem::take(&mut self.events);
        let (mut from, mut point) = (0, 0);
        self.document = None;
        while from < tokens.all.len() {
            let (to, next) = tokens::sentence_end(self.text, &tokens, &self.prose.quotes, point);
            let part = (from..to, point..next);
            let sentence = speakers::Sentence::new(self.text, self.language, &tokens, part, self.named, self.named_before);
            self.named_before = sentence.named_end();
            self.list_events(&sentence, &mut events);
            last = self.settle(&sentence, &events, last);
            self.document = tokens.all.get(to).filter(|next| events::may_be_impersonal(next)).and_then(|_| sentence.document());
            (from, point) = (to, next);
        }
        self.events = events;
        self.tokens = tokens;
    }

    /// Lists the cues of a sentence that have a speaker, in order.
    fn list_events(&mut self, sentence: &speakers::Sentence<'_>, events: &mut Vec<Event>) {
        events.clear();
        for at in events::cues(sentence) {
            let subject = sentence.speaker(at);
            let voice = match subject {
                Some(subject) => self.voice(&subject, sentence.tokens[at].span),
                // "…, he said, adding: …"
                None => match events.last().filter(|_| events::is_participle(sentence, at)) {
                    Some(event) => Voice { cue: Some(sentence.tokens[at].span), ..event.voice },
                    None => continue,
                },
            };
            events.push(Event::new(sentence.tokens, at, voice, subject.as_ref()).done(sentence, at));
        }
        if !events.is_empty() {
            return;
        }
        if let Some(subject) = events::before_colon(sentence).or_else(|| events::of_document(sentence)) {
            let voice = Voice { cue: None, ..self.voice(&subject, subject.span) };
            events.push(Event::named_only(voice));
        } else if let Some(subject) = events::without_cue(sentence) {
            let voice = Voice { cue: None, ..self.voice(&subject, subject.span) };
            events.push(Event::without_cue(voice, sentence.tokens));
        } else if let Some(subject) = events::introduced(sentence) {
            let voice = Voice { cue: None, ..self.voice(&subject, subject.span) };
            events.push(Event::named_only(voice));
        } else if let Some(subject) = events::by_shape(sentence).or_else(|| events::in_document(sentence, self.document)) {
            let voice = Voice { cue: None, ..self.voice(&subject, subject.span) };
            events.push(Event::without_cue(voice, sentence.tokens));
        }
    }

    fn voice(&mut self, subject: &Subject, cue: Span) -> Voice {
        Voice { speaker: subject.span, named: self.carry.resolve(subject), cue: Some(cue) }
    }

    /// Gives each quotation of a sentence its speaker, and the sentence its own. `last`: who spoke last in this
    /// passage; answers who does now.
    fn settle(&mut self, sentence: &speakers::Sentence<'_>, events: &[Event], last: Option<Voice>) -> Option<Voice> {
        let mut last = last;
        let mut tag = None;
        // Without any cue this was asked already.
        let mut placed = None;
        for (at, token) in sentence.points() {
            let tokens::Kind::Quote(index) = token.kind else { continue };
            let Some(quote) = self.prose.quotes.get(index as usize) else { continue };
            let chosen = events::choose(sentence, at, events).map(|e| e.voice);
            let chosen = chosen.or_else(|| self.inside(quote.words));
            let chosen =
                chosen.or_else(|| sentence.verdict_behind(at).map(|subject| Voice { cue: None, ..self.voice(&subject, subject.span) }));
            let chosen = chosen.or_else(|| {
                let subject = placed.get_or_insert_with(|| events::by_place(sentence)).filter(|_| !events.is_empty())?;
                Some(Voice { cue: None, ..self.voice(&subject, subject.span) })
            });
            let inherited = || {
                let continued = quote.continues.and_then(|c| self.voice_of(c));
                continued.or(last.filter(|_| quote.is_speech || at == 0))
            };
            let voice = chosen.or_else(inherited);
            if at == 0 {
                tag = chosen.map(|v| v.cue);
            }
            last = voice.or(last);
            self.set(index, voice);
        }
        if let Some(event) = events::of_sentence(events).filter(|e| tag != Some(e.voice.cue)) {
            self.say(sentence, event.voice);
        }
        last = events.last().filter(|e| e.may_go_on(self.text)).map(|e| e.voice).or(last);
        self.tail.voice = last.filter(|_| !events.is_empty() || tag.is_some());
        last
    }

    /// «Мы откроем мост, — сказал Орлов. — Опоры целы»: in Russian the writer's words may stand within the marks.
    fn inside(&mut self, words: Span) -> Option<Voice> {
        if self.language != Language::Russian {
            return None;
        }
        let part = words.slice(self.text);
        let clause = part.match_indices(['—', '–']).take(8).find_map(|(at, dash)| {
            let rest = &part[at + dash.len()..];
            // «…, — и река ответила отказом»: the speaker goes on.
            let joins = ["и", "а", "но", "да", "или"].contains(&rest.split_whitespace().next().unwrap_or_default());
            let led = part[..at].trim_end().ends_with([',', '!', '?', '…']) && !joins;
            let end = rest.find(['.', ',', '!', '?', '—', '–']).unwrap_or(rest.len());
            // «Дети поют, — улыбается директор. — Остальное подождёт»: a verb between two dashes is the writer's, whatever it says.
            let parted = rest[end..].trim_start_matches(['.', ',', '!', '?']).trim_start().starts_with(['—', '–']);
            let acts = || rest.split_whitespace().next().is_some_and(quotes::is_russian_verb);
            led.then(|| Span::of(&rest[..end], self.text)).filter(|c| self.lexicon.holds_cue(c.slice(self.text)) || parted && acts())
        })?;
        let mut tokens = tokens::Tokens::default();
        tokens::list(self.text, clause, &[], self.lexicon, &mut tokens);
        let part = (0..tokens.all.len(), 0..tokens.points.len());
        let sentence = speakers::Sentence::new(self.text, self.language, &tokens, part, self.named, 0);
        let Some(at) = events::cues(&sentence).find(|&at| at <= 2) else {
            let subject = sentence.all_behind(0)?;
            return Some(Voice { cue: None, ..self.voice(&subject, subject.span) });
        };
        let subject = sentence.speaker(at).or_else(|| sentence.all_behind(at))?;
        Some(self.voice(&subject, tokens.all[at].span))
    }

    fn say(&mut self, sentence: &speakers::Sentence<'_>, voice: Voice) {
        let Some(first) = sentence.tokens.first() else { return };
        let place = voice.cue.map_or(first.span.start, |c| c.start);
        let index = self.prose.sentences.partition_point(|s| s.span.start <= place);
        if let Some(index) = index.checked_sub(1) {
            self.sentences.push((Span::from(0..index).end, voice));
        }
    }

    /// Hands speakers back along continued quotations and into blocks, and lists all.
    fn finish(mut self) -> Vec<Attribution> {
        let quotes = &self.prose.quotes;
        let read = quotes.get(self.first_quote..self.next_quote).unwrap_or_default();
        for (index, quote) in read.iter().enumerate().rev() {
            if let (Some(before), Some(voice)) = (quote.continues, self.voices[index])
                && let Some(slot) = (before as usize).checked_sub(self.first_quote).and_then(|i| self.voices.get_mut(i))
            {
                slot.get_or_insert(voice);
            }
        }
        for (index, quote) in read.iter().enumerate() {
            let block = quote.within.filter(|&w| quotes.get(w as usize).is_some_and(|q| q.kind == QuoteKind::Block));
            if let Some(voice) = block.and_then(|b| self.voice_of(b)) {
                self.voices[index].get_or_insert(voice);
            }
        }
        self.sentences.sort_by_key(|s| s.0);
        self.sentences.dedup_by_key(|s| s.0);
        let said_quotes = self.voices.iter().enumerate().filter_map(|(i, v)| {
            let i = self.first_quote + i;
            let start = quotes.get(i)?.span.start;
            v.map(|v| (start, v.attribution(Said::Quote(Span::from(0..i).end))))
        });
        let said_sentences = self.sentences.iter().filter_map(|(i, v)| {
            let start = self.prose.sentences.get(*i as usize)?.span.start;
            Some((start, v.attribution(Said::Sentence(*i))))
        });
        let mut all: Vec<(u32, Attribution)> = said_quotes.chain(said_sentences).collect();
        all.sort_by_key(|a| a.0);
        all.into_iter().map(|a| a.1).collect()
    }
}
