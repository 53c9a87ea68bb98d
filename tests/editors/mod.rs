//! Real editors, driven without a screen.
