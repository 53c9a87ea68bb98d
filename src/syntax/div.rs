//! Fences of divs: `::: {.class}` … `:::`.

use super::Attributes;
use super::bracketed_span;
use super::builder::Builder;
use crate::text::{Fault, Span};

/// Reads a div's fence, when the line at `at` is one, and opens or closes the div.
pub(super) fn fence(b: &mut Builder<'_>, at: Span) -> bool {
    let rest = b.text.get(at.start as usize..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    let colons = line.len() - line.trim_start_matches(':').len();
    let words = line[colons..].trim_end().trim_end_matches(':').trim();
    let mut end = at.start + Span::from(0..line.len()).end;
    let after = b.text.get(end as usize..).unwrap_or_default();
    end += if after.starts_with("\r\n") { 2 } else { u32::from(!after.is_empty()) };
    let span = Span::new(at.start, end);
    if words.is_empty() {
        b.close_leaf();
        if !b.close_div(span) {
            let fault = Fault::new("broken-markup", Span::new(at.start, at.start + Span::from(0..colons).end), "no div is open here");
            b.document.faults.push(fault);
        }
    } else {
        let start = Span::of(words, b.text);
        let Some(attributes) = attributes(b.text, start) else { return false };
        b.close_leaf();
        b.open_div(span, attributes);
    }
    b.sign(span);
    true
}

/// `{…}`, or a lone word that is the class.
fn attributes(text: &str, words: Span) -> Option<Attributes> {
    let raw = words.slice(text);
    if raw.starts_with('{') {
        let attributes = bracketed_span::attributes(text, words.start, words.end).ok()?;
        return (attributes.span == words).then_some(attributes);
    }
    let lone = raw.bytes().all(|c| c.is_ascii_alphanumeric() || b"-_.".contains(&c) || !c.is_ascii());
    lone.then(|| Attributes { span: words, id: None, classes: vec![words], pairs: Vec::new() })
}
