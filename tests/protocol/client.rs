//! A client made of the binary's two pipes, so that a test can also say what no real client would.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::metamodel;

/// Long enough for a loaded machine; no test waits for it unless it fails.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server and the pipes to it. Dropping it ends the server.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Everything received and not yet asked for.
    kept: Vec<Value>,
    /// What was asked and is not answered yet.
    asked: HashMap<i64, String>,
    /// What the client answers when it is asked for settings.
    pub settings: Value,
}

impl Client {
    /// Starts `vidimus lsp`, with nothing sent yet.
    pub fn spawn() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vidimus"))
            .args(["lsp", "--stdio"])
            .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        let output = child.stdout.take().expect("a pipe");
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read_message(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        let input = child.stdin.take();
        Self { child, input, messages, kept: Vec::new(), settings: Value::Null, asked: HashMap::new() }
    }

    /// The same, with `initialize` and `initialized` sent and not waited for.
    pub fn start() -> Self {
        let mut client = Self::spawn();
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
        let input = self.input.as_mut().expect("input is open");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    /// Sends one message.
    pub fn send(&mut self, message: &Value) {
        if let (Some(id), Some(method)) = (message["id"].as_i64(), message["method"].as_str()) {
            self.asked.insert(id, method.to_owned());
        }
        self.raw(&framed(message));
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
        let answered = if message.get("method").is_none() { message["id"].as_i64().and_then(|id| self.asked.remove(&id)) } else { None };
        if let Some(fault) = metamodel::model().and_then(|model| model.fault(message, answered.as_deref())) {
            panic!("{} {fault}", answered.unwrap_or_default());
        }
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

    /// Waits for the end, and answers the exit code.
    pub fn exit_code(&mut self) -> i32 {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.code().expect("no signal");
            }
            std::thread::park_timeout(Duration::from_millis(5));
        }
        panic!("the server did not leave");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
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
