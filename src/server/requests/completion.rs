//! `textDocument/completion` and `completionItem/resolve`

use std::borrow::Cow;
use std::fmt::Write;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    ClientCapabilities, CompletionContext, CompletionItem, CompletionItemKind, CompletionOptions, CompletionTextEdit,
    CompletionTriggerKind, Documentation, InsertReplaceEdit, InsertTextFormat, MarkupContent, MarkupKind, Range, TextEdit, Uri,
};

use super::Asked;
use crate::corpus::Symbol;
use crate::features::completion::{About, Item, ItemKind, Part};
use crate::features::{self, Card, FilePosition};
use crate::server::written::Answer;

/// A list so long says everything at once to a client that asks for no item's documentation.
const FEW: usize = 20;

/// About so many bytes an item takes.
const ROOM: usize = 400;

/// Characters after which something may be worth offering. A space stands before attributes, rules and values.
const TRIGGERS: &[&str] = &["[", "#", "@", "^", "{", ".", "=", ",", "|", "(", "/", "!", "-", ":", "\"", " "];

/// What a client does with what it is offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// Fills in places.
    pub snippets: bool,
    /// Lets its user choose whether what lies ahead is replaced.
    pub replaces: bool,
    /// Shows documentation as Markdown.
    pub markdown: bool,
    /// Asks for an item's documentation when it is looked at.
    pub resolves: bool,
    /// Takes the range of all items from the list.
    pub default_range: bool,
}

impl Offers {
    /// What a client that offers this does.
    #[must_use]
    pub fn with(client: &ClientCapabilities) -> Self {
        let item = client.text_document.as_ref().and_then(|t| t.completion.as_ref()?.completion_item.as_ref());
        let formats = item.and_then(|i| i.documentation_format.as_deref());
        let list = client.text_document.as_ref().and_then(|t| t.completion.as_ref()?.completion_list.as_ref());
        let defaults = list.and_then(|l| l.item_defaults.as_deref()).unwrap_or_default();
        let lazy = item.and_then(|i| i.resolve_support.as_ref());
        Self {
            snippets: item.and_then(|i| i.snippet_support).unwrap_or(false),
            replaces: item.and_then(|i| i.insert_replace_support).unwrap_or(false),
            // Clients that name no format took Markdown before there was a word for it.
            markdown: formats.is_none_or(|f| f.is_empty() || f.contains(&MarkupKind::Markdown)),
            // Documentation is what every client may ask for later, unless it says otherwise.
            resolves: lazy.is_none_or(|lazy| lazy.properties.iter().any(|p| p == "documentation")),
            default_range: defaults.iter().any(|d| d == "editRange"),
        }
    }
}

/// What the server announces.
#[must_use]
pub fn options() -> CompletionOptions {
    CompletionOptions {
        resolve_provider: Some(true),
        trigger_characters: Some(TRIGGERS.iter().map(|t| (*t).to_owned()).collect()),
        ..CompletionOptions::default()
    }
}

/// Whether somebody asked by a key; a client that does not say is taken to have been.
#[must_use]
pub fn is_invoked(context: Option<&CompletionContext>) -> bool {
    context.is_none_or(|c| c.trigger_kind != CompletionTriggerKind::TRIGGER_CHARACTER)
}

/// What an item is about, kept in its `data`.
#[derive(Debug, Serialize, Deserialize)]
struct Kept<'a> {
    uri: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Cow<'a, str>>,
}

/// What could be written at the place, as JSON: the types of the protocol have no room for what all items have in common, and
/// making them takes longer than finding what to offer.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition, uri: &Uri, invoked: bool) -> Option<Answer> {
    let mut found = features::completion(&asked.view.world.snapshot, at, invoked)?;
    let offers = asked.agreed.offers;
    if !offers.replaces
        && let Some(text) = asked.view.world.snapshot.text(at.file)
    {
        found = found.leaving_brackets(&text);
    }
    let (typed, whole) = (asked.range(found.typed), asked.range(found.whole));
    let range = if offers.replaces && !found.closes && typed != whole {
        EditRange::Both { insert: typed, replace: whole }
    } else {
        EditRange::One(whole)
    };
    let few = found.items.len() <= FEW;
    let items = found.items.iter().enumerate().map(|(n, i)| item(asked, uri, range, (n, few), i)).collect();
    let item_defaults = offers.default_range.then_some(Defaults { edit_range: range });
    let list = List { is_incomplete: found.incomplete, item_defaults, items };
    let mut answer = Answer::default();
    answer.result().reserve(found.items.len() * ROOM);
    serde_json::to_writer(answer.result(), &list).ok()?;
    Some(answer)
}

/// A list of items, and what they have in common.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct List<'a> {
    is_incomplete: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_defaults: Option<Defaults>,
    items: Vec<Offered<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Defaults {
    edit_range: EditRange,
}

/// What an item takes the place of.
#[derive(Clone, Copy, Serialize)]
#[serde(untagged)]
enum EditRange {
    One(Range),
    Both { insert: Range, replace: Range },
}

/// One item.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Offered<'a> {
    label: &'a str,
    kind: CompletionItemKind,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
    sort_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter_text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    insert_text_format: Option<InsertTextFormat>,
    /// In place of an edit where the range is that of all items.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_edit_text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text_edit: Option<CompletionTextEdit>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documentation: Option<Documentation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Kept<'a>>,
}

fn item<'a>(asked: &Asked, uri: &'a Uri, range: EditRange, (order, few): (usize, bool), i: &'a Item) -> Offered<'a> {
    let offers = asked.agreed.offers;
    let snippet = i.parts().filter(|_| offers.snippets).map(snippet);
    let is_snippet = snippet.is_some();
    let text = snippet.map_or(Cow::Borrowed(i.insert.as_str()), Cow::Owned);
    let edit = |new_text: String| match range {
        EditRange::One(range) => CompletionTextEdit::Edit(TextEdit { range, new_text }),
        EditRange::Both { insert, replace } => CompletionTextEdit::InsertAndReplace(InsertReplaceEdit { new_text, insert, replace }),
    };
    let now = match &i.about {
        Some(About::Words(words)) => Some(Documentation::String((*words).to_owned())),
        Some(about) if few && !offers.resolves => documentation(asked, about),
        _ => None,
    };
    let later = if now.is_none() { i.about.as_ref().and_then(|about| kept(uri, about)) } else { None };
    let (text_edit_text, text_edit) = if offers.default_range { (Some(text), None) } else { (None, Some(edit(text.into_owned()))) };
    Offered {
        label: &i.label,
        kind: kind(i.kind),
        detail: &i.detail,
        sort_text: format!("{order:03}"),
        filter_text: (i.filter != i.label).then_some(i.filter.as_str()),
        insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
        text_edit_text: text_edit_text.filter(|text| *text != i.label),
        text_edit,
        documentation: now,
        data: later,
    }
}

/// A snippet in the protocol's notation.
fn snippet(parts: &[Part]) -> String {
    let mut out = String::new();
    let escaped = |words: &str, out: &mut String| {
        for c in words.chars() {
            if matches!(c, '$' | '}' | '\\') {
                out.push('\\');
            }
            out.push(c);
        }
    };
    let mut number = 0;
    for part in parts {
        match part {
            Part::Text(words) => escaped(words, &mut out),
            Part::Hole(words) if words.is_empty() => {
                number += 1;
                let _ = write!(out, "${number}");
            }
            Part::Hole(words) => {
                number += 1;
                let _ = write!(out, "${{{number}:");
                escaped(words, &mut out);
                out.push('}');
            }
        }
    }
    out
}

fn kept<'a>(uri: &'a Uri, about: &'a About) -> Option<Kept<'a>> {
    let bare = Kept { uri: uri.as_str().into(), id: None, pin: None, rule: None };
    Some(match about {
        About::Thing(id, pin) => Kept { id: Some(id.as_str().into()), pin: pin.as_deref().map(Into::into), ..bare },
        About::Rule(rule) => Kept { rule: Some((*rule).into()), ..bare },
        About::Words(_) => return None,
    })
}

fn kept_of(item: &CompletionItem) -> Option<Kept<'static>> {
    Kept::deserialize(item.data.clone()?).ok()
}

/// The text for which an item was offered.
#[must_use]
pub fn text_of(item: &CompletionItem) -> Option<Uri> {
    Uri::from_str(&kept_of(item)?.uri).ok()
}

/// The item with its documentation.
#[must_use]
pub fn resolve(asked: &Asked, item: CompletionItem) -> CompletionItem {
    let Some(kept) = kept_of(&item) else { return item };
    let symbol = match (&kept.id, &kept.rule) {
        (Some(id), _) => asked.view.world.snapshot.symbol_of(id, kept.pin.map(|pin| pin.as_ref().into())),
        (None, Some(rule)) => Some(Symbol::Rule(rule.as_ref().into())),
        (None, None) => None,
    };
    CompletionItem { documentation: symbol.and_then(|symbol| card(asked, &symbol)), ..item }
}

fn documentation(asked: &Asked, about: &About) -> Option<Documentation> {
    let symbol = match about {
        About::Thing(id, pin) => asked.view.world.snapshot.symbol_of(id, pin.clone())?,
        About::Rule(rule) => Symbol::Rule((*rule).into()),
        About::Words(words) => return Some(Documentation::String((*words).to_owned())),
    };
    card(asked, &symbol)
}

fn card(asked: &Asked, symbol: &Symbol) -> Option<Documentation> {
    let card: Card = features::hover::card(&asked.view.world.snapshot, asked.view.file, symbol)?;
    Some(Documentation::MarkupContent(if asked.agreed.offers.markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: card.markdown() }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: card.plain() }
    }))
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Person => CompletionItemKind::CLASS,
        ItemKind::Body => CompletionItemKind::MODULE,
        ItemKind::Instrument => CompletionItemKind::INTERFACE,
        ItemKind::Event => CompletionItemKind::CONSTRUCTOR,
        ItemKind::Source | ItemKind::Place => CompletionItemKind::REFERENCE,
        ItemKind::File => CompletionItemKind::FILE,
        ItemKind::Key => CompletionItemKind::PROPERTY,
        ItemKind::Value => CompletionItemKind::VALUE,
        ItemKind::Rule => CompletionItemKind::KEYWORD,
        ItemKind::Snippet => CompletionItemKind::SNIPPET,
        ItemKind::Words => CompletionItemKind::TEXT,
    }
}
