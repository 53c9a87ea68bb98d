//! Real editors, driven without a screen.
//!
//! - [`process`]: an editor's process, its corpus and its home
//! - [`terminal`]: an editor on a screen, its keys and what it shows
//! - [`picture`]: pictures of such a screen
//! - one module for each editor; `install_EDITOR.sh` installs it under `target/tools`
//! - [`vscode`]: VS Code's extension, without an editor and in the real extension host
//! - [`workbench`]: VS Code in a browser; [`installed`]: what of it is installed, and the extension's package
//! - [`group`]: programs whose children end with them

#![cfg(unix)]

mod emacs;
mod group;
mod helix;
mod installed;
mod kakoune;
mod neovim;
mod picture;
mod process;
mod terminal;
mod vim;
mod vscode;
mod workbench;
