//! What a text means after an edit, worked out from what it meant before, is what it means read anew.
//!
//! How many edits: `VIDIMUS_EDITS`, else few enough for every run of the tests. The seed of a failing round is printed.

use std::sync::Arc;

use vidimus::corpus::{Annotations, Change, Corpus, FileInput, FileKind, RegistryFormat, annotate, annotate_again};
use vidimus::syntax::Format;
use vidimus::text::Span;

use crate::dice::Dice;

/// Edits when nobody asks for more.
const EDITS: u64 = 250;

/// Edits of one text, one after the other.
const CHAIN: u64 = 25;

/// Texts are cut to about so many bytes, so that an edit leaves most of them alone, and reading them anew costs little.
const LENGTH: usize = 12_000;

const REGISTRY: &str = "
- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров]}
- {id: duarte, type: person, name: Ines Duarte, aliases: [Duarte], roles: [{title: foreign minister, from: 2001, to: 2016}]}
- {id: orlov, type: person, name: Pavel Orlov, aliases: [Orlov, Орлов], roles: [{title: foreign minister, from: 2014}]}
- {id: gorlovka-town, type: place, name: Gorlovka, aliases: [Горловка, Orlov]}
- {id: un, type: org, name: United Nations, aliases: [UN, ООН]}
- {id: osce, type: org, name: OSCE, aliases: [the mission]}
- {id: november-statement, type: agreement, name: Trilateral Statement, date: 2020-11-09, parts: [op-1..op-9]}
- {id: charter, type: agreement, name: UN Charter, aliases: [the Charter]}
";

/// Pieces that mean something to one of the readers.
const PIECES: &[&str] = &[
    "a",
    "e",
    " ",
    ".",
    ",",
    "x",
    "й",
    "𝕏",
    "e\u{301}",
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\"",
    "“",
    "”",
    "«",
    "»",
    "'",
    "’",
    "—",
    ":",
    ";",
    "> ",
    "- ",
    "1. ",
    "# ",
    "* ",
    "**",
    "_",
    "\\",
    "`",
    "```\n",
    "$$",
    "~",
    "|",
    "| a | b |\n|---|---|\n| about 90,000 people | [@x] |\n\n",
    ": A caption [@x]\n\n",
    "::: {.note}\n",
    ":::\n",
    "---\n",
    "---\ndate: 2015-02\n---\n",
    "[^1]",
    "\n\n[^1]: See [@x, p. 3].\n\n",
    "^[",
    "[[",
    "]]",
    "[[lavrov]]",
    "[[un#op-1|the body]]",
    "[",
    "]",
    "{",
    "}",
    "{.claim}",
    "{.quote by=lavrov}",
    "{.opinion}",
    "[@x, p. 3]",
    "@y ",
    "](un.md)",
    "[text][ref]",
    "\n\n[ref]: https://a.b/c\n\n",
    "<https://a.b>",
    "<!-- vidimus-allow unsourced-figure: reason -->\n",
    "<!--",
    "-->",
    "<div>",
    "About 90,000 people left. ",
    "около 90 тысяч человек ",
    "Lavrov said ",
    "сказал Лавров",
    "Sergey Lavrov",
    "Ines Duarte ",
    "He said that it was over. ",
    "The minister added: \"",
    "the foreign minister",
    "in Orlov",
    "Orlov ",
    "the Russian diplomat said ",
    "The mission said it would stay. ",
    "Security Council Resolution 2202 (2015)",
    "resolution 2202",
    "2242 (2015)",
    "S/RES/2202",
    "paragraph 4 of ",
    "the November 9 Statement",
    "Article 41 of the UN Charter",
    "It is widely believed",
    "CSTO decision 12 ",
    "U.S. ",
    "\"We will stay,\" he said, \"as long as it takes.\"\n\n\"And longer",
    "\n> A line.\n>\n> — Jane Smith, 16 March 2017\n\n",
];

fn place(dice: &mut Dice, text: &str) -> usize {
    text.floor_char_boundary(dice.roll(text.len() + 1))
}

/// Some characters replaced by a piece, taken away, or moved elsewhere; mostly near where the last edit was.
fn edit(dice: &mut Dice, text: &str, near: &mut usize) -> String {
    if dice.roll(4) == 0 {
        *near = place(dice, text);
    }
    let start = text.floor_char_boundary((*near + dice.roll(60)).min(text.len()));
    let longest = [1, 1, 2, 30, 400][dice.roll(5)];
    let end = text.ceil_char_boundary((start + dice.roll(longest)).min(text.len()));
    let moved;
    let piece = match dice.roll(12) {
        0 | 1 => "",
        2 => {
            let from = place(dice, text);
            moved = text[from..text.ceil_char_boundary((from + dice.roll(500)).min(text.len()))].to_owned();
            &moved
        }
        _ => PIECES[dice.roll(PIECES.len())],
    };
    format!("{}{piece}{}", &text[..start], &text[end..])
}

fn edits() -> u64 {
    std::env::var("VIDIMUS_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(EDITS)
}

fn corpus() -> Corpus {
    let mut corpus = Corpus::new(Arc::new(()));
    let settings = "[[instrument]]\npattern = 'CSTO decision (\\d+)'\nid = 'csto-$1'\n";
    let (config, faults) = vidimus::config::Config::parse(settings, &vidimus::rules::rule_names());
    assert!(faults.is_empty(), "{faults:?}");
    let yaml = FileInput::closed("registry.yaml", FileKind::Registry(RegistryFormat::Yaml), REGISTRY);
    let bib = "@misc{x, title = {X}}\n@misc{y, title = {Y}}\n";
    let bib = FileInput::closed("refs.bib", FileKind::Registry(RegistryFormat::Bib), bib);
    let files = vec![("registry.yaml".into(), Some(yaml)), ("refs.bib".into(), Some(bib))];
    corpus.apply(Change { config: Some(config), files });
    corpus
}

/// The example corpus's texts, the seeds and the data where they lie beside the repository; each also made of several.
fn texts() -> Vec<String> {
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/peacekeeping");
    let folders = ["analyses", "resolutions", "sources", "agreements"].map(|f| std::path::Path::new(example).join(f));
    let folders = folders.into_iter().chain(crate::beside::shared().map(|s| s.join("seeds")));
    let mut paths: Vec<_> = folders.filter_map(|f| std::fs::read_dir(f).ok()).flatten().filter_map(Result::ok).map(|f| f.path()).collect();
    paths.sort();
    let mut texts: Vec<String> = paths.iter().filter_map(|p| std::fs::read_to_string(p).ok()).collect();
    assert!(!texts.is_empty());
    for text in &mut texts {
        text.truncate(text.floor_char_boundary(LENGTH));
    }
    let bodies: Vec<&str> = texts.iter().map(|t| t.splitn(3, "---\n").nth(2).unwrap_or(t)).collect();
    let mut joined: Vec<String> = bodies.chunks(3).map(|c| c.join("\n\n")).collect();
    joined.push(texts[0].replace('\n', "\r\n"));
    let in_containers: Vec<String> =
        joined.iter().chain(&texts).flat_map(|text| [as_list(text), as_quotation(text), as_div(text)]).collect();
    texts.extend(joined);
    texts.extend(in_containers);
    texts
}

/// A text whose paragraphs are the items of one list, every third one inside of the one before.
fn as_list(text: &str) -> String {
    let item = |(n, words): (usize, &str)| {
        let inner = if n % 3 == 2 { "  " } else { "" };
        format!("{inner}- {}\n{}", words.replace('\n', &format!("\n{inner}  ")), if n % 7 == 0 { "\n" } else { "" })
    };
    text.split("\n\n").filter(|words| !words.trim().is_empty()).enumerate().map(item).collect()
}

/// A text that is one block quotation.
fn as_quotation(text: &str) -> String {
    text.lines().map(|line| format!("> {line}\n")).collect()
}

/// A text in one div.
fn as_div(text: &str) -> String {
    format!("::: {{.x}}\n\n{text}\n\n:::\n")
}

/// The first list in which two annotations differ.
fn difference(new: &Annotations, again: &Annotations) -> String {
    macro_rules! compare {
        ($($($list:ident).+),*) => {
            $(if new.$($list).+ != again.$($list).+ {
                let (new, again) = (&new.$($list).+, &again.$($list).+);
                let at = new.iter().zip(again.iter()).take_while(|(a, b)| a == b).count();
                return format!(
                    "{} at {at} of {} and {}: {:#?}\n is read again as {:#?}",
                    stringify!($($list).+), new.len(), again.len(), new.get(at), again.get(at)
                );
            })*
        };
    }
    compare!(
        document.blocks,
        document.nodes,
        words.passages,
        prose.sentences,
        prose.quotes,
        prose.figures,
        prose.phrases,
        prose.instruments,
        instruments,
        mentions,
        citations,
        quotes,
        reported,
        claims,
        supported
    );
    "nothing listed".to_owned()
}

/// What stands in the first and last bytes of a text, those behind where they lay before the edit.
fn outside(notes: &Annotations, front: u32, back: u32, by: u32) -> Vec<String> {
    let last = u32::try_from(notes.text.len()).expect("a short text") - back;
    let mut all = Vec::new();
    let mut add = |span: Span, what: String| {
        if span.end < front {
            all.push(format!("{span:?} {what}"));
        } else if span.start > last {
            all.push(format!("{} {} {what}", span.start.wrapping_sub(by), span.len()));
        }
    };
    for m in &notes.mentions {
        add(m.span, format!("{:?} {:?} {}", m.meaning, m.pin, m.node.is_some()));
    }
    for c in &notes.citations {
        add(c.key, format!("{:?} {}", c.entity, c.item));
    }
    for q in &notes.quotes {
        add(q.span, format!("{:?}", q.speaker.map(|s| (s.entity, s.span.len()))));
    }
    for c in &notes.claims {
        let by = c.by.map(|s| (s.entity, s.span.len()));
        add(c.span, format!("{:?} {by:?} {} {}", std::mem::discriminant(&c.kind), c.exempt, c.support.len()));
    }
    for &sentence in &notes.supported {
        add(notes.sentence_span(sentence), "supported".to_owned());
    }
    for (sentence, who) in &notes.reported {
        add(notes.sentence_span(*sentence), format!("{:?}", who.entity));
    }
    for n in &notes.document.nodes {
        add(n.span, format!("{:?}", std::mem::discriminant(&n.kind)));
    }
    for f in &notes.document.faults {
        add(f.span, f.message.clone());
    }
    all
}

fn put(corpus: &mut Corpus, path: &str, format: Format, text: &str) {
    let input = FileInput::open(path, FileKind::Text(format), Arc::from(text));
    corpus.apply(Change { config: None, files: vec![(path.into(), Some(input))] });
}

/// Edits a text again and again; answers how often something was kept.
fn chain(corpus: &mut Corpus, dice: &mut Dice, text: &str, format: Format) -> u64 {
    let path = if format == Format::Markdown { "t.md" } else { "t.txt" };
    let mut text = text.to_owned();
    let mut near = place(dice, &text);
    let mut kept = 0;
    put(corpus, path, format, &text);
    let mut old = corpus.snapshot().annotations(corpus.snapshot().file_at(path).expect("the text")).expect("annotations");
    for _ in 0..CHAIN {
        let before = text.clone();
        text = edit(dice, &text, &mut near);
        put(corpus, path, format, &text);
        let snapshot = corpus.snapshot();
        let id = snapshot.file_at(path).expect("the text");
        let file = snapshot.file(id).expect("the text");
        let new = annotate(&snapshot, id, file, Arc::from(text.as_str()));
        let again = annotate_again(&snapshot, id, file, Arc::from(text.as_str()), Annotations::clone(&old));
        assert!(new == again, "{}\n---- before\n{before}\n---- after\n{text}\n----", difference(&new, &again));
        if let Some(stayed) = again.stayed {
            assert_eq!(stayed.of, old.number);
            assert_eq!(before[..stayed.front as usize], text[..stayed.front as usize]);
            assert_eq!(before[before.len() - stayed.back as usize..], text[text.len() - stayed.back as usize..]);
            assert_eq!(outside(&old, stayed.front, stayed.back, 0), outside(&again, stayed.front, stayed.back, stayed.by()), "stayed");
            kept += u64::from(stayed.front + stayed.back > 0);
        }
        old = Arc::new(again);
    }
    kept
}

#[test]
fn what_is_read_again_is_what_is_read_anew() {
    let texts = texts();
    let mut corpus = corpus();
    let rounds = (edits() / CHAIN).max(1);
    let mut kept = 0;
    for round in 0..rounds {
        let mut dice = Dice::of(round);
        let text = &texts[dice.roll(texts.len())];
        let format = if dice.roll(4) == 0 { Format::Plain } else { Format::Markdown };
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| chain(&mut corpus, &mut dice, text, format)));
        assert!(outcome.is_ok(), "round {round}");
        kept += outcome.unwrap_or_default();
    }
    assert!(kept * 2 > rounds * CHAIN, "of {} edits only {kept} kept anything", rounds * CHAIN);
}
