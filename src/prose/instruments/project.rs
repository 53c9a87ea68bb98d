//! Forms of instruments that a project declares in `vidimus.toml`: `[[instrument]]`.

use regex::{Captures, Regex, RegexBuilder};
use smol_str::SmolStr;

use super::{Instrument, normal};
use crate::config::InstrumentPattern;
use crate::syntax::{Passage, is_id};
use crate::text::Span;

/// A compiled pattern may take this much memory, in bytes; one that needs more is refused.
const SIZE: usize = 1 << 20;

/// The forms of a project, compiled once.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    patterns: Vec<(Regex, InstrumentPattern)>,
}

impl Patterns {
    /// Compiles the patterns; of those that cannot be used the index and what is wrong, without a full stop.
    #[must_use]
    pub fn compile(patterns: &[InstrumentPattern]) -> (Self, Vec<(usize, String)>) {
        let (mut good, mut faults) = (Vec::new(), Vec::new());
        for (index, pattern) in patterns.iter().enumerate() {
            match compile(pattern) {
                Ok(regex) => good.push((regex, pattern.clone())),
                Err(message) => faults.push((index, message)),
            }
        }
        (Self { patterns: good }, faults)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}

fn compile(pattern: &InstrumentPattern) -> Result<Regex, String> {
    let built = RegexBuilder::new(&pattern.pattern).size_limit(SIZE).dfa_size_limit(SIZE).nest_limit(64).build();
    let regex = built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => format!("`{}` takes more than {SIZE} bytes when compiled", pattern.pattern),
        other => other.to_string().lines().last().unwrap_or_default().trim_start_matches("error: ").trim_end_matches('.').to_owned(),
    })?;
    if regex.is_match("") {
        return Err(format!("`{}` matches the empty text", pattern.pattern));
    }
    for template in std::iter::once(&pattern.id).chain(&pattern.url) {
        if let Some(group) = unknown_group(&regex, template) {
            return Err(format!("`{template}` names the group `{group}`, which the pattern does not have"));
        }
    }
    Ok(regex)
}

/// A group in `template` that the pattern lacks. `$1`, `${1}` and `$name` as `regex` reads them.
fn unknown_group<'t>(regex: &Regex, template: &'t str) -> Option<&'t str> {
    template.split('$').skip(1).find_map(|rest| {
        let braced = rest.strip_prefix('{').and_then(|r| r.split_once('}')).map(|(name, _)| name);
        let len = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        let name = braced.unwrap_or(&rest[..len]);
        let known = name.parse().map_or_else(|_| regex.capture_names().flatten().any(|n| n == name), |n: usize| n < regex.captures_len());
        (!name.is_empty() && !known).then_some(name)
    })
}

/// Adds what a project's patterns find in some passages. `into` stays in order of place and without overlap: what is known already
/// stays, and what an earlier pattern found.
pub fn find_project(text: &str, passages: &[Passage], patterns: &Patterns, into: &mut Vec<Instrument>) {
    if patterns.is_empty() {
        return;
    }
    for (regex, pattern) in &patterns.patterns {
        let mut found = Vec::new();
        for passage in passages {
            let captures = regex.captures_iter(passage.span.slice(text));
            found.extend(captures.filter_map(|captures| instrument(&captures, pattern, passage.span.start)));
        }
        found.retain(|new| {
            let next = into.partition_point(|known| known.span.end <= new.span.start);
            into.get(next).is_none_or(|known| !known.span.overlaps(new.span))
        });
        into.extend(found);
        into.sort_by_key(|known| known.span);
    }
}

fn instrument(captures: &Captures<'_>, pattern: &InstrumentPattern, base: u32) -> Option<Instrument> {
    let whole = Some(captures.get_match()).filter(|m| !m.is_empty())?;
    let mut id = String::new();
    captures.expand(&pattern.id, &mut id);
    let id = if is_id(&id) { SmolStr::from(id) } else { normal::id_of(&id) };
    let url = pattern.url.as_ref().map(|template| {
        let mut url = String::new();
        captures.expand(template, &mut url);
        SmolStr::from(url)
    });
    let symbol: SmolStr = whole.as_str().split_whitespace().collect::<Vec<_>>().join(" ").into();
    (!id.is_empty()).then(|| normal::project(Span::from(whole.range()).shift(base), symbol, id, url))
}
