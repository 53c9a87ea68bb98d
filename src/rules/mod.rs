//! What can be wrong: one file, one rule, and the table of them.
//!
//! A rule is a value declared by [`rule!`] in the file named after it; its doc comment is its manual, whose
//! `passes` and `fails` examples run as tests. [`check`] runs all rules that speak for a file's kind
//! and takes away what the text allows.
//!
//! To add one: a file here, its module and its row in [`RULES`].
//!
//! Not here: questions that two rules share (`corpus`), how findings are shown (`report`, `server`).

mod allow;
mod baseline;
mod check;
mod checked;
mod comparisons;
mod diagnostic;
mod fingerprint;
mod fixes;
mod marked_claims;
mod reasons;
mod rule;
mod spoken;
mod telling;

mod ambiguous_alias;
mod ambiguous_resolution;
mod anachronism;
mod anchor_lost;
mod anonymous_source;
mod bad_attribute;
mod bibliography_unreadable;
mod broken_markup;
mod comment_splits_paragraph;
mod conflicting_record;
mod contested_without_counter;
mod date_out_of_role;
mod duplicate_id;
mod figure_not_in_source;
mod invalid_config;
mod invalid_front_matter;
mod invalid_record;
mod loaded_verb;
mod malformed_symbol;
mod missing_pinpoint;
mod named_works;
mod nested_citation;
mod pinpoint_kind;
mod plural_sources_single_cite;
mod preamble_as_operative;
mod quote_not_in_source;
mod quote_wrong_paragraph;
mod quote_wrong_speaker;
mod relative_time;
mod renamed_id;
mod resolution_year_mismatch;
mod single_source;
mod source_not_archived;
mod suppression_without_reason;
mod symbol_homoglyph;
mod unattributed_quote;
mod unknown_entity;
mod unknown_instrument;
mod unknown_pinpoint;
mod unknown_source;
mod unlinked_instrument;
mod unlinked_mention;
mod unregistered_source;
mod unsourced_claim;
mod unsourced_event;
mod unsourced_figure;
mod unsourced_quote;
mod unsourced_superlative;
mod unused_definition;
mod unused_suppression;
mod vague_attribution;
mod verbatim_drift;
mod wikilink_attributes;
mod wrong_type;

#[cfg(test)]
mod attribution_tests;
#[cfg(test)]
mod checked_tests;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod fixes_tests;
#[cfg(test)]
mod reasons_tests;

use crate::config::Level;
use crate::corpus::{FileState, Snapshot};

pub use allow::Allowance;
pub use baseline::{Baseline, Entry, Standing, write as write_baseline};
pub use check::{Allowed, Findings, check, check_around, check_unmarked, check_with_allowed};
pub use checked::{Checked, Found, Since};
pub use diagnostic::{Diagnostic, Fix, Related};
pub use fixes::{Fixed, Fixing, fix_all, fix_file};
pub use reasons::{Judged, Pass, Verdict, judged, judged_in_blocks};
pub use rule::{Context, Reach, Rule, Speaks, Tier};

/// All rules, by name.
pub static RULES: &[&Rule] = &[
    &ambiguous_alias::RULE,
    &ambiguous_resolution::RULE,
    &anachronism::RULE,
    &anchor_lost::RULE,
    &anonymous_source::RULE,
    &bad_attribute::RULE,
    &bibliography_unreadable::RULE,
    &broken_markup::RULE,
    &comment_splits_paragraph::RULE,
    &conflicting_record::RULE,
    &contested_without_counter::RULE,
    &date_out_of_role::RULE,
    &duplicate_id::RULE,
    &figure_not_in_source::RULE,
    &invalid_config::RULE,
    &invalid_front_matter::RULE,
    &invalid_record::RULE,
    &loaded_verb::RULE,
    &malformed_symbol::RULE,
    &missing_pinpoint::RULE,
    &nested_citation::RULE,
    &pinpoint_kind::RULE,
    &plural_sources_single_cite::RULE,
    &preamble_as_operative::RULE,
    &quote_not_in_source::RULE,
    &quote_wrong_paragraph::RULE,
    &quote_wrong_speaker::RULE,
    &relative_time::RULE,
    &renamed_id::RULE,
    &resolution_year_mismatch::RULE,
    &single_source::RULE,
    &source_not_archived::RULE,
    &suppression_without_reason::RULE,
    &symbol_homoglyph::RULE,
    &unattributed_quote::RULE,
    &unknown_entity::RULE,
    &unknown_instrument::RULE,
    &unknown_pinpoint::RULE,
    &unknown_source::RULE,
    &unlinked_instrument::RULE,
    &unlinked_mention::RULE,
    &unregistered_source::RULE,
    &unsourced_claim::RULE,
    &unsourced_event::RULE,
    &unsourced_figure::RULE,
    &unsourced_quote::RULE,
    &unsourced_superlative::RULE,
    &unused_definition::RULE,
    &unused_suppression::RULE,
    &vague_attribution::RULE,
    &verbatim_drift::RULE,
    &wikilink_attributes::RULE,
    &wrong_type::RULE,
];

/// Whether a rule speaks in any file of the corpus that looks at what all others name: then [`Snapshot::index_now`] is worth its time.
#[must_use]
pub fn looks_at_uses(snapshot: &Snapshot) -> bool {
    snapshot.files().any(|(_, file)| looks_at_uses_in(snapshot, file))
}

/// The same of one file.
#[must_use]
pub fn looks_at_uses_in(snapshot: &Snapshot, file: &FileState) -> bool {
    let speaks = |rule: &&Rule| rule.reach == Reach::Corpus && rule.level_in(file, snapshot.occasion()) != Level::Off;
    !file.facts.records.is_empty() && RULES.iter().any(speaks)
}

/// The rule of that name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    let at = RULES.binary_search_by_key(&name, |rule| rule.name).ok()?;
    RULES.get(at).copied()
}

/// The names of all rules, in order.
#[must_use]
pub fn rule_names() -> Vec<&'static str> {
    RULES.iter().map(|r| r.name).collect()
}
