//! `vidimus explain`

use std::io::{self, Write};

use super::Outcome;
use super::selection::suggestion;
use super::terminal::Terminal;
use crate::config::TextKind;
use crate::rules::{RULES, Rule, Speaks, Tier, rule};

pub(super) fn run(terminal: &Terminal, name: Option<&str>) -> io::Result<Outcome> {
    let mut out = terminal.out();
    match (name, name.and_then(rule)) {
        (None, _) => list(&mut out)?,
        (_, Some(rule)) => manual(&mut out, rule)?,
        (Some(name), None) => {
            let help = suggestion(name).unwrap_or_else(|| "`vidimus explain` lists all rules".into());
            terminal.fault(&format!("there is no rule `{name}`"), Some(&help));
            return Ok(Outcome::Failed);
        }
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
        Speaks::InEditors => "; a hint in editors, elsewhere when `--select` or `vidimus.toml` asks for it",
        Speaks::WhenAsked => "; when `--select` or `vidimus.toml` asks for it",
    };
    writeln!(out, "# {}\n\n{} ({tier}; {}{speaks})\n\n{}", rule.name, rule.summary, levels.join(", "), rule.manual().trim_end())
}
