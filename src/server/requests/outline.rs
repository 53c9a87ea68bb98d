//! `textDocument/documentSymbol`

use tower_lsp::ls_types::{DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, Uri};

use super::Asked;
use crate::features::{self, Outline};
use crate::server::items::kind;

/// What is in the text: as a tree where the client draws one, else as a list.
#[must_use]
pub fn answer(asked: &Asked) -> Option<DocumentSymbolResponse> {
    let all = features::outline(&asked.view.world.snapshot, asked.view.file);
    if asked.agreed.tree {
        return Some(DocumentSymbolResponse::Nested(all.into_iter().map(|one| tree(asked, one)).collect()));
    }
    let uri = asked.view.world.uri(asked.view.file)?;
    let mut out = Vec::new();
    list(asked, &uri, all, None, &mut out);
    Some(DocumentSymbolResponse::Flat(out))
}

#[expect(deprecated, reason = "the type's own field, which tags replace")]
fn tree(asked: &Asked, one: Outline) -> DocumentSymbol {
    let children: Vec<_> = one.children.into_iter().map(|child| tree(asked, child)).collect();
    DocumentSymbol {
        kind: kind(&one.sort),
        name: one.name,
        detail: Some(one.detail).filter(|words| !words.is_empty()),
        tags: None,
        deprecated: None,
        range: asked.range(one.full),
        selection_range: asked.range(one.span),
        children: Some(children).filter(|all| !all.is_empty()),
    }
}

#[expect(deprecated, reason = "the type's own field, which tags replace")]
fn list(asked: &Asked, uri: &Uri, all: Vec<Outline>, container: Option<&str>, out: &mut Vec<SymbolInformation>) {
    for one in all {
        out.push(SymbolInformation {
            name: one.name.clone(),
            kind: kind(&one.sort),
            tags: None,
            deprecated: None,
            location: Location { uri: uri.clone(), range: asked.range(one.full) },
            container_name: container.map(str::to_owned),
        });
        list(asked, uri, one.children, Some(&one.name), out);
    }
}
