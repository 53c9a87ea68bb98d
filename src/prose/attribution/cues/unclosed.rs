//! Where a quotation ends that was never closed: before the words that say who speaks.

use super::{Cue, lexicon};
use crate::prose::Language;
use crate::text::{Span, letters};

/// Where a quotation that was never closed ends by its words: behind the comma before `…, the diplomat said.`
/// `at_end`: only when that stands at the end of `body`, the cue among the last words.
pub fn unclosed_end(text: &str, body: Span, at_end: bool) -> Option<u32> {
    let words = body.slice(text);
    memchr::memchr_iter(b',', words.as_bytes()).find_map(|comma| {
        let tail = words.get(comma + 1..)?;
        let (length, behind) = clause_with_cue(tail)?;
        let last = tail[length..].trim_matches(['.', '!', '?', ' ', '\n', '\r']).is_empty();
        (!at_end || last && behind <= 3).then(|| body.start + Span::from(0..comma + 1).end)
    })
}

/// Length of the clause up to its full stop, when a cue is among its first eight words and few words follow; and
/// how many.
fn clause_with_cue(tail: &str) -> Option<(usize, usize)> {
    const JOINS: &[&str] = &["and", "but", "or", "which", "who", "that", "as", "и", "а", "но", "что", "как", "который"];
    let mut cue = None;
    let mut at = 0;
    for (count, word) in tail.trim_start().split_inclusive(' ').take(16).enumerate() {
        let bare = word.trim_end();
        let core = bare.trim_matches(|c: char| !letters::is_alphanumeric(c));
        if count == 0 && JOINS.contains(&core) {
            return None;
        }
        let known = |language| {
            let known = lexicon(language).look(core).known;
            matches!(known.cue, Cue::Say | Cue::Report | Cue::Beside) && !known.plain
        };
        if count < 8 && cue.is_none() && (known(Language::English) || known(Language::Russian)) {
            cue = Some(count);
        }
        at += word.len();
        let length = tail.len() - tail.trim_start().len() + at;
        if bare.ends_with(['.', '!', '?']) && core.chars().count() > 2 || length == tail.len() {
            return cue.map(|c| (length, count - c));
        }
        if bare.ends_with([',', ';']) {
            return None;
        }
    }
    None
}
