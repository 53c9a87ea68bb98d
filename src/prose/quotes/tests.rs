//! Quotations of every shape, and what must hold of any text.

use super::*;
use proptest::prelude::*;

fn passages(text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut at = 0;
    for (block, line) in text.split_inclusive('\n').enumerate() {
        let words = line.trim_end();
        let shown = words.trim_start_matches("> ");
        let start = at + words.len() - shown.len();
        let kind = match (words.starts_with("> "), shown.starts_with('—')) {
            (true, true) => PassageKind::Attribution,
            (true, false) => PassageKind::Quotation,
            _ => PassageKind::Paragraph,
        };
        if !shown.is_empty() {
            passages.push(Passage { span: Span::from(start..at + words.len()), kind, block: Span::from(0..block).end, paragraph: 1 });
        }
        at += line.len();
    }
    passages
}

fn quotes(text: &str) -> Vec<Quote> {
    let mut found = Vec::new();
    find(text, &passages(text), &mut found);
    found
}

/// The words of each quotation.
fn words(text: &str) -> Vec<&str> {
    quotes(text).iter().map(|q| q.words.slice(text)).collect()
}

#[test]
fn marks_of_every_shape_are_paired() {
    assert_eq!(words("He said, \"We will go.\" Then he went."), ["We will go."]);
    assert_eq!(words("He said, “We will go.” Then he went."), ["We will go."]);
    assert_eq!(words("He said, 'We will go.' Then he went."), ["We will go."]);
    assert_eq!(words("He said, ‘We’ll go.’ Then he went."), ["We’ll go."]);
    assert_eq!(words("Он сказал: «Мы пойдём»."), ["Мы пойдём"]);
    assert_eq!(words("Er sagte: „Wir gehen.“ Dann ging er."), ["Wir gehen."]);
    assert_eq!(words("(\"We will go\")—\"and so\"—he said"), ["We will go", "and so"]);
    assert_eq!(words("It was “the end of the road\" for him."), ["the end of the road"]);
    assert_eq!(words("He wrote ‹no more than this› below."), ["no more than this"]);
}

#[test]
fn one_quotation_lies_in_another() {
    let text = "Он сказал: «В газете „Север“ писали об этом».";
    assert_eq!(words(text), ["В газете „Север“ писали об этом", "Север"]);
    assert_eq!(quotes(text)[1].within, Some(0));
    assert_eq!(words("“He told me ‘go now’ and I went,” she said."), ["He told me ‘go now’ and I went,", "go now"]);
    assert_eq!(words("\"He told me 'go now' and I went,\" she said."), ["He told me 'go now' and I went,", "go now"]);
    assert_eq!(words("\"They shouted \"go now\" and we went,\" she said."), ["They shouted \"go now\" and we went,", "go now"]);
    assert_eq!(words("в газете «Вестник «Север» вчера"), ["Вестник «Север»", "Север"]);
}

#[test]
fn apostrophes_feet_and_inches_are_no_marks() {
    for text in [
        "the ministers' views and the '90s, don't you think?",
        "a study 's effect differs from the model's error",
        "rock 'n' roll wasn't the parties' taste",
        "a 6'2\" guard beside a 5\" pipe",
        "the workers’ union and the ’90s",
    ] {
        assert_eq!(words(text), Vec::<&str>::new(), "{text}");
    }
    assert_eq!(words("\"The pipe is 5\" wide,\" he said."), ["The pipe is 5\" wide,"]);
    assert_eq!(words("'We took the parties' views into account,' he said."), ["We took the parties' views into account,"]);
    assert_eq!(words("It was only 'ministers' business of the day' then."), ["ministers' business of the day"]);
}

#[test]
fn a_paragraph_that_opens_with_a_mark_continues_the_one_before() {
    let text = "He said: \"We waited long.\n\"Nobody came to help.\n\"Then we left.\"\nThat was all.";
    let found = quotes(text);
    assert_eq!(words(text), ["We waited long.", "Nobody came to help.", "Then we left."]);
    assert_eq!(found.iter().map(|q| q.continues).collect::<Vec<_>>(), [None, Some(0), Some(1)]);
    let closed = quotes("\"We waited long.\"\n\"Nobody came to help.\"");
    assert!(closed.iter().all(|q| q.continues.is_none()));
}

#[test]
fn a_missing_mark_is_mended_where_the_words_say_so() {
    assert_eq!(
        words("\"We are very glad of it, the old mayor said. \"It was high time,\" he added."),
        ["We are very glad of it,", "It was high time,"]
    );
    assert_eq!(words("“We are very glad of it. The mayor left.\nNobody followed."), ["We are very glad of it. The mayor left."]);
    assert_eq!(words("\"We are very glad of it, the mayor said on Friday.\nNobody followed."), ["We are very glad of it,"]);
    assert_eq!(words("\"We are glad \"It was time,\" he said."), ["We are glad", "It was time,"]);
}

#[test]
fn a_block_quotation_is_one_and_has_its_line() {
    let text = "Before.\n> \"We waited.\n> \"We left.\"\n> — Jane Smith\nAfter.";
    let found = quotes(text);
    let block = found[0];
    assert_eq!((block.kind, block.attribution_line, block.word_count), (QuoteKind::Block, Some(3), 4));
    assert_eq!(block.span.slice(text), "\"We waited.\n> \"We left.\"");
    assert!(found[1..].iter().all(|q| q.within == Some(0)));
    let two = quotes("> One thing.\nBetween.\n> Another thing.");
    assert_eq!(two.len(), 2);
}

#[test]
fn speech_is_told_from_names() {
    let speech = |text: &str| quotes(text).iter().map(|q| q.is_speech).collect::<Vec<_>>();
    for text in [
        "the \"historic\" deal",
        "the so-called \"grey zone of the north\" was empty",
        "his book \"The Bridge over the River\" sold well",
        "a film entitled \"Nobody knows the way home\" was shown",
        "Ivan \"The Old Bear\" Petrov",
        "операция под названием «Большая северная дорога домой»",
        "the report \"On the state of the line\" was adopted",
        "доклад «О положении дел на севере» был принят",
    ] {
        assert_eq!(speech(text), [false], "{text}");
    }
    for text in [
        "he said it was \"no more than a line on paper\"",
        "she called it \"a bill without a bridge\" again",
        "\"We Britons will never be slaves,\" he said",
        "According to the report, \"We found no weapons at all\"",
        "он заявил, что «переговоры не могут идти вечно»",
    ] {
        assert_eq!(speech(text), [true], "{text}");
    }
}

fn check(text: &str) {
    let passages = passages(text);
    let found = quotes(text);
    for (index, quote) in found.iter().enumerate() {
        assert!(text.get(quote.span.range()).is_some() && text.get(quote.words.range()).is_some(), "{text:?}");
        assert!(quote.span.covers(quote.words), "{text:?} {quote:?}");
        let passage = passages[quote.passage as usize].span;
        assert!(quote.kind == QuoteKind::Block || passage.covers(quote.span), "{text:?} {quote:?}");
        if let Some(around) = quote.within {
            assert!((around as usize) < index && found[around as usize].span.covers(quote.span), "{text:?}");
        }
        for other in &found[..index] {
            let apart = !other.span.overlaps(quote.span);
            assert!(apart || other.span.covers(quote.span), "{text:?}: {other:?} {quote:?}");
        }
    }
}

proptest! {
    #[test]
    fn quotations_nest_and_keep_to_their_passages(text in "[\"'“”‘’„«»‹›a5, .—>sЖ𝕏\n]{0,60}") {
        check(&text);
    }

    #[test]
    fn words_and_marks_in_any_order_are_read(text in "(\"|“|”|'|’|«|»| |, he said\\.|We go|\\?|\n|> |5\"){0,24}") {
        check(&text);
    }
}

#[test]
fn a_megabyte_of_marks_is_read_in_one_pass() {
    for mark in ["\"", "«", "“a ", "'a ", "\"a ", "\"a, ", "«a» «", "\"a\n", "5\" \"", "“‘"] {
        let text = mark.repeat(100_000);
        let begun = std::time::Instant::now();
        let found = quotes(&text);
        assert!(begun.elapsed().as_secs() < 4, "{mark:?} took {:?} for {}", begun.elapsed(), found.len());
    }
}
