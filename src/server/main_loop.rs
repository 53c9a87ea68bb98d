//! Messages to handlers, in the order in which they came.
//!
//! Every handler is polled once, here, before the next message is looked at: what it does before its first
//! `await` happens in arrival order. What then remains of it goes on as a task, and nothing limits how many.
//! So a change is applied before a later question is asked, a cancellation reaches what it cancels at once,
//! and a slow answer keeps nobody waiting. `initialize` alone is awaited, so that a client may send on
//! without waiting for its answer.
//!
//! A message that is none, and a handler that panics, cost an error answer each.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures_util::{FutureExt, SinkExt, StreamExt};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::{ClientSocket, ExitedError, LanguageServer, Loopback, LspService};
use tower_service::Service;

use super::capabilities;
use super::transport::{Frame, Outbox, addresses};
use super::written::Slot;

/// How long unfinished requests may take to say that they were cancelled, once the client has left.
const GRACE: Duration = Duration::from_millis(100);

/// How the session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Whether the client had asked for the shutdown before.
    pub asked: bool,
}

impl Ending {
    /// The process's exit code, as the protocol has it.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        u8::from(!self.asked)
    }
}

/// Serves until `exit` or the end of input.
pub async fn run<S: LanguageServer>(
    service: LspService<S>,
    socket: ClientSocket,
    mut inbox: mpsc::Receiver<Frame>,
    outbox: Outbox,
) -> Ending {
    let (mut questions, mut answers) = Loopback::split(socket);
    let queue = outbox.clone();
    let forward = tokio::spawn(async move {
        while let Some(question) = questions.next().await {
            queue.send(&question);
        }
    });
    let mut handlers = Handlers { service, outbox: outbox.clone(), tasks: JoinSet::new() };
    let mut ending = Ending { asked: false };
    while let Some(frame) = inbox.recv().await {
        match message_of(frame) {
            Ok(Message::Request(request)) => {
                let exit = request.method() == "exit";
                ending.asked |= request.method() == "shutdown";
                handlers.handle(request).await;
                if exit {
                    break;
                }
            }
            Ok(Message::Response(response)) => {
                // Fails only after `exit`.
                let _ = answers.send(response).await;
            }
            Err(refusal) => outbox.send(&*refusal),
        }
    }
    handlers.wind_up().await;
    forward.abort();
    let _ = forward.await;
    ending
}

/// A message that makes sense.
enum Message {
    Request(Request),
    Response(Response),
}

/// Tells what a frame holds, or the error answer it gets.
fn message_of(frame: Frame) -> Result<Message, Box<Response>> {
    let body = match frame {
        Frame::Body(body) => body,
        Frame::Fault(fault) => {
            tracing::warn!("bytes that are no message: {}", fault.words());
            return Err(Box::new(refusal(Id::Null, ErrorCode::ParseError, fault.words())));
        }
    };
    // An answer has no method, and is read as a request with an empty one.
    if let Ok(request) = serde_json::from_slice::<Request>(&body)
        && !request.method().is_empty()
    {
        return Ok(Message::Request(understood(without_needless(with_addresses(request)))));
    }
    let value: serde_json::Value =
        serde_json::from_slice(&body).map_err(|error| Box::new(refusal(Id::Null, ErrorCode::ParseError, format!("no JSON: {error}"))))?;
    if value.get("method").is_none()
        && let Ok(response) = serde_json::from_value::<Response>(value.clone())
    {
        return Ok(Message::Response(response));
    }
    let id = value.get("id").and_then(|id| serde_json::from_value(id.clone()).ok()).unwrap_or(Id::Null);
    Err(Box::new(refusal(id, ErrorCode::InvalidRequest, "neither a request nor an answer of JSON-RPC 2.0")))
}

/// The same message with its addresses escaped: one that is not would be dropped.
fn with_addresses(request: Request) -> Request {
    let Some(params) = request.params().and_then(addresses::repaired) else { return request };
    let (method, id, _) = request.into_parts();
    let request = Request::build(method).params(params);
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

/// The same `shutdown` or `exit` without parameters: lsp-mode 8 sends an empty object, and would kill a server that refuses it.
fn without_needless(request: Request) -> Request {
    if !matches!(request.method(), "shutdown" | "exit") || request.params().is_none() {
        return request;
    }
    let (method, id, _) = request.into_parts();
    let request = Request::build(method);
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

/// The same `initialize` with a `trace` that the protocol knows: a client whose own settings have more than that would get no server
/// because of it.
fn understood(request: Request) -> Request {
    let wrong = |params: &serde_json::Value| {
        params.get("trace").is_some_and(|t| !t.is_null() && !["off", "messages", "verbose"].iter().any(|known| t == known))
    };
    if request.method() != "initialize" || !request.params().is_some_and(wrong) {
        return request;
    }
    let (method, id, params) = request.into_parts();
    let mut params = params.unwrap_or_default();
    let some = params["trace"].as_str().is_some();
    params["trace"] = if some { "messages" } else { "off" }.into();
    let request = Request::build(method).params(params);
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

fn refusal(id: Id, code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Response {
    Response::from_error(id, Error { code, message: message.into(), data: None })
}

/// The service and what it has still to answer.
struct Handlers<S> {
    service: LspService<S>,
    outbox: Outbox,
    tasks: JoinSet<()>,
}

impl<S: LanguageServer> Handlers<S> {
    /// Runs a handler up to its first wait, and lets the rest of it go on by itself.
    async fn handle(&mut self, request: Request) {
        while self.tasks.try_join_next().is_some() {}
        let initialize = request.method() == "initialize";
        let (id, method) = (request.id().cloned(), request.method().to_owned());
        let call = catch_unwind(AssertUnwindSafe(|| self.service.call(request)));
        let slot = Slot::default();
        let mut answer = Box::pin(slot.round(async move {
            let result = match call {
                Ok(call) => AssertUnwindSafe(call).catch_unwind().await,
                Err(panic) => Err(panic),
            };
            response_of(result, id, &method)
        }));
        if initialize {
            send(&self.outbox, answer.await.map(capabilities::completed), &slot);
        } else if let Some(response) = (&mut answer).now_or_never() {
            send(&self.outbox, response, &slot);
        } else {
            let outbox = self.outbox.clone();
            self.tasks.spawn(async move { send(&outbox, answer.await, &slot) });
        }
    }

    /// Gives requests cancelled by the end a moment to say so, and drops the others.
    async fn wind_up(mut self) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(GRACE, all).await;
        self.tasks.abort_all();
    }
}

/// The handler's answer; an error answer in its place when it panicked.
fn response_of(result: std::thread::Result<Result<Option<Response>, ExitedError>>, id: Option<Id>, method: &str) -> Option<Response> {
    match result {
        Ok(Ok(Some(response))) => Some(response),
        // The service passes over every unknown `$/…`, requests too; but who asks with an id waits for an answer.
        Ok(Ok(None)) => id.map(|id| refusal(id, ErrorCode::MethodNotFound, format!("no method `{method}`"))),
        Ok(Err(_after_exit)) => None,
        Err(_panic) => {
            tracing::error!("the handler of `{method}` panicked");
            let message = format!("the handler of `{method}` failed; this is a mistake in vidimus");
            id.map(|id| refusal(id, ErrorCode::InternalError, message))
        }
    }
}

/// Sends an answer: what the handler wrote itself when it did not fail, else what it returned.
fn send(outbox: &Outbox, response: Option<Response>, slot: &Slot) {
    let Some(response) = response else { return };
    match slot.take() {
        Some(written) if response.is_ok() => outbox.send_bytes(written.message(response.id())),
        _ => outbox.send(&response),
    }
}

#[cfg(test)]
mod tests;
