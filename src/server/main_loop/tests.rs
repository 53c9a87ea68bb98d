//! A server that misbehaves on demand, behind the real loop.

use serde_json::{Value, json};
use tower_lsp::ls_types::{
    DidChangeTextDocumentParams, Hover, HoverContents, HoverParams, InitializeParams, InitializeResult, MarkedString, MessageType,
};
use tower_lsp::{Client, jsonrpc};

use super::*;

/// What a hover on each line does.
const NOW: u32 = 0;
const LATER: u32 = 1;
const NEVER: u32 = 2;
const PANIC: u32 = 9;
const PANIC_LATER: u32 = 4;

struct Odd {
    client: Client,
    version: parking_lot::Mutex<i32>,
}

impl LanguageServer for Odd {
    async fn initialize(&self, _: InitializeParams) -> jsonrpc::Result<InitializeResult> {
        tokio::time::sleep(Duration::from_millis(20)).await;
        Ok(InitializeResult::default())
    }

    async fn shutdown(&self) -> jsonrpc::Result<()> {
        Ok(())
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let new = params.text_document.version;
        let old = std::mem::replace(&mut *self.version.lock(), new);
        assert_eq!(old + 1, new, "changes in the order in which they came");
        self.client.log_message(MessageType::LOG, "changed").await;
    }

    async fn hover(&self, params: HoverParams) -> jsonrpc::Result<Option<Hover>> {
        let version = *self.version.lock();
        match params.text_document_position_params.position.line {
            NOW => {}
            LATER => tokio::time::sleep(Duration::from_millis(1)).await,
            NEVER => std::future::pending().await,
            PANIC_LATER => {
                tokio::task::yield_now().await;
                panic!("as asked, later");
            }
            _ => panic!("as asked"),
        }
        Ok(Some(Hover { contents: HoverContents::Scalar(MarkedString::String(version.to_string())), range: None }))
    }
}

/// Runs the loop over the messages and the end of input; all that was sent, and how it ended.
async fn serve(messages: impl IntoIterator<Item = Value>) -> (Vec<Value>, Ending) {
    let frames = messages.into_iter().map(|m| Frame::Body(m.to_string().into_bytes()));
    serve_frames(frames).await
}

async fn serve_frames(frames: impl IntoIterator<Item = Frame>) -> (Vec<Value>, Ending) {
    let (service, socket) = LspService::new(|client| Odd { client, version: parking_lot::Mutex::new(0) });
    let (sender, inbox) = mpsc::channel(100_000);
    for frame in frames {
        sender.try_send(frame).expect("room");
    }
    drop(sender);
    let outbox = Outbox::default();
    let ending = run(service, socket, inbox, outbox.clone()).await;
    let sent = std::iter::from_fn(|| outbox.try_next()).map(|m| serde_json::from_slice(&m).expect("JSON")).collect();
    (sent, ending)
}

fn call(id: i64, method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
}

fn tell(method: &str, params: &Value) -> Value {
    json!({"jsonrpc": "2.0", "method": method, "params": params})
}

fn start() -> Value {
    call(0, "initialize", &json!({"capabilities": {}}))
}

fn hover(id: i64, line: u32) -> Value {
    call(id, "textDocument/hover", &json!({"textDocument": {"uri": "untitled:1"}, "position": {"line": line, "character": 0}}))
}

fn change(version: i32) -> Value {
    tell("textDocument/didChange", &json!({"textDocument": {"uri": "untitled:1", "version": version}, "contentChanges": []}))
}

fn answer(sent: &[Value], id: i64) -> &Value {
    sent.iter().find(|m| m["id"] == id && m.get("method").is_none()).unwrap_or_else(|| panic!("no answer to {id}: {sent:?}"))
}

#[tokio::test]
async fn a_handler_that_panics_costs_its_own_answer() {
    let (sent, _) = serve([start(), hover(1, PANIC), hover(2, PANIC_LATER), hover(3, NOW), hover(4, LATER)]).await;
    assert_eq!(answer(&sent, 1)["error"]["code"], -32603);
    assert_eq!(answer(&sent, 2)["error"]["code"], -32603);
    assert_eq!(answer(&sent, 3)["result"]["contents"], "0");
    assert_eq!(answer(&sent, 4)["result"]["contents"], "0");
}

#[tokio::test]
async fn changes_come_in_order_and_every_hover_sees_those_sent_before_it() {
    let mut messages = vec![start()];
    for version in 1..=2000 {
        messages.push(change(version));
        if version % 5 == 0 {
            messages.push(hover(version.into(), if version % 2 == 0 { LATER } else { NOW }));
        }
    }
    let (sent, _) = serve(messages).await;
    for id in (5..=2000).step_by(5) {
        assert_eq!(answer(&sent, id)["result"]["contents"], id.to_string());
    }
}

#[tokio::test]
async fn a_cancelled_request_says_so_though_many_wait() {
    let waiting = (1..=50).map(|id| hover(id, NEVER));
    let cancelled = tell("$/cancelRequest", &json!({"id": 7}));
    let (sent, ending) = serve(std::iter::once(start()).chain(waiting).chain([cancelled, hover(99, NOW)])).await;
    assert_eq!(answer(&sent, 7)["error"]["code"], -32800);
    assert!(answer(&sent, 99).get("result").is_some());
    assert_eq!(ending.exit_code(), 1);
}

#[tokio::test]
async fn what_is_sent_without_waiting_for_initialize_is_not_lost() {
    let (sent, _) = serve([start(), tell("initialized", &json!({})), change(1), hover(1, NOW)]).await;
    assert_eq!(answer(&sent, 1)["result"]["contents"], "1");
}

#[tokio::test]
async fn the_end_may_be_asked_for_with_parameters() {
    for needless in [json!({}), json!([]), json!(null), json!({"why": "lsp-mode 8"})] {
        let (sent, ending) = serve([start(), call(1, "shutdown", &needless), tell("exit", &needless)]).await;
        assert_eq!(answer(&sent, 1).get("result"), Some(&Value::Null), "{needless}");
        assert_eq!(ending.exit_code(), 0, "{needless}");
    }
}

#[tokio::test]
async fn leaving_after_shutdown_is_no_failure_and_answers_what_waits() {
    let (sent, ending) =
        serve([start(), hover(1, NEVER), call(2, "shutdown", &Value::Null), tell("exit", &Value::Null), hover(3, NOW)]).await;
    assert_eq!(answer(&sent, 1)["error"]["code"], -32800);
    assert!(sent.iter().all(|m| m["id"] != 3), "nothing is answered after exit");
    assert_eq!(ending.exit_code(), 0);
    assert_eq!(serve([start(), tell("exit", &Value::Null)]).await.1.exit_code(), 1);
    assert_eq!(serve([]).await.1.exit_code(), 1);
}

#[tokio::test]
async fn bodies_that_are_no_message_get_an_error_each() {
    let deep = "[".repeat(100_000);
    for (body, code, id) in [
        (&b"{"[..], -32700, Value::Null),
        (b"\xff\xfe", -32700, Value::Null),
        (b"", -32700, Value::Null),
        (deep.as_bytes(), -32700, Value::Null),
        (b"[]", -32600, Value::Null),
        (b"null", -32600, Value::Null),
        (b"{}", -32600, Value::Null),
        (br#"{"jsonrpc":"2.0","id":4,"method":5}"#, -32600, json!(4)),
        (br#"{"jsonrpc":"1.0","id":"a","method":"shutdown"}"#, -32600, json!("a")),
        (br#"{"jsonrpc":"2.0","id":5,"method":"textDocument/hover","params":{}}"#, -32602, json!(5)),
        (br#"{"jsonrpc":"2.0","id":6,"method":"no/such"}"#, -32601, json!(6)),
    ] {
        let body_of = |m: Value| Frame::Body(m.to_string().into_bytes());
        let (sent, _) = serve_frames([body_of(start()), Frame::Body(body.to_vec()), body_of(hover(1, NOW))]).await;
        let faults: Vec<_> = sent.iter().filter_map(|m| Some((m.get("error")?["code"].as_i64()?, m["id"].clone()))).collect();
        assert_eq!(faults, [(code, id)], "{:?}", String::from_utf8_lossy(&body[..body.len().min(80)]));
        assert!(answer(&sent, 1).get("result").is_some());
    }
}

#[tokio::test]
async fn answers_to_nobody_and_unknown_notifications_are_passed_over() {
    let stray = json!({"jsonrpc": "2.0", "id": 77, "result": null});
    let (sent, _) = serve([start(), stray, tell("$/unknown", &json!({})), call(2, "$/unknown", &json!({})), hover(1, NOW)]).await;
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert_eq!(answer(&sent, 2)["error"]["code"], -32601);
    assert_eq!(answer(&sent, 1)["result"]["contents"], "0");
}
