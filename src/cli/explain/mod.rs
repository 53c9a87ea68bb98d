//! `vidimus explain`: the manual of a rule, or what stands at a place and why.

mod json;
mod place;
mod text;

use std::io::{self, Write};

use super::Outcome;
use super::arguments::{ExplainArguments, ExplainFormat};
use super::corpora;
use super::selection::suggestion;
use super::terminal::Terminal;
use crate::config::TextKind;
use crate::corpus::Occasion;
use crate::features;
use crate::rules::{RULES, Rule, Speaks, Tier, rule};
use crate::workspace::today;
use place::{Asked, Places};

pub(super) fn run(terminal: &Terminal, arguments: &ExplainArguments) -> io::Result<Outcome> {
    let mut out = terminal.out();
    let Some(what) = arguments.what.as_deref() else {
        list(&mut out)?;
        out.flush()?;
        return Ok(Outcome::Clean);
    };
    if let Some(rule) = rule(what) {
        manual(&mut out, rule)?;
        out.flush()?;
        return Ok(Outcome::Clean);
    }
    match Asked::of(what) {
        Ok(asked) => explain_place(terminal, &asked, arguments.format, &mut out),
        Err(place::NoPlace::Path) => Ok(failed(terminal, &format!("`{what}` names no line"), &format!("`vidimus explain {what}:1`"))),
        Err(place::NoPlace::Rule) => {
            let help = suggestion(what).unwrap_or_else(|| "`vidimus explain` lists all rules".into());
            Ok(failed(terminal, &format!("there is no rule `{what}`"), &help))
        }
    }
}

fn failed(terminal: &Terminal, message: &str, help: &str) -> Outcome {
    terminal.fault(message, Some(help));
    Outcome::Failed
}

fn explain_place(terminal: &Terminal, asked: &Asked, format: ExplainFormat, out: &mut dyn Write) -> io::Result<Outcome> {
    let (jobs, troubles) = corpora::jobs(terminal, std::slice::from_ref(&asked.path));
    terminal.troubles(&troubles);
    let Some(job) = jobs.into_iter().next() else { return Ok(Outcome::Failed) };
    let listing = job.list();
    let occasion = Occasion { today: today(), ..Occasion::default() };
    let opened = job.open(terminal, &listing, None, occasion, None);
    let text = match opened.files.as_slice() {
        [file] => opened.snapshot.text(*file).map(|text| (*file, text)),
        _ => None,
    };
    let Some((file, text)) = text else {
        terminal.troubles(&opened.troubles);
        let help = "a text, a registry or a bibliography of a corpus can be explained";
        return Ok(failed(terminal, &format!("{} is no file of a corpus", terminal.shown(&asked.path)), help));
    };
    let span = match asked.span(&text) {
        Ok(span) => span,
        Err(wrong) => {
            return Ok(failed(terminal, &format!("{} {}", terminal.shown(&asked.path), wrong.message()), place::COUNTING));
        }
    };
    let Some(explanation) = features::explain(&opened.snapshot, file, span) else { return Ok(Outcome::Failed) };
    let places = Places::new(&opened, file);
    match format {
        ExplainFormat::Text => text::write(out, &explanation, &places, asked, terminal)?,
        ExplainFormat::Json => json::write(out, &explanation, &places)?,
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn list(out: &mut dyn Write) -> io::Result<()> {
    let widest = RULES.iter().map(|r| r.name.len()).max().unwrap_or(0);
    for rule in RULES {
        writeln!(out, "{:widest$}  {:15}  {}", rule.name, rule.level_word(TextKind::Analysis), rule.summary)?;
    }
    Ok(())
}

fn manual(out: &mut dyn Write, rule: &Rule) -> io::Result<()> {
    let tier = match rule.tier {
        Tier::Sound => "sound: no guess about language is involved",
        Tier::Heuristic => "heuristic: it reads language and may misread it",
    };
    let levels = [("analysis", TextKind::Analysis), ("source-text", TextKind::SourceText), ("opinion and notes", TextKind::Opinion)];
    let levels: Vec<String> = levels.iter().map(|(word, kind)| format!("{} in {word}", rule.level(*kind).word())).collect();
    let speaks = match rule.speaks {
        Speaks::Unasked => "",
        Speaks::InEditors => "; a hint in texts that are open in an editor, elsewhere when `--select` or `vidimus.toml` asks for it",
        Speaks::WhenAsked => "; when `--select` or `vidimus.toml` asks for it",
    };
    writeln!(out, "# {}\n\n{} ({tier}; {}{speaks})\n\n{}", rule.name, rule.summary, levels.join(", "), rule.manual().trim_end())
}
