//! The binary as somebody at a terminal meets it: one file, one command.
