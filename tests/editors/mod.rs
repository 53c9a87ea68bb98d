//! Real editors, driven without a screen.
//!
//! - [`process`]: an editor's process, its corpus and its home
//! - one module for each editor; `install_EDITOR.sh` installs it under `target/tools`

#![cfg(unix)]

mod neovim;
mod process;
