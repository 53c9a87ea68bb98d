//! One diagnostic a line.

use serde::Serialize;

use super::{Ending, Finding, Place, Report, Told};

/// Nothing but diagnostics: the exit status says the rest.
pub(super) struct JsonLines;

impl Report for JsonLines {
    fn takes_bare(&self) -> bool {
        true
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        append_all(std::slice::from_ref(finding), "", out);
        out.push('\n');
    }

    fn file(&self, _path: &str, findings: &[Finding], out: &mut String) {
        if !findings.is_empty() {
            append_all(findings, "\n", out);
            out.push('\n');
        }
    }

    fn closing(&self, _: &Ending) -> String {
        String::new()
    }
}

/// Appends plain data as JSON, which cannot fail.
pub(super) fn append(value: &impl Serialize, out: &mut String) {
    appended(out, |json| put(value, json));
}

/// Appends findings, with something between: all of a file's in one piece.
pub(super) fn append_all(findings: &[Finding], between: &str, out: &mut String) {
    appended(out, |json| {
        // As long as most are, so that it seldom grows.
        json.reserve(findings.len() * 400);
        for (number, finding) in findings.iter().enumerate() {
            if number > 0 {
                json.extend_from_slice(between.as_bytes());
            }
            put_finding(finding, json);
        }
    });
}

/// Bytes of JSON put behind some words: whether they are characters is looked at once, and nothing is copied.
fn appended(out: &mut String, put: impl FnOnce(&mut Vec<u8>)) {
    let mut json = std::mem::take(out).into_bytes();
    put(&mut json);
    *out = String::from_utf8(json).unwrap_or_default();
}

fn put(value: &impl Serialize, json: &mut Vec<u8>) {
    // Plain data is written to memory: there is nothing that could go wrong.
    let _ = serde_json::to_writer(json, value);
}

/// What `Serialize` makes of a finding, byte by byte. Derived, it looks through each of the fifteen keys for what a string of JSON must
/// not hold: of a text with many findings that took longer than all the rules.
fn put_finding(finding: &Finding, json: &mut Vec<u8>) {
    let Finding { path, rule, level, message, help, fingerprint, start, end, bytes, related, fix, alternatives, .. } = finding;
    json.extend_from_slice(br#"{"path":"#);
    put_told(path, json);
    json.extend_from_slice(br#","rule":"#);
    put(rule, json);
    json.extend_from_slice(br#","level":"#);
    put(&level.word(), json);
    json.extend_from_slice(br#","message":"#);
    put_told(message, json);
    json.extend_from_slice(br#","help":"#);
    match help {
        Some(help) => put_told(help, json),
        None => json.extend_from_slice(b"null"),
    }
    json.extend_from_slice(br#","fingerprint":"#);
    put(fingerprint, json);
    json.extend_from_slice(br#","start":"#);
    put_place(*start, json);
    json.extend_from_slice(br#","end":"#);
    put_place(*end, json);
    json.extend_from_slice(br#","bytes":["#);
    put(&bytes.start, json);
    json.push(b',');
    put(&bytes.end, json);
    json.extend_from_slice(br#"],"related":"#);
    put(related, json);
    json.extend_from_slice(br#","fix":"#);
    put(fix, json);
    if !alternatives.is_empty() {
        json.extend_from_slice(br#","alternatives":"#);
        put(alternatives, json);
    }
    json.push(b'}');
}

fn put_told(told: &Told, json: &mut Vec<u8>) {
    match told.json() {
        Some(known) => json.extend_from_slice(known.get().as_bytes()),
        None => put(told, json),
    }
}

fn put_place(place: Place, json: &mut Vec<u8>) {
    json.extend_from_slice(br#"{"line":"#);
    put(&place.line, json);
    json.extend_from_slice(br#","column":"#);
    put(&place.column, json);
    json.push(b'}');
}
