//! A cited work as a bibliography prints it: author, year, title, where it appeared.

use std::fmt::Write;

use crate::registry::{Record, Source};

/// The whole reference in one line.
#[must_use]
pub fn reference(record: &Record) -> String {
    let nothing = Source::default();
    let source = record.source.as_deref().unwrap_or(&nothing);
    let mut out = authors(source);
    let date = record.date.as_ref().map(|d| d.value.as_str()).unwrap_or_default();
    if !date.is_empty() {
        let gap = if out.is_empty() { "" } else { " " };
        let _ = write!(out, "{gap}({date})");
    }
    let name = record.name.as_ref().map_or(record.id.value.as_str(), |n| n.value.as_str());
    let parts = [Some(name), source.container.as_deref(), source.publisher.as_deref(), source.pages.as_deref()];
    for part in parts.into_iter().flatten().filter(|p| !p.is_empty()) {
        if !out.is_empty() {
            out.push_str(if out.ends_with(')') && !out.contains(". ") { ": " } else { ". " });
        }
        out.push_str(part.trim_end_matches('.'));
    }
    if let Some(doi) = &source.doi {
        let _ = write!(out, ". doi:{doi}");
    }
    out.push('.');
    out
}

/// Author and year, to name a work in passing: `Hayes 2018`.
#[must_use]
pub fn short(record: &Record) -> String {
    let author = record.source.as_deref().and_then(|s| s.authors.first()).map(|(family, _)| family.as_str());
    let name = author.or(record.name.as_ref().map(|n| n.value.as_str())).unwrap_or(&record.id.value);
    match record.date.as_ref().and_then(|d| d.value.get(..4)) {
        Some(year) => format!("{name} {year}"),
        None => name.to_owned(),
    }
}

/// `Hayes, Mary; Petrov, Ivan`; more than three are "and others".
fn authors(source: &Source) -> String {
    let mut names: Vec<String> = source
        .authors
        .iter()
        .take(3)
        .map(|(family, given)| if given.is_empty() { family.to_string() } else { format!("{family}, {given}") })
        .collect();
    if source.authors.len() > 3 {
        names.push("and others".into());
    }
    names.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registry::Spanned;

    fn spanned(value: &str) -> Option<Spanned<smol_str::SmolStr>> {
        Some(Spanned { value: value.into(), ..Spanned::default() })
    }

    fn work(authors: &[(&str, &str)], container: Option<&str>) -> Record {
        Record {
            name: spanned("The monitors"),
            date: spanned("2018-05"),
            source: Some(Box::new(Source {
                authors: authors.iter().map(|(f, g)| ((*f).into(), (*g).into())).collect(),
                container: container.map(Into::into),
                ..Source::default()
            })),
            ..Record::default()
        }
    }

    #[test]
    fn a_reference_says_what_is_known() {
        let full = work(&[("Hayes", "Mary"), ("TASS", "")], Some("Peace Review"));
        assert_eq!(reference(&full), "Hayes, Mary; TASS (2018-05): The monitors. Peace Review.");
        assert_eq!(short(&full), "Hayes 2018");
        let bare = work(&[], None);
        assert_eq!((reference(&bare).as_str(), short(&bare).as_str()), ("(2018-05): The monitors.", "The monitors 2018"));
    }

    #[test]
    fn many_authors_are_cut_off() {
        let many = [("A", ""), ("B", ""), ("C", ""), ("D", "")];
        assert!(reference(&work(&many, None)).starts_with("A; B; C; and others (2018-05)"));
    }
}
