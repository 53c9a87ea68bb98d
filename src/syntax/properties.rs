//! What must hold of any text.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::pieces::MARKUP;
use super::*;
use crate::text::Span;

fn markup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(MARKUP), 0..40).prop_map(|p| p.concat())
}

fn whole(text: &str, span: Span) -> bool {
    text.get(span.range()).is_some()
}

/// All spans of a node.
fn spans(node: &Node) -> Vec<Span> {
    let attributes = |a: &Attributes| {
        let pairs = a.pairs.iter().flat_map(|p| [p.name, p.value]);
        a.id.iter().copied().chain(a.classes.iter().copied()).chain(pairs).collect::<Vec<_>>()
    };
    match &node.kind {
        NodeKind::Mention(m) => {
            // The target of a reference stands at its definition.
            let elsewhere = m.spelling == Spelling::Link && !node.span.covers(m.target);
            let target = [m.target].into_iter().chain(m.pin).filter(|_| !elsewhere);
            target.chain([m.surface]).collect()
        }
        NodeKind::Citation(g) => g
            .items
            .iter()
            .flat_map(|i| [i.key, i.prefix, i.suffix].into_iter().chain(i.locator.iter().flat_map(|l| [l.span, l.value])))
            .collect(),
        NodeKind::BracketedSpan { text, attributes: a } => attributes(a).into_iter().chain([*text, a.span]).collect(),
        NodeKind::Directive(d) => d.rules.iter().copied().chain(d.reason).chain(d.until).collect(),
        NodeKind::Comment => Vec::new(),
        NodeKind::FootnoteReference { label } => vec![*label],
        NodeKind::InlineNote { text } => vec![*text],
        // A reference's address stands at its definition.
        NodeKind::Link { text, .. } | NodeKind::Image { text, .. } => vec![*text],
        NodeKind::Anchor { id } => vec![*id],
    }
}

fn sound(text: &str, format: Format) {
    let document = parse(text, format);
    for block in &document.blocks {
        assert!(whole(text, block.span) && whole(text, block.content), "{block:?}");
        if let Some(parent) = block.parent {
            assert!(
                document.blocks[parent as usize].span.covers(block.span),
                "{block:?} lies not in {:?}",
                document.blocks[parent as usize]
            );
        }
    }
    for node in &document.nodes {
        assert!(whole(text, node.span), "{node:?}");
        assert!((node.block as usize) < document.blocks.len(), "{node:?}");
        for span in spans(node) {
            assert!(whole(text, span) && node.span.covers(span), "{node:?}: {span:?}");
        }
    }
    for list in [&document.signs, &document.opaque] {
        assert!(list.iter().all(|s| whole(text, *s)), "{list:?}");
        assert!(list.windows(2).all(|w| w[0].end <= w[1].start), "{list:?}");
    }
    nest(&document.nodes);
    for fault in &document.faults {
        assert!(whole(text, fault.span) && fault.fix.as_ref().is_none_or(|f| whole(text, f.0)), "{fault:?}");
    }
    if let Some(front) = document.front_matter {
        assert!(whole(text, front.span) && front.span.covers(front.yaml));
        let _ = text_head(text, front.yaml);
    }
    projections(text, &document);
}

/// In order, and each inside or behind the one before.
fn nest(nodes: &[Node]) {
    let mut open: Vec<Span> = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        if i > 0 {
            assert!(nodes[i - 1].span.start <= node.span.start, "{:?} before {node:?}", nodes[i - 1]);
        }
        while open.last().is_some_and(|o| o.end <= node.span.start) {
            open.pop();
        }
        assert!(open.last().is_none_or(|o| o.covers(node.span)), "{node:?} crosses {:?}", open.last());
        open.push(node.span);
    }
}

fn projections(text: &str, document: &Document) {
    let running = running_text(text, document);
    let read = reading(text, document);
    for projection in [&running.projection, &read] {
        for (at, c) in projection.text.char_indices() {
            let at = Span::from(0..at).end;
            let source = projection.map.start_to_source(at);
            assert!(text[source as usize..].starts_with(c), "{at} of {:?} leads to {source}", projection.text);
            assert_eq!(projection.map.from_source(source), at);
        }
    }
    let words: &str = &running.projection.text;
    let mut end = 0;
    for passage in &running.passages {
        assert!(whole(words, passage.span) && passage.span.start >= end, "{passage:?}");
        assert!(!passage.span.slice(words).trim().is_empty());
        end = passage.span.end;
    }
}

/// Puts a backslash before what could be read as a mark.
fn escape(word: &str, format: Format, out: &mut String) {
    for c in word.chars() {
        let special = match format {
            Format::Markdown => "\\`[]{}@^<>*_|~$&!:#".contains(c),
            Format::Plain => "\\[]{}@^<".contains(c),
        };
        if special {
            out.push('\\');
        }
        out.push(c);
    }
}

/// A text with marks put to some of its words, by the numbers given.
fn annotate(text: &str, format: Format, marks: &[u8]) -> String {
    let mut out = String::new();
    if format == Format::Markdown && marks.first().is_some_and(|m| m % 2 == 0) {
        out.push_str("---\nid: a-text\n---\n\n");
    }
    let mut mark = marks.iter().cycle();
    let mut blank = true;
    for line in text.split_inclusive('\n') {
        if blank && !line.trim().is_empty() && mark.next().is_some_and(|m| m % 5 == 0) {
            out.push_str("<!-- vidimus-allow unsourced-figure: a figure of speech -->\n");
        }
        blank = line.trim().is_empty();
        for word in line.split_inclusive(' ') {
            let letters = word.trim_end_matches([' ', '\n', '\r']);
            let tail = &word[letters.len()..];
            let plain =
                !letters.is_empty() && letters.chars().all(char::is_alphanumeric) && !letters.starts_with(|c: char| c.is_ascii_digit());
            match mark.next().unwrap_or(&0) % 12 {
                0 if plain => _ = write!(out, "[[an-id#op-1|{letters}]]{tail}"),
                1 if plain => _ = write!(out, "[{letters}]{{.claim #c-1 conf=low by=\"an-id\"}}{tail}"),
                2 if plain => _ = write!(out, "{letters} [see @a-key, p. 3; -@other]{tail}"),
                3 if plain => _ = write!(out, "{letters}[^note]{tail}"),
                4 if plain => _ = write!(out, "{letters} <!-- a remark -->{tail}"),
                5 if plain && format == Format::Markdown => _ = write!(out, "[{letters}](notes/an-id.md#op-1){tail}"),
                6 if plain => _ = write!(out, "[[[an-id|{letters}]]]{{.quote}} [@a-key]{tail}"),
                _ => {
                    escape(letters, format, &mut out);
                    out.push_str(tail);
                }
            }
        }
    }
    out
}

fn sentence_like() -> impl Strategy<Value = String> {
    let word = prop::sample::select(
        &[
            "The",
            "mission",
            "said",
            "90,000",
            "people",
            "\"left\"",
            "Лавров",
            "заявил",
            "[sic]",
            "@home",
            "a*b*",
            "C:\\x",
            "<b>",
            "{x}",
            "x^2",
            "5$",
            "`c`",
            "[[old]]",
            "\\[",
            "1.",
            "#2",
            "(see",
            "below)",
            "—",
            "end.",
            "https://a.org/b",
            "𝕏",
            "R&D",
            "a_b_c",
            "~ten~",
            "!",
            "::",
            "|",
        ][..],
    );
    let gap = prop::sample::select(&[" ", " ", " ", " ", "\n", "\n\n", "\r\n", "\r\n\r\n"][..]);
    prop::collection::vec((word, gap), 0..30).prop_map(|w| w.into_iter().flat_map(|(w, g)| [w, g]).collect())
}

/// Texts tried by each test.
const CASES: u32 = if cfg!(debug_assertions) { 200 } else { 30_000 };

proptest! {
    #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_markup_gives_a_sound_document(text in markup()) {
        sound(&text, Format::Markdown);
        sound(&text, Format::Plain);
    }

    #[test]
    fn any_characters_give_a_sound_document(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        sound(&text, Format::Markdown);
        sound(&text, Format::Plain);
    }

    #[test]
    fn any_front_matter_gives_a_head(yaml in "[a-z:\\[\\]{}'\"#&*!|>% \n-]{0,60}") {
        let text = format!("---\nid: a\n{yaml}\n---\nWords\n");
        sound(&text, Format::Markdown);
    }

    #[test]
    fn the_reading_text_of_an_annotated_text_is_the_text(text in sentence_like(), marks in prop::collection::vec(any::<u8>(), 1..40)) {
        for format in [Format::Markdown, Format::Plain] {
            let annotated = annotate(&text, format, &marks);
            let document = parse(&annotated, format);
            let read = reading(&annotated, &document);
            prop_assert_eq!(read.text.as_ref(), text.as_str(), "{:?}: {}", format, annotated);
        }
    }
}

#[test]
fn hostile_texts_take_time_in_proportion_to_their_length() {
    let size = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    let pieces = [
        "[",
        "]",
        "[[",
        "[[a",
        "[[a|",
        "[[a|b]]{",
        "[@",
        "[@a",
        "[@a;",
        "[@a; b]",
        "@a [",
        "@a [p. 3",
        "@{",
        "@{a",
        "{",
        "]{",
        "[a]{",
        "[a]{.x ",
        "[a]{k=\"",
        "[a]{k='",
        ">",
        "> ",
        "- ",
        "* ",
        "$",
        "$a",
        "$$ a ",
        "\\",
        "^[",
        "[^",
        "[^a",
        "http://",
        "http://a)",
        "<!--",
        "<a id=",
        "<",
        "`",
        "``` ",
        "*",
        "_",
        "**a ",
        "(",
        "![",
        "](",
        "[a](",
        "[a](b.md",
        "|",
        "| [[a ",
        "| a |\n|---|\n",
        ":::",
        "::: {.a}\n",
        ":::\n",
        "::: a\n\n",
        "[a]: b\n",
        "[^a]: b\n",
        "# ",
        "-",
        "1. ",
        ": a\n\n",
        "\n",
        "\r",
        "\t",
        "é",
        "<!-- vidimus-allow a -->",
        "a\n<!-- b -->\n",
        "@a.",
        "@a:",
        "p. 1, ",
        "[@a, p. 1",
        "[[[",
        "a^b",
        "{#a} ",
        "---\n",
        "a: b\n",
        "- a: [\n",
    ];
    for piece in pieces {
        for text in [
            piece.repeat(size / piece.len()),
            format!("---\n{}", piece.repeat(size / piece.len())),
            format!("| a |\n|---|\n| {}", piece.repeat(size / piece.len())),
        ] {
            for format in [Format::Markdown, Format::Plain] {
                let begun = Instant::now();
                let document = parse(&text, format);
                let _ = (running_text(&text, &document), reading(&text, &document));
                let took = begun.elapsed();
                assert!(took < Duration::from_secs(4), "{piece:?} as {format:?} took {took:?}");
            }
        }
    }
}
