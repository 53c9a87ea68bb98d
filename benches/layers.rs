//! What each layer costs, in bytes a second, on one megabyte made of the example corpus's texts.
//!
//! `cargo bench --bench layers`. Figures of one machine compare only with figures of the same run.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main, measurement::WallTime};
use vidimus::corpus::{Change, Corpus, FileInput, FileKind, Occasion, RegistryFormat, Snapshot};
use vidimus::prose::{self, Language};
use vidimus::rules::{check, check_around};
use vidimus::syntax::{Format, parse, reparse, running_text, running_text_after};
use vidimus::text::{LineIndex, Replaced};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZE: usize = 1 << 20;
const FOLDERS: &[&str] = &["analyses", "sources", "resolutions", "agreements"];

fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/peacekeeping/");
    let entries = std::fs::read_dir(format!("{root}{folder}")).expect("the example corpus");
    let mut paths: Vec<_> =
        entries.filter_map(Result::ok).map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == ending)).collect();
    paths.sort();
    let read = |p: &std::path::PathBuf| {
        let name = p.file_name().expect("a name").to_string_lossy();
        (format!("{folder}/{name}"), std::fs::read_to_string(p).expect("a file of the example corpus"))
    };
    paths.iter().map(read).collect()
}

/// The example corpus's texts without front matter, over and over.
fn megabyte() -> String {
    let bodies: Vec<String> =
        FOLDERS.iter().flat_map(|f| files(f, "md")).map(|(_, text)| text.splitn(3, "---\n").nth(2).unwrap_or(&text).to_owned()).collect();
    let mut out = String::with_capacity(SIZE + 20_000);
    while out.len() < SIZE {
        for body in &bodies {
            out.push_str(body);
            out.push('\n');
        }
    }
    out
}

fn snapshot(text: &str) -> Snapshot {
    with_records(text, &[("registry", "yaml", FileKind::Registry(RegistryFormat::Yaml))], Occasion::default())
}

/// The text with a date, which is older than some of what it names, beside all records of the example corpus.
fn dated(text: &str, occasion: Occasion) -> Snapshot {
    let notes = FileKind::Text(Format::Markdown);
    let records = [
        ("registry", "yaml", FileKind::Registry(RegistryFormat::Yaml)),
        (".", "bib", FileKind::Registry(RegistryFormat::Bib)),
        ("agreements", "md", notes),
        ("resolutions", "md", notes),
    ];
    with_records(&format!("---\nkind: analysis\ndate: 2015-06-30\n---\n{text}"), &records, occasion)
}

fn with_records(text: &str, records: &[(&str, &str, FileKind)], occasion: Occasion) -> Snapshot {
    let mut corpus = Corpus::new(Arc::new(()));
    corpus.set_occasion(occasion);
    let mut change = Change::default();
    for (folder, ending, kind) in records {
        for (path, text) in files(folder, ending) {
            change.files.push((path.as_str().into(), Some(FileInput::closed(&path, *kind, &text))));
        }
    }
    let kind = FileKind::Text(Format::Markdown);
    change.files.push(("text.md".into(), Some(FileInput::open("text.md", kind, Arc::from(text)))));
    corpus.apply(change);
    corpus.snapshot()
}

fn layers(c: &mut Criterion) {
    let text = megabyte();
    let mut group = c.benchmark_group("one megabyte");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    syntax_and_prose(&mut group, &text);
    let snapshot = snapshot(&text);
    let id = snapshot.file_at("text.md").expect("the text");
    let file = snapshot.file(id).expect("the text");
    let held: Arc<str> = Arc::from(text.as_str());
    group.bench_function("names", |b| {
        b.iter(|| {
            let mut hits = 0;
            snapshot.names().gazetteer.scan(&text, |_| hits += 1);
            hits
        });
    });
    group.bench_function("all annotations", |b| b.iter(|| vidimus::corpus::annotate(&snapshot, id, file, held.clone())));
    keys(&mut group, &snapshot, &text);
    group.finish();
    each_rule(c, &text);
}

/// One letter typed into a sentence at the beginning, in the middle and at the end: what the text means then, from what it meant before.
fn keys(group: &mut BenchmarkGroup<'_, WallTime>, snapshot: &Snapshot, text: &str) {
    let id = snapshot.file_at("text.md").expect("the text");
    let file = snapshot.file(id).expect("the text");
    let notes = snapshot.annotations(id).expect("annotations");
    for (place, at) in [("start", 0), ("middle", text.len() / 2), ("end", text.len() - 2_000)] {
        let at = at + text[at..].find(", ").expect("a comma");
        let edited: Arc<str> = Arc::from(format!("{}x{}", &text[..at], &text[at..]));
        group.bench_function(format!("a key: annotations, {place}"), |b| {
            let again = |old| vidimus::corpus::annotate_again(snapshot, id, file, edited.clone(), old);
            b.iter_batched(|| (*notes).clone(), again, BatchSize::PerIteration);
        });
    }
}

fn syntax_and_prose(group: &mut BenchmarkGroup<'_, WallTime>, text: &str) {
    group.bench_function("marks", |b| b.iter(|| parse(black_box(text), Format::Markdown)));
    let document = parse(text, Format::Markdown);
    group.bench_function("running text", |b| b.iter(|| running_text(black_box(text), &document)));
    let running = running_text(text, &document);
    group.bench_function("prose", |b| b.iter(|| prose::read(black_box(&running), Language::English)));
}

/// One rule alone, of all that there are, also those that only speak when they are asked: the others are not asked then. Beside them the
/// parse of the same text, which all rules together should not outlast. `benches/rules` makes the table of them in `benches/README.md`.
fn each_rule(c: &mut Criterion, text: &str) {
    let mut group = c.benchmark_group("rule");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(10);
    group.bench_function("(parse)", |b| b.iter(|| parse(black_box(text), Format::Markdown)));
    let unasked = dated(text, Occasion::default());
    let selected = vidimus::rules::rule_names().into_iter().map(Into::into).collect();
    let asked = dated(text, Occasion { editor: true, selected, ..Occasion::default() });
    for (name, snapshot) in [("(all rules that speak unasked)", &unasked), ("(all rules)", &asked)] {
        let id = snapshot.file_at("text.md").expect("the text");
        let notes = snapshot.annotations(id).expect("annotations");
        group.bench_function(name, |b| b.iter(|| check(snapshot, id, Some(&notes))));
    }
    let snapshot = &asked;
    let id = snapshot.file_at("text.md").expect("the text");
    let notes = snapshot.annotations(id).expect("annotations");
    for rule in vidimus::rules::RULES {
        group.bench_function(rule.name, |b| {
            b.iter(|| {
                check_around(snapshot, id, Some(&notes), &mut |asked, work| {
                    if asked.name == rule.name {
                        work();
                    }
                })
            });
        });
    }
    group.finish();
}

/// What of one key costs: in the middle of a text, with the text before it read.
fn a_key(c: &mut Criterion) {
    let one = megabyte();
    for (name, text) in [("a key in one megabyte", one.clone()), ("a key in ten megabytes", one.repeat(10))] {
        let mut group = c.benchmark_group(name);
        group.sample_size(20);
        let middle = text.floor_char_boundary(text.len() / 2);
        let at = middle + text[middle..].find(". ").expect("a sentence");
        let next = format!("{}x{}", &text[..at], &text[at..]);
        group.bench_function("difference", |b| b.iter(|| Replaced::between(black_box(&text), &next)));
        let document = parse(&text, Format::Markdown);
        group.bench_function("marks cloned", |b| b.iter(|| document.clone()));
        let again = |document| reparse(&text, document, &next, Format::Markdown);
        group.bench_function("marks", |b| b.iter_batched(|| document.clone(), again, BatchSize::LargeInput));
        let (document_now, damage) = again(document.clone());
        let running = running_text(&text, &document);
        group.bench_function("running text", |b| {
            b.iter_batched(|| running.clone(), |old| running_text_after(old, &next, &document_now, &damage), BatchSize::LargeInput);
        });
        let lines = LineIndex::new(&text);
        group.bench_function("lines anew", |b| b.iter(|| LineIndex::new(black_box(&next))));
        group.bench_function("lines", |b| b.iter(|| lines.after(&next, damage.edit)));
        let rope = ropey::Rope::from_str(&next);
        group.bench_function("characters", |b| b.iter(|| Arc::<str>::from(String::from(&rope))));
        group.finish();
    }
}

criterion_group!(benches, layers, a_key);
criterion_main!(benches);
