//! A text read again is the text read anew.

use std::borrow::Cow;

use proptest::prelude::*;

use super::*;
use crate::syntax::pieces::MARKUP;
use crate::syntax::{Projection, RunningText, parse, running_text, running_text_after};

/// One edit: where, how much is taken away, and what is put there; the place as a share of the text.
type Edit = (u16, u8, String);

fn edited(text: &str, edit: &Edit) -> String {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(text.len() * edit.0 as usize / usize::from(u16::MAX));
    let end = floor(start + usize::from(edit.1)).max(start);
    format!("{}{}{}", &text[..start], edit.2, &text[end..])
}

fn texts() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(MARKUP), 0..60).prop_map(|p| p.concat())
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let gone = prop_oneof![Just(0_u8), 0..4_u8, 0..60_u8];
    let put = prop::collection::vec(prop::sample::select(MARKUP), 0..3).prop_map(|p| p.concat());
    prop::collection::vec((any::<u16>(), gone, put), 1..8)
}

/// Holds the document and the words that stayed against those read anew, over some edits.
fn follow(mut text: String, edits: &[Edit], format: Format) {
    let mut document = parse(&text, format);
    let mut running = owned(running_text(&text, &document));
    for edit in edits {
        let next = edited(&text, edit);
        let fresh = parse(&next, format);
        let (found, damage) = reparse(&text, document.clone(), &next, format);
        if found != fresh {
            let (a, b) = (&found, &fresh);
            let blocks = a.blocks.iter().zip(&b.blocks).enumerate().find(|(_, (a, b))| a != b);
            let nodes = a.nodes.iter().zip(&b.nodes).find(|(a, b)| a != b);
            let spans = (a.opaque != b.opaque).then_some((&a.opaque, &b.opaque)).or((a.signs != b.signs).then_some((&a.signs, &b.signs)));
            let rest = (a.faults != b.faults).then_some((&a.faults, &b.faults));
            panic!("{text:?} -> {next:?} ({damage:?})\n{blocks:?}\n{nodes:?}\n{spans:?}\n{rest:?}\n{:?}", (&a.summary, &b.summary));
        }
        sound(&document, &fresh, &damage);
        let compared = Damage::between(&text, &document, &next, &fresh);
        sound(&document, &fresh, &compared);
        let words = running_text(&next, &fresh);
        for damage in [&damage, &compared] {
            assert_eq!(running_text_after(lent(&running, &text), &next, &fresh, damage), words, "{text:?} -> {next:?} ({damage:?})");
        }
        running = owned(words);
        (text, document) = (next, found);
    }
}

/// Words that are borrowed stay with the text.
fn owned(running: RunningText<'_>) -> (Option<String>, RunningText<'static>) {
    let RunningText { projection, passages } = running;
    let own = match projection.text {
        Cow::Owned(words) => Some(words),
        Cow::Borrowed(_) => None,
    };
    (own, RunningText { projection: Projection { text: Cow::Borrowed(""), map: projection.map }, passages })
}

fn lent<'t>((own, running): &(Option<String>, RunningText<'static>), text: &'t str) -> RunningText<'t> {
    let words = own.clone().map_or(Cow::Borrowed(text), Cow::Owned);
    RunningText { projection: Projection { text: words, map: running.projection.map.clone() }, passages: running.passages.clone() }
}

/// What the damage says stayed did stay.
fn sound(old: &Document, new: &Document, damage: &Damage) {
    let moves = splice::Moves { text: damage.edit, blocks: damage.blocks, reopened: Vec::new() };
    let kept = |renumbered: Renumbered, number: usize| renumbered.moved(Span::from(0..number).end).map(|n| n as usize);
    // A container that goes on behind the part has another number.
    let is_replaced = |block: u32| damage.blocks.before <= block && block < damage.blocks.before + damage.blocks.old;
    for (number, block) in old.blocks.iter().enumerate() {
        let mut block = block.clone();
        moves.block(&mut block);
        let Some(n) = kept(damage.blocks, number) else { continue };
        let mut now = new.blocks.get(n).cloned().unwrap_or_else(|| panic!("no {block:?}"));
        if n < damage.blocks.before as usize && now.span.end > damage.text.new.start {
            // What reaches into the part may end elsewhere.
            (now.span.end, now.content.end) = (block.span.end, block.content.end);
            if block.kind == BlockKind::Div {
                now.content = block.content;
            }
        }
        if block.parent.is_some_and(is_replaced) {
            now.parent = block.parent;
        }
        assert_eq!(now, block, "{damage:?}");
    }
    for (number, node) in old.nodes.iter().enumerate() {
        let mut node = node.clone();
        moves.node(&mut node);
        let Some(n) = kept(damage.nodes, number) else { continue };
        let mut now = new.nodes.get(n).cloned().unwrap_or_else(|| panic!("no {node:?}"));
        if is_replaced(node.block) {
            now.block = node.block;
        }
        assert_eq!(now, node, "{damage:?}");
    }
    assert_eq!(kept(damage.blocks, old.blocks.len()), Some(new.blocks.len()));
    assert_eq!(kept(damage.nodes, old.nodes.len()), Some(new.nodes.len()));
    assert!(new.blocks.is_sorted_by_key(|b| b.span.start), "{:?}", new.blocks);
}

/// Chains of edits tried by each test; `VIDIMUS_ROUNDS` asks for more.
fn cases() -> u32 {
    std::env::var("VIDIMUS_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(if cfg!(debug_assertions) { 100 } else { 3_000 })
}

/// Lines of which containers are made: what they begin with, and what they hold.
const LINES: &[(&[&str], &[&str])] = &[
    (
        &["", "", "- ", "- ", "* ", "+ ", "1. ", "2. ", "10) ", "  - ", "  - ", "    - ", "  ", "   ", "    ", "      ", " "],
        &[
            "One.",
            "Two [@a].",
            "three",
            "",
            "",
            "[ ] Do it.",
            "[x] Done.",
            "# Head",
            "```",
            "> said",
            "- inner",
            "***",
            "<!-- c -->",
            "[a]: b.md",
            "\tx",
        ],
    ),
    (
        &["> ", "> ", ">", "", "> > ", "> - ", ">   ", "> 1. ", "  > ", "- > ", "  > - "],
        &[
            "One.",
            "Two [@a].",
            "",
            "",
            "— [[lavrov|Lavrov]]",
            "-- he",
            ":::",
            "::: {.x}",
            "```",
            "# Head",
            "| a | b |",
            "lazy",
            "<!-- c -->",
        ],
    ),
    (
        &["", "", "", "- ", "  ", "> ", "    "],
        &[
            ":::",
            "::: {.x #y}",
            ":::: z",
            "One.",
            "Two.",
            "",
            "",
            "",
            "[^n]: Note.",
            "[^1]: One",
            "said[^n]",
            "- a",
            "[a]",
            "Table: a",
            "<div>",
            "1. b",
        ],
    ),
];

fn line_of_containers() -> impl Strategy<Value = String> {
    let line = |(begin, hold): &'static (&'static [&'static str], &'static [&'static str])| {
        (prop::sample::select(*begin), prop::sample::select(*hold)).prop_map(|(a, b)| format!("{a}{b}"))
    };
    let ends = prop::sample::select(&["\n", "\n", "\n", "\n", "\n", "\n\n", "\r\n"][..]);
    (prop_oneof![line(&LINES[0]), line(&LINES[1]), line(&LINES[2])], ends).prop_map(|(line, end)| line + end)
}

/// Texts of containers: mostly of one kind of line, so that some grow long.
fn containers() -> impl Strategy<Value = String> {
    let kind = |kind: usize| {
        let (begin, hold) = LINES[kind];
        let line = (prop::sample::select(begin), prop::sample::select(hold)).prop_map(|(a, b)| format!("{a}{b}\n"));
        prop::collection::vec(prop_oneof![4 => line, 1 => line_of_containers()], 3..24).prop_map(|lines| lines.concat())
    };
    (prop_oneof![kind(0), kind(1), kind(2)], any::<bool>())
        .prop_map(|(text, windows)| if windows { text.replace('\n', "\r\n") } else { text })
}

/// Edits of such texts: letters, signs and whole lines.
fn edits_of_containers() -> impl Strategy<Value = Vec<Edit>> {
    let signs = prop::sample::select(
        &["x", "x", " ", "  ", "-", "- ", ">", "> ", "\n", "\n\n", "\n- ", "\n> ", "1", ":", ":::", "`", "```", "#", "\t", "[", "<"][..],
    );
    let put = prop_oneof![3 => signs.prop_map(str::to_owned), 1 => line_of_containers(), 1 => Just(String::new())];
    let gone = prop_oneof![3 => Just(0_u8), 2 => 0..4_u8, 1 => 0..40_u8];
    prop::collection::vec((any::<u16>(), gone, put), 1..10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_text_is_read_as_if_it_were_new(text in texts(), edits in edits()) {
        follow(text, &edits, Format::Markdown);
    }

    #[test]
    fn an_edited_text_of_containers_is_read_as_if_it_were_new(text in containers(), edits in edits_of_containers()) {
        follow(text, &edits, Format::Markdown);
    }

    #[test]
    fn an_edited_plain_text_is_read_as_if_it_were_new(text in texts(), edits in edits()) {
        follow(text, &edits, Format::Plain);
    }
}

/// How many blocks a letter put behind `mark` made new, of how many.
fn read_anew(text: &str, mark: &str) -> (u32, usize) {
    let at = text.find(mark).expect("the mark") + mark.len();
    let next = format!("{}x{}", &text[..at], &text[at..]);
    let (document, damage) = reparse(text, parse(text, Format::Markdown), &next, Format::Markdown);
    assert_eq!(document, parse(&next, Format::Markdown));
    (damage.blocks.new, document.blocks.len())
}

#[test]
fn a_key_in_a_paragraph_reads_that_paragraph() {
    let text = "---\nid: a\n---\n\n# Title\n\nOne.\n\nTwo [@a].\n\n> Three.\n\nFour[^1].\n\n[^1]: Note.\n";
    assert_eq!(read_anew(text, "One"), (1, 8));
    assert_eq!(read_anew(text, "Two"), (1, 8));
    assert_eq!(read_anew(text, "Three"), (2, 8));
    assert_eq!(read_anew(text, "Four"), (1, 8));
    assert_eq!(read_anew(text, "Note"), (2, 8));
}

#[test]
fn definitions_elsewhere_are_known_to_the_part() {
    let text = "One [a] and [^1] and [b][a].\n\nTwo.\n\n[a]: notes/minsk.md\n\n[^1]: Note.\n";
    assert_eq!(read_anew(text, "One").0, 1);
    assert_eq!(read_anew(text, "Two").0, 1);
}

#[test]
fn a_fence_that_swallows_the_rest_reads_the_rest() {
    let text = "One.\n\nTwo.\n\nThree.\n";
    let next = "One.\n\n```Two.\n\nThree.\n";
    let (document, damage) = reparse(text, parse(text, Format::Markdown), next, Format::Markdown);
    assert_eq!(document, parse(next, Format::Markdown));
    assert_eq!(damage.text.old.end as usize, text.len());
}

#[test]
fn an_item_joins_the_list_before_it() {
    let text = "- One.\n\nTwo.\n";
    let next = "- One.\n\n- Two.\n";
    let (document, _) = reparse(text, parse(text, Format::Markdown), next, Format::Markdown);
    assert_eq!(document, parse(next, Format::Markdown));
}

#[test]
fn a_caption_finds_its_table_over_a_definition() {
    let text = "Table: One.\n\n[a]: b.md\n| a |\n|---|\n| b |\n";
    let next = text.replacen("One", "Two", 1);
    let (document, _) = reparse(text, parse(text, Format::Markdown), &next, Format::Markdown);
    assert_eq!(document, parse(&next, Format::Markdown));
}
