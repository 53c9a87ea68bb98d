//! Where annotations from beside a text stand in it today.
//!
//! They are held against the text as a reader sees it ([`reading`]), word by word ([`Wording`]): marks that were put into the text since, line
//! breaks and quotation marks of another shape lose nothing. Of several places the one with the same words around it is meant, and of
//! equals the one nearest to where it was.

use super::{FileId, FileKind, Snapshot};
use crate::prose::wording::{Found, Quoted, Wording};
use crate::registry::sidecar::Target;
use crate::syntax::{self, OffsetMap, reading};
use crate::text::Span;

/// A text that annotations stand beside.
pub struct Annotated {
    words: String,
    map: OffsetMap,
    wording: Wording,
    /// The byte of every so many characters.
    milestones: Vec<usize>,
}

/// Where an annotation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchored {
    /// Here, in bytes of the file.
    At(Span),
    /// At one of these places, and nothing tells which.
    Several(Vec<Span>),
    /// Nowhere. What it may be about now, the likeliest first: the place in the file, and the words.
    Lost(Vec<(Span, String)>),
}

/// Characters from one milestone to the next.
const STEP: usize = 1024;

/// Places of the same words that are looked at.
const MOST_PLACES: usize = 256;

/// Words between a prefix and a suffix that may have come in the place of lost ones.
const MOST_BETWEEN: usize = 60;

/// Letters of a prefix or suffix that are compared.
const CONTEXT: usize = 64;

impl Snapshot {
    /// The text that a file of annotations stands beside; `None` when there is none, or it cannot be read.
    #[must_use]
    pub fn annotated_by(&self, sidecar: FileId) -> Option<(FileId, Annotated)> {
        let id = self.file_at(text_of(&self.file(sidecar)?.path)?)?;
        let FileKind::Text(format) = self.file(id)?.kind else { return None };
        let text = self.text(id)?;
        let projection = reading(&text, &syntax::parse(&text, format));
        Some((id, Annotated::of(projection.text.into_owned(), projection.map)))
    }
}

/// The path of the text that the annotations at a path belong to.
#[must_use]
pub fn text_of(sidecar: &str) -> Option<&str> {
    sidecar.strip_suffix(crate::registry::sidecar::ENDING)
}

impl Annotated {
    fn of(words: String, map: OffsetMap) -> Self {
        let wording = Wording::of(&words, [Span::from(0..words.len())]);
        let milestones = words.char_indices().step_by(STEP).map(|(at, _)| at).collect();
        Self { words, map, wording, milestones }
    }

    /// Where an annotation stands.
    #[must_use]
    pub fn anchor(&self, target: &Target) -> Anchored {
        let position = target.position.as_ref().map(|p| p.value);
        let Some(exact) = target.exact.as_ref().filter(|exact| !exact.value.is_empty()) else {
            let span = position.filter(|(from, to)| from <= to).and_then(|(from, to)| Some(Span::from(self.byte(from)?..self.byte(to)?)));
            return span.map_or(Anchored::Lost(Vec::new()), |span| Anchored::At(self.map.to_source(span)));
        };
        let quoted = quoted(&exact.value);
        let places = self.places(&exact.value, &quoted);
        match places.as_slice() {
            [] => Anchored::Lost(self.candidates(target, &quoted)),
            [one] => Anchored::At(self.map.to_source(*one)),
            several => self.choose(several, target, position.and_then(|(from, _)| self.byte(from))),
        }
    }

    /// All places of the words, in order.
    fn places(&self, exact: &str, quoted: &Quoted) -> Vec<Span> {
        if quoted.is_empty() {
            return self.words.match_indices(exact).take(MOST_PLACES).map(|(at, _)| Span::from(at..at + exact.len())).collect();
        }
        let (mut out, mut from) = (Vec::new(), 0);
        while let Some(found) = self.wording.find_within(quoted, from, self.wording.words().len()).filter(|_| out.len() < MOST_PLACES) {
            out.extend(self.span(found));
            from = found.from + 1;
        }
        out
    }

    fn choose(&self, places: &[Span], target: &Target, was: Option<usize>) -> Anchored {
        let likeness = |place: &Span| {
            let (before, behind) = (&self.words[..place.start as usize], &self.words[place.end as usize..]);
            let before = same(letters(before.chars().rev()), letters(target.prefix.chars().rev()));
            before + same(letters(behind.chars()), letters(target.suffix.chars()))
        };
        let best = places.iter().map(likeness).max().unwrap_or(0);
        let bare = target.prefix.is_empty() && target.suffix.is_empty();
        let alike: Vec<Span> = places.iter().copied().filter(|place| bare || likeness(place) == best).collect();
        let nearest = was.and_then(|was| alike.iter().min_by_key(|place| (place.start as usize).abs_diff(was)));
        match (alike.as_slice(), nearest) {
            (_, Some(one)) => Anchored::At(self.map.to_source(*one)),
            ([one], None) if best > 0 => Anchored::At(self.map.to_source(*one)),
            // Words without context mean every place at which they stand.
            ([first, ..], None) if bare => Anchored::At(self.map.to_source(*first)),
            _ => Anchored::Several(alike.into_iter().map(|place| self.map.to_source(place)).collect()),
        }
    }

    /// What lost words may be now: the words most like them, and what stands between the words that were around them.
    fn candidates(&self, target: &Target, lost: &Quoted) -> Vec<(Span, String)> {
        let between = || {
            let (prefix, suffix) = (quoted(&target.prefix), quoted(&target.suffix));
            let before = self.wording.find(&prefix)?;
            let most = (before.to + MOST_BETWEEN).min(self.wording.words().len());
            let behind = self.wording.find_within(&suffix, before.to, most)?;
            (behind.from > before.to).then_some(Found { from: before.to, to: behind.from, likeness: 0.0, hidden: None })
        };
        let near = if lost.is_empty() { None } else { self.wording.nearest(lost) };
        let mut spans: Vec<Span> = near.into_iter().chain(between()).filter_map(|found| self.span(found)).collect();
        spans.dedup();
        spans.into_iter().map(|span| (self.map.to_source(span), span.slice(&self.words).to_owned())).collect()
    }

    fn span(&self, found: Found) -> Option<Span> {
        let words = self.wording.words().get(found.from..found.to)?;
        Some(Span::new(words.first()?.span.start, words.last()?.span.end))
    }

    /// The byte of a character; `None` behind the last.
    fn byte(&self, character: u32) -> Option<usize> {
        let character = usize::try_from(character).ok()?;
        let (mile, rest) = (*self.milestones.get(character / STEP)?, character % STEP);
        let mut ends = self.words[mile..].char_indices().map(|(at, _)| mile + at).chain([self.words.len()]);
        ends.nth(rest)
    }
}

fn quoted(words: &str) -> Quoted {
    Quoted::of(words, [Span::from(0..words.len())])
}

fn letters(chars: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    chars.take(CONTEXT * 2).filter(|c| c.is_alphanumeric())
}

/// How many letters are the same from the first on.
fn same(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take(CONTEXT).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::registry::Spanned;

    fn annotated(text: &str) -> Annotated {
        Annotated::of(text.to_owned(), OffsetMap::default())
    }

    fn target(prefix: &str, exact: &str, suffix: &str, position: Option<(u32, u32)>) -> Target {
        let position = position.map(|value| Spanned { value, span: Span::default() });
        let exact = (!exact.is_empty()).then(|| Spanned { value: exact.to_owned(), span: Span::default() });
        Target { exact, prefix: prefix.into(), suffix: suffix.into(), position }
    }

    fn shown(text: &str, target: &Target) -> String {
        match annotated(text).anchor(target) {
            Anchored::At(span) => format!("{} {}", span.start, span.slice(text)),
            Anchored::Several(all) => format!("{} places", all.len()),
            Anchored::Lost(candidates) => format!("lost: {:?}", candidates.iter().map(|c| c.1.as_str()).collect::<Vec<_>>()),
        }
    }

    #[test]
    fn of_several_places_the_words_around_or_the_old_place_tell_which() {
        let text = "They left in May. We stayed. They left in June.";
        assert_eq!(shown(text, &target("", "They left", " in June", None)), "29 They left");
        assert_eq!(shown(text, &target("stayed. ", "They left", "", None)), "29 They left");
        assert_eq!(shown(text, &target("", "They left", "", Some((30, 39)))), "29 They left");
        assert_eq!(shown(text, &target("", "They left", "", None)), "0 They left");
        assert_eq!(shown(text, &target("soon. ", "They left", " at dawn", None)), "2 places");
    }

    #[test]
    fn lost_words_have_candidates() {
        let text = "The parties agreed to withdraw heavy weapons by Friday.";
        assert_eq!(
            shown(text, &target("", "agreed to withdraw all heavy weapons", "", None)),
            "lost: [\"agreed to withdraw heavy weapons\"]"
        );
        assert_eq!(shown(text, &target("The parties", "will keep", "heavy weapons", None)), "lost: [\"agreed to withdraw\"]");
        assert_eq!(shown(text, &target("", "an ox", "", None)), "lost: []");
    }

    #[test]
    fn a_place_alone_counts_characters() {
        let text = "𝕏é left.";
        assert_eq!(shown(text, &target("", "", "", Some((3, 7)))), "7 left");
        assert_eq!(shown(text, &target("", "", "", Some((3, 70)))), "lost: []");
    }

    proptest! {
        #[test]
        fn every_answer_lies_in_the_text(text in "(ab? |cd? |𝕏é|[.…\\[\\]\n]){0,40}", exact in "[abcd 𝕏.…]{0,8}", prefix in "[ab ]{0,4}", at in prop::option::of((0u32..90, 0u32..90))) {
            let good = |span: Span| text.get(span.range()).is_some();
            match annotated(&text).anchor(&target(&prefix, &exact, "", at)) {
                Anchored::At(span) => prop_assert!(good(span)),
                Anchored::Several(all) => prop_assert!(all.into_iter().all(good)),
                Anchored::Lost(all) => prop_assert!(all.into_iter().all(|c| good(c.0))),
            }
        }
    }
}
