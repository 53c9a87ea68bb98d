//! Quotations beside their sources, short forms, and why rules speak or are silent.

use super::*;

const CORPUS: &str = "-- refs.bib
@misc{talk, author = {Orlov, Anna}, title = {A Talk}, date = {2017-03-16}}
@misc{entretien, title = {Un entretien}, date = {2018}}
-- registry.yaml
- {id: orlov, type: person, name: Anna Orlov, aliases: [Orlov]}
- {id: pact, type: agreement, name: Lake Pact, parts: [point-1..point-9]}
-- talk.md
---
kind: source-text
source: talk
lang: en
---
# A talk

The day was bright. Orlov said: \"We shall keep the bridge open, and nobody will close it.\" Then she left.
-- entretien.md
---
kind: source-text
source: entretien
lang: fr
---
Le pont restera ouvert pour tous.
";

fn text(words: &str) -> String {
    format!("{CORPUS}-- text.md\n---\nlang: en\ndate: 2020\n---\n{words}\n")
}

#[test]
fn the_words_of_a_quotation_lead_to_the_words_in_the_source() {
    let quoted = text("Orlov said \"we shall keep the bri$0dge open\" [@talk, para. 1].");
    assert_eq!(leads_to(&quoted), ["talk.md: We shall keep the bridge open"]);
    let shown = card(&quoted);
    let context = "In the source, paragraph 1:\nOrlov said: \"[We shall keep the bridge open], and nobody will close it.\"\n";
    assert!(shown.contains(context) && shown.contains("*A Talk*"), "{shown}");
}

#[test]
fn the_smallest_thing_in_a_quotation_wins() {
    assert_eq!(leads_to(&text("She said \"we shall keep the bridge open\" [@ta$0lk, para. 1].")), ["refs.bib: talk"]);
    let named = text("She said \"we shall, as Or$0lov knows, keep the bridge open\" [@talk, para. 1].");
    assert_eq!(leads_to(&named), ["registry.yaml: orlov"]);
}

#[test]
fn what_is_nearly_there_is_shown_word_by_word() {
    let near = text("Orlov said \"we shall keep the bridge shut, and nobody$0 will close it\" [@talk, para. 1].");
    let shown = card(&near);
    assert!(shown.contains("The source has nearly these words, paragraph 1:"), "{shown}");
    assert!(shown.contains("differs: \"shut\" for \"open\""), "{shown}");
    assert_eq!(leads_to(&near).len(), 1);
}

#[test]
fn a_translation_is_told_not_compared() {
    let translated = text("She said \"the bridge will stay op$0en for all\" [@entretien].");
    assert!(card(&translated).contains("Not compared: the source entretien is in French."), "{}", card(&translated));
    assert_eq!(leads_to(&translated), Vec::<String>::new());
}

#[test]
fn a_hover_on_a_claim_says_why() {
    let covered = card(&text("About 90,000 peo$0ple had left [@talk, para. 1]."));
    let why = "why: unsourced-figure is silent: it has a source; \"[@talk, para. 1]\" (Orlov 2017), in its sentence";
    assert!(covered.contains(why), "{covered}");
    let bare = card(&text("About 90,000 peo$0ple had left. It rained [@talk]."));
    assert!(bare.contains("why: unsourced-figure (warning): this figure has no source; "), "{bare}");
    assert!(bare.contains("\"[@talk]\" (Orlov 2017) covers a sentence behind only"), "{bare}");
    let allowed = card(&text("<!-- vidimus-allow unsourced-figure: rhetoric -->\nAbout 90,000 peo$0ple had left."));
    assert!(allowed.contains("why: unsourced-figure (allowed): this figure has no source; \"vidimus-allow\": rhetoric"), "{allowed}");
}

#[test]
fn a_phrase_that_is_a_finding_has_a_card() {
    let shown = card(&text("It is widely beli$0eved that the talks failed."));
    assert!(shown.starts_with("It is widely believed") && shown.contains("why: vague-attribution (warning)"), "{shown}");
    assert_eq!(card(&text("It is$0 raining.")), "");
}

#[test]
fn a_short_form_leads_back_to_the_last_full_mention() {
    let leads = |words: &str| leads_to(&text(words));
    let full = "The Council adopted resolution 2202 (2015).";
    assert_eq!(leads(&format!("{full} The reso$0lution binds all.")), ["built in: 2202"]);
    assert_eq!(leads(&format!("{full} Its para$0graph 4 binds all.")), ["built in: 2202"]);
    assert_eq!(leads("They signed the Lake Pact. That agree$0ment holds."), ["registry.yaml: pact"]);
    assert_eq!(leads("Совет принял резолюцию 2202 (2015). Эта резо$0люция обязательна."), ["built in: 2202"]);
    let shown = card(&text(&format!("{full} The reso$0lution binds all.")));
    assert!(shown.starts_with("S/RES/2202 (2015)") && shown.contains("short for: resolution 2202 (2015)"), "{shown}");
}

#[test]
fn a_short_form_with_nothing_or_several_behind_it_leads_nowhere() {
    let none: [String; 0] = [];
    for words in [
        "The reso$0lution binds all.",
        "They adopted resolutions 2202 (2015) and 2166 (2014). The reso$0lution binds all.",
        "They adopted resolution 2202 (2015). The reso$0lutions bind all.",
        "They adopted resolution 2202 (2015). The agree$0ment binds all.",
        "They adopted resolution 2202 (2015). The reso$0lution of the conflict is far.",
        "They adopted resolution 2202 (2015).\n\n# Another matter\n\nThe reso$0lution binds all.",
    ] {
        assert_eq!(leads_to(&text(words)), none, "{words}");
    }
}
