//! Real editors, driven without a screen.

mod neovim;
