//! `verbatim-drift`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::{Level, LevelRow};
use sha2::{Digest, Sha256};

use crate::syntax::reading;

rule! {
/// A text whose words are no longer those that front matter's `verbatim: sha256:…` sealed. Marks, citations and front matter do not
/// count: the hash is of the reading text.
///
/// ## Why
///
/// It proves that annotating an archived text did not alter it.
///
/// ~~~passes
/// ---
/// verbatim: sha256:edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb
/// ---
/// abc
/// ~~~
/// ~~~fails
/// ---
/// verbatim: sha256:0000000000000000000000000000000000000000000000000000000000000000
/// ---
/// abc
/// ~~~
///
/// ## Fix
///
/// Restore the words; or, after an intended correction, seal it anew and say why in the commit.
    "verbatim-drift", "words that are no longer those that were sealed", Sound, Text, LevelRow::everywhere(Level::Error), check
}

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(notes), Some((sealed, span))) = (context.notes, context.file.facts.head.verbatim.as_ref()) else { return };
    let Some(wanted) = sealed.strip_prefix("sha256:") else {
        findings.at(*span, format!("`{sealed}` is no seal")).help("write `sha256:` and the hash in hexadecimal digits");
        return;
    };
    let words = reading(&notes.text, &notes.document);
    let hash: String = Sha256::digest(words.text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    if !wanted.eq_ignore_ascii_case(&hash) {
        findings
            .at(*span, "the words are no longer those that were sealed")
            .help(format!("restore them; after an intended correction write `sha256:{hash}`"))
            .unsafe_fix("Seal the text as it is now", *span, format!("sha256:{hash}"));
    }
}
