//! Annotations that stand beside a text, in a file of their own: `minsk.md.annotations.json` for `minsk.md`.
//!
//! The W3C's Web Annotation data model as JSON: a list of annotations, one alone, or a page or collection with `items`. Of each is read
//! where its target says it stands: `TextQuoteSelector` (`exact`, `prefix`, `suffix`) and `TextPositionSelector` (`start`, `end`).
//! What it says, and selectors of other kinds, are others' business.

use super::json;
use super::record::Spanned;
use super::tree::{Node, Value};
use crate::text::{Fault, Span};

/// What follows a text's name in the name of the file of its annotations.
pub const ENDING: &str = ".annotations.json";

/// Where an annotation stands, as it says itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// The words that are annotated.
    pub exact: Option<Spanned<String>>,
    /// Words before them.
    pub prefix: String,
    /// Words behind them.
    pub suffix: String,
    /// From which character to which, counted in Unicode scalar values; and where that is written.
    pub position: Option<Spanned<(u32, u32)>>,
}

/// Every target of every annotation, and what is wrong with the file.
#[must_use]
pub fn parse(text: &str) -> (Vec<Target>, Vec<Fault>) {
    let mut targets = Vec::new();
    match json::parse(text) {
        Ok(node) => annotations(&node, &mut targets),
        Err(stopped) => {
            let at = text.floor_char_boundary(stopped.at.min(text.len()));
            let fault = Fault::new("anchor-lost", Span::from(at..at), format!("the annotations cannot be read: {}", stopped.message));
            return (targets, vec![fault.help("write a list of Web Annotations as JSON")]);
        }
    }
    (targets, Vec::new())
}

/// Nesting of pages in collections is bounded by that of JSON.
fn annotations(node: &Node<'_>, into: &mut Vec<Target>) {
    if let Value::List(items) = &node.value {
        for item in items {
            annotations(item, into);
        }
    } else if let Some(items) = node.get("items") {
        annotations(items, into);
    } else if let Some(target) = node.get("target") {
        each(target, &mut |target| into.extend(target.get("selector").and_then(read)));
    } else if let Some(first) = node.get("first") {
        annotations(first, into);
    }
}

/// A value, or each of a list of them.
fn each<'n, 't>(node: &'n Node<'t>, work: &mut dyn FnMut(&'n Node<'t>)) {
    match &node.value {
        Value::List(items) => items.iter().for_each(work),
        _ => work(node),
    }
}

fn read(selector: &Node<'_>) -> Option<Target> {
    let mut out = Target::default();
    each(selector, &mut |one| {
        let word = |key: &str| one.get(key).and_then(Node::text).unwrap_or_default().to_owned();
        match one.get("type").and_then(Node::text) {
            Some("TextQuoteSelector") if out.exact.is_none() => {
                out.exact = one.get("exact").map(|exact| Spanned { value: word("exact"), span: exact.span });
                (out.prefix, out.suffix) = (word("prefix"), word("suffix"));
            }
            Some("TextPositionSelector") if out.position.is_none() => {
                let number = |key: &str| one.get(key).and_then(Node::text)?.parse().ok();
                out.position = number("start").zip(number("end")).map(|value| Spanned { value, span: one.span });
            }
            _ => {}
        }
    });
    (out.exact.is_some() || out.position.is_some()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_wherever_the_model_puts_them() {
        let quote = r#"{"type": "TextQuoteSelector", "exact": "two \"words\"", "prefix": "a ", "suffix": " b"}"#;
        let position = r#"{"type": "TextPositionSelector", "start": 3, "end": 9}"#;
        let one = format!(r#"{{"type": "Annotation", "target": {{"source": "a.md", "selector": [{position}, {quote}]}}}}"#);
        for text in [one.clone(), format!("[{one}]"), format!(r#"{{"type": "AnnotationPage", "items": [{one}]}}"#)] {
            let (targets, faults) = parse(&text);
            assert!(faults.is_empty() && targets.len() == 1, "{text}");
            let exact = targets[0].exact.as_ref().expect("a quotation");
            assert_eq!((exact.value.as_str(), exact.span.slice(&text)), ("two \"words\"", r#"two \"words\""#));
            assert_eq!((targets[0].prefix.as_str(), targets[0].suffix.as_str()), ("a ", " b"));
            assert_eq!(targets[0].position.as_ref().map(|p| p.value), Some((3, 9)));
        }
    }

    #[test]
    fn what_is_no_json_is_a_fault_and_other_selectors_are_passed_over() {
        assert_eq!(parse("[{").1.len(), 1);
        assert_eq!(parse("é").1.len(), 1);
        assert_eq!(parse(r#"[{"target": {"selector": {"type": "FragmentSelector", "value": "x"}}}, 3]"#), (Vec::new(), Vec::new()));
    }
}
