//! Vidimus: a language server and batch checker for annotated corpora.
//!
//! Every claim in a text, traced to a source that somebody can see. Texts are Pandoc-flavoured
//! Markdown or plain paragraphs; records of people, bodies, agreements, resolutions and sources lie
//! beside them; `vidimus check` and `vidimus lsp` say what the texts leave untraced.
//!
//! # The house
//!
//! One crate; every folder is a layer. A layer uses only rows below its own; the modules of one row
//! do not know each other. A test reads the sources and keeps it so.
//!
//! ```text
//!         main.rs
//!       cli          server                        terminal · protocol (the only place that names an LSP type)
//!  features  report  interchange  workspace        answers for editors · findings out · annotations in/out · the disk
//!       rules                                      what can be wrong: one file, one rule
//!       corpus                                     all texts together: index, lookup, symbols, provenance
//!       prose                                      what one text's words say: sentences, quotes, figures, speakers, instruments
//!  config    syntax    registry                    settings · one text's marks · records
//!       text                                       spans, lines, edits
//! ```
//!
//! # The three flows
//!
//! **A keystroke.** [`server`] applies the change to the open text → [`corpus::Corpus::apply`] parses
//! it, reduces it to facts, and answers which names were affected → a new [`corpus::Snapshot`] →
//! [`rules::check`] for this text, then for the texts that use an affected name → published with the
//! version.
//!
//! **`check`.** [`workspace`] finds the root, the settings and the files → one
//! [`corpus::Change`] → `apply` once → [`rules::check`] for every file in parallel → [`report`].
//!
//! **Go to definition.** `server::convert` turns a position into bytes → [`features`] asks
//! [`corpus::Snapshot::symbol_at`] → plain targets → back into the protocol's words.
//!
//! # Where to touch
//!
//! - *A rule*: one file under `rules/`, and two lines in `rules/mod.rs` (the module, the row of the table).
//! - *A request*: one file under `features/`, one under `server/requests/`, a row in the dispatch table.
//! - *A report format*: one file under `report/`, one variant, one expected output.
//! - *An instrument's form*: one file under `prose/instruments/`.

pub mod text;

pub mod config;
pub mod registry;
pub mod syntax;

pub mod prose;

pub mod corpus;

pub mod rules;

pub mod features;
pub mod interchange;
pub mod report;
pub mod workspace;

pub mod cli;
pub mod server;

#[cfg(test)]
mod fixture;
