//! Where do its links lead?

use super::item;
use crate::corpus::{FileId, FileKind, Snapshot, Symbol, attribute_key, has_scheme, target_name};
use crate::registry::bibliography;
use crate::syntax::{NodeKind, Spelling};
use crate::text::Span;

/// A link of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What to click on.
    pub span: Span,
    /// Where it leads.
    pub leads: Leads,
    /// What a reader is told of it; empty when the address says enough.
    pub tooltip: String,
}

/// Where a link leads. Nothing is looked up on the network or on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// To an address with a scheme.
    Address(String),
    /// To a file, by its path relative to the root; it may not be there.
    File(String),
    /// To a place in a file of the corpus: the text and the pinpoint.
    Pinpoint(FileId, String),
}

/// The links of a file, in order: links and images of a text, notes named by their path, addresses in plain words, `source:` and
/// `bibliography:` of front matter; in lists and bibliographies the addresses and files of records.
#[must_use]
pub fn links(snapshot: &Snapshot, file: FileId) -> Vec<Link> {
    let mut out = Vec::new();
    let Some(state) = snapshot.file(file) else { return out };
    let lead = |written: &str| leads(snapshot, file, written);
    for (path, span) in &state.facts.head.bibliography {
        out.extend(lead(path).map(|leads| Link { span: *span, leads, tooltip: "the works this text cites".into() }));
    }
    out.extend(source(snapshot, file));
    for record in &state.facts.records {
        let web = record.source.as_ref().and_then(|s| s.url.as_ref());
        let local = record.source.as_ref().and_then(|s| s.file.as_ref());
        for written in web.into_iter().chain(local).chain(&record.same_as) {
            out.extend(lead(&written.value).map(|leads| Link { span: written.span, leads, tooltip: String::new() }));
        }
    }
    if let FileKind::Text(_) = state.kind {
        in_text(snapshot, file, &mut out);
    }
    // A `.bib` says one address twice in fields that mean the same; a link is clicked once.
    out.retain(|link| !link.span.is_empty());
    out.sort_by_key(|link| link.span);
    out.dedup_by_key(|link| link.span);
    out
}

fn in_text(snapshot: &Snapshot, file: FileId, out: &mut Vec<Link>) {
    let Some(notes) = snapshot.annotations(file) else { return };
    for node in &notes.document.nodes {
        let link = match &node.kind {
            NodeKind::Link { text, destination } | NodeKind::Image { text, destination } => {
                let written = destination.slice(&notes.text);
                let leads =
                    if is_mail(written) { Some(Leads::Address(format!("mailto:{written}"))) } else { leads(snapshot, file, written) };
                let span = if text.is_empty() || node.span == *text { node.span } else { *text };
                leads.map(|leads| Link { span, leads, tooltip: String::new() })
            }
            NodeKind::Mention(mention) if mention.spelling == Spelling::Link => {
                let written = mention.target.slice(&notes.text);
                let pin = mention.pin.map(|pin| pin.slice(&notes.text)).filter(|pin| !pin.is_empty());
                let Some(path) = snapshot.path_from(file, written) else { continue };
                let tooltip = match snapshot.symbol_of(target_name(written), None) {
                    Some(Symbol::Entity(entity, _)) => item::name_of(snapshot, entity),
                    Some(Symbol::Text(text, _)) => item::title(snapshot, text),
                    _ => String::new(),
                };
                let tooltip = pin.filter(|_| !tooltip.is_empty()).map_or(tooltip.clone(), |pin| format!("{tooltip}, {pin}"));
                let leads = match (pin, snapshot.file_at(&path)) {
                    (Some(pin), Some(target)) => Leads::Pinpoint(target, pin.to_owned()),
                    _ => Leads::File(path),
                };
                Some(Link { span: mention.surface, leads, tooltip })
            }
            _ => None,
        };
        out.extend(link);
    }
}

/// `source:` of front matter: to the work's local text, else to its address.
fn source(snapshot: &Snapshot, file: FileId) -> Option<Link> {
    let (_, value) = snapshot.file(file)?.facts.head.source.as_ref()?;
    let text = snapshot.text(file)?;
    let span = attribute_key(&text, *value);
    if has_scheme(value.slice(&text)) {
        return Some(Link { span: *value, leads: Leads::Address(value.slice(&text).to_owned()), tooltip: String::new() });
    }
    let entity = snapshot.entity(snapshot.entity_of(span.slice(&text))?);
    let record = &entity.record;
    let local = record.source.as_deref().and_then(|s| s.file.as_ref()).and_then(|f| leads(snapshot, entity.home.file, &f.value));
    // The text of a source is not a link to itself.
    let local = local.filter(|leads| *leads != Leads::File(snapshot.path(file).to_string()));
    let web = record.source.as_deref().and_then(|s| s.url.as_ref()).or(record.same_as.first());
    let leads = local.or_else(|| web.and_then(|url| leads(snapshot, file, &url.value)));
    let leads = leads.unwrap_or_else(|| Leads::File(snapshot.path(entity.home.file).to_string()));
    Some(Link { span, leads, tooltip: bibliography::reference(record) })
}

/// What an address or path leads to; `None` for one that leads nowhere, or to a place in the same text.
fn leads(snapshot: &Snapshot, file: FileId, written: &str) -> Option<Leads> {
    let written = written.trim();
    if let Some(rest) = written.strip_prefix("www.").filter(|rest| !rest.is_empty()) {
        return Some(Leads::Address(format!("https://www.{rest}")));
    }
    if has_scheme(written) {
        // A text must not make an editor run anything.
        let scheme = written.split(':').next().unwrap_or_default().to_ascii_lowercase();
        return ["http", "https", "mailto", "ftp", "doi", "urn"].contains(&scheme.as_str()).then(|| Leads::Address(written.into()));
    }
    snapshot.path_from(file, written).map(Leads::File)
}

fn is_mail(written: &str) -> bool {
    !has_scheme(written)
        && !written.contains(['/', ' '])
        && written.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}
