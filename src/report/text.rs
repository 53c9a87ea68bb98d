//! For people: the place in its text, the reason, the cure, and a closing line.

use std::borrow::Cow;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level as Severity, Origin, Patch, Renderer, Snippet};

use super::later::Later;
use super::narrow::Narrow;
use super::{Ending, Finding, Place, Report, Summary, Window};
use crate::config::Level;

pub(super) struct Text {
    renderer: Renderer,
    /// The terminal's.
    columns: usize,
    summary: bool,
}

impl Text {
    /// Colours are left to whoever prints: they are stripped where a terminal has none.
    pub(super) fn new(width: usize, styled: bool, summary: bool) -> Self {
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        let columns = width.max(40);
        Self { renderer: renderer.term_width(columns), columns, summary }
    }
}

impl Report for Text {
    fn takes_fingerprints(&self) -> bool {
        false
    }

    fn finding(&self, finding: &Finding, out: &mut String) {
        let shown = finding.window.as_ref().map(|window| Shown::of(finding, window, self.columns));
        for mut later in [Later::default(), Later::heading_alone()] {
            let rendered = self.renderer.render(&groups(finding, shown.as_ref(), &mut later));
            if later.put_in(&rendered, out) {
                break;
            }
        }
        out.push_str("\n\n");
    }

    fn closing(&self, ending: &Ending) -> String {
        if self.summary { closing_line(&ending.summary) + "\n" } else { String::new() }
    }
}

/// The lines of a finding as they are shown, and what explains it there.
struct Shown<'a> {
    narrow: Narrow,
    first_line: usize,
    /// In the order of the spans behind the first, which is the finding.
    labels: Vec<&'a str>,
}

impl<'a> Shown<'a> {
    fn of(finding: &'a Finding, window: &Window, columns: usize) -> Self {
        let (mut spans, mut labels) = (vec![window.span], Vec::new());
        for related in finding.related.iter().filter(|r| r.path == *finding.path) {
            if let Some(here) = window.locate(related.bytes) {
                spans.push(here);
                labels.push(related.message.as_str());
            }
        }
        Self { narrow: Narrow::of(window, &spans, columns), first_line: window.first_line as usize, labels }
    }

    fn snippet(&'a self, path: Cow<'a, str>) -> Snippet<'a, Annotation<'a>> {
        let mut snippet = Snippet::source(&self.narrow.text).line_start(self.first_line).fold(false).path(path);
        let mut spans = self.narrow.spans.iter();
        if let Some(span) = spans.next() {
            snippet = snippet.annotation(AnnotationKind::Primary.span(span.range()));
        }
        for (span, label) in spans.zip(&self.labels) {
            snippet = snippet.annotation(AnnotationKind::Context.span(span.range()).label(visible(label)));
        }
        snippet
    }
}

fn groups<'a>(finding: &'a Finding, shown: Option<&'a Shown<'a>>, later: &mut Later<'a>) -> Vec<Group<'a>> {
    let title = later.words(visible(&finding.message));
    let Place { line, column, .. } = finding.start;
    let place = later.words(format!("{}:{line}:{column}", finding.path).into());
    let mut group = Group::with_title(severity(finding.level).primary_title(title).id(finding.rule));
    group = match shown {
        Some(shown) => group.element(shown.snippet(place)),
        None => group.element(Origin::path(place)),
    };
    for related in &finding.related {
        if !shown_in(finding, related) {
            let place = related.place.map(|p| format!(":{}:{}", p.line, p.column)).unwrap_or_default();
            let words = format!("{}: {}{place}", visible(&related.message), related.path);
            group = group.element(Severity::NOTE.message(later.words(words.into())));
        }
    }
    let cure = cure(finding);
    if let Some(help) = finding.help.as_ref().filter(|_| matches!(cure, Cure::None)) {
        group = group.element(Severity::HELP.message(later.words(visible(help))));
    }
    let (mut group, patch) = match cure {
        Cure::None => (group, None),
        // The help says more than the title of a cure that replaces just what is underlined.
        Cure::Words(title) => {
            let words = later.words(finding.help.as_deref().map_or(title, visible));
            (group.element(Severity::HELP.message(words)), None)
        }
        Cure::Lines(patch) => (group, Some(patch)),
    };
    for other in finding.alternatives.iter().filter(|other| !is_told(finding, other)) {
        group = group.element(Severity::HELP.with_name("or").message(later.words(visible(&other.title))));
    }
    std::iter::once(group).chain(patch).collect()
}

/// Whether a choice of one is what the help says already.
fn is_told(finding: &Finding, choice: &super::FixOut) -> bool {
    let written = choice.title.split('`').nth(1).map(|words| format!("`{words}`"));
    let help = finding.help.as_deref().unwrap_or_default();
    finding.alternatives.len() == 1 && written.is_some_and(|words| help.contains(&words))
}

/// How a cure that can be applied is shown.
enum Cure<'a> {
    /// There is none, or it reaches further than the lines shown.
    None,
    /// By its title: it replaces just what is underlined.
    Words(Cow<'a, str>),
    /// As changed lines.
    Lines(Group<'a>),
}

fn cure(finding: &Finding) -> Cure<'_> {
    let Some(fix) = &finding.fix else { return Cure::None };
    match fix.edits.as_slice() {
        [only] if only.bytes == finding.bytes && only.path == *finding.path => Cure::Words(visible(&fix.title)),
        _ => patch(finding).map_or(Cure::None, Cure::Lines),
    }
}

fn shown_in(finding: &Finding, related: &super::RelatedOut) -> bool {
    related.path == *finding.path && finding.window.as_ref().is_some_and(|w| w.locate(related.bytes).is_some())
}

/// The cure as changed lines, when all of it lies in the window; a cure that reaches further is told in words.
fn patch(finding: &Finding) -> Option<Group<'_>> {
    let (fix, window) = (finding.fix.as_ref()?, finding.window.as_ref()?);
    let mut patches = Vec::new();
    for edit in &fix.edits {
        let here = window.locate(edit.bytes).filter(|_| edit.path == *finding.path)?;
        patches.push(Patch::new(here.range(), visible(&edit.text)));
    }
    let Window { text, first_line, .. } = window;
    let snippet = Snippet::source(text).line_start(*first_line as usize).patches(patches);
    Some(Severity::HELP.secondary_title(visible(&fix.title)).element(snippet))
}

fn severity(level: Level) -> Severity<'static> {
    match level {
        Level::Error => Severity::ERROR,
        Level::Warning => Severity::WARNING,
        Level::Note | Level::Off => Severity::NOTE,
    }
}

/// Words of a text may hold characters that a terminal would obey: those that control it, and those that turn or join what stands
/// beside them.
pub(super) fn visible(words: &str) -> Cow<'_, str> {
    // The first bytes of such characters.
    if !words.bytes().any(|b| b < b' ' || matches!(b, 0x7f | 0xc2 | 0xe2)) {
        return words.into();
    }
    let joins = |c: &char| *c != '\u{200d}';
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    words.chars().filter(joins).map(|c| if c.is_control() || turns(c) { '\u{fffd}' } else { c }).collect()
}

fn closing_line(summary: &Summary) -> String {
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let files = count(summary.files, "file");
    let found = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let found: Vec<String> = found.into_iter().filter(|(n, _)| *n > 0).map(|(n, word)| count(n, word)).collect();
    let skipped = if summary.skipped > 0 { format!(" ({} not read)", count(summary.skipped, "file")) } else { String::new() };
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    format!("checked {files}: {found}{skipped}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Diagnostic, Fix, Related};
    use crate::text::{Edits, LineIndex, Span};
    use std::sync::Arc;

    struct Elsewhere;
    impl super::super::Sources for Elsewhere {
        fn text(&self, path: &str) -> Option<Arc<str>> {
            (path == "registry.yaml").then(|| "- id: a\n- id: a\n".into())
        }
        fn shown(&self, path: &str) -> String {
            format!("corpus/{path}")
        }
    }

    fn shown(text: &str, span: Span, change: impl FnOnce(&mut Diagnostic)) -> String {
        let mut diagnostic = Diagnostic {
            path: "a.md".into(),
            rule: "unknown-entity",
            level: Level::Error,
            span,
            message: "there is no record `lavrow`".into(),
            help: Some("did you mean `lavrov`?".into()),
            related: Vec::new(),
            fix: None,
            alternatives: Vec::new(),
            fingerprint: String::new(),
        };
        change(&mut diagnostic);
        let finding = Finding::new(diagnostic, text, &LineIndex::new(text), &Elsewhere);
        let mut out = String::new();
        Text::new(100, false, true).finding(&finding, &mut out);
        out
    }

    #[test]
    fn a_finding_shows_its_place_its_reason_and_its_cure() {
        insta::assert_snapshot!(shown("Title\n\n[[lavrow|L.]] said", Span::new(9, 15), |_| {}), @r"
        error[unknown-entity]: there is no record `lavrow`
         --> corpus/a.md:3:3
          |
        3 | [[lavrow|L.]] said
          |   ^^^^^^
          |
          = help: did you mean `lavrov`?
        ");
    }

    #[test]
    fn a_cure_is_shown_in_words_where_it_replaces_what_is_underlined_and_else_as_the_changed_line() {
        let text = "Then [[lavrow|L.]] said";
        let fix =
            Fix { title: "write `lavrov`".into(), safe: true, edits: vec![("a.md".into(), Edits::replace(Span::new(7, 13), "lavrov"))] };
        let same = Fix { edits: vec![("a.md".into(), Edits::replace(Span::new(7, 15), "lavrov|"))], ..fix.clone() };
        let bare = |d: &mut Diagnostic| (d.fix, d.help) = (Some(fix), None);
        insta::assert_snapshot!(shown(text, Span::new(7, 13), bare), @r"
        error[unknown-entity]: there is no record `lavrow`
         --> corpus/a.md:1:8
          |
        1 | Then [[lavrow|L.]] said
          |        ^^^^^^
          |
          = help: write `lavrov`
        ");
        insta::assert_snapshot!(shown(text, Span::new(7, 13), |d| d.fix = Some(same)), @r"
        error[unknown-entity]: there is no record `lavrow`
         --> corpus/a.md:1:8
          |
        1 | Then [[lavrow|L.]] said
          |        ^^^^^^
          |
        help: write `lavrov`
          |
        1 - Then [[lavrow|L.]] said
        1 + Then [[lavrov|.]] said
          |
        ");
    }

    #[test]
    fn what_explains_it_is_named_here_and_elsewhere() {
        let related = |path: &str, span, message: &str| Related { path: path.into(), span, message: message.into() };
        let change = |d: &mut Diagnostic| {
            d.related = vec![related("a.md", Span::new(0, 4), "named here"), related("registry.yaml", Span::new(8, 15), "defined here")];
        };
        insta::assert_snapshot!(shown("Then [[lavrow|L.]] said", Span::new(7, 13), change), @r"
        error[unknown-entity]: there is no record `lavrow`
         --> corpus/a.md:1:8
          |
        1 | Then [[lavrow|L.]] said
          | ----   ^^^^^^
          | |
          | named here
          |
          = note: defined here: corpus/registry.yaml:2:1
          = help: did you mean `lavrov`?
        ");
    }

    #[test]
    fn a_line_as_long_as_a_book_keeps_its_column() {
        let text = format!("{}[[lavrow]]{}", "ворд ".repeat(2000), " word".repeat(2000));
        let out = shown(&text, Span::new(18_002, 18_008), |_| {});
        assert!(out.contains("corpus/a.md:1:10003\n") && !out.contains(":::") && out.len() < 1000, "{out}");
        let out = shown(&text[2..], Span::new(1800, 1809), |_| {});
        assert!(out.contains("corpus/a.md:1:1001\n") && out.len() < 1000, "{out}");
    }

    #[test]
    fn control_characters_of_a_text_do_not_reach_the_terminal() {
        let out = shown("a \u{1b}[31m\u{7}", Span::new(2, 8), |d| d.message = "no `\u{1b}[31m`".into());
        assert!(!out.contains(['\u{1b}', '\u{7}']), "{out:?}");
    }

    #[test]
    fn the_closing_line_counts() {
        let summary = Summary { files: 12, errors: 1, warnings: 3, notes: 0, skipped: 1 };
        assert_eq!(closing_line(&summary), "checked 12 files: 1 error, 3 warnings (1 file not read)");
        assert_eq!(closing_line(&Summary { files: 1, ..Summary::default() }), "checked 1 file: nothing found");
    }
}
