//! A value with the place of each of its parts: what YAML and JSON have in common.
//!
//! Scalars keep the words as written: `no`, `2015` and `0012` in a YAML list of names are names, not a
//! truth, a number and a ten. What a field makes of them is [`super::schema`]'s business.

use std::borrow::Cow;

use crate::text::Span;

/// A value and its place in bytes; of a quoted text the words within the quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// Where.
    pub span: Span,
    /// What.
    pub value: Value<'t>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Nothing.
    Null,
    /// A text, number or truth, as written.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Node<'t>>),
    /// Keys and values in their order, repeated keys among them.
    Map(Vec<(Key<'t>, Node<'t>)>),
}

/// A key of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Key<'t> {
    /// Where.
    pub span: Span,
    /// The word.
    pub text: Cow<'t, str>,
}

impl<'t> Node<'t> {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The entries of a map; none of anything else.
    pub fn entries(&self) -> &[(Key<'t>, Node<'t>)] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a key; the first when it is repeated.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entries().iter().find(|(k, _)| k.text == key).map(|(_, node)| node)
    }

    /// The items of a list; a single value is a list of one, nothing is a list of none.
    pub fn items(&self) -> &[Node<'t>] {
        match &self.value {
            Value::List(items) => items,
            Value::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// What it is, in a word for a message.
    pub fn what(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map of keys",
        }
    }

    /// Moves every place by `by` bytes.
    pub fn shift(&mut self, by: u32) {
        self.span = self.span.shift(by);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Map(entries) => entries.iter_mut().for_each(|(key, node)| {
                key.span = key.span.shift(by);
                node.shift(by);
            }),
            _ => {}
        }
    }
}
