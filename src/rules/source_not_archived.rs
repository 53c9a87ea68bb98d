//! `source-not-archived`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use crate::registry::{Record, RecordKind};

rule! {
/// A source on the web of which no copy is kept: it has a `url`, but neither `archived` nor `file` with the day it was looked at.
///
/// ## Why
///
/// Pages change and vanish. A reader a year on can check only what was kept.
///
/// ~~~passes
/// -- refs.bib
/// @online{x, title = {X}, url = {https://example.org/x}, urldate = {2020-11-10}, archived = {https://archive.example.org/x}}
/// -- text.md
/// It ended.
/// ~~~
/// ~~~passes
/// -- refs.bib
/// @book{x, title = {X}}
/// -- text.md
/// It ended.
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @online{x, title = {X}, url = {https://example.org/x}}
/// -- text.md
/// It ended.
/// ~~~
///
/// Only pages, posts and newspapers are asked: books and articles are kept by libraries.
    "source-not-archived", "a web source of which no copy is kept", Heuristic, LevelRow::everywhere(Level::Note), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for record in context.file.facts.records.iter().filter(|r| is_lost(r)) {
        findings
            .at(record.id.span, format!("no copy of `{}` is kept", record.id.value))
            .help("add the address of an archived copy (`archived`) or a local one (`file`), and the day it was looked at (`accessed`)");
    }
}

fn is_lost(record: &Record) -> bool {
    let Some(source) = record.source.as_deref().filter(|_| record.kind == RecordKind::Source) else { return false };
    // Books, reports and articles are kept by libraries, whatever address they bear.
    let page = matches!(source.work.as_str(), "webpage" | "post-weblog" | "post" | "article-newspaper" | "broadcast");
    let kept = source.archived.is_some() || source.file.is_some() || source.sha256.is_some();
    page && source.url.is_some() && source.doi.is_none() && !(kept && source.accessed.is_some())
}
