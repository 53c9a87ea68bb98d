//! The language server over its pipe, as a client meets it.

mod client;
mod transport;
