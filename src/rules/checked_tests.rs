//! Checked again after any edits, a text has the findings of a check from scratch.

use std::sync::Arc;

use proptest::prelude::*;
use smol_str::SmolStr;

use super::examples::asked_for;
use super::{Checked, RULES, check};
use crate::corpus::{Change, Corpus, FileInput, FileKind, Occasion, RegistryFormat};
use crate::fixture::Fixture;
use crate::syntax::Format;

const REGISTRY: &str = "\
- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, the minister], formerly: [lavrow-s]}
- {id: kerry, type: person, name: John Kerry, aliases: [Kerry, the minister]}
- {id: unsc-2202, type: resolution, name: Resolution 2202, symbol: S/RES/2202 (2015), parts: [op-1..op-4]}
- {id: minsk, type: place, name: Minsk}
";

const OTHER: &str = "# Ends {#ends}\n\n[Many left]{.claim #c-many}.\n";

/// Blocks that every rule finds something in, and some that allow it.
const BLOCKS: &[&str] = &[
    "---\nkind: analysis\ndate: 2017-03-16\n---\n\n",
    "# Talks in Minsk\n\n",
    "The minister said “we see no other way here”. About 90,000 people had left.\n\n",
    "[[lavrow-s|He]] met [[nobody]] and [[unsc-2202#op-9]], says [@tass-2017].\n\n",
    "See [the end](other.md#end) and [[text#c-own]]. [Half of them left]{.claim #c-own conf=hihg}.\n\n",
    "It is widely believed that officials who asked not to be named agreed. In May 2014 they met.\n\n",
    "Resolution 2202 (2014) was the first ever of its kind; S/RES/2015/2202 and S/RES/9999 (2030) too.\n\n",
    "> “We expect it to go on as it was before.”\n>\n> — [[lavrov]], 2017\n\n",
    "- About 12 people\n- [[kerry#art-1]] by half\n\n  and 14 tonnes\n\n",
    "1. Some 12 people left\n   - “We see no other way”, said [[nobody]]\n   - [[lavrow-s]] [@tass-2017] fell by half\n2. The minister came\n3. It was the first ever\n\n",
    "::: {.x}\n\nAbout 90 people left.\n\nThe minister said “we stay as we are”.\n\n:::\n\n",
    "> About 12 people left.\n>\n> - [[nobody]] saw 14 tonnes\n> - and [[lavrov]] [@mid]\n>\n> — [[kerry]], 2016\n\n",
    "<!-- vidimus-allow unsourced-figure: an example -->\nSome 40 houses burnt.\n\n",
    "<!-- vidimus-disable unsourced-quote: theirs -->\n\n",
    "<!-- vidimus-enable unsourced-quote -->\n\n",
    "<!-- vidimus-allow unknown-entity -->\n\n",
    "<!-- vidimus-allow-file unknown-entity, unsourced-quote, loaded-verbs: theirs until=2199 -->\n\n",
    "We saw 40 of them. <!-- vidimus-allow unsourced-figure, renamed-id: for now until=2017-06 -->\n\n",
    "| place | dead |\n|---|---|\n| [[minsk]] | 1,200 |\n\n",
    "[A span]{.quote by=minsk} and [[open and ::: \n\n",
    "It cost $4 million.[^1] So they said.\n\n[^1]: See [@mid].\n\n",
    "```\n[[code]]\n```\n\n",
    "Погибли 12 человек, сообщил источник. «Иного пути для нас нет», — сказал министр.\r\n\r\n",
    "Lavrov was there [@tass-2017]. Lavrov said 30 people had gone.\n",
    "Decides to keep the following:\n\n- about 30 tonnes;\n- and, as experts say, some 40 people\n\n",
    "As they put it [@tass-2017]:\n\n- about 30 people left\n- “We see no other way here”\n\n",
    "As it says.[^1]\n\nThey said.[^1]:\n\n> “We see no other way here”, and about 30 people\n>\n> and 40 tonnes more\n\n",
    "Let $x^2$ be small.\n\nand about 50 people stay\n\n",
    "Wang et al. [@tass-2017] counted. They found about 30 people. They saw 40 tonnes.\n\n",
    "    code\n\n",
    "Shall be:\n\n",
    "plain words",
    " ",
    "\n",
];

fn corpus() -> (Corpus, SmolStr) {
    let mut corpus = Corpus::new(Arc::new(()));
    corpus.set_occasion(Occasion { editor: true, ..asked_for(RULES) });
    let fixture = Fixture::parse(&format!("-- registry.yaml\n{REGISTRY}-- other.md\n{OTHER}"));
    let mut change = Change::default();
    for (path, text) in fixture.files {
        let list = FileKind::Registry(RegistryFormat::Yaml);
        let kind = if path.ends_with(".yaml") { list } else { FileKind::Text(Format::Markdown) };
        change.files.push((path.clone(), Some(FileInput::open(&path, kind, text.into()))));
    }
    corpus.apply(change);
    (corpus, "text.md".into())
}

fn put(corpus: &mut Corpus, path: &SmolStr, text: &str) {
    let kind = FileKind::Text(Format::Markdown);
    corpus.apply(Change { config: None, files: vec![(path.clone(), Some(FileInput::open(path, kind, text.into())))] });
}

/// One edit: where, how many bytes go, and what comes.
fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    let piece = prop_oneof![proptest::sample::select(BLOCKS).prop_map(str::to_owned), "[a-z0-9 .\\[\\]{}\"@#>\n-]{0,4}"];
    let gone = prop_oneof![Just(0), 0..4_usize, 0..90_usize];
    proptest::collection::vec((0..4000_usize, gone, piece), 1..14)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn after_any_edits_the_findings_are_those_of_a_check_from_scratch(
        blocks in proptest::collection::vec(proptest::sample::select(BLOCKS), 4..16), edits in edits(), other in any::<bool>()
    ) {
        let (mut corpus, path) = corpus();
        let mut text = blocks.concat();
        let mut checked: Checked<u8> = Checked::default();
        put(&mut corpus, &path, &text);
        let id = corpus.snapshot().file_at(&path).expect("the text");
        for (number, (at, gone, piece)) in edits.into_iter().enumerate() {
            checked.bring_up(&corpus.snapshot(), id);
            let start = floor(&text, at % (text.len() + 1));
            let end = floor(&text, start + gone);
            text.replace_range(start..end.max(start), &piece);
            if other && number == 3 {
                put(&mut corpus, &"other.md".into(), "Nothing ends here.\n");
            }
            put(&mut corpus, &path, &text);
            let snapshot = corpus.snapshot();
            checked.bring_up(&snapshot, id);
            let scratch = {
                let (mut other_corpus, _) = self::corpus();
                if other && number >= 3 {
                    put(&mut other_corpus, &"other.md".into(), "Nothing ends here.\n");
                }
                put(&mut other_corpus, &path, &text);
                let snapshot = other_corpus.snapshot();
                check(&snapshot, id, snapshot.annotations(id).as_deref())
            };
            let again: Vec<_> = checked.findings().map(|found| found.diagnostic.clone()).collect();
            prop_assert_eq!(again, scratch, "in {:?}", text);
        }
    }
}

#[test]
fn a_key_leaves_the_findings_of_other_paragraphs_as_they_are() {
    let (mut corpus, path) = corpus();
    let mut text = "See [[nobody]]. About 30 people left.\n\n".repeat(40);
    put(&mut corpus, &path, &text);
    let id = corpus.snapshot().file_at(&path).expect("the text");
    let mut checked: Checked<u8> = Checked::default();
    checked.bring_up(&corpus.snapshot(), id);
    checked.for_each(|found| found.made = 1);
    text.insert_str(text.len() / 2, "New words. ");
    put(&mut corpus, &path, &text);
    checked.bring_up(&corpus.snapshot(), id);
    let made = checked.findings().filter(|found| found.made == 1).count();
    assert!(checked.findings().count() == 80 && made >= 70, "{made}");
}
