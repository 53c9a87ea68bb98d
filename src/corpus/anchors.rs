//! The places inside a note that a pinpoint or fragment names.
//!
//! In a resolution `op-N` is the item numbered N of an ordered list and `pp-N` the Nth paragraph
//! under a heading "Preamble"; elsewhere an ordered item is `point-N`; `annex-i`, `art-N`, `sec-N`, `ch-N`
//! are headings or items that say so. Under an annex's heading items belong to the annex. Explicit anchors (`{#op-1}`, `^op-1`,
//! `<a id>`) come first.

use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, ToSmolStr, format_smolstr};

use crate::registry::RecordKind;
use crate::syntax::{BlockKind, Document, NodeKind};
use crate::text::Span;

/// One place that can be named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Its name in the normal form of [`normal`].
    pub name: SmolStr,
    /// The words that stand there.
    pub words: Span,
}

/// All of one text's, explicit ones first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchors(Vec<Anchor>);

/// A pinpoint with its roman numbers as digits, so that `annex-i` and `annex-1` are one.
#[must_use]
pub fn normal(pin: &str) -> SmolStr {
    if !pin.contains('-') {
        return pin.into();
    }
    let parts = pin.split('.').map(|part| match part.split_once('-') {
        Some((kind, number)) => match roman(number) {
            Some(n) if crate::syntax::PinKind::of_sign(kind).is_some() => format_smolstr!("{kind}-{n}"),
            _ => part.into(),
        },
        None => SmolStr::from(part),
    });
    parts.collect::<Vec<_>>().join(".").into()
}

/// The value of a roman number in lower case; `None` when it is none.
#[must_use]
pub fn roman(text: &str) -> Option<u32> {
    let mut sum = 0u32;
    let mut last = 0;
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    for c in text.chars().rev() {
        let value = match c {
            'i' => 1,
            'v' => 5,
            'x' => 10,
            'l' => 50,
            'c' => 100,
            'd' => 500,
            'm' => 1000,
            _ => return None,
        };
        if value < last {
            sum = sum.checked_sub(value)?;
        } else {
            sum += value;
        }
        last = last.max(value);
    }
    Some(sum)
}

impl Anchors {
    /// Those of a text; `kind` is what its record is, and decides what its numbered items are.
    #[must_use]
    pub fn of(text: &str, document: &Document, kind: &RecordKind) -> Self {
        let mut anchors = explicit(text, document);
        Structure { text, document, resolution: *kind == RecordKind::Resolution, annex: None, preamble: None, out: &mut anchors }.walk();
        Self(anchors)
    }

    /// In reading order, explicit ones first.
    #[must_use]
    pub fn as_slice(&self) -> &[Anchor] {
        &self.0
    }

    /// Whether they have the same names: all that other texts know of them.
    pub(super) fn has_same_names(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| a.name == b.name)
    }

    /// The anchor of that name; for one more exact than the text's own structure (`op-4.a` where item 4 has no parts) the
    /// nearest that holds it.
    #[must_use]
    pub fn find(&self, pin: &str) -> Option<&Anchor> {
        let wanted = normal(pin);
        if let Some(found) = self.0.iter().find(|a| a.name == wanted) {
            return Some(found);
        }
        let (outer, _) = wanted.rsplit_once('.')?;
        let divided = self.0.iter().any(|a| a.name.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.')));
        if divided { None } else { self.find(outer) }
    }
}

fn explicit(text: &str, document: &Document) -> Vec<Anchor> {
    let mut out = Vec::new();
    for block in &document.blocks {
        if let Some(id) = block.attributes.as_ref().and_then(|a| a.id) {
            out.push(Anchor { name: normal(id.slice(text)), words: block.content });
        }
    }
    for node in &document.nodes {
        match &node.kind {
            NodeKind::Anchor { id } => {
                let words = document.blocks.get(node.block as usize).map_or(node.span, |b| b.content);
                out.push(Anchor { name: normal(id.slice(text)), words });
            }
            NodeKind::BracketedSpan { text: words, attributes } => {
                if let Some(id) = attributes.id {
                    out.push(Anchor { name: normal(id.slice(text)), words: *words });
                }
            }
            _ => {}
        }
    }
    out
}

/// The walk that reads pinpoints off headings and lists.
struct Structure<'a> {
    text: &'a str,
    document: &'a Document,
    resolution: bool,
    /// Name of the annex under whose heading we are, and that heading's level.
    annex: Option<(SmolStr, u8)>,
    /// Paragraphs counted under "Preamble", and that heading's level.
    preamble: Option<(u32, u8)>,
    out: &'a mut Vec<Anchor>,
}

impl Structure<'_> {
    fn walk(&mut self) {
        for (index, block) in self.document.blocks.iter().enumerate() {
            match block.kind {
                BlockKind::Heading(level) => self.heading(level, block.content),
                BlockKind::Item(Some(number)) => self.item(Span::from(0..index).end, number, block.content),
                BlockKind::Item(None) => self.said(block.content, None),
                BlockKind::Paragraph => self.paragraph(block.parent, block.content),
                _ => {}
            }
        }
    }

    fn heading(&mut self, level: u8, words: Span) {
        if self.annex.as_ref().is_some_and(|(_, l)| *l >= level) {
            self.annex = None;
        }
        if self.preamble.is_some_and(|(_, l)| l >= level) {
            self.preamble = None;
        }
        let title = words.slice(self.text).trim().to_lowercase();
        if title.starts_with("preamble") || title.starts_with("преамбула") {
            self.preamble = Some((0, level));
        }
        self.said(words, Some(level));
    }

    /// An item or heading that says what it is: "Article 41", "Annex I".
    fn said(&mut self, words: Span, heading: Option<u8>) {
        let Some((kind, number)) = said(words.slice(self.text)) else { return };
        let name = format_smolstr!("{kind}-{number}");
        if let ("annex", Some(level)) = (kind, heading) {
            self.annex = Some((name.clone(), level));
            self.push(name, words);
        } else {
            self.push_in_annex(name, words);
        }
    }

    fn paragraph(&mut self, parent: Option<u32>, words: Span) {
        if parent.is_some() || words.is_empty() {
            return;
        }
        if let Some((count, _)) = &mut self.preamble {
            *count += 1;
            let name = format_smolstr!("pp-{count}");
            self.push(name, words);
        } else {
            self.said(words, None);
        }
    }

    fn item(&mut self, index: u32, number: u64, words: Span) {
        let numbers = self.numbers_above(index);
        if numbers.is_empty() {
            let own = if self.resolution && self.annex.is_none() { ["op", "para"] } else { ["point", "para"] };
            for kind in own {
                self.push_in_annex(format_smolstr!("{kind}-{number}"), words);
            }
            self.said(words, None);
            return;
        }
        let own = if self.resolution && self.annex.is_none() { "op" } else { "point" };
        let mut name = format!("{own}-{}", numbers[0]);
        for n in &numbers[1..] {
            name.push_str(&format!(".{n}"));
        }
        self.push_in_annex(format_smolstr!("{name}.{number}"), words);
        if let Some(letter) = u8::try_from(number).ok().filter(|n| (1..=26).contains(n)).map(|n| char::from(b'a' + n - 1)) {
            self.push_in_annex(format_smolstr!("{name}.{letter}"), words);
        }
    }

    /// Numbers of the ordered items round an item, outermost first.
    fn numbers_above(&self, index: u32) -> Vec<u64> {
        let mut numbers: Vec<u64> = self
            .document
            .ancestors(index)
            .skip(1)
            .filter_map(|(_, b)| if let BlockKind::Item(Some(n)) = b.kind { Some(n) } else { None })
            .collect();
        numbers.reverse();
        numbers
    }

    fn push_in_annex(&mut self, name: SmolStr, words: Span) {
        let name = match &self.annex {
            Some((annex, _)) => format_smolstr!("{annex}.{name}"),
            None => name,
        };
        self.push(name, words);
    }

    fn push(&mut self, name: SmolStr, words: Span) {
        if !self.out.iter().any(|a| a.name == name) {
            self.out.push(Anchor { name, words });
        }
    }
}

/// What the first words of a heading or item say it is.
fn said(words: &str) -> Option<(&'static str, SmolStr)> {
    let words = words.trim_start_matches(['*', '_', ' ', '#']);
    let (first, rest) = words.split_once([' ', '\u{a0}']).unwrap_or((words, ""));
    let kind = match first.trim_end_matches('.').to_lowercase().as_str() {
        "article" | "art" | "статья" | "ст" => "art",
        "section" | "sec" | "раздел" => "sec",
        "chapter" | "ch" | "глава" => "ch",
        "annex" | "приложение" => "annex",
        "point" | "пункт" | "п" => "point",
        "paragraph" | "para" => "para",
        _ => return None,
    };
    let number: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    if kind == "annex" && number.is_empty() {
        return Some((kind, "1".into()));
    }
    let value =
        if number.bytes().all(|b| b.is_ascii_digit()) && !number.is_empty() { number.to_smolstr() } else { roman(&number)?.to_smolstr() };
    Some((kind, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Format, parse};

    fn names(text: &str, kind: RecordKind) -> Vec<String> {
        let document = parse(text, Format::Markdown);
        Anchors::of(text, &document, &kind).0.iter().map(|a| format!("{} {}", a.name, a.words.slice(text).trim())).collect()
    }

    #[test]
    fn roman_numbers_are_read_and_other_words_are_not() {
        assert_eq!([roman("iv"), roman("xiii"), roman("4"), roman("")], [Some(4), Some(13), None, None]);
        assert_eq!(normal("annex-ii.point-9"), "annex-2.point-9");
        assert_eq!(normal("c-idp"), "c-idp");
    }

    #[test]
    fn a_resolution_has_operative_paragraphs_and_a_preamble() {
        let text = "# Preamble\n\nRecalling.\n\nNoting.\n\n# Operative part\n\n1. Endorses.\n2. Welcomes.\n\n# Annex I\n\n1. Ceasefire.\n";
        let found = names(text, RecordKind::Resolution);
        for want in ["pp-1 Recalling.", "pp-2 Noting.", "op-1 Endorses.", "op-2 Welcomes.", "annex-1 Annex I", "annex-1.point-1 Ceasefire."]
        {
            assert!(found.iter().any(|f| f == want), "{want} in {found:?}");
        }
    }

    #[test]
    fn headings_say_what_they_are() {
        let text = "## Article 41\n\nMeasures.\n\n## Статья 42\n\nСилы.\n";
        let found = names(text, RecordKind::Agreement);
        assert!(found.iter().any(|f| f == "art-41 Article 41") && found.iter().any(|f| f.starts_with("art-42")), "{found:?}");
    }

    #[test]
    fn a_pinpoint_more_exact_than_the_text_finds_what_holds_it() {
        let text = "1. One.\n2. Two.\n   1. Part.\n";
        let document = parse(text, Format::Markdown);
        let anchors = Anchors::of(text, &document, &RecordKind::Resolution);
        assert!(anchors.find("op-1.a").is_some());
        assert!(anchors.find("op-2.a").is_some());
        assert!(anchors.find("op-2.b").is_none());
        assert!(anchors.find("op-3").is_none());
    }
}
