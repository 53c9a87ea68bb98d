//! Where output goes and what it may look like there.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Component, Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::arguments::{Color, Shared};
use crate::workspace::Trouble;

/// The two streams of one run, and the folder it runs in.
pub(super) struct Terminal {
    shared: Shared,
    here: PathBuf,
}

/// Standard output, colours stripped where they are not wanted.
pub(super) type Out = BufWriter<AutoStream<io::StdoutLock<'static>>>;

impl Terminal {
    pub(super) fn new(shared: Shared, here: PathBuf) -> Self {
        Self { shared, here }
    }

    pub(super) fn here(&self) -> &Path {
        &self.here
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.shared.quiet
    }

    pub(super) fn is_verbose(&self) -> bool {
        self.shared.verbose
    }

    pub(super) fn out(&self) -> Out {
        // What holds no colours needs not be searched for them.
        let choice = if self.is_styled() { self.choice() } else { ColorChoice::AlwaysAnsi };
        BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout().lock(), choice))
    }

    /// Whether standard output takes colours.
    pub(super) fn is_styled(&self) -> bool {
        AutoStream::new(io::stdout().lock(), self.choice()).current_choice() != ColorChoice::Never
    }

    /// Whether a file is to hold colours: only when they are asked for.
    pub(super) fn styles_files(&self) -> bool {
        self.shared.color == Color::Always
    }

    /// Whether somebody looks at standard output.
    pub(super) fn is_watched() -> bool {
        io::stdout().is_terminal()
    }

    /// Whether a moving line on standard error would be seen and not be in the way.
    pub(super) fn shows_progress(&self) -> bool {
        io::stderr().is_terminal() && !self.shared.quiet
    }

    fn choice(&self) -> ColorChoice {
        match self.shared.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }

    /// Columns of the terminal; a fixed number elsewhere, so that output is the same on every machine.
    pub(super) fn width() -> usize {
        const ELSEWHERE: usize = 120;
        if !io::stdout().is_terminal() {
            return ELSEWHERE;
        }
        terminal_size::terminal_size().map_or(ELSEWHERE, |(width, _)| usize::from(width.0).clamp(40, 240))
    }

    /// How a reader in our folder names `path`.
    pub(super) fn shown(&self, path: &Path) -> String {
        let seen = seen_from(&self.here, path);
        let shown = seen.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if shown.is_empty() { ".".into() } else { shown }
    }

    /// Tells that the run itself went wrong.
    pub(super) fn fault(&self, message: &str, help: Option<&str>) {
        self.say(AnsiColor::BrightRed, "error", message, help);
    }

    /// Tells something worth knowing about the run.
    pub(super) fn note(&self, message: &str, help: Option<&str>) {
        if !self.shared.quiet {
            self.say(AnsiColor::BrightGreen, "note", message, help);
        }
    }

    /// Tells what is only asked for by `-v`.
    pub(super) fn detail(&self, message: &str) {
        if self.shared.verbose {
            self.say(AnsiColor::BrightBlue, "info", message, None);
        }
    }

    /// Tells what went wrong with files.
    pub(super) fn troubles(&self, troubles: &[Trouble]) {
        for trouble in troubles {
            let message = format!("{} {}", self.shown(&trouble.path), trouble.message);
            let tell = if trouble.grave { Self::fault } else { Self::note };
            tell(self, &message, trouble.help.as_deref());
        }
    }

    fn say(&self, color: AnsiColor, word: &str, message: &str, help: Option<&str>) {
        let (title, plain) = (color.on_default().bold(), Style::new().bold());
        let message: String = message.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        let mut err = AutoStream::new(io::stderr().lock(), self.choice());
        // Nobody can be told that standard error is closed.
        let _ = writeln!(err, "{title}{word}{title:#}{plain}:{plain:#} {message}");
        if let Some(help) = help {
            let _ = writeln!(err, "  = help: {help}");
        }
    }
}

/// `path` as it is named in `folder`; both absolute.
pub(super) fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    if let Ok(below) = path.strip_prefix(folder) {
        return below.to_owned();
    }
    let shared = folder.components().zip(path.components()).take_while(|(a, b)| a == b).count();
    // Only the root in common: climbing there would be no name that a reader knows.
    if folder.components().take(shared).all(|c| matches!(c, Component::RootDir | Component::Prefix(_))) {
        return path.to_owned();
    }
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(path.components().skip(shared)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_named_as_one_names_it_from_here() {
        let seen = |folder: &str, path: &str| seen_from(Path::new(folder), Path::new(path)).display().to_string().replace('\\', "/");
        assert_eq!(seen("/home/a", "/home/a/x/y.md"), "x/y.md");
        assert_eq!(seen("/home/a/x", "/home/a/y.md"), "../y.md");
        assert_eq!(seen("/home/a", "/srv/y.md"), "/srv/y.md");
    }
}
