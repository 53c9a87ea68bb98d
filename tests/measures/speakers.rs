//! Who says it, in real news texts whose quotations were labelled by hand (`fixtures/seeds_expected`).
//!
//! Reads `../shared` when it is there; says so when not, and fails then under `CI=true`.

use std::path::{Path, PathBuf};

use vidimus::prose::{self, Language, Named, NamedKind, Said, attribution};
use vidimus::syntax::{Format, parse, running_text};
use vidimus::text::Span;

const PERSONS: &[&str] = &["lavrov", "putin", "greminger", "ilichev", "kartapolov", "maurer", "azoulay", "shoigu"];
const BODIES: &[&str] =
    &["un", "unsc", "un-secretariat", "osce", "osce-smm", "russia-mfa", "russia-mod", "csto", "nato", "kremlin", "g7", "tass"];

fn seeds() -> Option<PathBuf> {
    super::shared().map(|shared| shared.join("seeds"))
}

/// A file of labels: what is named, and whose words the quotations of a line are.
struct Labels {
    mentions: Vec<(String, String)>,
    quotes: Vec<(usize, String)>,
}

fn labels(path: &Path) -> Labels {
    let file = std::fs::read_to_string(path).expect("labels");
    let mut labels = Labels { mentions: Vec::new(), quotes: Vec::new() };
    for line in file.lines() {
        match line.split('\t').collect::<Vec<_>>()[..] {
            ["mention", words, id] => labels.mentions.push((words.to_owned(), id.to_owned())),
            ["quote", line, id] => labels.quotes.push((line.parse().expect("a line"), id.to_owned())),
            _ => {}
        }
    }
    labels
}

fn find_named<'l>(text: &str, mentions: &[&'l (String, String)]) -> Vec<(Named, &'l str)> {
    let mut mentions = mentions.to_vec();
    mentions.sort_by_key(|m| std::cmp::Reverse(m.0.len()));
    let mut named: Vec<(Named, &str)> = Vec::new();
    for (words, id) in mentions {
        let kind = match id.as_str() {
            id if PERSONS.contains(&id) => NamedKind::Person,
            id if BODIES.contains(&id) => NamedKind::Org,
            _ => NamedKind::Place,
        };
        for (at, _) in text.match_indices(words.as_str()) {
            let span = Span::from(at..at + words.len());
            let whole = !text[..at].ends_with(char::is_alphanumeric) && !text[at + words.len()..].starts_with(char::is_alphanumeric);
            if whole && !named.iter().any(|n| n.0.span.overlaps(span)) {
                named.push((Named { span, kind }, id));
            }
        }
    }
    named.sort_by_key(|n| n.0.span);
    named
}

/// Quotations of the labelled lines that have another speaker or none, as lines to read.
fn wrong(text: &str, labels: &Labels, roles: bool) -> (usize, Vec<String>) {
    let document = parse(text, Format::Plain);
    let running = running_text(text, &document);
    let prose = prose::read(&running, Language::English);
    let words: &str = &running.projection.text;
    let mentions: Vec<_> = labels.mentions.iter().filter(|m| roles || is_name(m)).collect();
    let named = find_named(words, &mentions);
    let list: Vec<Named> = named.iter().map(|n| n.0).collect();
    let found = attribution::attribute(words, &running.passages, &prose, &list, Language::English);
    let (mut count, mut wrong) = (0, Vec::new());
    for (index, quote) in prose.quotes.iter().enumerate().filter(|(_, q)| q.is_speech) {
        let start = running.projection.map.start_to_source(quote.span.start) as usize;
        let line = text[..start].matches('\n').count() + 1;
        let Some((_, wanted)) = labels.quotes.iter().find(|q| q.0 == line) else {
            wrong.push(format!("line {line}: {} is labelled nowhere", quote.span.slice(words)));
            continue;
        };
        count += 1;
        let said = Said::Quote(u32::try_from(index).expect("few"));
        let attribution = found.iter().find(|a| a.said == said);
        let meant = attribution.and_then(|a| a.named).and_then(|n| named.get(n as usize)).map(|n| n.1);
        let speaker = attribution.and_then(|a| a.speaker).map_or("-", |s| s.slice(words));
        if meant != Some(wanted) && !(wanted == "g7" && attribution.is_some()) {
            wrong.push(format!("line {line}: wanted {wanted}, found {speaker:?} {meant:?}: {}", quote.span.slice(words)));
        }
    }
    (count, wrong)
}

/// Not a role: "the top diplomat" must be led back to a name by the text itself.
fn is_name(mention: &(String, String)) -> bool {
    !PERSONS.contains(&mention.1.as_str()) || mention.0.to_lowercase().contains(&mention.1)
}

#[test]
fn each_quotation_of_the_seeds_has_its_speaker() {
    let Some(seeds) = seeds() else { return };
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/seeds_expected");
    let (mut all, mut faults) = (0, Vec::new());
    for entry in std::fs::read_dir(seeds).expect("seeds") {
        let path = entry.expect("an entry").path();
        let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else { continue };
        let text = std::fs::read_to_string(&path).expect("a seed");
        let labels = labels(&expected.join(format!("{stem}.tsv")));
        for roles in [true, false] {
            let (count, wrong) = wrong(&text, &labels, roles);
            all += count;
            faults.extend(wrong.iter().map(|w| format!("{stem} (roles named: {roles}) {w}")));
        }
    }
    eprintln!("{all} quotations read");
    assert!(all >= 40 && faults.is_empty(), "{} of {all}:\n{}", faults.len(), faults.join("\n"));
}

/// Run with `--profile fast -- --ignored --nocapture`: how fast quotations and speakers are found in ordinary text.
#[test]
#[ignore = "a measurement, not a test"]
fn quotations_and_speakers_are_found_fast() {
    let Some(seeds) = seeds() else { return };
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/seeds_expected");
    for entry in std::fs::read_dir(seeds).expect("seeds") {
        let path = entry.expect("an entry").path();
        let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else { continue };
        let text = std::fs::read_to_string(&path).expect("a seed").repeat(400);
        let labels = labels(&expected.join(format!("{stem}.tsv")));
        let document = parse(&text, Format::Plain);
        let running = running_text(&text, &document);
        let prose = prose::read(&running, Language::English);
        let words: &str = &running.projection.text;
        let named: Vec<Named> = find_named(&path_text(&path), &labels.mentions.iter().collect::<Vec<_>>()).iter().map(|n| n.0).collect();
        let length = u32::try_from(words.len() / 400).expect("small");
        let named: Vec<Named> = (0..400).flat_map(|i| named.iter().map(move |n| Named { span: n.span.shift(i * length), ..*n })).collect();
        let megabytes = words.len() as f64 / 1e6;
        let mut quotes = Vec::new();
        let begun = std::time::Instant::now();
        prose::quotes::find(words, &running.passages, &mut quotes);
        let found = begun.elapsed();
        let begun = std::time::Instant::now();
        let said = attribution::attribute(words, &running.passages, &prose, &named, Language::English);
        let read = begun.elapsed();
        eprintln!(
            "{stem}: {megabytes:.1} MB, {} quotations at {:.0} MB/s, {} attributions at {:.0} MB/s",
            quotes.len(),
            megabytes / found.as_secs_f64(),
            said.len(),
            megabytes / read.as_secs_f64()
        );
    }
}

fn path_text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a seed")
}

/// What is found in texts that nobody has labelled, to be read by eye: quotations without a speaker, and speakers.
#[test]
#[ignore = "prints what is to be judged by a reader"]
fn quotations_of_other_texts_are_listed() {
    let Some(folder) = seeds().map(|s| s.with_file_name("data").join("entities/re3d-dev")) else { return };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).expect("texts").filter_map(|e| Some(e.ok()?.path())).collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let text = path_text(path);
        let document = parse(&text, Format::Plain);
        let running = running_text(&text, &document);
        let prose = prose::read(&running, Language::English);
        let words: &str = &running.projection.text;
        for a in attribution::attribute(words, &running.passages, &prose, &[], Language::English) {
            if let Said::Sentence(i) = a.said {
                let sentence = prose.sentences[i as usize].span.slice(words);
                let show = |s: Option<Span>| s.map_or("-", |s| s.slice(words));
                eprintln!(
                    "~ [{}] [{}] {}",
                    show(a.speaker),
                    show(a.cue),
                    sentence.replace('\n', " ").chars().take(160).collect::<String>()
                );
            }
        }
        let said = attribution::attribute(words, &running.passages, &prose, &[], Language::English);
        for (index, quote) in prose.quotes.iter().enumerate().filter(|(_, q)| q.is_speech && q.within.is_none()) {
            let a = said.iter().find(|a| a.said == Said::Quote(u32::try_from(index).unwrap_or_default()));
            let speaker = a.and_then(|a| a.speaker).map_or("NOBODY", |s| s.slice(words));
            let start = (quote.span.start as usize).saturating_sub(80);
            let end = (quote.span.end as usize + 80).min(words.len());
            let around = String::from_utf8_lossy(&words.as_bytes()[start..quote.span.start as usize]).into_owned();
            let after = String::from_utf8_lossy(&words.as_bytes()[quote.span.end as usize..end]).into_owned();
            let inside: String = quote.words.slice(words).chars().take(60).collect();
            eprintln!("= [{speaker}] {} «{}…» {}", around.replace('\n', "¶"), inside, after.replace('\n', "¶"));
        }
    }
}
