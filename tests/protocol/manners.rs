//! What a server may say to a client that introduced itself so: everything else is a message that this client does not handle.

use std::collections::HashSet;

use serde_json::Value;

/// What is agreed on with a server.
#[derive(Default)]
pub struct Manners {
    capabilities: Value,
    traced: bool,
    /// Whether the client asked to be told how the corpora stand.
    follows: bool,
    /// Whether it had all files checked: then it is told of closed ones, too.
    checked: bool,
    /// Texts that the client has or had open.
    texts: HashSet<String>,
    /// Tokens of progress that the client gave, or agreed to.
    tokens: HashSet<String>,
}

/// Where a client says that it can be told to ask again.
const REFRESHES: &[(&str, &str)] = &[
    ("workspace/diagnostic/refresh", "/workspace/diagnostics/refreshSupport"),
    ("workspace/semanticTokens/refresh", "/workspace/semanticTokens/refreshSupport"),
    ("workspace/inlayHint/refresh", "/workspace/inlayHint/refreshSupport"),
    ("workspace/codeLens/refresh", "/workspace/codeLens/refreshSupport"),
];

/// An address without escapes: clients and servers escape as they like.
fn address(uri: &Value) -> String {
    let mut parts = uri.as_str().unwrap_or_default().split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let escaped = part.get(..2).and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.extend(escaped.or(Some(b'%')));
        bytes.extend(&part.as_bytes()[if escaped.is_some() { 2 } else { 0 }..]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

impl Manners {
    /// The client says something.
    pub fn sent(&mut self, method: &str, params: &Value) {
        match method {
            "initialize" => {
                self.capabilities = params["capabilities"].clone();
                self.traced = params["trace"].as_str().is_some_and(|t| t != "off");
                self.follows = params["initializationOptions"]["status"] == true;
            }
            "workspace/executeCommand" => self.checked |= params["command"] == "vidimus.check",
            "$/setTrace" => self.traced |= params["value"] != "off",
            "textDocument/didOpen" => drop(self.texts.insert(address(&params["textDocument"]["uri"]))),
            _ => {}
        }
        self.tokens.extend(["workDoneToken", "partialResultToken"].iter().filter_map(|t| params.get(t)).map(Value::to_string));
    }

    /// What is wrong with a message that the server sends by itself.
    pub fn fault(&mut self, message: &Value) -> Option<String> {
        let method = message["method"].as_str()?;
        let params = &message["params"];
        let offers = |pointer: &str| self.capabilities.pointer(pointer).is_some_and(|v| *v == true);
        let agreed = match method {
            "textDocument/publishDiagnostics" => {
                let asks = self.capabilities.pointer("/textDocument/diagnostic").is_some();
                !asks && (self.checked || self.texts.contains(&address(&params["uri"])))
            }
            // What is more than a remark has to be read by the test.
            "window/logMessage" | "window/showMessage" => true,
            "$/logTrace" => self.traced,
            "$/progress" => self.tokens.contains(&params["token"].to_string()),
            "window/workDoneProgress/create" => {
                let agreed = offers("/window/workDoneProgress");
                self.tokens.insert(params["token"].to_string());
                agreed
            }
            "client/registerCapability" => params["registrations"].as_array().is_some_and(|all| {
                all.iter().all(|one| {
                    one["method"] == "workspace/didChangeWatchedFiles" && offers("/workspace/didChangeWatchedFiles/dynamicRegistration")
                })
            }),
            "workspace/applyEdit" => offers("/workspace/applyEdit"),
            "vidimus/status" => self.follows,
            "workspace/configuration" => offers("/workspace/configuration"),
            _ => REFRESHES.iter().any(|(refresh, pointer)| *refresh == method && offers(pointer)),
        };
        (!agreed).then(|| format!("`{method}` comes to a client that has not agreed to it: {message}"))
    }
}
