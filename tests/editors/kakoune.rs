//! Kakoune with kak-lsp, on a screen. `tests/editors/install_terminals.sh` installs both.

use std::path::Path;

use super::process;
use super::terminal::{self, Terminal};

#[test]
fn kakoune_shows_findings_hints_cards_and_places_renames_and_cures() {
    let Some(kak) = process::tool("target/tools/kakoune/kak", "install_terminals.sh").filter(|_| terminal::is_here()) else { return };
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Some(lsp) = process::tool("target/tools/kak-lsp/bin/kak-lsp", "install_terminals.sh") else { return };
    // kak-lsp answers through a `kak` that it looks for.
    let folders = [parent(env!("CARGO_BIN_EXE_vidimus")), parent(lsp), parent(&kak), std::env::var("PATH").unwrap_or_default()];
    let path = format!("PATH={}", folders.join(":"));
    let ours = format!("VIDIMUS_KAK={}", root.join("editors/kakoune/vidimus.kak").display());
    let furnish = |home: &Path| {
        let settings = home.join("config/kak");
        std::fs::create_dir_all(&settings).expect("a folder");
        std::fs::copy(root.join("tests/editors/kakoune/kakrc"), settings.join("kakrc")).expect("a copy");
    };
    let words =
        ["env", &path, &ours, "XDG_RUNTIME_DIR={home}", "TMPDIR={home}", &kak.display().to_string(), "analyses/draft-references.md"];
    let kak = Terminal::start((130, 34), &words, furnish);
    kak.sees(&["`tas-2017` is in no bibliography"]);

    kak.write("gg/res-2202\n");
    kak.insists(|t| t.write(":lsp-code-actions\n"), &["Write `unsc-2202`"]);
    kak.press(&["Enter"]);
    kak.sees(&["[[unsc-2202|the resolution]]"]);
    kak.write(":write\n");

    kak.write(":edit analyses/minsk-2017.md\n");
    kak.sees(&["A mission for the monitors", "← TASS 2017, para. 2"]);
    kak.write("gg/first paragraph\n");
    kak.insists(|t| t.write(":lsp-hover\n"), &["Endorses the Package of Measures"]);
    kak.write(":lsp-definition\n");
    kak.sees(&["1. Endorses the [[minsk-package"]);

    kak.write(":buffer analyses/minsk-2017.md\n");
    kak.sees(&["A mission for the monitors"]);
    kak.write("gg/lavrov\n:lsp-rename s-lavrov\n");
    kak.sees(&["[[s-lavrov|the top diplomat]]"]);
    kak.write(":write-all\n");
    kak.has_written("registry/people.yaml", "id: s-lavrov");
    kak.has_written("analyses/minsk-2017.md", "[[s-lavrov|the top diplomat]]");
    kak.write(":quit!\n");
}

fn parent(path: impl AsRef<Path>) -> String {
    path.as_ref().parent().map(|p| p.display().to_string()).unwrap_or_default()
}
