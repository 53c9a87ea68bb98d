//! `vidimus schema`

use std::io::{self, Write};

use super::Outcome;
use super::arguments::SchemaName;
use super::terminal::Terminal;
use crate::rules::RULES;
use crate::{config, registry};

pub(super) fn run(terminal: &Terminal, of: SchemaName) -> io::Result<Outcome> {
    let schema = match of {
        SchemaName::Config => config::schema(&RULES.iter().map(|rule| (rule.name, rule.summary)).collect::<Vec<_>>()),
        SchemaName::Record => registry::schema(),
        SchemaName::Settings => config::editor_schema(),
    };
    let mut out = terminal.out();
    writeln!(out, "{schema:#}")?;
    out.flush()?;
    Ok(Outcome::Clean)
}
