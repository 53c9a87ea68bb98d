//! An explanation for people: what stands there, then the rules.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::place::{Asked, Places};
use crate::cli::terminal::Terminal;
use crate::config::Level;
use crate::features::why::Outcome;
use crate::features::{Explanation, Fact, Reason, Thing};
use crate::text::Span;

/// Lines are broken before this column, in a narrower terminal before its last.
const WIDTH: usize = 80;

/// Where the words of a fact begin.
const INDENT: usize = 17;

pub(super) fn write(out: &mut dyn Write, all: &Explanation, places: &Places<'_>, asked: &Asked, terminal: &Terminal) -> io::Result<()> {
    let mut page = Page { out, places, width: Terminal::width().min(WIDTH), styled: terminal.is_styled() };
    let (bold, faint) = (page.style(Style::new().bold()), page.style(Style::new().dimmed()));
    let column = asked.column.map(|c| format!(":{c}")).unwrap_or_default();
    writeln!(page.out, "{bold}{}:{}{column}{bold:#}", places.path(all.file), asked.line)?;
    for thing in &all.things {
        page.thing(thing)?;
    }
    for reason in in_order(&all.rules) {
        page.reason(reason, terminal.is_verbose())?;
    }
    writeln!(page.out)?;
    if all.rules.is_empty() {
        writeln!(page.out, "no rule found anything to judge here")?;
    }
    page.beside(&all.beside)?;
    let count = all.silent.len();
    if count > 0 && terminal.is_verbose() {
        page.wrapped(0, &format!("nothing to judge here for: {}", all.silent.join(", ")))?;
    } else if count > 0 && !all.rules.is_empty() {
        writeln!(page.out, "{faint}{count} other rules found nothing to judge here (-v names them){faint:#}")?;
    }
    Ok(())
}

/// Findings first, the gravest before; then what is allowed or off, then what passes.
fn in_order(all: &[Reason]) -> Vec<&Reason> {
    let mut all: Vec<&Reason> = all.iter().collect();
    let rank = |r: &Reason| match r.outcome {
        Outcome::Found => 0,
        Outcome::Allowed => 1,
        Outcome::Off => 2,
        Outcome::Passed => 3,
    };
    all.sort_by_key(|r| (rank(r), std::cmp::Reverse(r.level), r.span.start, r.rule));
    all
}

struct Page<'a> {
    out: &'a mut dyn Write,
    places: &'a Places<'a>,
    width: usize,
    styled: bool,
}

impl Page<'_> {
    /// A style where there are colours, else none.
    fn style(&self, style: Style) -> Style {
        if self.styled { style } else { Style::new() }
    }

    fn thing(&mut self, thing: &Thing) -> io::Result<()> {
        let (bold, faint) = (self.style(Style::new().bold()), self.style(Style::new().dimmed()));
        let title = visible(&thing.title);
        let title = if thing.kind == "text" || thing.kind == "record" { title } else { format!("`{title}`") };
        let place = if thing.span.is_empty() { String::new() } else { format!(" {faint}{}{faint:#}", self.range(thing.span)) };
        writeln!(self.out, "\n{bold}{}{bold:#} {title}{place}", thing.kind)?;
        thing.facts.iter().try_for_each(|fact| self.fact(fact))
    }

    fn reason(&mut self, reason: &Reason, verbose: bool) -> io::Result<()> {
        let (style, word) = match reason.outcome {
            Outcome::Found => (colour(reason.level), reason.level.word()),
            Outcome::Allowed => (colour(reason.level), "allowed"),
            Outcome::Off => (Style::new().dimmed(), "off"),
            Outcome::Passed => (AnsiColor::Green.on_default(), "passes"),
        };
        let (style, bold, faint) = (self.style(style), self.style(Style::new().bold()), self.style(Style::new().dimmed()));
        let place = self.range(reason.span);
        writeln!(self.out, "\n{style}{word}{style:#} {bold}{}{bold:#} {faint}{place}{faint:#}", reason.rule)?;
        self.wrapped(2, &visible(&reason.message))?;
        reason.facts.iter().try_for_each(|fact| self.fact(fact))?;
        if reason.outcome != Outcome::Passed || verbose {
            let from = &reason.level_from;
            self.fact(&Fact { words: format!("{}, {}", reason.level.word(), from.words), ..from.clone() })?;
        }
        Ok(())
    }

    fn fact(&mut self, fact: &Fact) -> io::Result<()> {
        let place = fact.at.as_ref().map(|at| format!(" ({})", self.places.shown(at))).unwrap_or_default();
        let words = format!("{}{place}", visible(&fact.words));
        let mut lines = broken(&words, self.width.saturating_sub(INDENT).max(20)).into_iter();
        let first = lines.next().unwrap_or_default();
        let faint = self.style(Style::new().dimmed());
        writeln!(self.out, "  {faint}{:<width$}{faint:#}{first}", fact.name, width = INDENT - 2)?;
        lines.try_for_each(|line| writeln!(self.out, "{:INDENT$}{line}", ""))
    }

    fn beside(&mut self, beside: &[Reason]) -> io::Result<()> {
        let told = beside.iter().filter(|r| matches!(r.outcome, Outcome::Found | Outcome::Allowed));
        let all: Vec<String> = told.map(|r| format!("{} at {}", r.rule, self.range(r.span))).collect();
        if all.is_empty() { Ok(()) } else { self.wrapped(0, &format!("elsewhere in the sentence: {}", all.join(", "))) }
    }

    fn wrapped(&mut self, indent: usize, words: &str) -> io::Result<()> {
        broken(words, self.width.saturating_sub(indent)).into_iter().try_for_each(|line| writeln!(self.out, "{:indent$}{line}", ""))
    }

    /// `3:1-3:20`, on one line `3:1-20`.
    fn range(&self, span: Span) -> String {
        let point = |offset| self.places.point(self.places.home(), offset).unwrap_or_default();
        let ((line, column), (last, end)) = (point(span.start), point(span.end));
        if line == last { format!("{line}:{column}-{end}") } else { format!("{line}:{column}-{last}:{end}") }
    }
}

fn colour(level: Level) -> Style {
    match level {
        Level::Error => AnsiColor::BrightRed.on_default().bold(),
        Level::Warning => AnsiColor::Yellow.on_default().bold(),
        Level::Note => AnsiColor::BrightGreen.on_default().bold(),
        Level::Off => Style::new().dimmed(),
    }
}

/// Lines of at most `width` characters, broken between words.
fn broken(words: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in words.split(' ') {
        let count = word.chars().count();
        match lines.last_mut() {
            Some(line) if length + 1 + count <= width => {
                line.push(' ');
                line.push_str(word);
                length += 1 + count;
            }
            _ => {
                lines.push(word.to_owned());
                length = count;
            }
        }
    }
    lines
}

/// Words of a text may hold control characters, and a terminal would obey them.
fn visible(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
