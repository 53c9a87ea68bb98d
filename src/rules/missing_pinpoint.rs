//! `missing-pinpoint`

use rustc_hash::FxHashSet;

use super::rule::{Context, rule};
use super::{Findings, Pass};
use crate::config::{Level, LevelRow};
use crate::corpus::{Annotations, Cited, Claim, Outcome};
use crate::text::Span;

rule! {
/// A claim, quotation or figure that cites an instrument, or a work whose text is at hand and has more than a few paragraphs, without saying
/// where in it.
///
/// ## Why
///
/// A citation is worth the time it takes to check it.
///
/// ~~~passes
/// -- unsc-2202.md
/// ---
/// type: resolution
/// parts: [op-1..op-4]
/// ---
/// # Resolution 2202
/// -- text.md
/// About 90,000 people had left [@unsc-2202, para. 2].
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// About 90,000 people had left [@x].
/// ~~~
/// ~~~fails
/// -- unsc-2202.md
/// ---
/// type: resolution
/// parts: [op-1..op-4]
/// ---
/// # Resolution 2202
/// -- text.md
/// About 90,000 people had left [@unsc-2202].
/// ~~~
///
/// ## Likely false hits
///
/// "See generally" before the key is understood: `[see generally @x]`.
    "missing-pinpoint", "a long work cited without the place in it", Heuristic, Passage, LevelRow::texts(Level::Warning, Level::Off), check
}

/// Works of so many paragraphs are found through without a pinpoint.
const SHORT: u32 = 5;

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    let mut told: FxHashSet<Span> = FxHashSet::default();
    for claim in context.claims().iter().filter(|c| !c.exempt) {
        findings.looks_into_notes(claim);
        for cited in notes.cited(context.snapshot, claim) {
            if let Some(locator) = &cited.locator {
                findings.passes(|| (cited.at, Pass::because(format!("`{locator}` says where"))));
            } else if !is_long(context, notes, &cited, findings) {
                findings.passes(|| (cited.at, Pass::because(format!("`{}` is no instrument and no long text at hand", cited.key))));
            } else if is_general(notes, &cited) {
                findings.passes(|| (cited.at, Pass::because("the work is cited as a whole")));
            } else if told.insert(cited.at) {
                let found = findings.at(cited.at, format!("`{}` is long, and nothing says where in it this stands", cited.key));
                found.help(format!("add the place: `@{}, para. 3`", cited.key));
                if let Some(paragraph) = paragraph_of(context, notes, claim, &cited)
                    && let Some((room, before)) = notes.room_for_paragraph(&cited)
                {
                    found.unsafe_fix(format!("Cite `para. {paragraph}`"), room, format!("{before}{paragraph}"));
                }
            }
        }
    }
}

fn is_long(context: &Context<'_>, notes: &Annotations, cited: &Cited, findings: &mut Findings<'_>) -> bool {
    let instrument = cited.entity.is_some_and(|e| context.snapshot.entity(e).record.kind.is_instrument());
    let Some(text) = notes.text_of(context.snapshot, cited).filter(|_| !instrument) else { return instrument };
    findings.looked_further();
    text.paragraphs > SHORT
}

/// The paragraph of the work's text in which a quotation's words stand.
fn paragraph_of(context: &Context<'_>, notes: &Annotations, claim: &Claim, cited: &Cited) -> Option<u32> {
    let compared = notes.compared(context.snapshot, claim);
    compared.into_iter().filter(|one| one.cited.at == cited.at).find_map(|one| match one.outcome {
        Outcome::Same { paragraph, .. } if paragraph > 0 => Some(paragraph),
        _ => None,
    })
}

/// Whether the citation says that it means the work as a whole.
fn is_general(notes: &Annotations, cited: &Cited) -> bool {
    let before = notes.text.get(..cited.at.start as usize).unwrap_or_default();
    let open = before.rfind(['[', ';']).map_or(before, |at| &before[at..]).to_lowercase();
    ["generally", "passim", "в целом", "in general"].iter().any(|word| open.contains(word))
}
