//! Small corpora with a cursor (`$0`): what is offered there, and what comes of it.

use super::*;
use crate::fixture::Fixture;
use crate::syntax::reading;

/// A corpus and a place in it.
pub(super) struct Scene {
    fixture: Fixture,
    snapshot: Snapshot,
    file: FileId,
    span: Span,
}

impl Scene {
    /// `$0` is the cursor; `select` the words selected from there on.
    pub(super) fn new(notation: &str, select: &str) -> Self {
        let fixture = Fixture::parse(notation);
        let snapshot = fixture.snapshot();
        let (path, offset) = fixture.cursor.clone().expect("a cursor");
        let file = snapshot.file_at(&path).expect("the cursor's file");
        let span = Span::new(offset, offset + Span::from(0..select.len()).end);
        assert_eq!(span.slice(&snapshot.text(file).expect("a text")), select);
        Self { fixture, snapshot, file, span }
    }

    pub(super) fn offered(&self, wanted: Option<&[&str]>) -> Vec<Action> {
        let found = crate::rules::check(&self.snapshot, self.file, self.snapshot.annotations(self.file).as_deref());
        let safe_fix = found.iter().any(crate::rules::Diagnostic::is_safely_fixed);
        let known = Known { findings: found.into_iter().filter(|f| touch(f.span, self.span)).collect(), safe_fix };
        let offered = actions(&self.snapshot, self.file, self.span, wanted, None);
        assert_eq!(offered, actions(&self.snapshot, self.file, self.span, wanted, Some(known)), "what is known changes nothing");
        offered
    }

    /// The titles of what is offered and can be chosen.
    pub(super) fn titles(&self) -> Vec<String> {
        self.offered(None).into_iter().filter(|a| a.disabled.is_none()).map(|a| a.title).collect()
    }

    /// Why the action of that title cannot be chosen.
    pub(super) fn refused(&self, title: &str) -> Option<&'static str> {
        self.offered(None).into_iter().find(|a| a.title == title).and_then(|a| a.disabled)
    }

    /// All files after the action of that title; the task goes to the client and back.
    pub(super) fn after(&self, title: &str) -> Vec<(String, String)> {
        let offered = self.offered(Some(&[""]));
        let titles: Vec<_> = offered.iter().map(|a| a.title.as_str()).collect();
        let action = offered.iter().find(|a| a.title == title).unwrap_or_else(|| panic!("`{title}` among {titles:#?}"));
        assert_eq!(action.disabled, None);
        let sent = serde_json::to_string(&action.task).expect("JSON");
        let task = serde_json::from_str(&sent).expect("the task again");
        let changes = changes(&self.snapshot, self.file, &task, &|| false).unwrap_or_else(|| panic!("`{title}` came to nothing"));
        assert_eq!(action.creates, !changes.created.is_empty(), "{title}");
        let mut files: Vec<_> = self.fixture.files.iter().map(|(path, text)| (path.to_string(), text.clone())).collect();
        files.extend(changes.created.iter().map(|(path, text)| (path.to_string(), text.clone())));
        for (path, edits) in &changes.edits {
            let (_, text) = files.iter_mut().find(|(p, _)| p == path).expect("an edited file is there");
            *text = edits.apply(text);
        }
        files
    }

    /// The cursor's file after the action of that title.
    pub(super) fn text_after(&self, title: &str) -> String {
        let path = self.snapshot.path(self.file);
        self.after(title).into_iter().find(|(p, _)| *p == path).expect("the file").1
    }
}

/// The words of a text without marks.
pub(super) fn words(text: &str) -> String {
    let document = crate::syntax::parse(text, crate::syntax::Format::Markdown);
    reading(text, &document).text.into_owned()
}

pub(super) fn rules_found(files: Vec<(String, String)>) -> Vec<&'static str> {
    let files = files.into_iter().map(|(path, text)| (path.into(), text)).collect();
    Fixture { files, expected: Vec::new(), cursor: None }.findings().into_iter().map(|d| d.rule).collect()
}

/// A text, and what stands in it when its finding is allowed at the cursor.
const ALLOWED: &[(&str, &str)] = &[
    ("About 90,$0000 people left.\n", "<!-- vidimus-allow unsourced-figure: reason -->\nAbout 90,000 people left.\n"),
    (
        "First.\r\n\r\nAbout 90,$0000 people left.\r\n",
        "First.\r\n\r\n<!-- vidimus-allow unsourced-figure: reason -->\r\nAbout 90,000 people left.\r\n",
    ),
    ("# Title\nAbout 90,$0000 people left.\n", "# Title\n<!-- vidimus-allow unsourced-figure: reason -->\nAbout 90,000 people left.\n"),
    (
        "- One.\n- About 90,$0000 people left.\n- Two.\n",
        "- One.\n- About 90,000 people left. <!-- vidimus-allow unsourced-figure: reason -->\n- Two.\n",
    ),
    ("Words:\n- About 90,$0000 people left.\n", "Words:\n- About 90,000 people left. <!-- vidimus-allow unsourced-figure: reason -->\n"),
    ("\u{feff}About 90,$0000 people left.\n", "\u{feff}<!-- vidimus-allow unsourced-figure: reason -->\nAbout 90,000 people left.\n"),
];

#[test]
fn a_rule_is_allowed_where_it_is_wrong() {
    for (before, after) in ALLOWED {
        let scene = Scene::new(before, "");
        let text = scene.text_after("Allow `unsourced-figure` here, for a reason to be given");
        assert_eq!(text, *after);
        assert_eq!(words(&text), words(&before.replace("$0", "")));
        let found = |text: &str| rules_found(vec![("text.md".into(), text.to_owned())]);
        assert!(found(&text).contains(&"suppression-without-reason"), "a reason is asked for");
        let reasoned = text.replace(": reason -->", ": rhetorical -->");
        let left: Vec<_> = found(&reasoned).into_iter().filter(|r| matches!(*r, "unsourced-figure" | "comment-splits-paragraph")).collect();
        assert!(left.is_empty(), "{left:?} in {reasoned}");
    }
}

#[test]
fn a_block_quotation_is_allowed_at_the_end_of_its_line() {
    let scene = Scene::new("> We shall n$0ot go home\n> before the winter.\n", "");
    let text = scene.text_after("Allow `unsourced-quote` here, for a reason to be given");
    assert_eq!(text, "> We shall not go home <!-- vidimus-allow unsourced-quote: reason -->\n> before the winter.\n");
}

#[test]
fn two_rules_are_allowed_before_one_paragraph() {
    let text = "<!-- vidimus-allow unsourced-quote: rhetorical -->\nAbout 90,$0000 people said \"we cannot go home\".\n";
    let scene = Scene::new(text, "");
    let after = scene.text_after("Allow `unsourced-figure` here, for a reason to be given").replace(": reason", ": common knowledge");
    let found = rules_found(vec![("text.md".into(), after.clone())]);
    assert!(!found.contains(&"unsourced-figure") && !found.contains(&"unsourced-quote"), "{found:?} in {after}");
}

#[test]
fn a_rule_is_allowed_in_a_text_and_in_the_corpus() {
    let scene = Scene::new("---\nlang: en\n---\n\nAbout 90,$0000 people left.\n", "");
    let text = scene.text_after("Allow `unsourced-figure` in this text, for a reason to be given");
    assert_eq!(text, "---\nlang: en\n---\n\n<!-- vidimus-allow-file unsourced-figure: reason -->\nAbout 90,000 people left.\n");
    assert_eq!(words(&text), "About 90,000 people left.\n");
    let files = scene.after("Turn `unsourced-figure` off in `vidimus.toml`");
    assert!(files.contains(&("vidimus.toml".into(), "[rules]\nunsourced-figure = \"off\"\n".into())), "{files:?}");
    assert!(rules_found(files).is_empty());
    let settings = "-- vidimus.toml\n[rules]\nvague-attribution = \"off\"\n-- text.md\nAbout 90,$0000 people left.\n";
    assert!(rules_found(Scene::new(settings, "").after("Turn `unsourced-figure` off in `vidimus.toml`")).is_empty());
}

const PEOPLE: &str = "-- registry.yaml\n- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}\n";

#[test]
fn a_fix_is_offered_where_its_finding_is_and_nowhere_else() {
    let notation = |text: &str| format!("{PEOPLE}-- text.md\n{text}");
    let scene = Scene::new(&notation("See [[lav$0row|him]] now.\n"), "");
    let fix = &scene.offered(Some(&["quickfix"]))[0];
    assert_eq!((fix.title.as_str(), fix.preferred, fix.cures[0].rule), ("Write `lavrov`", true, "unknown-entity"));
    assert_eq!(scene.text_after("Write `lavrov`"), "See [[lavrov|him]] now.\n");
    let sealed = "-- text.md\n---\nverbatim: sha256:00$000\n---\nabc\n";
    assert!(Scene::new(sealed, "").offered(Some(&["quickfix"])).iter().all(|a| !a.preferred), "a seal is not renewed unasked");
    let elsewhere = Scene::new(&notation("See [[lavrow|him]] n$0ow.\n"), "");
    assert!(elsewhere.offered(Some(&["quickfix"])).is_empty());
}

#[test]
fn all_safe_fixes_are_one_change_and_nobody_is_offered_them_unasked() {
    let scene = Scene::new("It re$0called S/RES/2015/2202, S/RES/2014/2166.\n", "");
    assert!(scene.offered(None).iter().all(|a| a.kind != Kind::FixAll));
    for wanted in [["source"], ["source.fixAll"], ["source.fixAll.vidimus"]] {
        assert_eq!(scene.offered(Some(&wanted)).len(), 1, "{wanted:?}");
    }
    assert!(scene.offered(Some(&["source.fixAll.other"])).is_empty());
    assert!(Scene::new("Nothing to$0 fix.\n", "").offered(Some(&["source"])).is_empty());
    let text = scene.text_after("Make all safe fixes in this text");
    assert_eq!(text, "It recalled S/RES/2202 (2015), S/RES/2166 (2014).\n");
}

/// One row an action: a scene, and the kind and title of what is offered there.
const OFFERED: &[(&str, Kind, &str)] = &[
    ("See [[lav$0row|him]].\n", Kind::QuickFix, "Write `lavrov`"),
    ("See [[lav$0row|him]].\n", Kind::QuickFix, "Add `lavrow` to `registry.yaml` as a person"),
    ("See [[lav$0row|him]].\n", Kind::QuickFix, "Make the note `lavrow.md`"),
    ("See [[lav$0row|him]].\n", Kind::QuickFix, "Allow `unknown-entity` here, for a reason to be given"),
    ("See [[lav$0row|him]].\n", Kind::QuickFix, "Allow `unknown-entity` in this text, for a reason to be given"),
    ("See [[lav$0row|him]].\n", Kind::QuickFix, "Turn `unknown-entity` off in `vidimus.toml`"),
    ("Lav$0rov left.\n", Kind::Rewrite, "Link `Lavrov` to `lavrov`"),
    ("Lav$0rov left. Lavrov came.\n", Kind::Rewrite, "Link all 2 mentions of `lavrov` in this text"),
    ("Lav$0rov left.\n", Kind::Rewrite, "Link all mentions of `lavrov` in the corpus"),
    ("Lav$0rov left. Lavrov came.\n", Kind::Rewrite, "Link all names in this text"),
    ("Lav$0rov left.\n", Kind::Rewrite, "Mark this sentence as a claim"),
    ("Lav$0rov left.\n", Kind::Rewrite, "Mark this sentence as an opinion"),
    ("About 90,$0000 left.\n", Kind::QuickFix, "Mark this sentence as an opinion"),
    ("Resolution 22$002 (2015) was adopted.\n", Kind::Rewrite, "Make the note `unsc-2202.md`"),
    ("Resolution 22$002 (2015) was adopted.\n", Kind::Rewrite, "Link `Resolution 2202 (2015)` to `unsc-2202`"),
    ("Resolution 2202 (20$014) was adopted.\n", Kind::QuickFix, "Turn `resolution-year-mismatch` off in `vidimus.toml`"),
    ("Resolution 2202 (20$014) was adopted.\n", Kind::QuickFix, "Write `2015`"),
    ("He left [@ta$0ss-2017].\n", Kind::QuickFix, "Add `tass-2017` to `registry.yaml`"),
];

#[test]
fn each_action_is_offered_where_it_is_of_use() {
    let mut missing = Vec::new();
    for (text, kind, title) in OFFERED {
        let offered = Scene::new(&format!("{PEOPLE}-- text.md\n{text}"), "").offered(Some(&[""]));
        if !offered.iter().any(|a| a.kind == *kind && a.title == *title) {
            let titles: Vec<_> = offered.iter().map(|a| (a.kind, a.title.as_str())).collect();
            missing.push(format!("{title} ({kind:?}) in {text:?}: {titles:#?}"));
        }
        for action in offered {
            let verb = action.title.split(' ').next().unwrap_or_default();
            let verbs = ["Write", "Add", "Make", "Allow", "Turn", "Link", "Mark", "Cite", "Put", "Leave", "Remove", "Seal", "Keep"];
            assert!(verbs.contains(&verb), "{}", action.title);
            assert_eq!(action.title.matches('`').count() % 2, 0, "{}", action.title);
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
