//! The language server over its pipe, as a client meets it.

mod answers;
pub mod client;
mod sessions;
mod transport;
