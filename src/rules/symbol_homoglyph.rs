//! `symbol-homoglyph`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::prose::instruments::{self, Malformed};
use crate::text::Span;

rule! {
/// A record whose `symbol:` is written with letters of another alphabet that look alike: a Cyrillic `А` in `А/RES/68/262`. It is read as it was
/// meant. In the words of a text `malformed-symbol` tells of it.
///
/// ## Why
///
/// A record is copied from: whoever searches for what was copied does not find it.
///
/// ~~~passes
/// -- registry.yaml
/// - {id: unga-68-262, type: resolution, name: Territorial integrity, symbol: A/RES/68/262}
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: unga-68-262, type: resolution, name: Territorial integrity, symbol: А/RES/68/262}
/// ~~~
/// ~~~fails
/// -- registry.yaml
/// - {id: unsc-2202, type: resolution, name: Резолюция о Минске, symbol: Ѕ/RES/2202 (2015)}
/// ~~~
    "symbol-homoglyph", "a record's symbol with look-alike letters of another alphabet", Sound, LevelRow::everywhere(Level::Warning), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for symbol in context.file.facts.records.iter().filter_map(|record| record.symbol.as_ref()).filter(|s| !s.value.is_ascii()) {
        let mut found = Vec::new();
        instruments::find(&symbol.value, Span::from(0..symbol.value.len()), &mut found);
        let Some(instrument) = found.iter().find(|one| one.malformed == Some(Malformed::Homoglyph)) else { continue };
        let normal = instrument.symbol.to_string();
        let finding = findings.at(symbol.span, "a letter of another alphabet stands in this symbol");
        finding.help(format!("write `{normal}`"));
        // What stands there in other words, or escaped, only the author replaces well.
        let whole = instrument.span.len() as usize == symbol.value.len() && symbol.span.len() as usize == symbol.value.len();
        if whole {
            finding.safe_fix(format!("Write `{normal}`"), symbol.span, normal);
        }
    }
}
