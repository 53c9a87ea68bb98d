//! `vidimus completions` and `vidimus man`: made from the table of arguments, so that they cannot be stale.

use std::io::{self, Write};

use clap::CommandFactory;

use super::Outcome;
use super::arguments::Arguments;
use super::terminal::Terminal;

pub(super) fn completions(terminal: &Terminal, shell: clap_complete::Shell) -> io::Result<Outcome> {
    // The generator panics when it cannot write, so it writes to memory.
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "vidimus", &mut text);
    print(terminal, &text)
}

pub(super) fn man(terminal: &Terminal, command: Option<&str>) -> io::Result<Outcome> {
    let all = Arguments::command();
    let page = match (command, command.and_then(|name| all.find_subcommand(name))) {
        (None, _) => all,
        (Some(name), Some(found)) => found.clone().display_name(format!("vidimus-{name}")).bin_name(format!("vidimus {name}")),
        (Some(name), None) => {
            terminal.fault(&format!("there is no command `{name}`"), Some("`vidimus help` lists all commands"));
            return Ok(Outcome::Failed);
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    print(terminal, &text)
}

fn print(terminal: &Terminal, text: &[u8]) -> io::Result<Outcome> {
    let mut out = terminal.out();
    out.write_all(text)?;
    out.flush()?;
    Ok(Outcome::Clean)
}
