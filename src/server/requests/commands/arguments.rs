//! The commands by their names, and what each takes.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{ExecuteCommandParams, Position, Uri};

use super::refused;
use crate::text::nearest;

/// A command with what it was given.
#[derive(Debug)]
pub enum Command {
    /// `vidimus.status`
    Status,
    /// `vidimus.explain`
    Explain(Place),
    /// `vidimus.check`
    Check(Check),
    /// `vidimus.recordTypes`
    RecordTypes(Corpus),
    /// `vidimus.records`
    Records(Records),
    /// `vidimus.texts`
    Texts(Texts),
    /// `vidimus.citations`
    Citations(Citations),
    /// `vidimus.newRecord`
    NewRecord(NewRecord),
}

/// A place of a text.
#[derive(Debug, Deserialize)]
pub struct Place {
    /// The text.
    pub uri: Uri,
    /// The place in it.
    pub position: Position,
}

/// One corpus, or all.
#[derive(Debug, Deserialize)]
pub struct Check {
    /// A file or folder of it.
    pub uri: Option<Uri>,
}

/// One corpus.
#[derive(Debug, Deserialize)]
pub struct Corpus {
    /// A file or folder of it.
    pub uri: Uri,
}

/// A page of records.
#[derive(Debug, Deserialize)]
pub struct Records {
    /// A file or folder of the corpus.
    pub uri: Uri,
    /// The word of `type:`.
    #[serde(rename = "type")]
    pub kind: String,
    /// How many come before the page.
    #[serde(default)]
    pub offset: usize,
    /// How many it holds.
    #[serde(default = "page")]
    pub limit: usize,
}

/// A page of texts.
#[derive(Debug, Deserialize)]
pub struct Texts {
    /// A file or folder of the corpus.
    pub uri: Uri,
    /// How many come before the page.
    #[serde(default)]
    pub offset: usize,
    /// How many it holds.
    #[serde(default = "page")]
    pub limit: usize,
}

/// What can be cited.
#[derive(Debug, Deserialize)]
pub struct Citations {
    /// The text in which it is to be cited, or another file or folder of the corpus.
    pub uri: Uri,
    /// What is typed to find it.
    #[serde(default)]
    pub query: String,
    /// At most so many are wanted.
    #[serde(default = "choice")]
    pub limit: usize,
}

/// A record to be written.
#[derive(Debug, Deserialize)]
pub struct NewRecord {
    /// A file or folder of the corpus.
    pub uri: Uri,
    /// The word of `type:`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name shown.
    pub name: String,
    /// Its id; made of the name when none is given.
    pub id: Option<String>,
}

/// A page when nothing is said of its length.
fn page() -> usize {
    1000
}

/// So many are offered for choice when nothing is said.
fn choice() -> usize {
    100
}

/// One command.
pub(super) struct Row {
    pub(super) name: &'static str,
    /// What it takes, for whoever got it wrong.
    takes: &'static str,
    read: fn(Value) -> serde_json::Result<Command>,
}

/// Every command.
pub(super) const COMMANDS: &[Row] = &[
    Row { name: "vidimus.status", takes: "nothing", read: |_| Ok(Command::Status) },
    Row { name: "vidimus.explain", takes: "`{uri, position: {line, character}}`", read: |v| of(v, Command::Explain) },
    Row { name: "vidimus.check", takes: "`{uri?}`", read: |v| of(v, Command::Check) },
    Row { name: "vidimus.recordTypes", takes: "`{uri}`", read: |v| of(v, Command::RecordTypes) },
    Row { name: "vidimus.records", takes: "`{uri, type, offset?, limit?}`", read: |v| of(v, Command::Records) },
    Row { name: "vidimus.texts", takes: "`{uri, offset?, limit?}`", read: |v| of(v, Command::Texts) },
    Row { name: "vidimus.citations", takes: "`{uri, query?, limit?}`", read: |v| of(v, Command::Citations) },
    Row { name: "vidimus.newRecord", takes: "`{uri, type, name, id?}`", read: |v| of(v, Command::NewRecord) },
];

fn of<T: DeserializeOwned>(value: Value, command: fn(T) -> Command) -> serde_json::Result<Command> {
    serde_json::from_value(value).map(command)
}

impl Command {
    /// Reads what a client asks for.
    ///
    /// # Errors
    /// When there is no such command, or its argument is not what it takes.
    pub fn of(params: ExecuteCommandParams) -> Result<Self> {
        let name = params.command.as_str();
        let Some(row) = COMMANDS.iter().find(|row| row.name == name) else { return Err(unknown(name)) };
        let mut arguments = params.arguments.into_iter();
        let argument = match arguments.next() {
            None | Some(Value::Null) => Value::Object(serde_json::Map::new()),
            Some(argument) => argument,
        };
        let cure = || format!("it takes {} as its one argument", row.takes);
        if !argument.is_object() || arguments.next().is_some() {
            return Err(refused(&format!("`{name}` was given something else than one object"), &cure()));
        }
        (row.read)(argument).map_err(|fault| refused(&format!("`{name}`: {fault}"), &cure()))
    }
}

fn unknown(name: &str) -> Error {
    let names = || COMMANDS.iter().map(|row| row.name);
    let cure = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the commands are {}", names().collect::<Vec<_>>().join(", ")),
    };
    refused(&format!("there is no command `{name}`"), &cure)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(command: &str, arguments: Value) -> std::result::Result<String, String> {
        let params = serde_json::from_value(json!({"command": command, "arguments": arguments})).expect("parameters");
        Command::of(params).map(|c| format!("{c:?}")).map_err(|e| e.message.into_owned())
    }

    #[test]
    fn what_is_left_out_has_a_default_and_what_is_more_is_passed_over() {
        assert_eq!(read("vidimus.status", json!([])), Ok("Status".into()));
        assert_eq!(read("vidimus.check", json!([null])), Ok("Check(Check { uri: None })".into()));
        let records = read("vidimus.records", json!([{"uri": "file:///a", "type": "person", "colour": "red"}]));
        assert!(records.is_ok_and(|r| r.ends_with("kind: \"person\", offset: 0, limit: 1000 })")));
    }

    #[test]
    fn a_fault_is_told_with_its_cure() {
        assert_eq!(read("vidimus.record", json!([])), Err("there is no command `vidimus.record`; did you mean `vidimus.records`?".into()));
        assert!(read("a", json!([])).is_err_and(|e| e.contains("the commands are vidimus.status, ")));
        let fault = "`vidimus.records`: missing field `type`; it takes `{uri, type, offset?, limit?}` as its one argument";
        assert_eq!(read("vidimus.records", json!([{"uri": "file:///a"}])), Err(fault.into()));
        for wrong in [
            json!([{"uri": "file:///a"}, 1]),
            json!(["file:///a"]),
            json!([{"uri": 7}]),
            json!([{"uri": "file:///a", "limit": -1, "type": "a"}]),
        ] {
            assert!(read("vidimus.records", wrong).is_err_and(|e| e.ends_with("as its one argument")));
        }
    }
}
