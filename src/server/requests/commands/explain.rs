//! `vidimus.explain`

use serde_json::{Value, json};

use crate::corpus::FileId;
use crate::features::explain::markdown::{Shown, markdown};
use crate::features::{self, FilePosition};
use crate::server::requests::Asked;
use crate::text::{Encoding, Span};

/// What stands at a place, and why each rule speaks or is silent there; `None` for a text of no corpus.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition) -> Option<Value> {
    let world = &asked.view.world;
    world.root.as_ref()?;
    let all = features::explain(&world.snapshot, at.file, Span::at(at.offset))?;
    let mut places = asked.places();
    let line_column = |offset| asked.lines().line_column(asked.text(), offset, Encoding::Utf32);
    let mut shown = |file: FileId, span: Span| {
        let own = file == at.file;
        let range = if own { Some(asked.range(span)) } else { places.range(file, span) }.unwrap_or_default();
        let (line, column) = (range.start.line + 1, range.start.character + 1);
        let label = match (own, span.is_empty()) {
            (true, true) => point(line_column(span.start)),
            (true, false) => {
                let (start, end) = (line_column(span.start), line_column(span.end));
                let until = if start.line == end.line { (end.column + 1).to_string() } else { point(end) };
                format!("{}-{until}", point(start))
            }
            (false, _) => format!("{}:{line}", world.snapshot.path(file)),
        };
        Shown { label, address: world.uri(file).map(|uri| format!("{}#L{line},{column}", uri.as_str())) }
    };
    let title = format!("{}:{}", world.snapshot.path(at.file), point(line_column(at.offset)));
    Some(json!({"title": title, "markdown": markdown(&all, &mut shown)}))
}

/// As a reader counts, from 1.
fn point(at: crate::text::LineColumn) -> String {
    format!("{}:{}", at.line + 1, at.column + 1)
}
