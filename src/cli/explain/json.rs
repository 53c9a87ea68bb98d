//! An explanation as JSON. Its shape may change with any version.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::place::Places;
use crate::corpus::FileId;
use crate::features::{Explanation, Fact, Reason, Spot, Thing};
use crate::text::Span;

pub(super) fn write(out: &mut dyn Write, explanation: &Explanation, places: &Places<'_>) -> io::Result<()> {
    let things: Vec<Value> = explanation.things.iter().map(|t| thing(t, places)).collect();
    let reasons = |all: &[Reason]| all.iter().map(|r| reason(r, places)).collect::<Vec<_>>();
    let whole = json!({
        "path": places.path(explanation.file),
        "asked": place(explanation.file, explanation.asked, places),
        "things": things,
        "rules": reasons(&explanation.rules),
        "beside": reasons(&explanation.beside),
        "silent": explanation.silent,
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn thing(thing: &Thing, places: &Places<'_>) -> Value {
    json!({
        "kind": thing.kind,
        "title": thing.title,
        "place": place(places.home(), thing.span, places),
        "facts": facts(&thing.facts, places),
    })
}

fn reason(reason: &Reason, places: &Places<'_>) -> Value {
    json!({
        "rule": reason.rule,
        "outcome": reason.outcome.word(),
        "level": reason.level.word(),
        "level_from": fact(&reason.level_from, places),
        "message": reason.message,
        "place": place(places.home(), reason.span, places),
        "facts": facts(&reason.facts, places),
    })
}

fn facts(all: &[Fact], places: &Places<'_>) -> Vec<Value> {
    all.iter().map(|f| fact(f, places)).collect()
}

fn fact(fact: &Fact, places: &Places<'_>) -> Value {
    let at = fact.at.as_ref().map(|Spot { file, span, .. }| place(*file, *span, places));
    json!({ "name": fact.name, "words": fact.words, "at": at })
}

fn place(file: FileId, span: Span, places: &Places<'_>) -> Value {
    let point = |offset| places.point(file, offset).map(|(line, column)| json!({ "line": line, "column": column }));
    json!({ "path": places.path(file), "start": point(span.start), "end": point(span.end), "bytes": [span.start, span.end] })
}
