//! What is read from small texts.

use super::*;

/// The nodes of a text, each as its kind's name and its words.
fn nodes(text: &str) -> Vec<String> {
    parse(text, Format::Markdown).nodes.iter().map(|n| show(text, n)).collect()
}

fn show(text: &str, node: &Node) -> String {
    let s = |span: crate::text::Span| span.slice(text);
    match &node.kind {
        NodeKind::Mention(m) => format!("mention {} #{} |{}", s(m.target), m.pin.map_or("", s), s(m.surface)),
        NodeKind::Citation(g) => {
            let items: Vec<String> = g
                .items
                .iter()
                .map(|i| {
                    let minus = if i.suppressed { "-" } else { "" };
                    let locator = i.locator.map_or(String::new(), |l| format!(" {}={}", l.label, s(l.value)));
                    format!("{}<{minus}{}{locator}>{}", s(i.prefix), s(i.key), s(i.suffix))
                })
                .collect();
            format!("{} {}", if g.narrative { "narrative" } else { "cite" }, items.join("; "))
        }
        NodeKind::BracketedSpan { text, attributes } => format!("span {} {}", s(*text), show_attributes(s, attributes)),
        NodeKind::Directive(d) => {
            let rules: Vec<_> = d.rules.iter().map(|r| s(*r)).collect();
            format!("{:?} {} : {} until {} {:?}", d.verb, rules.join("+"), d.reason.map_or("-", s), d.until.map_or("-", s), d.placement)
        }
        NodeKind::Comment => "comment".into(),
        NodeKind::FootnoteReference { label } => format!("footnote {}", s(*label)),
        NodeKind::InlineNote { text } => format!("note {}", s(*text)),
        NodeKind::Link { text, destination } => format!("link {} -> {}", s(*text), s(*destination)),
        NodeKind::Image { text, destination } => format!("image {} -> {}", s(*text), s(*destination)),
        NodeKind::Anchor { id } => format!("anchor {}", s(*id)),
    }
}

fn show_attributes<'t>(s: impl Fn(crate::text::Span) -> &'t str, a: &Attributes) -> String {
    let mut out = Vec::new();
    out.extend(a.id.map(|i| format!("#{}", s(i))));
    out.extend(a.classes.iter().map(|c| format!(".{}", s(*c))));
    out.extend(a.pairs.iter().map(|p| format!("{}={}", s(p.name), s(p.value))));
    out.join(" ")
}

/// The passages of a text: kind, number, words.
fn passages(text: &str, format: Format) -> Vec<String> {
    let document = parse(text, format);
    let running = running_text(text, &document);
    running.passages.iter().map(|p| format!("{:?} {} {}", p.kind, p.paragraph, p.span.slice(&running.projection.text))).collect()
}

fn faults(text: &str) -> Vec<String> {
    parse(text, Format::Markdown).faults.iter().map(|f| format!("{} {}", f.rule, f.span.slice(text))).collect()
}

#[test]
fn the_text_of_the_handbook_reads_as_written() {
    let text = "---\nid: note\n---\n[[unsc-2202|Resolution 2202 (2015)]] endorsed the [[minsk-package|Package]] ([[unsc-2202#op-1|para. 1]]).\n\
        He said \"there is no alternative\" [@tass-2017, para. 3].\n\n\
        [About 90,000 people]{.claim #c-idp conf=moderate} [@tass-2017, para. 5] had left.\n\
        [None remained]{.claim status=contested} [@mid-2017; but see @osce-2017, p. 2].\n\n\
        > \"We expect the mission to go on.\"\n>\n> — [[lavrov|Sergey Lavrov]], 16 March 2017 [@tass-2017, para. 7]\n\n\
        <!-- vidimus-allow unsourced-figure: rhetorical, not a statistic -->\nThere are a hundred reasons.\n";
    assert_eq!(
        nodes(text),
        [
            "mention unsc-2202 # |Resolution 2202 (2015)",
            "mention minsk-package # |Package",
            "mention unsc-2202 #op-1 |para. 1",
            "cite <tass-2017 paragraph=3>",
            "span About 90,000 people #c-idp .claim conf=moderate",
            "cite <tass-2017 paragraph=5>",
            "span None remained .claim status=contested",
            "cite <mid-2017>; but see<osce-2017 page=2>",
            "mention lavrov # |Sergey Lavrov",
            "cite <tass-2017 paragraph=7>",
            "Allow unsourced-figure : rhetorical, not a statistic until - Alone",
        ]
    );
    assert!(faults(text).is_empty(), "{:?}", faults(text));
    assert_eq!(
        passages(text, Format::Markdown),
        [
            "Paragraph 1 Resolution 2202 (2015) endorsed the Package (para. 1).\nHe said \"there is no alternative\".",
            "Paragraph 2 About 90,000 people had left.\nNone remained.",
            "Quotation 3 \"We expect the mission to go on.\"",
            "Attribution 0 — Sergey Lavrov, 16 March 2017",
            "Paragraph 4 There are a hundred reasons.",
        ]
    );
}

#[test]
fn signs_of_markdown_are_no_words() {
    let text = "# A *bold* head {#top}\n\n- one **two**\n  three \\* four\n- [x](y.md) and [z](https://a.org/b)\n\n| a | b |\n|---|---|\n| `c` d | e\\|f |\n\nEnd[^1] `code`.\n\n[^1]: A note.\n";
    assert_eq!(
        passages(text, Format::Markdown),
        [
            "Heading 0 A bold head",
            "Paragraph 1 one two\nthree * four",
            "Paragraph 2 x and z",
            "Cell 0 a",
            "Cell 0 b",
            "Cell 0 d",
            "Cell 0 e|f",
            "Paragraph 3 End .",
            "Footnote 0 A note.",
        ]
    );
}

#[test]
fn plain_text_without_marks_is_borrowed() {
    let text = "\u{feff}Headline without a stop\r\n\r\nMOSCOW, 3 May. The first paragraph\r\nis wrapped.\r\n\r\nThe second.\r\n";
    let document = parse(text, Format::Plain);
    let running = running_text(text, &document);
    assert!(matches!(running.projection.text, std::borrow::Cow::Borrowed(_)));
    assert!(matches!(reading(text, &document).text, std::borrow::Cow::Borrowed(_)));
    assert_eq!(
        passages(text, Format::Plain),
        ["Paragraph 0 Headline without a stop", "Paragraph 1 MOSCOW, 3 May. The first paragraph\r\nis wrapped.", "Paragraph 2 The second."]
    );
}

#[test]
fn a_line_of_plain_text_is_a_paragraph_when_lines_are_not_wrapped() {
    let long = "The Council recalls what it said before about the ceasefire and the withdrawal of heavy weapons, and says it once more, at length, for the avoidance of doubt";
    let text = format!("Title\n{long},\nNoting \nwith concern the reports,\n{long}.\n");
    let found = passages(&text, Format::Plain);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[2].ends_with("Noting \nwith concern the reports,"), "{found:?}");
    assert_eq!(passages("It was cold \nin the city.\nIt snowed.", Format::Plain).len(), 1);
}

#[test]
fn front_matter_is_read_with_the_place_of_each_value() {
    let text = "---\nid: note-1\nkind: analysis   # of a kind\ntitle: \"A: b\"\ndate: 2017-03-16\ntags: [a, b]\nbibliography: [one.bib, 'two.bib']\n---\nText\n";
    let front = parse(text, Format::Markdown).front_matter.expect("front matter");
    let (head, faults) = text_head(text, front.yaml);
    assert!(faults.is_empty(), "{faults:?}");
    let shown = |v: &Option<(smol_str::SmolStr, crate::text::Span)>| v.as_ref().map(|(v, s)| format!("{v}={}", s.slice(text)));
    assert_eq!(shown(&head.id).as_deref(), Some("note-1=note-1"));
    assert_eq!(shown(&head.kind).as_deref(), Some("analysis=analysis"));
    assert_eq!(shown(&head.date).as_deref(), Some("2017-03-16=2017-03-16"));
    assert_eq!(head.title.as_ref().map(|(t, s)| (t.as_str(), s.slice(text))), Some(("A: b", "A: b")));
    let paths: Vec<_> = head.bibliography.iter().map(|(p, s)| (p.as_str(), s.slice(text))).collect();
    assert_eq!(paths, [("one.bib", "one.bib"), ("two.bib", "two.bib")]);
}

#[test]
fn faulty_front_matter_gives_a_fault_and_what_could_be_read() {
    let text = "---\nid: note-1\ntags: [a, b\ndate: 2017\n---\nText\n";
    let front = parse(text, Format::Markdown).front_matter.expect("front matter");
    let (head, faults) = text_head(text, front.yaml);
    assert_eq!(faults.len(), 1);
    assert_eq!(head.id.map(|v| v.0.to_string()).as_deref(), Some("note-1"));
    assert!(parse("---\nid: a\n", Format::Markdown).faults.iter().any(|f| f.rule == "invalid-front-matter"));
    assert!(parse("---\n\nText\n\n---\n", Format::Markdown).front_matter.is_none());
    assert!(parse("a\n\n---\nb\n---\n", Format::Markdown).front_matter.is_none());
}

#[test]
fn a_citation_that_begins_a_line_takes_the_line_end_with_it() {
    let read = |text: &str| {
        let document = parse(text, Format::Markdown);
        reading(text, &document).text.into_owned()
    };
    assert_eq!(read("along the line\n[@tass-2017, para. 4]. Kiev"), "along the line. Kiev");
    assert_eq!(read("along the line.\r\n[@tass-2017]\r\nKiev"), "along the line.\r\nKiev");
    assert_eq!(read("along the line.\n\n[@tass-2017]. Kiev"), "along the line.\n\n. Kiev");
    assert_eq!(read("along the line\n[@tass-2017] and beyond"), "along the line\n and beyond");
}

#[test]
fn both_spellings_of_a_mention_are_one_node() {
    assert_eq!(
        nodes("[[minsk-package#point-4]] and [the package](../notes/minsk-package.md#point-4), [a page](https://a.org/x.md)."),
        [
            "mention minsk-package #point-4 |minsk-package",
            "mention ../notes/minsk-package.md #point-4 |the package",
            "link a page -> https://a.org/x.md",
        ]
    );
    assert_eq!(nodes("[[sic]] [[…]] [[Sic]] [[two words]] [[]] [[[minsk-package|it]]]{.quote}").len(), 3);
    assert_eq!(nodes("| a |\n|---|\n| [[x\\|y]] |\n"), ["mention x # |y"]);
}

#[test]
fn a_pipe_that_cuts_a_cell_is_a_fault_with_the_link_as_its_cure() {
    let text = "| a | b |\n|---|---|\n| [[unsc-2202#op-1|para. 1]] | w |\n";
    let document = parse(text, Format::Markdown);
    let fault = document.faults.first().expect("a fault");
    assert_eq!((fault.rule, fault.span.slice(text)), ("broken-markup", "[[unsc-2202#op-1|para. 1]]"));
    assert_eq!(fault.fix.as_ref().map(|f| f.1.as_str()), Some("[para. 1](unsc-2202.md#op-1)"));
}

#[test]
fn attributes_on_a_wikilink_are_a_fault_and_what_pandoc_keeps_is_its_cure() {
    let text = "So [[minsk-package|it]]{.claim} is.";
    let document = parse(text, Format::Markdown);
    assert_eq!(faults(text), ["wikilink-attributes [[minsk-package|it]]{.claim}"]);
    assert_eq!(document.faults[0].fix.as_ref().map(|f| f.1.as_str()), Some("[[[minsk-package|it]]]{.claim}"));
    let read = reading(text, &document);
    assert_eq!(read.text, "So it is.");
}

#[test]
fn marks_that_are_not_closed_are_faults() {
    assert_eq!(faults("The [[minsk-package|package of the."), ["broken-markup [[minsk-package|package of the."]);
    assert_eq!(faults("The [[minsk-package|package] of."), ["broken-markup [[minsk-package|package"]);
    assert_eq!(faults("[Words]{.claim and"), ["broken-markup ]{"]);
    assert_eq!(faults("[Words]{.claim conf=high [@x]."), ["broken-markup ]{"]);
    assert_eq!(faults("[[he] said] and [x]{y} and a[1]{2}"), [""; 0]);
    assert_eq!(faults("::: {.note}\nwords\n"), ["broken-markup ::: {.note}\n"]);
}

#[test]
fn a_citation_within_a_span_is_moved_behind_it() {
    let text = "[None left [@mid-2017, p. 2]]{.claim} then.";
    let document = parse(text, Format::Markdown);
    let fault = &document.faults[0];
    assert_eq!((fault.rule, fault.span.slice(text)), ("nested-citation", "[@mid-2017, p. 2]"));
    assert_eq!(fault.fix.as_ref().map(|f| f.1.as_str()), Some("[None left]{.claim} [@mid-2017, p. 2]"));
}

#[test]
fn directives_say_what_where_and_until_when() {
    assert_eq!(
        nodes("Words. <!-- vidimus-allow a-rule, b-rule: they are right until=2027-01-01 -->\n\n<!-- vidimus-disable c -->\n\nMore.\n"),
        ["Allow a-rule+b-rule : they are right until 2027-01-01 EndOfLine", "Disable c : - until - Alone"]
    );
    assert_eq!(faults("<!-- vidimus-disable c -->\n"), ["suppression-without-reason <!-- vidimus-disable c -->"]);
    let text = "<!-- vidimus-allow c -- because -->\n";
    let fix = parse(text, Format::Markdown).faults[0].fix.clone().expect("a cure");
    assert_eq!(crate::text::Edits::replace(fix.0, fix.1).apply(text), "<!-- vidimus-allow c: because -->\n");
    assert_eq!(faults("<!-- vidimus-alow c: d -->\n"), ["broken-markup <!-- vidimus-alow c: d -->"]);
}

#[test]
fn a_comment_between_two_lines_splits_the_paragraph_and_is_a_fault() {
    let text = "One line\n<!-- vidimus-allow c: d -->\nand the next.\n";
    assert_eq!(faults(text), ["comment-splits-paragraph <!-- vidimus-allow c: d -->"]);
    assert_eq!(nodes(text), ["Allow c : d until - SplitsParagraph"]);
    assert!(faults("One.\n\n<!-- vidimus-allow c: d -->\nThe next.\n").is_empty());
}

#[test]
fn anchors_stand_on_headings_at_the_end_of_paragraphs_and_in_html() {
    assert_eq!(
        nodes("# Part {#annex-i .x}\n\nWords. ^op-1\n\nMore. {#op-2}\n\n<a id=\"op-3\"></a>Three.\n"),
        ["anchor annex-i", "anchor op-1", "anchor op-2", "anchor op-3"]
    );
    let text = "Words. ^op-1\n\n## Part {#x}\n\nMore. {#op-2}\n";
    assert_eq!(reading(text, &parse(text, Format::Markdown)).text, "Words.\n\n## Part\n\nMore.\n");
}

#[test]
fn notes_links_addresses_and_formulas_are_told_apart() {
    assert_eq!(
        nodes("A^[See @a, and *b*.] b[^1] c <https://a.org> d (https://b.org/x_(y)). $a_[[b]]$ US$5 and $6 `[[c]]` ![pic](d.png)\n"),
        [
            "note See @a, and *b*.",
            "narrative <a>",
            "footnote 1",
            "link https://a.org -> https://a.org",
            "link https://b.org/x_(y) -> https://b.org/x_(y)",
            "image pic -> d.png",
        ]
    );
}

#[test]
fn mail_and_cross_references_are_no_citations() {
    assert_eq!(nodes("[@fig-one; @a]").len(), 1);
    assert_eq!(nodes("a@b.org, @fig-one, [@sec-two], @tbl-3, @eq-4 and \\@home"), [""; 0]);
    assert_eq!(nodes("[see @{https://a.org/b}, p. 3]"), ["cite see<https://a.org/b page=3>"]);
}

#[test]
fn locators_have_csl_labels_in_english_and_russian() {
    let locator = |after: &str| nodes(&format!("[@k{after}]")).remove(0);
    for (after, expected) in [
        (", p. 3", "cite <k page=3>"),
        (", pp. 33-35, 38 and passim", "cite <k page=33-35, 38>and passim"),
        (" 12", "cite <k page=12>"),
        (", § 4.2", "cite <k section=4.2>"),
        (", art. 34(1)(a)", "cite <k article-locator=34(1)(a)>"),
        (", ch. iv, see there", "cite <k chapter=iv>, see there"),
        (", {para. x to y} words", "cite <k paragraph=x to y>words"),
        (", с. 12", "cite <k page=12>"),
        (", п. 3", "cite <k paragraph=3>"),
        (", гл. II", "cite <k chapter=II>"),
        (", ст. 5", "cite <k article-locator=5>"),
        (", passim", "cite <k>passim"),
        (", p. is missing", "cite <k>p. is missing"),
    ] {
        assert_eq!(locator(after), expected, "{after}");
    }
}

#[test]
fn divs_hold_blocks_with_and_without_blank_lines() {
    let text = "::: {.quote by=lavrov}\nWords [@k].\n:::\n\nAfter.\n\n::: note\n\n- a\n- b\n\n:::\n";
    let document = parse(text, Format::Markdown);
    let divs: Vec<_> = document.blocks.iter().filter(|b| b.kind == BlockKind::Div).map(|b| b.content.slice(text)).collect();
    assert_eq!(divs, ["Words [@k].", "- a\n- b"]);
    assert_eq!(passages(text, Format::Markdown), ["Paragraph 1 Words.", "Paragraph 2 After.", "Paragraph 3 a", "Paragraph 4 b"]);
    assert_eq!(reading(text, &document).text, "Words.\n\nAfter.\n\n\n- a\n- b\n\n");
}

#[test]
fn a_table_has_cells_and_a_caption() {
    let text = "| a | b |\n|---|---|\n| 1 | 2 [@k] |\n\n: What it shows [@m].\n\nAfter.\n";
    assert_eq!(
        passages(text, Format::Markdown),
        ["Cell 0 a", "Cell 0 b", "Cell 0 1", "Cell 0 2", "Caption 0 What it shows.", "Paragraph 1 After."]
    );
}

#[test]
fn escapes_are_undone_and_front_matter_is_not_read() {
    let text = "\u{feff}---\nid: a\n---\n\n\\[[not-a-mention]\\] \\@home *so* [@k]\r\n";
    let document = parse(text, Format::Markdown);
    assert_eq!(reading(text, &document).text, "\u{feff}[[not-a-mention]] @home *so*\r\n");
    assert_eq!(running_text(text, &document).projection.text.trim_start_matches('\u{feff}').trim(), "[[not-a-mention]] @home so");
}

#[test]
fn raw_tex_is_opaque_and_a_lone_command_is_words() {
    let text = "Before \\vspace{4mm} and \\index[b]{a {b} c} after \\today, C:\\temp.";
    let document = parse(text, Format::Markdown);
    let opaque: Vec<_> = document.opaque.iter().map(|s| s.slice(text)).collect();
    assert_eq!(opaque, ["\\vspace{4mm}", "\\index[b]{a {b} c}"]);
}
