//! The one list of everything the server answers, and what is agreed on with the client at the start.

use tower_lsp::jsonrpc::Response;
use tower_lsp::ls_types::{
    CallHierarchyServerCapability, ClientCapabilities, CodeLensOptions, DeclarationCapability, DiagnosticOptions,
    DiagnosticServerCapabilities, DiagnosticTag, DocumentLinkOptions, FoldingRangeProviderCapability, HoverProviderCapability,
    ImplementationProviderCapability, InitializeResult, InlayHintOptions, InlayHintServerCapabilities,
    LinkedEditingRangeServerCapabilities, MarkupKind, OneOf, PositionEncodingKind, ResourceOperationKind, SelectionRangeProviderCapability,
    ServerCapabilities, ServerInfo, TextDocumentClientCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TypeDefinitionProviderCapability, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities, WorkspaceSymbolOptions,
};

use super::overtaken::Retries;
use super::requests::completion::{self, Offers};
use super::{convert, requests};
use crate::text::Encoding;

/// Every method that is answered or listened to, and the key of the server's capabilities that announces it; none for
/// what the protocol takes for granted. A test compares it with what is announced and with what answers.
pub const ANSWERED: &[(&str, Option<&str>)] = &[
    ("initialize", None),
    ("initialized", None),
    ("shutdown", None),
    ("exit", None),
    ("$/cancelRequest", None),
    ("$/setTrace", None),
    ("textDocument/didOpen", Some("textDocumentSync")),
    ("textDocument/didChange", Some("textDocumentSync")),
    ("textDocument/didClose", Some("textDocumentSync")),
    ("textDocument/linkedEditingRange", Some("linkedEditingRangeProvider")),
    ("workspace/willRenameFiles", Some("workspace")),
    ("workspace/didRenameFiles", Some("workspace")),
    ("workspace/didCreateFiles", Some("workspace")),
    ("workspace/didDeleteFiles", Some("workspace")),
    ("textDocument/prepareRename", Some("renameProvider")),
    ("textDocument/rename", Some("renameProvider")),
    ("textDocument/completion", Some("completionProvider")),
    ("completionItem/resolve", Some("completionProvider")),
    ("textDocument/hover", Some("hoverProvider")),
    ("textDocument/definition", Some("definitionProvider")),
    ("textDocument/codeAction", Some("codeActionProvider")),
    ("codeAction/resolve", Some("codeActionProvider")),
    ("textDocument/foldingRange", Some("foldingRangeProvider")),
    ("textDocument/selectionRange", Some("selectionRangeProvider")),
    ("textDocument/semanticTokens/full", Some("semanticTokensProvider")),
    ("textDocument/semanticTokens/full/delta", Some("semanticTokensProvider")),
    ("textDocument/semanticTokens/range", Some("semanticTokensProvider")),
    ("textDocument/inlayHint", Some("inlayHintProvider")),
    ("inlayHint/resolve", Some("inlayHintProvider")),
    ("textDocument/codeLens", Some("codeLensProvider")),
    ("codeLens/resolve", Some("codeLensProvider")),
    ("workspace/didChangeConfiguration", None),
    ("textDocument/declaration", Some("declarationProvider")),
    ("textDocument/typeDefinition", Some("typeDefinitionProvider")),
    ("textDocument/implementation", Some("implementationProvider")),
    ("textDocument/references", Some("referencesProvider")),
    ("textDocument/documentHighlight", Some("documentHighlightProvider")),
    ("textDocument/documentLink", Some("documentLinkProvider")),
    ("documentLink/resolve", Some("documentLinkProvider")),
    ("textDocument/documentSymbol", Some("documentSymbolProvider")),
    ("workspace/symbol", Some("workspaceSymbolProvider")),
    ("workspaceSymbol/resolve", Some("workspaceSymbolProvider")),
    ("textDocument/prepareCallHierarchy", Some("callHierarchyProvider")),
    ("callHierarchy/incomingCalls", Some("callHierarchyProvider")),
    ("callHierarchy/outgoingCalls", Some("callHierarchyProvider")),
    ("textDocument/prepareTypeHierarchy", Some("typeHierarchyProvider")),
    ("typeHierarchy/supertypes", Some("typeHierarchyProvider")),
    ("typeHierarchy/subtypes", Some("typeHierarchyProvider")),
    ("textDocument/diagnostic", Some("diagnosticProvider")),
    ("workspace/diagnostic", Some("diagnosticProvider")),
    ("workspace/didChangeWatchedFiles", None),
    ("workspace/didChangeWorkspaceFolders", Some("workspace")),
    ("workspace/executeCommand", Some("executeCommandProvider")),
    ("window/workDoneProgress/cancel", None),
];

/// What is agreed on with one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// The unit of positions.
    pub encoding: Encoding,
    /// Whether cards are shown as Markdown.
    pub markdown: bool,
    /// Whether a definition may say which words name it.
    pub links: bool,
    /// The same of a declaration.
    pub declaration_links: bool,
    /// The same of a type's definition.
    pub type_links: bool,
    /// The same of an implementation.
    pub implementation_links: bool,
    /// Whether an outline may be a tree.
    pub tree: bool,
    /// Whether links may have tooltips.
    pub tooltips: bool,
    /// Whether the places of found symbols may be asked for later.
    pub late_ranges: bool,
    /// Whether a finding may point at other places.
    pub related: bool,
    /// Whether the client asks for findings; then it is told none unasked.
    pub pulls: bool,
    /// Whether an answer may hold the findings of other texts too.
    pub others: bool,
    /// The tags that a finding may bear.
    pub tags: Tags,
    /// Whether a finding may name the page that explains its rule.
    pub manuals: bool,
    /// Whether what a finding says for later requests comes back with them.
    pub data: bool,
    /// Whether the client watches files when it is asked to.
    pub watches: bool,
    /// Whether edits may name the version they were made for, and come in an order (`documentChanges`).
    pub versions: bool,
    /// Whether files may be made and renamed.
    pub files: bool,
    /// What is taken of code actions.
    pub actions: requests::code_action::Takes,
    /// Whether an edit may say why it is made.
    pub annotates: bool,
    /// Whether the client makes edits that it is asked to make.
    pub applies: bool,
    /// What is offered for completion.
    pub offers: Offers,
    /// The most folds that the client takes for one text.
    pub most_folds: u32,
    /// Whether the client shows how far long work is.
    pub progress: bool,
    /// Whether the client's settings can be asked for.
    pub configuration: bool,
    /// What the client asks for again when it is told to.
    pub refresh: Refreshed,
    /// What the client asks for again when it is refused because the text has changed.
    pub retries: Retries,
}

/// What a client asks for again when it is told to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// Semantic tokens.
    pub tokens: bool,
    /// Inlay hints.
    pub hints: bool,
    /// Code lenses.
    pub lenses: bool,
    /// Findings.
    pub findings: bool,
}

impl Refreshed {
    fn with(client: &ClientCapabilities) -> Self {
        let Some(workspace) = &client.workspace else { return Self::default() };
        Self {
            tokens: workspace.semantic_tokens.as_ref().and_then(|t| t.refresh_support).unwrap_or(false),
            hints: workspace.inlay_hint.as_ref().and_then(|t| t.refresh_support).unwrap_or(false),
            lenses: workspace.code_lens.as_ref().and_then(|t| t.refresh_support).unwrap_or(false),
            findings: workspace.diagnostics.as_ref().and_then(|t| t.refresh_support).unwrap_or(false),
        }
    }
}

/// How findings may be shown besides being underlined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// Struck through.
    pub deprecated: bool,
    /// Faded.
    pub unnecessary: bool,
}

impl Tags {
    fn of(client: Option<&TextDocumentClientCapabilities>) -> Self {
        let Some(client) = client else { return Self::default() };
        let pushed = client.publish_diagnostics.as_ref().and_then(|p| p.tag_support.as_ref()).map(|t| t.value_set.clone());
        // The type keeps its list to itself, but writes it.
        let pulled = client.diagnostic.as_ref().and_then(|d| serde_json::to_value(d.tag_support.as_ref()?).ok());
        let pulled = pulled.and_then(|t| serde_json::from_value(t.get("valueSet")?.clone()).ok());
        let set: Vec<DiagnosticTag> = pulled.or(pushed).unwrap_or_default();
        Self { deprecated: set.contains(&DiagnosticTag::DEPRECATED), unnecessary: set.contains(&DiagnosticTag::UNNECESSARY) }
    }
}

impl Agreed {
    /// What a client that offers this agrees to.
    #[must_use]
    pub fn with(client: &ClientCapabilities) -> Self {
        let text = client.text_document.as_ref();
        let formats = text.and_then(|t| t.hover.as_ref()?.content_format.as_deref());
        // What a finding may hold is said of pushed ones, and holds for those asked for too.
        let pushed = text.and_then(|t| t.publish_diagnostics.as_ref());
        let pulled = text.and_then(|t| t.diagnostic.as_ref());
        let watched = client.workspace.as_ref().and_then(|w| w.did_change_watched_files?.dynamic_registration);
        let edit = client.workspace.as_ref().and_then(|w| w.workspace_edit.as_ref());
        let later = client.workspace.as_ref().and_then(|w| Some(&w.symbol.as_ref()?.resolve_support.as_ref()?.properties));
        let operations = edit.and_then(|e| e.resource_operations.as_deref()).unwrap_or_default();
        Self {
            encoding: encoding(client),
            markdown: formats.is_none_or(|f| f.is_empty() || f.contains(&MarkupKind::Markdown)),
            links: text.and_then(|t| t.definition?.link_support).unwrap_or(false),
            declaration_links: text.and_then(|t| t.declaration?.link_support).unwrap_or(false),
            type_links: text.and_then(|t| t.type_definition?.link_support).unwrap_or(false),
            implementation_links: text.and_then(|t| t.implementation?.link_support).unwrap_or(false),
            tree: text.and_then(|t| t.document_symbol.as_ref()?.hierarchical_document_symbol_support).unwrap_or(false),
            tooltips: text.and_then(|t| t.document_link.as_ref()?.tooltip_support).unwrap_or(false),
            late_ranges: later.is_some_and(|properties| properties.iter().any(|p| p == "location.range")),
            related: pushed.and_then(|p| p.related_information).or(pulled.and_then(|p| p.related_information)).unwrap_or(false),
            pulls: pulled.is_some(),
            others: pulled.and_then(|p| p.related_document_support).unwrap_or(false),
            tags: Tags::of(text),
            manuals: pushed.and_then(|p| p.code_description_support).or(pulled.and_then(|p| p.code_description_support)).unwrap_or(false),
            data: pushed.and_then(|p| p.data_support).or(pulled.and_then(|p| p.data_support)).unwrap_or(false),
            watches: watched.unwrap_or(false),
            versions: edit.and_then(|e| e.document_changes).unwrap_or(false),
            annotates: edit.is_some_and(|e| e.change_annotation_support.is_some()),
            applies: client.workspace.as_ref().and_then(|w| w.apply_edit).unwrap_or(false),
            offers: Offers::with(client),
            actions: requests::code_action::Takes::with(client),
            files: [ResourceOperationKind::Create, ResourceOperationKind::Rename].iter().all(|kind| operations.contains(kind)),
            most_folds: text.and_then(|t| t.folding_range.as_ref()?.range_limit).unwrap_or(u32::MAX),
            progress: client.window.as_ref().and_then(|w| w.work_done_progress).unwrap_or(false),
            configuration: client.workspace.as_ref().and_then(|w| w.configuration).unwrap_or(false),
            refresh: Refreshed::with(client),
            retries: Retries::with(client),
        }
    }
}

/// The files whose changes on the disk matter.
pub const WATCHED: &str = "**/*.{md,markdown,qmd,Rmd,txt,yaml,yml,json,jsonl,ndjson,bib,toml}";

/// The unit of positions: bytes where the client can, since that is what texts are made of here; else what the client likes
/// best, which is what it names first; else the protocol's own. lsp-mode names UTF-32 before UTF-16, and counts characters
/// whatever is agreed.
fn encoding(client: &ClientCapabilities) -> Encoding {
    let offered = client.general.as_ref().and_then(|g| g.position_encodings.as_deref()).unwrap_or_default();
    if offered.contains(&PositionEncodingKind::UTF8) {
        return Encoding::Utf8;
    }
    match offered.iter().find(|&kind| [PositionEncodingKind::UTF16, PositionEncodingKind::UTF32].contains(kind)) {
        Some(kind) if *kind == PositionEncodingKind::UTF32 => Encoding::Utf32,
        _ => Encoding::Utf16,
    }
}

/// Announced only to who asks, so that no client asks and is told as well.
fn diagnostics() -> DiagnosticServerCapabilities {
    DiagnosticServerCapabilities::Options(DiagnosticOptions {
        identifier: Some(env!("CARGO_PKG_NAME").into()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        work_done_progress_options: WorkDoneProgressOptions { work_done_progress: Some(true) },
    })
}

/// The answer to `initialize`.
#[must_use]
pub fn announce(agreed: Agreed) -> InitializeResult {
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(convert::encoding_kind(agreed.encoding)),
            text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                ..TextDocumentSyncOptions::default()
            })),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            definition_provider: Some(OneOf::Left(true)),
            code_action_provider: Some(requests::code_action::options()),
            rename_provider: Some(OneOf::Right(requests::rename::options())),
            linked_editing_range_provider: Some(LinkedEditingRangeServerCapabilities::Simple(true)),
            completion_provider: Some(completion::options()),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            semantic_tokens_provider: Some(requests::tokens::capability()),
            inlay_hint_provider: Some(OneOf::Right(InlayHintServerCapabilities::Options(InlayHintOptions {
                resolve_provider: Some(true),
                ..InlayHintOptions::default()
            }))),
            code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true) }),
            declaration_provider: Some(DeclarationCapability::Simple(true)),
            type_definition_provider: Some(TypeDefinitionProviderCapability::Simple(true)),
            implementation_provider: Some(ImplementationProviderCapability::Simple(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Right(WorkspaceSymbolOptions {
                resolve_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            })),
            call_hierarchy_provider: Some(CallHierarchyServerCapability::Simple(true)),
            diagnostic_provider: agreed.pulls.then(diagnostics),
            execute_command_provider: Some(requests::commands::options()),
            workspace: Some(WorkspaceServerCapabilities {
                workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                    supported: Some(true),
                    change_notifications: Some(OneOf::Left(true)),
                }),
                file_operations: Some(requests::files::operations()),
            }),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo { name: env!("CARGO_PKG_NAME").into(), version: Some(env!("CARGO_PKG_VERSION").into()) }),
        ..InitializeResult::default()
    }
}

/// The answer to `initialize` with what its type has no field for: this version of the protocol's types answers type hierarchies
/// and cannot announce them. Announced here, every client asks; registered later, only those that take registrations of it.
#[must_use]
pub fn completed(answer: Response) -> Response {
    let (id, result) = answer.into_parts();
    let result = result.map(|mut result| {
        if let Some(capabilities) = result.get_mut("capabilities").and_then(serde_json::Value::as_object_mut) {
            capabilities.insert("typeHierarchyProvider".into(), true.into());
        }
        result
    });
    Response::from_parts(id, result)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;
    use tower_lsp::LspService;
    use tower_lsp::jsonrpc::Request;
    use tower_service::Service;

    use super::*;
    use crate::server::language_server::Vidimus;
    use crate::server::limits::Limits;
    use crate::server::transport::Outbox;

    #[test]
    fn what_is_announced_is_what_is_listed() {
        let asking: ClientCapabilities = serde_json::from_value(json!({"textDocument": {"diagnostic": {}}})).expect("capabilities");
        let answer = serde_json::to_value(announce(Agreed::with(&asking))).expect("JSON");
        let answer = completed(Response::from_ok(0.into(), answer));
        let announced = &answer.result().expect("a result")["capabilities"];
        let keys: BTreeSet<_> = announced.as_object().expect("an object").keys().map(String::as_str).collect();
        let listed: BTreeSet<_> = ANSWERED.iter().filter_map(|(_, key)| *key).chain(["positionEncoding"]).collect();
        assert_eq!(keys, listed);
    }

    #[tokio::test]
    async fn every_request_listed_is_answered_and_no_other() {
        let (mut service, _socket) = LspService::new(|client| Vidimus::new(client, Outbox::default(), Limits::default()));
        let start = Request::build("initialize").id(0).params(json!({"capabilities": {}})).finish();
        assert!(service.call(start).await.expect("alive").is_some_and(|r| r.is_ok()));
        for method in METHODS {
            let request = Request::build(*method).id(1).params(parameters()).finish();
            let answer = service.call(request).await.expect("alive").expect("an answer");
            let unknown = answer.error().is_some_and(|e| e.code.code() == -32601);
            assert_eq!(unknown, !ANSWERED.iter().any(|(m, _)| m == method), "{method}: {answer:?}");
        }
    }

    #[test]
    fn bytes_are_counted_where_the_client_can() {
        let offer = |kinds: &[PositionEncodingKind]| {
            let mut client = ClientCapabilities::default();
            client.general.get_or_insert_default().position_encodings = Some(kinds.to_vec());
            encoding(&client)
        };
        assert_eq!(offer(&[PositionEncodingKind::UTF32, PositionEncodingKind::UTF8]), Encoding::Utf8);
        assert_eq!(offer(&[PositionEncodingKind::UTF32, PositionEncodingKind::UTF16]), Encoding::Utf32);
        assert_eq!(offer(&[PositionEncodingKind::UTF16, PositionEncodingKind::UTF32]), Encoding::Utf16);
        assert_eq!(offer(&["utf-7".into(), PositionEncodingKind::UTF32]), Encoding::Utf32);
        assert_eq!(offer(&[PositionEncodingKind::UTF32]), Encoding::Utf32);
        assert_eq!(encoding(&ClientCapabilities::default()), Encoding::Utf16);
    }

    /// Parameters that are good enough for every method of [`METHODS`].
    fn parameters() -> serde_json::Value {
        let place = json!({"line": 0, "character": 0});
        json!({
            "textDocument": {"uri": "untitled:1"}, "position": place, "positions": [place], "range": {"start": place, "end": place},
            "context": {"includeDeclaration": true, "diagnostics": [], "triggerKind": 1, "isRetrigger": false}, "options": {"tabSize": 4, "insertSpaces": true},
            "newName": "a", "title": "a", "query": "", "command": "a", "previousResultIds": [], "files": [], "previousResultId": "", "label": "a",
            "name": "a", "kind": 1, "location": {"uri": "untitled:1"},
            "item": {"name": "a", "kind": 1, "uri": "untitled:1", "range": {"start": place, "end": place}, "selectionRange": {"start": place, "end": place}},
        })
    }

    /// The requests of the protocol that a client may send for a text or a workspace.
    const METHODS: &[&str] = &[
        "textDocument/declaration",
        "textDocument/definition",
        "textDocument/typeDefinition",
        "textDocument/implementation",
        "textDocument/references",
        "textDocument/hover",
        "textDocument/documentHighlight",
        "textDocument/documentSymbol",
        "textDocument/completion",
        "completionItem/resolve",
        "textDocument/codeAction",
        "codeAction/resolve",
        "textDocument/codeLens",
        "textDocument/documentLink",
        "documentLink/resolve",
        "textDocument/foldingRange",
        "textDocument/selectionRange",
        "textDocument/semanticTokens/full",
        "textDocument/semanticTokens/full/delta",
        "textDocument/semanticTokens/range",
        "inlayHint/resolve",
        "codeLens/resolve",
        "textDocument/inlayHint",
        "textDocument/rename",
        "textDocument/prepareRename",
        "textDocument/linkedEditingRange",
        "workspace/willRenameFiles",
        "textDocument/formatting",
        "textDocument/diagnostic",
        "textDocument/prepareCallHierarchy",
        "callHierarchy/incomingCalls",
        "callHierarchy/outgoingCalls",
        "textDocument/prepareTypeHierarchy",
        "typeHierarchy/supertypes",
        "typeHierarchy/subtypes",
        "textDocument/signatureHelp",
        "workspace/symbol",
        "workspaceSymbol/resolve",
        "workspace/diagnostic",
        "workspace/executeCommand",
    ];
}
