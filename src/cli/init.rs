//! `vidimus init`

use std::io::{self, Write};
use std::path::Path;

use super::terminal::Terminal;
use super::{Outcome, corpora};
use crate::workspace::{CONFIG_NAME, write};

const SETTINGS: &str = r#"# Settings of this corpus. Everything here is optional; `vidimus explain` lists the rules.

# lang = "en"

# Which texts are what: an analysis needs a citation for every claim, a source-text attributes, an opinion is left alone.
# [[documents]]
# files = "sources/**"
# kind = "source-text"

# [rules]
# vague-attribution = "note"
"#;

const REGISTRY: &str =
    "# Bodies that the texts name. `vidimus` finds every name and alias in plain words; `[[un]]` or `[[un|the body]]` links one.
- id: un
  type: org
  name: United Nations
  aliases: [UN, Организация Объединённых Наций, ООН]
";

/// Writes what is not there yet and asks nothing.
pub(super) fn run(terminal: &Terminal, folder: &Path) -> io::Result<Outcome> {
    let folder = corpora::absolute(terminal.here(), folder);
    let mut out = terminal.out();
    let mut outcome = Outcome::Clean;
    for (name, text) in [(CONFIG_NAME, SETTINGS), ("registry/bodies.yaml", REGISTRY)] {
        let path = folder.join(name);
        match write::create(&path, text) {
            Ok(()) => writeln!(out, "wrote {}", terminal.shown(&path))?,
            Err(trouble) => {
                terminal.troubles(&[trouble]);
                outcome = Outcome::Failed;
                break;
            }
        }
    }
    if outcome == Outcome::Clean {
        writeln!(out, "put texts beside them, then: vidimus check {}", terminal.shown(&folder))?;
    }
    out.flush()?;
    Ok(outcome)
}
