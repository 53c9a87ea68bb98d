//! Where a setting stands: for whoever asks why it holds.

use super::reader::Reader;
use crate::text::Span;

/// Where a `vidimus.toml` sets a rule's level: under `rules`, or in the row of `documents` with that index.
#[must_use]
pub fn place_of_level(text: &str, rule: &str, row: Option<usize>) -> Option<Span> {
    let document = Reader::default().document(text);
    let table = match row {
        None => document.get_ref(),
        Some(index) => document.get_ref().get("documents")?.get_ref().as_array()?.get(index)?.get_ref().as_table()?,
    };
    let rules = table.get("rules")?.get_ref().as_table()?;
    let (key, value) = rules.iter().find(|(key, _)| key.get_ref() == rule)?;
    let span = Span::from(key.span()).join(Span::from(value.span()));
    text.get(span.range()).map(|_| span)
}

#[cfg(test)]
mod tests {
    use super::place_of_level;

    #[test]
    fn a_level_is_found_where_it_is_written() {
        let text = "[rules]\nrelative-time = \"off\"\n\n[[documents]]\nfiles = \"a/**\"\nrules = { relative-time = \"note\" }\n";
        let at = |row| place_of_level(text, "relative-time", row).map(|span| span.slice(text));
        assert_eq!(at(None), Some("relative-time = \"off\""));
        assert_eq!(at(Some(0)), Some("relative-time = \"note\""));
        assert_eq!(at(Some(1)), None);
    }
}
