//! `vidimus snapshot`, and `check --documents -` with it: a corpus of any size, checked by whatever spreads work over machines.
//!
//! A snapshot is what texts need of the rest of their corpus, in JSON Lines: the settings, then one file a line. Files that define
//! something, that quotations are compared with, or that other texts name by a place are there whole; of all others their path and
//! front matter. Snapshots of parts of a corpus are joined by writing one behind the other.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::Outcome;
use super::arguments::SnapshotArguments;
use super::corpora::{self, Opened};
use super::ground::{compared_texts, defines_nothing};
use super::terminal::Terminal;
use crate::config::Config;
use crate::corpus::{Change, Corpus, FileId, FileInput, FileKind, Occasion, uses};
use crate::rules::rule_names;
use crate::syntax;
use crate::workspace::{Classifier, DiskTexts, Trouble, bibliographies_beside, load};

/// The version of the snapshot's shape.
const VERSION: u32 = 1;

/// Documents that are looked at together.
const BATCH: usize = 256;

/// Bytes of documents after which no more is read before they are looked at.
const BATCH_BYTES: usize = 16 << 20;

#[derive(Serialize, Deserialize)]
struct Head {
    vidimus_snapshot: u32,
    /// The characters of `vidimus.toml`, behind those it builds on.
    config: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Carried {
    path: SmolStr,
    text: String,
    /// Whether that is all of it.
    whole: bool,
}

#[derive(Deserialize)]
struct Document {
    path: SmolStr,
    text: String,
}

/// Writes the snapshot of the corpora of some paths.
pub(super) fn snapshot(terminal: &Terminal, arguments: &SnapshotArguments) -> io::Result<Outcome> {
    let mut out = terminal.out();
    let (jobs, mut troubles) = corpora::jobs(terminal, &arguments.paths);
    if jobs.len() > 1 {
        terminal.fault("these paths lie in several corpora", Some("make a snapshot of each: their settings differ"));
        return Ok(Outcome::Failed);
    }
    for job in jobs {
        let listing = job.list();
        let config = job.workspace.config_texts();
        let opened = job.open(terminal, &listing, None, Occasion::default(), None);
        troubles.extend(opened.troubles.iter().cloned());
        line(&mut out, &Head { vidimus_snapshot: VERSION, config })?;
        let named = named_texts(&opened);
        let mut files: Vec<(FileId, SmolStr)> = opened.snapshot.all_files().map(|(id, file)| (id, file.path.clone())).collect();
        files.sort_by(|a, b| a.1.cmp(&b.1));
        for (id, path) in files {
            let Some(file) = opened.snapshot.file(id).filter(|file| file.kind != FileKind::Config) else { continue };
            let Some(text) = opened.snapshot.text(id) else { continue };
            let whole = !defines_nothing(file) || named.contains(&id);
            let front = match file.kind {
                FileKind::Text(format) => syntax::front_matter(&text, format).map_or("", |front| &text[..front.span.end as usize]),
                _ => "",
            };
            line(&mut out, &Carried { path, text: if whole { &*text } else { front }.to_owned(), whole })?;
        }
        troubles.extend(opened.texts.take_troubles());
    }
    out.flush()?;
    terminal.troubles(&troubles);
    Ok(if troubles.iter().any(|t| t.grave) { Outcome::Failed } else { Outcome::Clean })
}

fn line(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// The texts that others name or are compared with.
fn named_texts(opened: &Opened) -> FxHashSet<FileId> {
    let snapshot = &opened.snapshot;
    let texts: Vec<_> =
        snapshot.files().filter_map(|(id, f)| if let FileKind::Text(format) = f.kind { Some((id, format)) } else { None }).collect();
    let named_by = |(id, format): &(FileId, syntax::Format)| {
        let text = snapshot.text(*id).unwrap_or_default();
        let named = uses(&text, &syntax::parse(&text, *format));
        let found = named.iter().flat_map(|u| [snapshot.names().text(&u.name), snapshot.names().local_text(&u.name)]).flatten();
        found.filter(|named| named != id).collect::<Vec<_>>()
    };
    let mut all: FxHashSet<FileId> = texts.par_iter().flat_map_iter(named_by).collect();
    all.extend(compared_texts(snapshot));
    all
}

/// Documents on their way in, and what they need to be understood.
pub(super) struct Documents {
    base: Corpus,
    texts: Arc<DiskTexts>,
    classifier: Classifier,
    pub(super) config: Config,
    carried: FxHashSet<SmolStr>,
    lines: io::Split<io::StdinLock<'static>>,
    number: usize,
    ahead: Option<Document>,
}

impl Documents {
    /// Reads a snapshot; documents come from standard input. Told and `None` when that cannot be.
    pub(super) fn open(terminal: &Terminal, snapshot: &Path, occasion: Occasion) -> Option<Self> {
        let path = corpora::absolute(terminal.here(), snapshot);
        let help = "`vidimus snapshot CORPUS > corpus.vds` writes one";
        let text = match load::read_records(&path) {
            Ok(loaded) => loaded.text,
            Err(trouble) => {
                terminal.fault(&format!("{} {}", terminal.shown(&path), trouble.message), Some(help));
                return None;
            }
        };
        match parse(&text) {
            Ok((config, files)) => Some(Self::of(&config, files, occasion)),
            Err((line, message)) => {
                terminal.fault(&format!("{} is no snapshot: line {line}: {message}", terminal.shown(&path)), Some(help));
                None
            }
        }
    }

    fn of(config_texts: &[String], files: FxHashMap<SmolStr, Carried>, occasion: Occasion) -> Self {
        let over = |base: Option<Arc<Config>>, text: &String| Some(Arc::new(Config::parse_over(text, base, &rule_names()).0));
        let mut config = config_texts.iter().fold(None, over).as_deref().cloned().unwrap_or_default();
        config.rules.retain(|(rule, level)| *level != crate::config::Level::Off || !occasion.selects(rule));
        let classifier = Classifier::new(&config);
        let carried: FxHashSet<SmolStr> = files.keys().cloned().collect();
        // Nothing lies below this folder: what is not carried is not there.
        let mut texts = DiskTexts::new(&PathBuf::from(NOWHERE));
        let mut change = Change { config: Some(config.clone()), ..Change::default() };
        for (path, file) in files {
            let Some(kind) = classifier.kind(path.trim_start_matches("../")).or_else(|| bibliography(&path)) else { continue };
            let text: Arc<str> = file.text.into();
            let mut input = FileInput::closed(&path, kind, &text);
            bibliographies_beside(&path, &mut input, &|name| carried.contains(name));
            change.files.push((path.clone(), Some(input)));
            texts = texts.instead(&path, text);
        }
        change.files.sort_by(|a, b| a.0.cmp(&b.0));
        let texts = Arc::new(texts);
        let mut base = Corpus::new(texts.clone());
        // More texts than these may belong to the corpus, on other machines.
        base.set_occasion(Occasion { partial: true, ..occasion });
        base.apply(change);
        Self { base, texts, classifier, config, carried, lines: io::stdin().lock().split(b'\n'), number: 0, ahead: None }
    }

    /// The next documents as a corpus in which they alone are asked for; `None` behind the last.
    pub(super) fn next(&mut self) -> io::Result<Option<Opened>> {
        let (mut change, mut troubles, mut bytes) = (Change::default(), Vec::new(), 0);
        let mut paths: FxHashSet<SmolStr> = FxHashSet::default();
        while paths.len() < BATCH && bytes < BATCH_BYTES {
            let Some(document) = self.document(&mut troubles)? else { break };
            if paths.contains(&document.path) {
                // The same path again is another document.
                self.ahead = Some(document);
                break;
            }
            let Some(kind) = self.classifier.kind(&document.path).filter(|kind| kind.is_text()) else {
                troubles.push(
                    Trouble::new(Path::new(document.path.as_str()), "is no text by its name")
                        .help("texts end in .md, .markdown, .qmd, .Rmd or .txt"),
                );
                continue;
            };
            bytes += document.text.len();
            let mut input = FileInput::open(&document.path, kind, document.text.into());
            bibliographies_beside(&document.path, &mut input, &|name| self.carried.contains(name));
            paths.insert(document.path.clone());
            change.files.push((document.path, Some(input)));
        }
        if paths.is_empty() && troubles.is_empty() {
            return Ok(None);
        }
        let mut corpus = self.base.clone();
        corpus.apply(change);
        let snapshot = corpus.snapshot();
        let mut files: Vec<FileId> = paths.iter().filter_map(|path| snapshot.file_at(path)).collect();
        files.sort_by_key(|id| snapshot.file(*id).map(|file| file.path.clone()));
        Ok(Some(Opened::carried(snapshot, self.texts.clone(), files, troubles, bytes as u64)))
    }

    /// The next line that is a document; others are told.
    fn document(&mut self, troubles: &mut Vec<Trouble>) -> io::Result<Option<Document>> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        for line in self.lines.by_ref() {
            self.number += 1;
            let line = line?;
            // Whoever joins files that begin with a byte order mark has one in the middle.
            let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
            if line.is_empty() {
                continue;
            }
            match serde_json::from_slice(line) {
                Ok(document) => return Ok(Some(document)),
                Err(error) => {
                    let what = format!("line {}", self.number);
                    troubles.push(Trouble::new(Path::new(&what), format!("of standard input is no document: {error}")).help(SHAPE));
                }
            }
        }
        Ok(None)
    }
}

const SHAPE: &str = r#"one JSON object a line: {"path": "texts/a.md", "text": "…"}"#;

/// A path at which no file can lie.
const NOWHERE: &str = "/dev/null/vidimus";

/// A bibliography that only front matter names.
fn bibliography(path: &str) -> Option<FileKind> {
    crate::workspace::classify::bibliography_kind(path.rsplit_once('.')?.1).map(FileKind::Registry)
}

/// The settings and files of one or several snapshots; the error is a line, from 1, and what is wrong with it.
fn parse(text: &str) -> Result<(Vec<String>, FxHashMap<SmolStr, Carried>), (usize, String)> {
    let (mut config, mut files) = (None, FxHashMap::<SmolStr, Carried>::default());
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let told = |message: String| (at + 1, message);
        if let Ok(head) = serde_json::from_str::<Head>(line) {
            if head.vidimus_snapshot != VERSION {
                return Err(told(format!("it is of version {}, and this program knows {VERSION}", head.vidimus_snapshot)));
            }
            if config.get_or_insert_with(|| head.config.clone()) != &head.config {
                return Err(told("its settings are others than those before".to_owned()));
            }
            continue;
        }
        if config.is_none() {
            return Err(told("it does not begin as one".to_owned()));
        }
        let file: Carried = serde_json::from_str(line).map_err(|error| told(error.to_string()))?;
        match files.get(&file.path) {
            Some(before) if before.whole && file.whole && before.text != file.text => {
                return Err(told(format!("`{}` is there twice, with different words", file.path)));
            }
            Some(before) if before.whole => {}
            _ => drop(files.insert(file.path.clone(), file)),
        }
    }
    Ok((config.ok_or((1, "it is empty".to_owned()))?, files))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The corpus without the documents.
    fn base(text: &str) -> Result<crate::corpus::Snapshot, (usize, String)> {
        let (config, files) = parse(text)?;
        Ok(Documents::of(&config, files, Occasion::default()).base.snapshot())
    }

    const HEAD: &str = "{\"vidimus_snapshot\":1,\"config\":[]}\n";

    #[test]
    fn snapshots_are_joined_by_writing_one_behind_the_other() {
        let a = format!("{HEAD}{}\n", r#"{"path":"registry.yaml","text":"- {id: a, type: org, name: A}\n","whole":true}"#);
        let b = format!("{HEAD}{}\n", r#"{"path":"notes/b.md","text":"---\nid: b\ntype: org\n---\n# B\n","whole":true}"#);
        let both = base(&format!("{a}{b}\n{a}")).expect("a snapshot");
        assert_eq!((both.names().entities().count(), both.files().count()), (2, 2));
    }

    #[test]
    fn what_is_no_snapshot_is_told_by_its_line() {
        let told = |text: &str| base(text).err().map(|(line, message)| format!("{line}: {message}"));
        assert_eq!(told("").as_deref(), Some("1: it is empty"));
        assert_eq!(told("{}\n").as_deref(), Some("1: it does not begin as one"));
        assert_eq!(told("{\"vidimus_snapshot\":9,\"config\":[]}").as_deref(), Some("1: it is of version 9, and this program knows 1"));
        let twice = format!("{HEAD}{}\n{}\n", r#"{"path":"a.md","text":"x","whole":true}"#, r#"{"path":"a.md","text":"y","whole":true}"#);
        assert_eq!(told(&twice).as_deref(), Some("3: `a.md` is there twice, with different words"));
        assert_eq!(told(&format!("{HEAD}{{\"path\":1}}")).as_deref().map(|m| m.starts_with("2: ")), Some(true));
    }
}
