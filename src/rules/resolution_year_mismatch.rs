//! `resolution-year-mismatch`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::prose::Body;
use crate::registry::unsc;

rule! {
/// A Security Council resolution with a year that is not its own. Numbers run on from 1946, so each fixes its year.
///
/// ## Why
///
/// Either the number or the year is misprinted: "2202 (2014)" sends the reader to another text.
///
/// ~~~passes
/// Resolution 2202 (2015) endorsed the Package of Measures.
/// ~~~
/// ~~~fails
/// Resolution 2202 (2014) endorsed the Package of Measures.
/// ~~~
///
/// The table of all resolutions is built in; its facts are the United Nations'.
    "resolution-year-mismatch", "a resolution's number with another year than its own", Sound, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for instrument in &notes.prose.instruments {
        let (Body::SecurityCouncil(number), Some((written, at))) = (instrument.body, instrument.year_as_written) else { continue };
        let Some(resolution) = unsc::resolution(number).filter(|r| r.year != written) else { continue };
        let span = notes.words.to_file(at);
        let right = resolution.year.to_string();
        findings
            .at(span, format!("resolution {number} is of {right}, not {written}"))
            .help(format!("{} was adopted on {}: check number and year against the text you mean", resolution.symbol(), resolution.day()))
            .unsafe_fix(format!("Write `{right}`"), span, right);
    }
}
