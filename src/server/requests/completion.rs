//! `textDocument/completion` and `completionItem/resolve`

use std::fmt::Write;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types::{
    ClientCapabilities, CompletionContext, CompletionItem, CompletionItemKind, CompletionItemTag, CompletionList, CompletionOptions,
    CompletionResponse, CompletionTextEdit, CompletionTriggerKind, Documentation, InsertReplaceEdit, InsertTextFormat, MarkupContent,
    MarkupKind, Range, TextEdit, Uri,
};

use super::Asked;
use crate::corpus::Symbol;
use crate::features::completion::{About, Item, ItemKind, Part};
use crate::features::{self, Card, Completion, FilePosition};

/// A list so long says everything at once to a client that asks for no item's documentation.
const FEW: usize = 20;

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
}

impl Offers {
    /// What a client that offers this does.
    #[must_use]
    pub fn with(client: &ClientCapabilities) -> Self {
        let item = client.text_document.as_ref().and_then(|t| t.completion.as_ref()?.completion_item.as_ref());
        let formats = item.and_then(|i| i.documentation_format.as_deref());
        let lazy = item.and_then(|i| i.resolve_support.as_ref());
        Self {
            snippets: item.and_then(|i| i.snippet_support).unwrap_or(false),
            replaces: item.and_then(|i| i.insert_replace_support).unwrap_or(false),
            // Clients that name no format took Markdown before there was a word for it.
            markdown: formats.is_none_or(|f| f.is_empty() || f.contains(&MarkupKind::Markdown)),
            // Documentation is what every client may ask for later, unless it says otherwise.
            resolves: lazy.is_none_or(|lazy| lazy.properties.iter().any(|p| p == "documentation")),
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
struct Kept {
    uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
}

/// What could be written at the place.
#[must_use]
pub fn answer(asked: &Asked, at: FilePosition, uri: &Uri, invoked: bool) -> Option<CompletionResponse> {
    let found = features::completion(&asked.view.world.snapshot, at, invoked)?;
    let (typed, whole) = (asked.range(found.typed), asked.range(found.whole));
    let few = found.items.len() <= FEW;
    let items = found.items.iter().enumerate().map(|(n, i)| item(asked, uri, &found, (typed, whole), (n, few), i)).collect();
    Some(CompletionResponse::List(CompletionList { is_incomplete: found.incomplete, items }))
}

fn item(
    asked: &Asked,
    uri: &Uri,
    all: &Completion,
    (typed, whole): (Range, Range),
    (order, few): (usize, bool),
    i: &Item,
) -> CompletionItem {
    let offers = asked.agreed.offers;
    let snippet = i.parts().filter(|_| offers.snippets).map(snippet);
    let is_snippet = snippet.is_some();
    let text = snippet.unwrap_or_else(|| i.insert.clone());
    let edit = if offers.replaces && !all.closes && typed != whole {
        CompletionTextEdit::InsertAndReplace(InsertReplaceEdit { new_text: text, insert: typed, replace: whole })
    } else {
        CompletionTextEdit::Edit(TextEdit { range: whole, new_text: text })
    };
    let now = match &i.about {
        Some(About::Words(words)) => Some(Documentation::String((*words).to_owned())),
        Some(about) if few && !offers.resolves => documentation(asked, about),
        _ => None,
    };
    let later = if now.is_none() { i.about.as_ref().and_then(|about| kept(uri, about)) } else { None };
    CompletionItem {
        label: i.label.clone(),
        kind: Some(kind(i.kind)),
        detail: (!i.detail.is_empty()).then(|| i.detail.clone()),
        sort_text: Some(format!("{order:03}")),
        filter_text: (i.filter != i.label).then(|| i.filter.clone()),
        insert_text_format: is_snippet.then_some(InsertTextFormat::SNIPPET),
        text_edit: Some(edit),
        documentation: now,
        data: later,
        tags: i.old.then(|| vec![CompletionItemTag::DEPRECATED]),
        ..CompletionItem::default()
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

fn kept(uri: &Uri, about: &About) -> Option<serde_json::Value> {
    let bare = Kept { uri: uri.as_str().to_owned(), id: None, pin: None, rule: None };
    let kept = match about {
        About::Thing(id, pin) => Kept { id: Some(id.to_string()), pin: pin.as_ref().map(ToString::to_string), ..bare },
        About::Rule(rule) => Kept { rule: Some((*rule).to_owned()), ..bare },
        About::Words(_) => return None,
    };
    serde_json::to_value(kept).ok()
}

fn kept_of(item: &CompletionItem) -> Option<Kept> {
    Kept::deserialize(item.data.as_ref()?).ok()
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
        (Some(id), _) => asked.view.world.snapshot.symbol_of(id, kept.pin.map(Into::into)),
        (None, Some(rule)) => Some(Symbol::Rule(rule.as_str().into())),
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
