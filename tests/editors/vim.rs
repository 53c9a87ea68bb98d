//! Vim 9.0 with ALE 3.3, on a screen: a client that offers hardly anything, to which everything must still be said.
//! `tests/editors/install_terminals.sh` unpacks both.

use std::path::Path;

use super::process;
use super::terminal::{self, Terminal};

#[test]
fn ale_shows_findings_cards_and_places_renames_and_cures() {
    let Some(vim) = process::tool("target/tools/vim/vim", "install_terminals.sh").filter(|_| terminal::is_here()) else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = format!("VIDIMUS_VIM={}", root.join("editors/vim/vidimus-ale.vim").display());
    let ale = format!("VIDIMUS_ALE={}", root.join("target/tools/vim/root/usr/share/vim-ale").display());
    let settings = root.join("tests/editors/vim/vimrc").display().to_string();
    let words = ["env", &ours, &ale, &vim.display().to_string(), "-u", &settings, "analyses/draft-references.md"];
    let vim = Terminal::start((130, 34), &words, |_| ());
    vim.sees(&["`tas-2017` is in no bibliography"]);

    vim.write(":call Go('res-2202')\n");
    vim.insists(|t| t.write(":ALECodeAction\n"), &["1) Write `unsc-2202`"]);
    vim.write("1\n");
    vim.sees(&["[[unsc-2202|the resolution]]"]);

    vim.write(":write | edit analyses/minsk-2017.md\n");
    vim.sees(&["A mission for the monitors"]);
    vim.write(":call Go('[[unsc-2202#op-1')\n");
    vim.insists(|t| t.write(":ALEHover\n"), &["Endorses the Package of Measures"]);
    vim.write(":pclose\n");
    vim.write(":ALEGoToDefinition\n");
    vim.sees(&["1. Endorses the [[minsk-package"]);
    vim.write(":buffer minsk-2017\n");
    vim.sees(&["What was agreed"]);

    vim.write(":call Go('[[lavrov|the top')\n");
    vim.insists(|t| t.write(":ALERename\n"), &["New name"]);
    vim.press(&["C-u"]);
    vim.write("s-lavrov\n");
    vim.sees(&["[[s-lavrov|the top diplomat]]"]);
    vim.write(":silent! wall\n");
    vim.has_written("registry/people.yaml", "id: s-lavrov");
    vim.has_written("analyses/minsk-2017.md", "[[s-lavrov|the top diplomat]]");
    vim.write(":qall!\n");
}
