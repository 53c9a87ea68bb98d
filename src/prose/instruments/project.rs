//! Instruments that a project adds in `vidimus.toml`: `[[instrument]] pattern = '…' id = 'csto-$1'`.

use regex::{Regex, RegexBuilder};
use smol_str::SmolStr;

use super::{Body, Form, Instrument};
use crate::config::InstrumentPattern;
use crate::syntax::RunningText;
use crate::text::Span;

/// Largest compiled pattern, in bytes: a pattern is somebody else's text and must not eat the machine.
const PATTERN_SIZE: usize = 1 << 20;

/// A project's patterns, compiled.
#[derive(Debug, Default)]
pub struct Patterns(Vec<(Regex, String)>);

impl Patterns {
    /// Compiles the patterns; for each faulty one its index and what is wrong.
    #[must_use]
    pub fn compile(patterns: &[InstrumentPattern]) -> (Self, Vec<(usize, String)>) {
        let mut good = Vec::new();
        let mut faults = Vec::new();
        for (index, one) in patterns.iter().enumerate() {
            match RegexBuilder::new(&one.pattern).size_limit(PATTERN_SIZE).build() {
                Ok(regex) => good.push((regex, one.id.clone())),
                Err(error) => faults.push((index, error.to_string())),
            }
        }
        (Self(good), faults)
    }
}

/// Adds what a project's patterns find. `into` stays in order of place; where one overlaps what is known already, the known one stays.
pub fn find_project(running: &RunningText<'_>, patterns: &Patterns, into: &mut Vec<Instrument>) {
    if patterns.0.is_empty() {
        return;
    }
    let text: &str = &running.projection.text;
    let mut found = Vec::new();
    for passage in &running.passages {
        for (regex, id) in &patterns.0 {
            for captures in regex.captures_iter(passage.span.slice(text)) {
                let whole = captures.get_match();
                let mut name = String::new();
                captures.expand(id, &mut name);
                if whole.is_empty() {
                    continue;
                }
                found.push(Instrument {
                    span: Span::from(whole.range()).shift(passage.span.start),
                    symbol: whole.as_str().into(),
                    id: SmolStr::from(name),
                    body: Body::Project,
                    form: Form::Symbol,
                    year_as_written: None,
                    pin: None,
                    malformed: None,
                });
            }
        }
    }
    found.retain(|f| !into.iter().any(|known| known.span.overlaps(f.span)));
    into.extend(found);
    into.sort_by_key(|i| i.span);
}
