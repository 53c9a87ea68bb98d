//! True quotations, harmless changes of them, and harmful ones.

use super::*;

const SOURCE: &str = "The mission will stay as long as the parties want it, and not a day longer. \
It has 1,200 monitors on both sides of the line. \
“Nothing else was agreed in Minsk,” the minister said; “nobody should now walk away from it.” \
Миссия останется, пока её хотят стороны, и ни днём дольше.";

fn whole(text: &str) -> Span {
    Span::from(0..text.len())
}

fn source() -> Wording {
    Wording::of(SOURCE, [whole(SOURCE)])
}

fn stands(quoted: &str) -> bool {
    source().find(&Quoted::of(quoted, [whole(quoted)])).is_some()
}

/// What differs, as `-ours +theirs`.
fn differs(quoted: &str) -> Option<String> {
    let (source, words) = (source(), Quoted::of(quoted, [whole(quoted)]));
    let found = source.nearest(&words)?;
    let shown = difference(&words, &source, found).into_iter().map(|change| match change {
        Change::Added(ours) => format!("-{}", ours.slice(quoted)),
        Change::Dropped(theirs) => format!("+{}", theirs.slice(SOURCE)),
        Change::Swapped(ours, theirs) => format!("-{} +{}", ours.slice(quoted), theirs.slice(SOURCE)),
    });
    Some(shown.collect::<Vec<_>>().join(" "))
}

#[test]
fn what_changes_no_word_is_harmless() {
    for quoted in [
        "The mission will stay as long as the parties want it",
        "the mission will stay as long as the parties want it, and not a day longer.",
        "The mission will stay … and not a day longer",
        "The mission will stay ... and not a day longer",
        "[The mission] will stay as long as the parties want it",
        "[T]he mission will stay as long as [Kyiv and Moscow] want it",
        "It has 1,200 monitors — on both sides of the line",
        "Nothing else was agreed in Minsk, […] nobody should now walk away from it",
        "mission\r\nwill  stay as long",
        "Миссия останется, пока ее хотят стороны",
        "миссия останется, … и ни днём дольше",
    ] {
        assert!(stands(quoted), "{quoted}");
    }
}

#[test]
fn a_word_swapped_dropped_added_negated_or_a_number_changed_is_found() {
    let found = |quoted: &str| {
        assert!(!stands(quoted), "{quoted}");
        differs(quoted).unwrap_or_else(|| panic!("no near hit: {quoted}"))
    };
    assert_eq!(found("The mission will stay as long as the parties want it, and not a week longer"), "-week +day");
    assert_eq!(found("The mission will stay as long as the parties want it, and a day longer"), "+not");
    assert_eq!(found("The mission will not stay as long as the parties want it, and not a day longer"), "-not");
    assert_eq!(found("It has 12,000 monitors on both sides of the line"), "-12,000 +1,200");
    assert_eq!(found("Миссия останется, пока её хотят стороны, и днём дольше"), "+ни");
    assert_eq!(differs("Peace is what everybody asks for in the end of all days"), None);
}

#[test]
fn words_in_another_order_or_with_another_capital_are_others() {
    assert!(!stands("will mission stay"));
    assert!(!stands("the Mission will stay"));
    assert!(!stands("and not a day longer … The mission will stay"));
}
