//! Running the rules over one file.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;
use xxhash_rust::xxh3::xxh3_64;

use super::allow::Allows;
use super::{Context, Diagnostic, Fix, RULES, Rule};
use crate::config::Level;
use crate::corpus::{Annotations, FileId, Snapshot};
use crate::text::{Edits, Fault, Span};

/// What one rule finds in one file.
pub struct Findings<'a> {
    rule: &'static Rule,
    level: Level,
    path: &'a SmolStr,
    list: &'a mut Vec<Diagnostic>,
}

impl Findings<'_> {
    /// Reports a fault at a span of the file; the answer takes cure and related places.
    pub fn at(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            path: self.path.clone(),
            rule: self.rule.name,
            level: self.level,
            span,
            message: message.into(),
            help: None,
            related: Vec::new(),
            fix: None,
            alternatives: Vec::new(),
            fingerprint: String::new(),
        });
        let last = self.list.len() - 1;
        &mut self.list[last]
    }

    /// Reports a fault that a reader of files found, when it belongs to this rule.
    pub fn fault(&mut self, fault: &Fault) -> Option<&mut Diagnostic> {
        if fault.rule != self.rule.name {
            return None;
        }
        let path = self.path.clone();
        let found = self.at(fault.span, fault.message.clone());
        found.help.clone_from(&fault.help);
        if let Some((span, text)) = &fault.fix {
            let short = !text.is_empty() && text.len() <= 80 && !text.contains(['\n', '\r']);
            let title = match (&fault.help, short) {
                (_, true) => format!("Write `{}`", text.trim()),
                (Some(help), false) => capitalised(help.split(',').next().unwrap_or(help)),
                (None, false) => "Remove it".to_owned(),
            };
            found.fix = Some(Fix { title, safe: true, edits: vec![(path, Edits::replace(*span, text.clone()))] });
        }
        Some(found)
    }

    /// The level its findings have in this file.
    #[must_use]
    pub fn level(&self) -> Level {
        self.level
    }
}

/// The words with their first letter as at the start of a sentence.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Diagnostic {
    /// The same with a cure in words.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// The same with a place that explains it.
    pub fn related(&mut self, path: SmolStr, span: Span, message: impl Into<String>) -> &mut Self {
        self.related.push(super::Related { path, span, message: message.into() });
        self
    }

    /// The same with a replacement in the same file that leaves the meaning as it is.
    pub fn safe_fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: true, edits: vec![(self.path.clone(), Edits::replace(span, text))] });
        self
    }

    /// The same with a replacement in the same file that changes what the text says.
    pub fn unsafe_fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix { title: title.into(), safe: false, edits: vec![(self.path.clone(), Edits::replace(span, text))] });
        self
    }

    /// The same with one more replacement in the same file, for the author to choose.
    pub fn or_fix(&mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> &mut Self {
        self.alternatives.push(Fix { title: title.into(), safe: false, edits: vec![(self.path.clone(), Edits::replace(span, text))] });
        self
    }
}

/// All findings in one file, in order of place and rule. `notes` are its annotations when it is a text.
#[must_use]
pub fn check(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>) -> Vec<Diagnostic> {
    run(snapshot, id, notes, &mut |rule, context, findings| (rule.check)(context, findings))
}

/// The same; `around` is called for each rule with the work to do, and must do it: for measuring, since there is no clock here.
#[must_use]
pub fn check_around(
    snapshot: &Snapshot,
    id: FileId,
    notes: Option<&Annotations>,
    around: &mut dyn FnMut(&'static Rule, &mut dyn FnMut()),
) -> Vec<Diagnostic> {
    run(snapshot, id, notes, &mut |rule, context, findings| around(rule, &mut || (rule.check)(context, findings)))
}

type Ask<'a> = &'a mut dyn FnMut(&'static Rule, &Context<'_>, &mut Findings<'_>);

fn run(snapshot: &Snapshot, id: FileId, notes: Option<&Annotations>, ask: Ask<'_>) -> Vec<Diagnostic> {
    let Some(file) = snapshot.file(id) else { return Vec::new() };
    let context = Context { snapshot, id, file, notes };
    let mut list = Vec::new();
    for rule in RULES {
        let level = file.settings.level(rule.name).unwrap_or_else(|| rule.level(file.settings.kind));
        if level != Level::Off {
            ask(rule, &context, &mut Findings { rule, level, path: &file.path, list: &mut list });
        }
    }
    if let Some(notes) = notes
        && !list.is_empty()
    {
        Allows::of(notes).apply(&mut list);
    }
    list.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    list.dedup();
    fingerprint(&mut list, notes);
    list
}

/// Rule, file and the words of the sentence: what stays while other parts of the text change. Equal ones are numbered.
fn fingerprint(list: &mut [Diagnostic], notes: Option<&Annotations>) {
    let mut seen: FxHashMap<u64, u32> = FxHashMap::default();
    // The list is in order of place: a sentence with a thousand findings is read once.
    let mut last: Option<(u32, Option<u64>)> = None;
    for one in list {
        let sentence = notes.and_then(|n| n.sentence_at(n.words.map.from_source(one.span.start)));
        let words = match (sentence, last, notes) {
            (Some(at), Some((same, words)), _) if at == same => words,
            (Some(at), _, Some(notes)) => last.insert((at, sentence_words(notes, at))).1,
            _ => None,
        };
        let mut key = format!("{}\0{}\0", one.rule, one.path);
        match words {
            Some(words) => key.push_str(&format!("{words:016x}\0")),
            None => key.push_str(&one.message),
        }
        let hash = xxh3_64(key.as_bytes());
        let count = seen.entry(hash).or_default();
        one.fingerprint = format!("{:016x}", if *count == 0 { hash } else { xxh3_64(format!("{key}{count}").as_bytes()) });
        *count += 1;
    }
}

/// The words of a sentence alone, joined by single spaces, in lower case: their hash, or `None` when it has none.
fn sentence_words(notes: &Annotations, sentence: u32) -> Option<u64> {
    let sentence = notes.prose.sentences.get(sentence as usize)?;
    let words = sentence.span.slice(notes.running()).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let words = words.collect::<Vec<_>>().join(" ").to_lowercase();
    (!words.is_empty()).then(|| xxh3_64(words.as_bytes()))
}
