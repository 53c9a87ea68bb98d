//! An explanation as Markdown, for a page or panel of an editor.

use std::fmt::Write;

use super::{Explanation, Thing};
use crate::corpus::FileId;
use crate::features::card::escaped;
use crate::features::why::Outcome;
use crate::features::{Fact, Reason};
use crate::text::Span;

/// How a place is called, and where a link to it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `12:5`, in another file with its path.
    pub label: String,
    /// An address, escaped; a place without one is no link.
    pub address: Option<String>,
}

/// The explanation as Markdown: what stands there, then the rules. `shown` names places. No sign in words of the corpus means anything.
#[must_use]
pub fn markdown(all: &Explanation, shown: &mut dyn FnMut(FileId, Span) -> Shown) -> String {
    let mut page = Page { out: String::new(), home: all.file, shown };
    for thing in &all.things {
        page.thing(thing);
    }
    let mut rules: Vec<&Reason> = all.rules.iter().collect();
    rules.sort_by_key(|r| (rank(r.outcome), std::cmp::Reverse(r.level), r.span.start, r.rule));
    for reason in rules {
        page.reason(reason);
    }
    if all.rules.is_empty() {
        page.paragraph("No rule found anything to judge here.");
    }
    page.beside(&all.beside);
    if !all.rules.is_empty() && !all.silent.is_empty() {
        page.paragraph(&format!("{} other rules found nothing to judge here.", all.silent.len()));
    }
    page.out
}

/// Findings first, then what is allowed or off, then what passes.
fn rank(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Found => 0,
        Outcome::Allowed => 1,
        Outcome::Off => 2,
        Outcome::Passed => 3,
    }
}

struct Page<'a> {
    out: String,
    home: FileId,
    shown: &'a mut dyn FnMut(FileId, Span) -> Shown,
}

impl Page<'_> {
    fn thing(&mut self, thing: &Thing) {
        let title = flat(&thing.title);
        let title = if matches!(thing.kind, "text" | "record") { escaped(&title) } else { code(&title) };
        let place = if thing.span.is_empty() { String::new() } else { format!(" · {}", self.link(self.home, thing.span)) };
        self.paragraph(&format!("**{}** {title}{place}", thing.kind));
        self.facts(thing.facts.iter());
    }

    fn reason(&mut self, reason: &Reason) {
        let word = match reason.outcome {
            Outcome::Found => reason.level.word(),
            other => other.word(),
        };
        let place = self.link(self.home, reason.span);
        self.paragraph(&format!("**{word}** `{}` · {place}", reason.rule));
        self.paragraph(&words(&reason.message));
        let from = &reason.level_from;
        let level = Fact { words: format!("{}, {}", reason.level.word(), from.words), ..from.clone() };
        self.facts(reason.facts.iter().chain((reason.outcome != Outcome::Passed).then_some(&level)));
    }

    fn facts<'f>(&mut self, facts: impl Iterator<Item = &'f Fact>) {
        let mut first = true;
        for fact in facts {
            let place = fact.at.as_ref().map(|at| format!(" ({})", self.link(at.file, at.span))).unwrap_or_default();
            let _ = writeln!(self.out, "{}- *{}:* {}{place}", if first { "\n" } else { "" }, fact.name, words(&fact.words));
            first = false;
        }
    }

    fn beside(&mut self, beside: &[Reason]) {
        let told = beside.iter().filter(|r| matches!(r.outcome, Outcome::Found | Outcome::Allowed));
        let all: Vec<String> = told.map(|r| format!("`{}` at {}", r.rule, self.link(self.home, r.span))).collect();
        if !all.is_empty() {
            self.paragraph(&format!("Elsewhere in the sentence: {}.", all.join(", ")));
        }
    }

    fn paragraph(&mut self, markdown: &str) {
        let gap = if self.out.is_empty() { "" } else { "\n" };
        let _ = writeln!(self.out, "{gap}{markdown}");
    }

    fn link(&mut self, file: FileId, span: Span) -> String {
        let Shown { label, address } = (self.shown)(file, span);
        let label = escaped(&label);
        match address.filter(|address| !address.contains(['<', '>', '\n', '\r', ' '])) {
            Some(address) => format!("[{label}](<{address}>)"),
            None => label,
        }
    }
}

/// On one line.
fn flat(words: &str) -> String {
    words.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

/// Words of ours, which hold what they quote between backticks; all else in them is plain.
fn words(words: &str) -> String {
    let words = flat(words);
    let parts: Vec<&str> = words.split('`').collect();
    let mut out = String::with_capacity(words.len() + 8);
    for (number, part) in parts.iter().enumerate() {
        let quoted = number % 2 == 1;
        if quoted && number + 1 < parts.len() {
            // Two signs side by side would be another sign.
            out.push_str(if out.ends_with('`') { " " } else { "" });
            out.push_str(&code(part));
        } else {
            // The one that nothing closes.
            out.push_str(if quoted { "\\`" } else { "" });
            out.push_str(&escaped(part));
        }
    }
    out
}

/// Between backticks, whatever it is.
fn code(words: &str) -> String {
    if words.trim().is_empty() || words.contains('`') { escaped(words) } else { format!("`{words}`") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    fn page(notation: &str) -> String {
        let fixture = Fixture::parse(notation);
        let snapshot = fixture.snapshot();
        let (path, offset) = fixture.cursor.expect("a cursor");
        let file = snapshot.file_at(&path).expect("the file");
        let all = super::super::explain(&snapshot, file, Span::at(offset)).expect("an explanation");
        markdown(&all, &mut |file, span| Shown {
            label: format!("{}:{}", snapshot.path(file), span.start),
            address: Some(format!("file:///{}#{}", snapshot.path(file), span.start)),
        })
    }

    #[test]
    fn what_stands_there_comes_before_the_rules() {
        let page = page("-- a.md\nAbout 90,$0000 people left. Half [stayed](x) [@y].\n");
        let lines: Vec<&str> = page.lines().filter(|line| line.starts_with("**")).collect();
        assert_eq!(lines[0], "**figure** `About 90,000 people` · [a.md:0](<file:///a.md#0>)");
        assert!(lines.iter().any(|line| line.starts_with("**warning** `unsourced-figure` · [a.md:")), "{page}");
        assert!(page.contains("\n- *level:* warning, by default in an analysis\n"), "{page}");
        assert!(page.trim_end().ends_with("other rules found nothing to judge here."), "{page}");
    }

    #[test]
    fn no_word_of_the_corpus_means_anything() {
        assert_eq!(words("`a*b` is *not* [x](y)"), "`a*b` is \\*not\\* \\[x\\](y)");
        assert_eq!(words("`a``b` ` <c>"), "`a` `b` \\` \\<c\\>");
        let page = page("-- a.md\nSee [[no`one*x|<b>h$0im</b>]].\n");
        assert!(!page.contains("<b>") || page.contains("`<b>"), "{page}");
    }
}
