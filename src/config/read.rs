//! Reading `vidimus.toml`.

use super::Config;
use crate::text::Fault;

/// See [`Config::parse`].
pub(super) fn parse(text: &str, rule_names: &[&str]) -> (Config, Vec<Fault>) {
    let _ = (text, rule_names);
    (Config::default(), Vec::new())
}
