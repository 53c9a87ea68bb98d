//! Citations and bracketed spans, compared with what Pandoc makes of the same words.
//!
//! `fixtures/pandoc/cases.tsv` holds the cases with Pandoc's reading (`tests/pandoc/oracle.py` made it);
//! `agreements.txt` the cases in which both agree, which may only grow; `disagreements.tsv` the others,
//! each with its reason. With `VIDIMUS_WRITE_AGREEMENTS=1` the list of agreements is written anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs};

use super::*;
use crate::text::Span;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/pandoc");

fn read(name: &str) -> String {
    fs::read_to_string(format!("{FOLDER}/{name}")).unwrap_or_default()
}

fn unescape(case: &str) -> String {
    case.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace('\0', "\\")
}

/// Words without marks, white space single, as the oracle writes them.
fn words(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("<!--") {
        kept.push_str(&rest[..at]);
        rest = rest[at..].split_once("-->").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    for tag in ["<b>", "</b>", "**", "*", "`", "$"] {
        kept = kept.replace(tag, "");
    }
    let mut out = String::new();
    let mut chars = kept.chars().peekable();
    while let Some(c) = chars.next() {
        if !(c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation)) {
            out.push(if c == '\u{a0}' { ' ' } else { c });
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn item(text: &str, citation: &Citation, mode: &str) -> String {
    let mode = if citation.suppressed { "minus" } else { mode };
    let after = match citation.locator {
        Some(locator) if citation.suffix.is_empty() => locator.span,
        Some(locator) => locator.span.join(citation.suffix),
        None => citation.suffix,
    };
    let after = words(after.slice(text));
    format!("{mode} <{}> {} <{}>", words(citation.prefix.slice(text)), citation.key.slice(text), after.trim_start_matches(',').trim())
}

fn span(text: &str, attributes: &Attributes) -> String {
    let s = |span: Span| span.slice(text);
    let mut parts = vec!["span".to_owned()];
    parts.extend(attributes.id.map(|id| format!("#{}", s(id))));
    parts.extend(attributes.classes.iter().map(|c| format!(".{}", s(*c))));
    parts.extend(attributes.pairs.iter().map(|p| format!("{}={}", s(p.name), s(p.value).replace("\\\"", "\""))));
    if parts.len() == 1 { "span ".to_owned() } else { parts.join(" ") }
}

/// Our reading, in the oracle's words.
fn ours(text: &str) -> String {
    let document = parse(text, Format::Markdown);
    let found = document.nodes.iter().filter_map(|node| match &node.kind {
        NodeKind::Citation(group) => {
            let mut items = group.items.iter();
            let first = items.next().map(|c| item(text, c, if group.narrative { "narrative" } else { "cite" }));
            Some(first.into_iter().chain(items.map(|c| item(text, c, "cite"))).collect::<Vec<_>>().join(" + "))
        }
        NodeKind::BracketedSpan { attributes, .. } => Some(span(text, attributes)),
        _ => None,
    });
    found.collect::<Vec<_>>().join(" | ").replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t")
}

#[test]
fn citations_and_spans_are_read_as_pandoc_reads_them() {
    let cases = read("cases.tsv");
    assert!(cases.lines().count() >= 300);
    let agreed_file = read("agreements.txt");
    let agreed: BTreeSet<&str> = agreed_file.lines().collect();
    let reasons_file = read("disagreements.tsv");
    let reasons: BTreeMap<&str, &str> = reasons_file.lines().filter_map(|l| l.split_once('\t')).collect();
    let (mut wrong, mut agreements) = (String::new(), String::new());
    for (case, pandoc) in cases.lines().filter_map(|l| l.split_once('\t')) {
        let found = ours(&unescape(case));
        let agrees = found == pandoc;
        if agrees {
            agreements.push_str(case);
            agreements.push('\n');
        }
        let fault = match (agrees, agreed.contains(case), reasons.get(case)) {
            (true, true, None) => continue,
            (true, true | false, Some(_)) => "agrees now: take it out of the disagreements",
            (true, false, None) => "agrees and is not listed among the agreements",
            (false, true, _) => "agreed once, and no longer does",
            (false, false, Some(reason)) if !reason.trim().is_empty() => continue,
            (false, false, _) => "disagrees, and no reason is given",
        };
        _ = write!(wrong, "{case}\n  {fault}\n  pandoc {pandoc}\n  ours   {found}\n");
    }
    if env::var_os("VIDIMUS_WRITE_AGREEMENTS").is_some() {
        fs::write(format!("{FOLDER}/agreements.txt"), agreements).expect("the list can be written");
    }
    assert!(wrong.is_empty(), "{wrong}");
}
