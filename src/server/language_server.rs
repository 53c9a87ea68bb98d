//! The protocol's messages, each handed to what answers it.
//!
//! What depends on the order of messages happens before a handler's first `await`: nothing is logged, locked
//! asynchronously or asked of the client before it.

mod commands;
mod custom;
mod questions;
mod wishes;

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{
    CallHierarchyIncomingCall, CallHierarchyIncomingCallsParams, CallHierarchyItem, CallHierarchyOutgoingCall,
    CallHierarchyOutgoingCallsParams, CallHierarchyPrepareParams, CodeAction, CodeActionParams, CodeActionResponse, CodeLens,
    CodeLensParams, CompletionItem, CompletionParams, CompletionResponse, CreateFilesParams, DeleteFilesParams,
    DidChangeConfigurationParams, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReportResult, DocumentHighlight,
    DocumentHighlightParams, DocumentLink, DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams,
    FoldingRange, FoldingRangeParams, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams, InitializeParams, InitializeResult,
    InitializedParams, InlayHint, InlayHintParams, LSPAny, LinkedEditingRangeParams, LinkedEditingRanges, Location, PrepareRenameResponse,
    ReferenceParams, RenameFilesParams, RenameParams, SelectionRange, SelectionRangeParams, SemanticTokensDeltaParams,
    SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult,
    TextDocumentPositionParams, TypeHierarchyItem, TypeHierarchyPrepareParams, TypeHierarchySubtypesParams, TypeHierarchySupertypesParams,
    Uri, WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceSymbol, WorkspaceSymbolParams,
    WorkspaceSymbolResponse,
};
use tower_lsp::{Client, LanguageServer};

use super::analysis::Analysis;
use super::capabilities::{self, Agreed};
use super::findings::Looked;
use super::items;
use super::limits::Limits;
use super::overtaken::Overtaken;
use super::publish::Publisher;
use super::refresh::Refresh;
use super::registration;
use super::requests;
use super::requests::tokens::Remembered;
use super::session::Session;
use super::settings::{Asks, Settings};
use super::status;
use super::trace::Trace;
use super::transport::Outbox;
use super::uri::{TextKey, folders, path_of, paths};
use super::written;
use crate::text::Encoding;
use crate::workspace::process;

/// How often it is looked whether the client still runs.
const LOOK_EVERY: Duration = Duration::from_secs(3);

/// One client's server.
#[derive(Debug)]
pub struct Vidimus {
    client: Client,
    publisher: Arc<Publisher>,
    session: Mutex<Session>,
    settings: Mutex<Settings>,
    remembered: Arc<Remembered>,
    /// Tells when open texts change.
    overtaken: Overtaken,
    /// Tells the client what is done, when it wants to know.
    trace: Trace,
    /// Rung when the client's process has ended.
    gone: Arc<Notify>,
    /// What was found in files when all were asked for.
    looked: Arc<Looked>,
    limits: Limits,
    /// What `initialize` sets up.
    started: OnceLock<Started>,
}

#[derive(Debug)]
struct Started {
    agreed: Agreed,
    analysis: Analysis,
    refresh: Refresh,
}

impl Vidimus {
    /// For one client; `outbox` takes what is sent without being asked for.
    #[must_use]
    pub fn new(client: Client, outbox: Outbox, limits: Limits) -> Self {
        let publisher = Arc::new(Publisher::new(outbox.clone()));
        Self {
            client,
            publisher,
            session: Mutex::new(Session::new(Encoding::Utf16)),
            settings: Mutex::default(),
            remembered: Arc::default(),
            overtaken: Overtaken::default(),
            trace: Trace::new(outbox),
            gone: Arc::default(),
            looked: Arc::default(),
            limits,
            started: OnceLock::new(),
        }
    }

    /// Rung when the client's process has ended: an editor that died cannot say so, and not every one closes its pipe.
    #[must_use]
    pub fn gone(&self) -> Arc<Notify> {
        self.gone.clone()
    }

    fn look_after(&self, client: u32) {
        let gone = self.gone.clone();
        tokio::spawn(async move {
            while tokio::task::spawn_blocking(move || process::runs(client)).await.unwrap_or(true) {
                tokio::time::sleep(LOOK_EVERY).await;
            }
            tracing::warn!("the client's process {client} has ended");
            gone.notify_one();
        });
    }

    fn analysis(&self) -> Option<&Analysis> {
        self.started.get().map(|started| &started.analysis)
    }

    /// Files are not what they were on the disk.
    fn disk<'a>(&self, addresses: impl Iterator<Item = &'a str>) {
        let paths: Vec<PathBuf> = addresses.filter_map(|address| path_of(&Uri::from_str(address).ok()?)).collect();
        if let Some(analysis) = self.analysis() {
            analysis.disk(paths);
        }
    }

    /// A text is now what the session says it is.
    fn put(&self, uri: &Uri) {
        let key = TextKey::of(uri);
        let Some(text) = self.session.lock().get(&key).cloned() else { return };
        self.overtaken.edited(&key);
        let edit = self.publisher.edited(&key);
        if let Some(analysis) = self.analysis() {
            analysis.put(key, text, edit);
        }
    }
}

impl LanguageServer for Vidimus {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let agreed = Agreed::with(&params.capabilities);
        *self.session.lock() = Session::new(agreed.encoding);
        *self.settings.lock() = params.initialization_options.as_ref().map(Settings::of).unwrap_or_default();
        self.trace.set(params.trace.unwrap_or_default());
        if let Some(client) = params.process_id {
            self.look_after(client);
        }
        let refresh = Refresh::start(self.client.clone(), agreed);
        let (client, publisher, trace) = (self.client.clone(), self.publisher.clone(), self.trace.clone());
        let analysis = Analysis::start(client, publisher, agreed, refresh.clone(), trace, self.limits).map_err(|error| {
            tracing::error!("no threads to work on: {error}");
            Error::internal_error()
        })?;
        if agreed.pulls {
            self.publisher.be_silent();
        }
        if Asks::of(params.initialization_options.as_ref()).status {
            status::tell(analysis.surveyor(), self.publisher.clone());
        }
        let started = self.started.get_or_init(|| Started { agreed, analysis, refresh });
        for folder in folders(&params) {
            started.analysis.open_folder(folder);
        }
        Ok(capabilities::announce(agreed))
    }

    async fn initialized(&self, _: InitializedParams) {
        if self.started.get().is_some_and(|s| s.agreed.watches)
            && let Err(error) = self.client.register_capability(vec![registration::of_watched_files()]).await
        {
            tracing::warn!("the client does not watch files: {error}");
        }
        self.pull_settings().await;
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let text = params.text_document;
        self.session.lock().open(text.uri.clone(), text.version, &text.text);
        self.put(&text.uri);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let id = params.text_document;
        let known = self.session.lock().change(&id.uri, id.version, &params.content_changes).is_some();
        if known {
            self.put(&id.uri);
        } else {
            tracing::warn!("a change of {}, which is not open", id.uri.as_str());
        }
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        if let Some(closed) = self.session.lock().close(&uri) {
            let key = TextKey::of(&uri);
            self.publisher.closed(&key, &closed.uri);
            self.overtaken.closed(&key);
            self.remembered.forget(&key);
            if let Some(analysis) = self.analysis() {
                analysis.close(key);
            }
        }
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.send_at(at.position, requests::hover::answer).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let question = self.question_about(&params.text_document.uri, true)?;
        question.answer(move |asked| requests::code_action::answer(asked, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(data) = requests::code_action::Data::of(&action) else { return Ok(action) };
        let question = self.question_about(&data.uri, true)?;
        let edit = question.answer(move |asked| Some(requests::code_action::resolve(asked, &data))).await?;
        Ok(CodeAction { edit: edit.transpose()?.flatten(), ..action })
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let early = self.early(&at.text_document.uri)?;
        let question = self.question(&at.text_document.uri)?;
        match early.answer_at(at.position, requests::definition::answer_early).await? {
            Some(found) => Ok(Some(found)),
            None => question.send_at(at.position, requests::definition::answer).await,
        }
    }

    async fn linked_editing_range(&self, params: LinkedEditingRangeParams) -> Result<Option<LinkedEditingRanges>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.send_at(at.position, requests::linked_editing::answer).await
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        self.question_to_all(true)?.answer(move |asked| requests::files::will_rename(asked, &params.files)).await
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        self.disk(params.files.iter().flat_map(|file| [file.old_uri.as_str(), file.new_uri.as_str()]));
    }

    async fn did_create_files(&self, params: CreateFilesParams) {
        self.disk(params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn did_delete_files(&self, params: DeleteFilesParams) {
        self.disk(params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn prepare_rename(&self, at: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let answer = self.question(&at.text_document.uri)?.answer_at(at.position, requests::rename::prepare).await?;
        answer.transpose().map(Option::flatten)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let (at, new) = (params.text_document_position, params.new_name);
        let question = self.question_about(&at.text_document.uri, true)?;
        let answer =
            move |asked: &requests::Asked, at| Some(requests::rename::answer(asked, at, &new)?.map(|edit| written::Answer::of(&edit)));
        question.answer_at(at.position, answer).await?.transpose().and_then(written::given)
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let invoked = requests::completion::is_invoked(params.context.as_ref());
        let uri = at.text_document.uri.clone();
        let answer = move |asked: &requests::Asked, at| requests::completion::answer(asked, at, &uri, invoked);
        self.question(&at.text_document.uri)?.answer_at(at.position, answer).await.and_then(written::given)
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let Some(uri) = requests::completion::text_of(&item) else { return Ok(item) };
        let bare = item.clone();
        let resolved = self.question(&uri)?.answer(move |asked| Some(requests::completion::resolve(asked, item))).await?;
        Ok(resolved.unwrap_or(bare))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.passing_question(&params.text_document.uri, "textDocument/foldingRange")?.send(requests::folding::answer).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.question(&params.text_document.uri)?.send(move |asked| requests::selection::answer(asked, &params.positions)).await
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let (key, remembered) = (TextKey::of(&params.text_document.uri), self.remembered.clone());
        self.passing_question(&params.text_document.uri, "textDocument/semanticTokens/full")?
            .send(move |asked| requests::tokens::full(asked, key, &remembered))
            .await
    }

    async fn semantic_tokens_full_delta(&self, params: SemanticTokensDeltaParams) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let (key, remembered, previous) = (TextKey::of(&params.text_document.uri), self.remembered.clone(), params.previous_result_id);
        let question = self.passing_question(&params.text_document.uri, "textDocument/semanticTokens/full/delta")?;
        question.send(move |asked| requests::tokens::delta(asked, key, &previous, &remembered)).await
    }

    async fn semantic_tokens_range(&self, params: SemanticTokensRangeParams) -> Result<Option<SemanticTokensRangeResult>> {
        self.passing_question(&params.text_document.uri, "textDocument/semanticTokens/range")?
            .send(move |asked| requests::tokens::range(asked, params.range))
            .await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let (uri, wanted) = (params.text_document.uri, self.settings.lock().hints);
        self.passing_question(&uri, "textDocument/inlayHint")?
            .send(move |asked| requests::hints::answer(asked, &uri, params.range, wanted))
            .await
    }

    async fn inlay_hint_resolve(&self, mut hint: InlayHint) -> Result<InlayHint> {
        if let Some((uri, position)) = requests::hints::about(hint.data.as_ref()) {
            hint.tooltip = self.question(&uri)?.answer_at(position, requests::hints::tooltip).await?;
        }
        Ok(hint)
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        if !self.settings.lock().lenses {
            return Ok(None);
        }
        let uri = params.text_document.uri;
        self.passing_question(&uri, "textDocument/codeLens")?.send(move |asked| requests::lenses::answer(asked, &uri)).await
    }

    async fn code_lens_resolve(&self, mut lens: CodeLens) -> Result<CodeLens> {
        if let Some((uri, id)) = requests::lenses::about(lens.data.as_ref()) {
            lens.command = self.question(&uri)?.answer(move |asked| requests::lenses::resolved(asked, &id)).await?;
        }
        Ok(lens)
    }

    /// How things are shown is the client's to say, all else `vidimus.toml`'s.
    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.started.get().is_some_and(|s| s.agreed.configuration) {
            self.pull_settings().await;
        } else {
            self.set(Settings::of(&params.settings));
        }
    }

    async fn goto_declaration(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.send_at(at.position, requests::declaration::answer).await
    }

    async fn goto_type_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.send_at(at.position, requests::type_definition::answer).await
    }

    async fn goto_implementation(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.send_at(at.position, requests::implementation::answer).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let declaration = params.context.include_declaration;
        let question = self.question(&at.text_document.uri)?;
        let answer = move |asked: &requests::Asked, at| requests::references::answer(asked, at, declaration);
        question.answer_at(at.position, answer).await.and_then(written::given)
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.send_at(at.position, requests::highlights::answer).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.passing_question(&params.text_document.uri, "textDocument/documentLink")?.send(requests::links::answer).await
    }

    async fn document_link_resolve(&self, link: DocumentLink) -> Result<DocumentLink> {
        let Some(text) = requests::links::text_of(&link) else { return Ok(link) };
        let as_it_came = link.clone();
        let resolved = self.question(&text)?.answer(move |asked| requests::links::resolve(asked, link)).await?;
        Ok(resolved.unwrap_or(as_it_came))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.passing_question(&params.text_document.uri, "textDocument/documentSymbol")?.send(requests::outline::answer).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let answer = self.question_to_all(false)?.answer(move |asked| requests::symbols::answer(asked, &params.query)).await;
        answer.and_then(written::given)
    }

    async fn symbol_resolve(&self, symbol: WorkspaceSymbol) -> Result<WorkspaceSymbol> {
        let as_it_came = symbol.clone();
        let question = self.question(&requests::symbols::text_of(&symbol))?;
        let resolved = question.answer(move |asked| requests::symbols::resolve(asked, symbol)).await?;
        Ok(resolved.unwrap_or(as_it_came))
    }

    async fn prepare_call_hierarchy(&self, params: CallHierarchyPrepareParams) -> Result<Option<Vec<CallHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.answer_at(at.position, requests::calls::prepare).await
    }

    async fn incoming_calls(&self, params: CallHierarchyIncomingCallsParams) -> Result<Option<Vec<CallHierarchyIncomingCall>>> {
        let question = self.question(&items::text_of(params.item.data.as_ref(), &params.item.uri))?;
        question.answer(move |asked| requests::calls::incoming(asked, &params.item)).await
    }

    async fn outgoing_calls(&self, params: CallHierarchyOutgoingCallsParams) -> Result<Option<Vec<CallHierarchyOutgoingCall>>> {
        let question = self.question(&items::text_of(params.item.data.as_ref(), &params.item.uri))?;
        question.answer(move |asked| requests::calls::outgoing(asked, &params.item)).await
    }

    async fn prepare_type_hierarchy(&self, params: TypeHierarchyPrepareParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        let at = params.text_document_position_params;
        self.question(&at.text_document.uri)?.answer_at(at.position, requests::relatives::prepare).await
    }

    async fn supertypes(&self, params: TypeHierarchySupertypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        let question = self.question(&items::text_of(params.item.data.as_ref(), &params.item.uri))?;
        question.answer(move |asked| requests::relatives::above(asked, &params.item)).await
    }

    async fn subtypes(&self, params: TypeHierarchySubtypesParams) -> Result<Option<Vec<TypeHierarchyItem>>> {
        let question = self.question(&items::text_of(params.item.data.as_ref(), &params.item.uri))?;
        question.answer(move |asked| requests::relatives::below(asked, &params.item)).await
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let started = self.started.get().ok_or_else(Error::internal_error)?;
        let (agreed, asker) = (started.agreed, started.analysis.asker());
        let worlds = asker.ask_all();
        let overview =
            requests::workspace_diagnostic::Overview { agreed, asker, publisher: self.publisher.clone(), looked: self.looked.clone() };
        requests::workspace_diagnostic::answer(worlds, overview, params).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let question = self.passing_question(&uri, "textDocument/diagnostic")?;
        let answer = requests::diagnostic::answer(question, params.previous_result_id).await?;
        self.trace.step(|| (format!("checked {}", uri.as_str()), String::new()));
        Ok(answer)
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<LSPAny>> {
        self.run(params).await
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let paths: Vec<PathBuf> = params.changes.iter().filter_map(|change| path_of(&change.uri)).collect();
        if let Some(analysis) = self.analysis() {
            analysis.disk(paths);
        }
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        let Some(analysis) = self.analysis() else { return };
        // Added first, so that what both hold is not let go in between.
        paths(&params.event.added).for_each(|folder| analysis.open_folder(folder));
        paths(&params.event.removed).for_each(|folder| analysis.close_folder(folder));
    }
}
