//! Real editors, driven without a screen.
//!
//! - [`process`]: an editor's process, its corpus and its home
//! - one module for each editor; `install_EDITOR.sh` installs it under `target/tools`
//! - [`vscode`]: VS Code's extension, without an editor and in the real extension host
//! - [`workbench`]: VS Code in a browser; [`installed`]: what of it is installed, and the extension's package
//! - [`group`]: programs whose children end with them

#![cfg(unix)]

mod group;
mod installed;
mod neovim;
mod process;
mod vscode;
mod workbench;
