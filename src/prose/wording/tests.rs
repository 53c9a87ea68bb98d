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
fn a_gap_hides_no_negation_and_no_unit() {
    let source = "The mission will not stay, whatever anybody says. We did not, under any circumstances, promise it. It was war, not peace. \
They don't want 4.2 billion dollars. We saw the bridge that nobody had repaired, and crossed it. He did not go and nobody asked. \
Миссия ни при каких условиях не останется там. Мы не обещали этого. Мост, который никто не чинил, стоит. Их было 4,2 млн человек.";
    let wording = Wording::of(source, [whole(source)]);
    let hides = |quoted: &str| {
        let words = Quoted::of(quoted, [whole(quoted)]);
        assert!(wording.find(&words).is_none(), "{quoted}");
        let near = wording.nearest(&words).unwrap_or_else(|| panic!("no near hit: {quoted}"));
        match difference(&words, &wording, near)[..] {
            [Change::Dropped(theirs)] => format!("+{}", theirs.slice(source)),
            [Change::Added(ours)] => format!("-{}", ours.slice(quoted)),
            ref other => format!("{other:?}"),
        }
    };
    assert_eq!(hides("The mission will … stay"), "+not");
    assert_eq!(hides("The mission will [indeed] stay"), "+not");
    assert_eq!(hides("We did … promise it"), "+not");
    assert_eq!(hides("It was war … peace"), "+not");
    assert_eq!(hides("They … want 4.2 billion dollars"), "+t");
    assert_eq!(hides("They don't want 4.2 [...] dollars"), "+billion");
    assert_eq!(hides("We saw the bridge … had repaired"), "+nobody");
    assert_eq!(hides("We saw [not] the bridge"), "-not");
    assert_eq!(hides("[Never] The mission"), "-Never");
    assert_eq!(hides("Миссия … останется там"), "+ни");
    assert_eq!(hides("Мы … обещали этого"), "+не");
    assert_eq!(hides("Их было 4,2 … человек"), "+млн");
    let harmless = |quoted: &str| assert!(wording.find(&Quoted::of(quoted, [whole(quoted)])).is_some(), "{quoted}");
    harmless("We saw the bridge … and crossed it");
    harmless("The mission will not stay … We did not");
    harmless("The mission will [not] stay");
    harmless("Мост … стоит");
    harmless("Миссия … не останется там");
}

#[test]
fn words_in_another_order_or_with_another_capital_are_others() {
    assert!(!stands("will mission stay"));
    assert!(!stands("the Mission will stay"));
    assert!(!stands("and not a day longer … The mission will stay"));
}
