//! Bounded pieces of work whose instructions `benches/count` counts: what they are does not depend on how busy a machine is.
//!
//! `counts WORK` prepares, then does one piece of work inside [`counted`], which is all that is counted. Texts and names are made
//! here, from a fixed seed, and one thread does everything.

use std::hint::black_box;
use std::sync::Arc;

use vidimus::corpus::{Change, Corpus, FileId, FileInput, FileKind, RegistryFormat, Snapshot, annotate};
use vidimus::rules::{Checked, check};
use vidimus::syntax::{Format, parse};

/// Bytes of the text that is read whole, and of the one that is typed into.
const SIZE: usize = 40_000;
/// Records of the registry, with three names each.
const RECORDS: usize = 500;
/// Keys typed.
const KEYS: usize = 4;

/// Every piece of work, by its name.
const WORKS: &[(&str, fn())] =
    &[("parse", parsing), ("gazetteer", gazetteer), ("annotations", annotations), ("rules", rules), ("keystroke", keystroke)];

fn main() {
    let asked = std::env::args().nth(1);
    // `cargo bench` asks for nothing, and `cargo test` for a list.
    let Some((_, work)) = WORKS.iter().find(|(name, _)| asked.as_deref() == Some(name)) else {
        for (name, _) in WORKS {
            println!("{name}");
        }
        return;
    };
    // The one worker of the pool is this thread.
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().expect("no pool before");
    work();
}

/// The work. Callgrind knows it by its name, so that it is never inlined.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
}

fn parsing() {
    let text = text(SIZE);
    counted(&mut || drop(black_box(parse(black_box(&text), Format::Markdown))));
}

fn gazetteer() {
    let (text, world) = (text(SIZE), World::new());
    let mut hits = 0;
    counted(&mut || world.snapshot().names().gazetteer.scan(black_box(&text), |_| hits += 1));
    assert!(hits > 40, "{hits} names found");
}

fn annotations() {
    let world = World::new();
    let (snapshot, id) = (world.snapshot(), world.id);
    let text: Arc<str> = Arc::from(text(SIZE));
    let file = snapshot.file(id).expect("the text");
    let once = || annotate(&snapshot, id, file, text.clone());
    // What is read at the first call only is read here.
    drop(once());
    counted(&mut || drop(black_box(once())));
}

fn rules() {
    let world = World::new();
    let (snapshot, id) = (world.snapshot(), world.id);
    let notes = snapshot.annotations(id).expect("annotations");
    let found = check(&snapshot, id, Some(&notes)).len();
    assert!(found > 20, "{found} findings");
    counted(&mut || drop(black_box(check(&snapshot, id, Some(&notes)))));
}

/// A letter typed into the middle of a text, so many times, and the findings brought up to date each time.
fn keystroke() {
    let mut world = World::new();
    let mut checked: Checked<()> = Checked::default();
    let mut text = text(SIZE);
    checked.bring_up(&world.snapshot(), world.id);
    let middle = text.len() / 2;
    let mut at = middle + text[middle..].find(", ").expect("a comma");
    let mut key = |world: &mut World| {
        text.insert(at, 'x');
        at += 1;
        world.open(&text);
        checked.bring_up(&world.snapshot(), world.id);
    };
    key(&mut world);
    counted(&mut || (0..KEYS).for_each(|_| key(&mut world)));
}

/// One registry and one open text.
struct World {
    corpus: Corpus,
    id: FileId,
}

impl World {
    fn new() -> Self {
        let mut corpus = Corpus::new(Arc::new(()));
        let kind = FileKind::Registry(RegistryFormat::Jsonl);
        let mut change = Change::default();
        change.files.push(("registry.jsonl".into(), Some(FileInput::closed("registry.jsonl", kind, &registry()))));
        corpus.apply(change);
        let mut world = Self { corpus, id: FileId(0) };
        world.open(&text(SIZE));
        world.id = world.snapshot().file_at("text.md").expect("the text");
        world
    }

    fn open(&mut self, text: &str) {
        let mut change = Change::default();
        let input = FileInput::open("text.md", FileKind::Text(Format::Markdown), Arc::from(text));
        change.files.push(("text.md".into(), Some(input)));
        self.corpus.apply(change);
    }

    fn snapshot(&self) -> Snapshot {
        self.corpus.snapshot()
    }
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

const HEADS: &[&str] = &["Ar", "Bel", "Cor", "Dun", "El", "Fen", "Gal", "Hol", "Ister", "Jor", "Kel", "Lan"];
const TAILS: &[&str] = &["ada", "berg", "caster", "dova", "ev", "field", "gard", "ham", "ina", "land", "mere", "nitz"];
const NOUNS: &[&str] = &["report", "border", "treaty", "bridge", "council", "harbour", "election", "ceasefire", "budget", "convoy"];
const VERBS: &[&str] = &["accepted", "described", "opened", "postponed", "rejected", "said", "signed", "told", "warned of", "welcomed"];
const ADJECTIVES: &[&str] = &["eastern", "first", "joint", "long", "northern", "public", "quiet", "second", "small", "technical"];
const CITED: &[&str] = &["", "", "", " [@work12, p. 4]", " [@work7; @work9]"];

fn name(n: usize) -> String {
    let part = |n: usize| format!("{}{}", HEADS[n % HEADS.len()], TAILS[n / HEADS.len() % TAILS.len()]);
    format!("{} {}", part(n * 7 + 3), part(n))
}

fn registry() -> String {
    let line = |n: usize| {
        let name = name(n);
        let (first, last) = name.split_once(' ').expect("two words");
        format!(
            "{{\"id\": \"p{n}\", \"type\": \"person\", \"name\": \"{first} {last}\", \"aliases\": [\"Minister {last} {n}\", \"{first} of {last}\"]}}\n"
        )
    };
    (0..RECORDS).map(line).collect()
}

fn sentence(dice: &mut Dice) -> String {
    let (noun, other, verb, adjective) = (dice.of(NOUNS), dice.of(NOUNS), dice.of(VERBS), dice.of(ADJECTIVES));
    let (number, year, day, n) = (dice.below(900_000) + 1_000, 1900 + dice.below(120), 1 + dice.below(28), dice.below(RECORDS));
    let (who, cited) = (name(n), dice.of(CITED));
    match dice.below(10) {
        0 => format!("In {year} the {adjective} {noun}, which {who} {verb}, cost {number} dollars{cited}."),
        1 => format!("“The {noun} is not {adjective},” [[p{n}|{who}]] said on {day} May {year}{cited}."),
        2 => format!("Some observers believe that the {noun} {verb} a {adjective} {other}."),
        3 => format!("About {number} people left the {adjective} {noun} before {day} March {year}{cited}."),
        4 => format!("According to {who}, the {noun} of the {adjective} {other} has been {verb}{cited}."),
        5 => format!("The {noun} [{verb} the {other}]{{.claim confidence=0.8}} and its {adjective} {noun}s."),
        6 => format!("It is widely believed that resolution {} (1999) {verb} the {noun}.", 1000 + dice.below(900)),
        7 => format!("«Переговоры о границе продолжаются», — {who}, {day} {noun}."),
        8 => format!("A {adjective} {noun} was {verb} by the {other}, and {who} *never* saw the `{noun}` again."),
        _ => format!("The {adjective} {noun}, though the {other} was long, {verb} it in the end."),
    }
}

/// Markdown of so many bytes: headings, paragraphs, lists, tables.
fn text(size: usize) -> String {
    let dice = &mut Dice(7);
    let mut out = String::with_capacity(size + 1_000);
    while out.len() < size {
        match dice.below(12) {
            0 => out.push_str(&format!("## The {} {}\n", dice.of(ADJECTIVES), dice.of(NOUNS))),
            1 => (0..3).for_each(|_| out.push_str(&format!("- {}\n", sentence(dice)))),
            2 => {
                out.push_str("| Year | Sum |\n| --- | --- |\n");
                (0..4).for_each(|_| out.push_str(&format!("| {} | {} |\n", 1900 + dice.below(120), dice.below(90_000))));
            }
            3 => out.push_str(&format!("> {}\n", sentence(dice))),
            _ => {
                let count = 2 + dice.below(4);
                (0..count).for_each(|_| out.push_str(&(sentence(dice) + " ")));
                out.push('\n');
            }
        }
        out.push('\n');
    }
    out
}
