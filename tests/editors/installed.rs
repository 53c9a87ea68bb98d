//! What of VS Code is installed, and the extension's package.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::process;

/// What `tests/editors/vscode/install.sh` installed.
pub struct Installed {
    /// The file that says where its parts are.
    pub paths: PathBuf,
}

impl Installed {
    /// `None`, with a line that says so, where nothing is installed. Under `CI=true` something must be.
    pub fn here() -> Option<Self> {
        let paths = process::tool("target/tools/vscode/env", "vscode/install.sh")?;
        Some(Self { paths })
    }

    /// The path of one of its parts: `NODE`, `NPM`, `CS`, `LIBVS`, `PLAYWRIGHT`, `CHROMIUM`.
    pub fn part(&self, name: &str) -> PathBuf {
        let all = std::fs::read_to_string(&self.paths).expect("the paths");
        let found = all.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        found.unwrap_or_else(|| panic!("no {name} in {}", self.paths.display())).into()
    }

    /// Makes the extension's package for this platform, with the binary under test; what only debuggers read is left out of it.
    pub fn vsix(&self, folder: &Path) -> PathBuf {
        let (binary, lean, vsix) = (Path::new(env!("CARGO_BIN_EXE_vidimus")), folder.join("vidimus"), folder.join("vidimus.vsix"));
        let stripped = Command::new("strip").arg("-o").arg(&lean).arg(binary).status().is_ok_and(|status| status.success());
        let mut command = Command::new(self.part("NODE"));
        command.arg(root().join("editors/vscode/scripts/package.mjs")).args(["--target", platform(), "--binary"]);
        command.arg(if stripped { &lean } else { binary }).arg("--out").arg(&vsix);
        let output = command.output().expect("Node runs");
        assert!(output.status.success(), "the extension is not packaged: {}", String::from_utf8_lossy(&output.stderr));
        vsix
    }
}

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What VS Code calls this platform.
fn platform() -> &'static str {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("macos", "aarch64") => "darwin-arm64",
        ("macos", _) => "darwin-x64",
        (_, "aarch64") => "linux-arm64",
        _ => "linux-x64",
    }
}
