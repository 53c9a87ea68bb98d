//! Changing `vidimus.toml` as its author would: one line, all else as it was.

use super::here::line_end;
use crate::text::{Edits, Span};

/// Sets a rule's level to `off`. `None` when the table of rules is written in a way that one line cannot be added to.
pub(super) fn turn_off(text: &str, rule: &str) -> Option<Edits> {
    let end = line_end(text);
    let (mut at, mut table, mut head) = (0usize, "", None);
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.starts_with('[') {
            table = words.split('#').next().unwrap_or(words).trim_end();
            if table == "[rules]" {
                head = Some(at + line.len());
            }
        } else if table == "[rules]" && key_of(words) == rule {
            let value = line.split_once('=').map(|(key, _)| at + key.len() + 1)?;
            let line_to = at + line.trim_end_matches(['\n', '\r']).len();
            return Some(Edits::replace(Span::from(value..line_to), " \"off\""));
        } else if table.is_empty() && (key_of(words) == "rules" || words.starts_with("rules.")) {
            return None;
        }
        at += line.len();
    }
    let entry = format!("{rule} = \"off\"{end}");
    if let Some(head) = head {
        // A last line without its end.
        let gap = if text[..head].ends_with('\n') { "" } else { end };
        return Some(Edits::replace(Span::at(Span::from(0..head).end), format!("{gap}{entry}")));
    }
    let gap = match text {
        "" => "",
        _ if text.ends_with('\n') => end,
        _ => &[end, end].concat(),
    };
    Some(Edits::replace(Span::at(Span::from(0..text.len()).end), format!("{gap}[rules]{end}{entry}")))
}

/// The key of a line `key = value`, without quotation marks.
fn key_of(line: &str) -> &str {
    line.split_once('=').map_or("", |(key, _)| key.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Level};

    #[test]
    fn a_rule_is_turned_off_in_one_line() {
        let cases = [
            ("", "[rules]\nx-y = \"off\"\n"),
            ("lang = \"ru\"", "lang = \"ru\"\n\n[rules]\nx-y = \"off\"\n"),
            ("[rules]\na = \"note\"\n", "[rules]\nx-y = \"off\"\na = \"note\"\n"),
            ("[rules] # ours\r\nx-y = \"note\"\r\n", "[rules] # ours\r\nx-y = \"off\"\r\n"),
            ("[rules]", "[rules]\nx-y = \"off\"\n"),
            (
                "[[documents]]\nfiles = \"drafts/**\"\nrules = {x-y = \"note\"}\n",
                "[[documents]]\nfiles = \"drafts/**\"\nrules = {x-y = \"note\"}\n\n[rules]\nx-y = \"off\"\n",
            ),
        ];
        for (before, after) in cases {
            let edits = turn_off(before, "x-y").expect("can be turned off");
            assert_eq!(edits.apply(before), after);
            let (config, faults) = Config::parse(after, &["x-y", "a"]);
            assert!(faults.is_empty(), "{faults:?}");
            assert_eq!(config.rules.iter().find(|r| r.0 == "x-y").map(|r| r.1), Some(Level::Off));
        }
        assert!(turn_off("rules = {a = \"note\"}\n", "x-y").is_none());
    }
}
