//! `anchor-lost`

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Anchored, FileKind, text_of};
use crate::registry::sidecar::{self, Target};
use crate::text::Span;

rule! {
/// An annotation in a file beside a text (`minsk.md.annotations.json` for `minsk.md`) whose words are no longer in the text, or stand in it at several
/// places and nothing tells which.
///
/// The file holds Web Annotations as the W3C describes them: each names its words by a `TextQuoteSelector` (`exact`, and the `prefix`
/// and `suffix` around it), its place by a `TextPositionSelector` (counted in characters), or both. They mean the text as a reader sees it, without
/// marks and front matter, and are compared word by word: line breaks, quotation marks and marks put in since lose nothing. A place
/// that has moved is no fault as long as the words are found.
///
/// ## Why
///
/// An annotation that points nowhere looks like one that was never made.
///
/// ~~~passes
/// -- text.md
/// The parties agreed to *withdraw* heavy weapons.
/// -- text.md.annotations.json
/// [{"type": "Annotation", "target": {"selector": {"type": "TextQuoteSelector", "exact": "to withdraw heavy weapons"}}}]
/// ~~~
/// ~~~fails
/// -- text.md
/// The parties agreed to withdraw heavy weapons.
/// -- text.md.annotations.json
/// [{"type": "Annotation", "target": {"selector": {"type": "TextQuoteSelector", "exact": "agreed to withdraw all heavy weapons"}}}]
/// ~~~
/// ~~~fails
/// -- text.md
/// Стороны договорились отвести вооружения.
/// -- text.md.annotations.json
/// {"type": "AnnotationPage", "items": [{"target": {"selector": {"type": "TextQuoteSelector", "exact": "прекратить огонь"}}}]}
/// ~~~
///
/// ## Fix
///
/// Pick what it is about now: the words most like the lost ones, or those that stand where they stood.
    "anchor-lost", "an annotation beside a text that no longer finds its words", Sound, LevelRow::everywhere(Level::Warning), check
}

/// Places shown of words that stand at several.
const MOST_SHOWN: usize = 4;

/// Characters of lost words that a message shows.
const LONGEST: usize = 60;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    if context.file.kind != FileKind::Sidecar {
        return;
    }
    let path = &context.file.path;
    let (Some(name), Some(text)) = (text_of(path), context.snapshot.text(context.id)) else { return };
    let (targets, faults) = sidecar::parse(&text);
    for fault in &faults {
        findings.fault(fault);
    }
    let Some((of, annotated)) = context.snapshot.annotated_by(context.id) else {
        if !targets.is_empty() {
            findings.at(Span::default(), format!("there is no text `{name}` for these annotations")).help("name the file after its text");
        }
        return;
    };
    let of = context.snapshot.path(of);
    for target in &targets {
        match annotated.anchor(target) {
            Anchored::At(_) => findings.passes(|| (named(target).0, Pass::because(format!("its words stand in `{of}`")))),
            Anchored::Several(places) => {
                let (span, words) = named(target);
                let found = findings.at(span, format!("{words} stands in `{of}` at {} places, and nothing tells which", places.len()));
                found.help("write in `prefix` and `suffix` what stands around it");
                for place in places.into_iter().take(MOST_SHOWN) {
                    found.related(of.clone(), place, "it may mean this");
                }
            }
            Anchored::Lost(candidates) => {
                let (span, words) = named(target);
                let found = findings.at(span, format!("{words} is no longer in `{of}`"));
                found.help("pick what it is about now, or remove the annotation");
                for (place, words) in candidates {
                    found.related(of.clone(), place, "it may mean this");
                    found.or_fix(format!("Anchor it to `{}`", shortened(&words)), span, in_json(&words));
                }
            }
        }
    }
}

/// Where an annotation says what it is about, and what it says.
fn named(target: &Target) -> (Span, String) {
    match (&target.exact, &target.position) {
        (Some(exact), _) => (exact.span, format!("`{}`", shortened(&exact.value))),
        (None, Some(place)) => (place.span, format!("what stood from character {} to {}", place.value.0, place.value.1)),
        (None, None) => (Span::default(), "what it is about".to_owned()),
    }
}

fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// The words as they stand between the quotation marks of JSON.
fn in_json(words: &str) -> String {
    let quoted = serde_json::Value::from(words).to_string();
    quoted.trim_start_matches('"').strip_suffix('"').unwrap_or_default().to_owned()
}
