//! Helix with our `languages.toml`, on a screen. `tests/editors/install_terminals.sh` unpacks it.

use std::path::Path;

use super::terminal::{self, Terminal};
use super::{picture, process};

const HELIX: &str = "target/tools/helix/hx";

/// Helix with a text of the corpus; none where it is not installed.
fn helix(text: &str) -> Option<Terminal> {
    let helix = process::tool(HELIX, "install_terminals.sh").filter(|_| terminal::is_here())?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let furnish = |home: &Path| {
        let settings = home.join("config/helix");
        std::fs::create_dir_all(&settings).expect("a folder");
        std::fs::copy(root.join("editors/helix/languages.toml"), settings.join("languages.toml")).expect("a copy");
        std::fs::copy(root.join("tests/editors/helix/config.toml"), settings.join("config.toml")).expect("a copy");
    };
    Some(Terminal::start((116, 30), &[&helix.display().to_string(), text], furnish))
}

#[test]
fn helix_shows_findings_hints_cards_and_places() {
    let Some(helix) = helix("analyses/draft-references.md") else { return };
    helix.sees(&["`tas-2017` is in no bibliography"]);
    picture::keep(&helix.painted(), 116, "editors/helix/images/findings.svg");
    helix.write(":open analyses/minsk-2017.md\n");
    helix.sees(&["A mission for the monitors"]);
    // Helix asks for hints after the first key.
    helix.press(&["l", "h"]);
    helix.sees(&["← TASS 2017, para. 2"]);
    helix.write("gg/first paragraph\n");
    helix.insists(|t| t.write(" k"), &["Endorses the Package of Measures"]);
    helix.press(&["Escape"]);
    helix.write("gd");
    helix.sees(&["1. Endorses the [[minsk-package", "unsc-2202.md"]);
}

#[test]
fn helix_completes_renames_and_cures() {
    let Some(helix) = helix("analyses/draft-references.md") else { return };
    helix.sees(&["`tas-2017` is in no bibliography"]);
    helix.write("gg/res-2202\n");
    helix.insists(|t| t.write(" a"), &["Write `unsc-2202`"]);
    helix.press(&["Enter", "Escape"]);
    helix.sees(&["[[unsc-2202|the"]);

    // Helix closes brackets: what lies ahead is not written again.
    helix.write("geo");
    // No faster than people type: Helix 25.01 sends changes that come at once in any order.
    helix.types("[[lavr");
    helix.insists(|t| t.press(&["C-x"]), &["Sergey Lavrov"]);
    helix.press(&["C-n", "Enter", "Escape"]);
    helix.write(":write-all\n");
    helix.has_written("analyses/draft-references.md", "[[unsc-2202|the resolution]]");
    helix.has_written("analyses/draft-references.md", "[[lavrov");

    helix.write(":open analyses/minsk-2017.md\n");
    helix.sees(&["A mission for the monitors"]);
    helix.write("gg/lavrov\n");
    helix.insists(|t| t.write(" r"), &["rename-to:"]);
    helix.press(&["C-u"]);
    helix.write("s-lavrov\n");
    helix.sees(&["[[s-lavrov|the top diplomat]]"]);
    helix.write(":write-all\n");
    helix.has_written("registry/people.yaml", "id: s-lavrov");
    helix.has_written("analyses/minsk-2017.md", "[[s-lavrov|the top diplomat]]");
    helix.write(":quit-all!\n");
}
