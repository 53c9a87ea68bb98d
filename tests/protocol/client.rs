//! A client made of two pipes, so that a test can also say what no real client would.
//!
//! It fails on a message that the protocol does not allow, on one that it has not agreed to, on an answer that is a mistake of the
//! server's own; and at its end on a request without an answer and on words for the author that no test has read.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use vidimus::server::limits::Limits;

use super::connection::{Pipes, Server};
use super::manners::Manners;
use super::metamodel;

/// Long enough for a loaded machine; no test waits for it unless it fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server and the pipes to it. Dropping it ends the server.
pub struct Client {
    server: Server,
    input: Option<Box<dyn Write + Send>>,
    messages: Receiver<Value>,
    /// Everything received and not yet asked for.
    kept: Vec<Value>,
    /// What was asked and is not answered yet.
    asked: HashMap<i64, String>,
    manners: Manners,
    /// Whether bytes were sent whose meaning the client does not know.
    rough: bool,
    /// What the client answers when it is asked for settings.
    pub settings: Value,
}

impl Client {
    /// Starts a server in this process, with nothing sent yet.
    pub fn spawn() -> Self {
        Self::within(Limits::default())
    }

    /// The same with other limits.
    pub fn within(limits: Limits) -> Self {
        Self::of(Server::here(limits))
    }

    /// Starts `vidimus lsp`, with nothing sent yet: where the process itself is looked at.
    pub fn process() -> Self {
        Self::of(Server::process())
    }

    /// The same; what it keeps lies in that folder.
    pub fn process_keeping(cache: &Path) -> Self {
        Self::of(Server::process_keeping(cache))
    }

    fn of((server, pipes): (Server, Pipes)) -> Self {
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(pipes.output);
            while let Some(message) = read_message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            server,
            input: Some(pipes.input),
            messages,
            kept: Vec::new(),
            asked: HashMap::new(),
            manners: Manners::default(),
            rough: false,
            settings: Value::Null,
        }
    }

    /// The same, with `initialize` and `initialized` sent and not waited for.
    pub fn start() -> Self {
        let mut client = Self::spawn();
        client.initialize(&json!({}));
        client
    }

    /// The same with the real binary.
    pub fn start_process() -> Self {
        let mut client = Self::process();
        client.initialize(&json!({}));
        client
    }

    /// Sends `initialize` (with the id 0) and `initialized`.
    pub fn initialize(&mut self, capabilities: &Value) {
        self.call(0, "initialize", &json!({"processId": null, "rootUri": null, "capabilities": capabilities}));
        self.tell("initialized", &json!({}));
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.rough = true;
        self.write(bytes);
    }

    fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("input is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    /// Sends one message.
    pub fn send(&mut self, message: &Value) {
        if let (Some(id), Some(method)) = (message["id"].as_i64(), message["method"].as_str()) {
            self.asked.insert(id, method.to_owned());
        }
        if let Some(method) = message["method"].as_str() {
            self.manners.sent(method, &message["params"]);
        }
        self.write(&framed(message));
    }

    /// Sends a request.
    pub fn call(&mut self, id: i64, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
    }

    /// Sends a notification.
    pub fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Opens a text.
    pub fn open(&mut self, uri: &str, version: i32, text: &str) {
        self.tell(
            "textDocument/didOpen",
            &json!({"textDocument": {"uri": uri, "languageId": "markdown", "version": version, "text": text}}),
        );
    }

    /// Waits for the first message, received or to come, that fits.
    pub fn expect(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        if let Some(i) = self.kept.iter().position(&fits) {
            return self.kept.remove(i);
        }
        let until = Instant::now() + PATIENCE;
        loop {
            match self.messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    self.look_at(&message);
                    if fits(&message) {
                        return message;
                    }
                    self.kept.push(message);
                }
                Err(RecvTimeoutError::Timeout) => panic!("no {what} in time; received: {:?}", self.kept),
                Err(RecvTimeoutError::Disconnected) => panic!("the server left without {what}; received: {:?}", self.kept),
            }
        }
    }

    /// Everything received so far and not asked for.
    pub fn received(&mut self) -> &[Value] {
        while let Ok(message) = self.messages.try_recv() {
            self.look_at(&message);
            self.kept.push(message);
        }
        &self.kept
    }

    /// Forgets the messages of a method that were received so far.
    pub fn forget(&mut self, method: &str) {
        self.received();
        self.kept.retain(|m| m["method"] != method);
    }

    /// What was asked and is not answered yet.
    pub fn unanswered(&self) -> Vec<&str> {
        self.asked.values().map(String::as_str).collect()
    }

    /// Fails on a message that is not what the protocol says it must be, and answers the server's questions as a client does that
    /// has no settings and agrees to everything.
    fn look_at(&mut self, message: &Value) {
        if let (Some(method), Some(id)) = (message["method"].as_str(), message.get("id")) {
            let result = match method {
                "workspace/configuration" => {
                    message["params"]["items"].as_array().map(|all| all.iter().map(|_| self.settings.clone()).collect()).unwrap_or_default()
                }
                "workspace/applyEdit" => json!({"applied": true}),
                _ => Value::Null,
            };
            // The server may have left meanwhile.
            if let Some(input) = &mut self.input {
                let _ = input.write_all(&framed(&json!({"jsonrpc": "2.0", "id": id, "result": result}))).and_then(|()| input.flush());
            }
        }
        let id = message["id"].as_i64().filter(|_| message.get("method").is_none());
        let answered = id.and_then(|id| self.asked.remove(&id));
        let what = answered.as_deref().unwrap_or_default();
        if let Some(fault) = metamodel::model().and_then(|model| model.fault(message, answered.as_deref())) {
            panic!("{what} {fault}");
        }
        if let Some(fault) = self.manners.fault(message) {
            panic!("{fault}");
        }
        assert!(message["error"]["code"] != -32603, "{what}: a mistake of the server's own: {message}");
        assert!(self.rough || message.get("method").is_some() || answered.is_some(), "nobody asked for {message}");
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        self.expect(&format!("answer to {id}"), |m| m["id"] == id && m.get("method").is_none())
    }

    /// Whether the server still serves.
    pub fn expect_alive(&mut self, id: i64) {
        self.call(id, "no/such/method", &json!({}));
        assert_eq!(self.answer(id)["error"]["code"], -32601);
    }

    /// Closes the server's input.
    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// The server's process, where it has one of its own.
    pub fn process_id(&self) -> u32 {
        self.server.process_id().expect("a process of its own")
    }

    /// Waits for the end, and answers the exit code.
    pub fn exit_code(&mut self) -> i32 {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(code) = self.server.ended() {
                return code;
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
        panic!("the server did not leave");
    }
}

impl Client {
    /// Waits for what is not answered yet, and fails on what the server said and nobody has read.
    fn take_leave(&mut self) {
        self.received();
        let overviews: Vec<i64> = self.asked.iter().filter(|(_, method)| *method == "workspace/diagnostic").map(|(id, _)| *id).collect();
        let overviews = if self.input.is_some() { overviews } else { Vec::new() };
        for id in overviews {
            // Answered when something changes, and nothing does.
            self.tell("$/cancelRequest", &json!({"id": id}));
        }
        let until = Instant::now() + PATIENCE;
        while !self.asked.is_empty() {
            match self.messages.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(message) => {
                    self.look_at(&message);
                    self.kept.push(message);
                }
                Err(error) => panic!("without an answer ({error}): {:?}", self.asked),
            }
        }
        // Remarks for the log are nothing that anybody has to see.
        let said = self.kept.iter().find(|m| match m["method"].as_str() {
            Some("window/showMessage") => true,
            Some("window/logMessage") => m["params"]["type"].as_u64() < Some(3),
            _ => false,
        });
        assert!(said.is_none(), "nobody has read {said:?}");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.take_leave();
        }
        self.input = None;
    }
}

/// A message with its header.
pub fn framed(message: &Value) -> Vec<u8> {
    let body = message.to_string();
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut header = String::new();
    output.read_line(&mut header).ok()?;
    let length: usize = header.strip_prefix("Content-Length: ")?.trim_end().parse().ok()?;
    let mut rest = vec![0; 2 + length];
    output.read_exact(&mut rest).ok()?;
    serde_json::from_slice(&rest[2..]).ok()
}
