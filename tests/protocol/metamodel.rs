//! Every message of the server against the protocol's own model of itself.
//!
//! The model (`metaModel-3.17.json`) names each request's result, each notification's parameters and all structures they are
//! made of. Read strictly: a property that the model does not know is a mistake, as is one that lacks.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde_json::{Map, Value};

/// The protocol's model, indexed by names.
pub struct Model {
    requests: HashMap<String, Value>,
    notifications: HashMap<String, Value>,
    structures: HashMap<String, Value>,
    enumerations: HashMap<String, Value>,
    aliases: HashMap<String, Value>,
}

/// The model, when it is there; without it messages are not compared.
pub fn model() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Some(Model::read(&super::shared()?.join("protocol/metaModel-3.17.json")))).as_ref()
}

impl Model {
    fn read(path: &std::path::Path) -> Self {
        let text = std::fs::read_to_string(path).expect("the protocol's model");
        let mut model: Value = serde_json::from_str(&text).expect("JSON");
        let mut by = |list: &str, key: &str| {
            let all = model[list].take();
            let all = all.as_array().cloned().unwrap_or_default();
            all.into_iter().map(|one| (one[key].as_str().unwrap_or_default().to_owned(), one)).collect()
        };
        Self {
            requests: by("requests", "method"),
            notifications: by("notifications", "method"),
            structures: by("structures", "name"),
            enumerations: by("enumerations", "name"),
            aliases: by("typeAliases", "name"),
        }
    }

    /// What is wrong with a message of the server; `asked` is the method it answers.
    pub fn fault(&self, message: &Value, asked: Option<&str>) -> Option<String> {
        let checked = match (message.get("method").and_then(Value::as_str), message.get("id")) {
            (Some(method), Some(_)) => self.params(&self.requests, method, message),
            (Some(method), None) => self.params(&self.notifications, method, message),
            (None, _) => self.answer(message, asked),
        };
        checked.err().map(|fault| format!("{fault} in {}", shortened(message)))
    }

    fn params(&self, table: &HashMap<String, Value>, method: &str, message: &Value) -> Result<(), String> {
        if method.starts_with("vidimus/") {
            return Ok(());
        }
        let entry = table.get(method).ok_or_else(|| format!("the protocol has no `{method}`"))?;
        if entry["messageDirection"] == "clientToServer" {
            return Err(format!("`{method}` is the client's to send"));
        }
        if let Some(ty) = entry.get("params") {
            self.check(ty, &message["params"], "params")?;
        }
        match method {
            "$/progress" => self.progress(&message["params"]["value"]),
            "client/registerCapability" => self.registrations(&message["params"]["registrations"]),
            _ => Ok(()),
        }
    }

    /// Progress of work has a kind; a partial result has none.
    fn progress(&self, value: &Value) -> Result<(), String> {
        let name = match value["kind"].as_str() {
            Some("begin") => "WorkDoneProgressBegin",
            Some("report") => "WorkDoneProgressReport",
            Some("end") => "WorkDoneProgressEnd",
            _ => return Ok(()),
        };
        self.check(&reference(name), value, "value")
    }

    fn registrations(&self, all: &Value) -> Result<(), String> {
        for one in all.as_array().into_iter().flatten() {
            let method = one["method"].as_str().unwrap_or_default();
            let entry = self.requests.get(method).or_else(|| self.notifications.get(method));
            let entry = entry.ok_or_else(|| format!("registers `{method}`, which the protocol does not have"))?;
            if let (Some(ty), Some(options)) = (entry.get("registrationOptions"), one.get("registerOptions")) {
                self.check(ty, options, "registerOptions")?;
            }
        }
        Ok(())
    }

    fn answer(&self, message: &Value, asked: Option<&str>) -> Result<(), String> {
        if let Some(error) = message.get("error") {
            if !error["code"].is_i64() || !error["message"].is_string() || message.get("result").is_some() {
                return Err("an error without code and words, or beside a result".into());
            }
            return Ok(());
        }
        let result = message.get("result").ok_or("neither a result nor an error")?;
        match asked.and_then(|method| self.requests.get(method)) {
            Some(entry) => self.check(&entry["result"], result, "result"),
            None => Ok(()),
        }
    }

    fn check(&self, ty: &Value, value: &Value, path: &str) -> Result<(), String> {
        let wrong = |what: &str| Err(format!("{path} is not {what}"));
        match ty["kind"].as_str().unwrap_or_default() {
            "base" => base(ty["name"].as_str().unwrap_or_default(), value, path),
            "reference" => self.named(ty["name"].as_str().unwrap_or_default(), value, path),
            "array" => {
                let Some(all) = value.as_array() else { return wrong("an array") };
                all.iter().enumerate().try_for_each(|(i, v)| self.check(&ty["element"], v, &format!("{path}[{i}]")))
            }
            "map" => {
                let Some(all) = value.as_object() else { return wrong("a map") };
                all.iter().try_for_each(|(k, v)| self.check(&ty["value"], v, &format!("{path}.{k}")))
            }
            "or" => self.any(ty["items"].as_array().map_or(&[], Vec::as_slice), value, path),
            "and" => ty["items"].as_array().into_iter().flatten().try_for_each(|item| self.check(item, value, path)),
            "tuple" => {
                let (Some(types), Some(all)) = (ty["items"].as_array(), value.as_array()) else { return wrong("a tuple") };
                if types.len() != all.len() {
                    return wrong("of that length");
                }
                types.iter().zip(all).try_for_each(|(t, v)| self.check(t, v, path))
            }
            "stringLiteral" if *value == ty["value"] => Ok(()),
            "stringLiteral" => wrong(&ty["value"].to_string()),
            "literal" => self.object(&ty["value"], value, path),
            other => Err(format!("{path}: the model has a type `{other}` that this reader does not know")),
        }
    }

    fn any(&self, types: &[Value], value: &Value, path: &str) -> Result<(), String> {
        let mut faults = Vec::new();
        for ty in types {
            match self.check(ty, value, path) {
                Ok(()) => return Ok(()),
                Err(fault) => faults.push(fault),
            }
        }
        // The fault that lies deepest is that of the type that was meant.
        faults.sort_by_key(|fault| std::cmp::Reverse(fault.split_whitespace().next().map_or(0, str::len)));
        Err(faults.into_iter().next().unwrap_or_default())
    }

    fn named(&self, name: &str, value: &Value, path: &str) -> Result<(), String> {
        if name.starts_with("LSP") {
            return Ok(());
        }
        if let Some(alias) = self.aliases.get(name) {
            return self.check(&alias["type"], value, path);
        }
        if let Some(all) = self.enumerations.get(name) {
            let known = all["values"].as_array().into_iter().flatten().any(|v| v["value"] == *value);
            let free = all["supportsCustomValues"] == true && (value.is_string() || value.is_i64());
            return if known || free { Ok(()) } else { Err(format!("{path} is no {name}: {value}")) };
        }
        match self.structures.get(name) {
            Some(structure) => self.object(structure, value, path),
            None => Err(format!("{path}: the model has no `{name}`")),
        }
    }

    fn object(&self, structure: &Value, value: &Value, path: &str) -> Result<(), String> {
        let Some(given) = value.as_object() else { return Err(format!("{path} is no object")) };
        let mut known = HashMap::new();
        self.properties(structure, &mut known);
        for (name, property) in &known {
            match given.get(*name) {
                Some(v) => self.check(&property["type"], v, &format!("{path}.{name}"))?,
                None if property["optional"] == true => {}
                None => return Err(format!("{path}.{name} is missing")),
            }
        }
        unknown(given, &known).map_or(Ok(()), |name| Err(format!("{path}.{name} is nothing that the protocol knows")))
    }

    fn properties<'m>(&'m self, structure: &'m Value, into: &mut HashMap<&'m str, &'m Value>) {
        let parents = ["extends", "mixins"].into_iter().filter_map(|list| structure[list].as_array()).flatten();
        for parent in parents.filter_map(|p| self.structures.get(p["name"].as_str()?)) {
            self.properties(parent, into);
        }
        for property in structure["properties"].as_array().into_iter().flatten() {
            into.insert(property["name"].as_str().unwrap_or_default(), property);
        }
    }
}

fn unknown<'g>(given: &'g Map<String, Value>, known: &HashMap<&str, &Value>) -> Option<&'g String> {
    // An open structure (progress options in a literal) has no properties of its own.
    given.keys().find(|name| !known.is_empty() && !known.contains_key(name.as_str()))
}

fn base(name: &str, value: &Value, path: &str) -> Result<(), String> {
    let fits = match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
        "uinteger" => value.as_u64().is_some_and(|n| n <= u64::from(u32::MAX >> 1)),
        "decimal" => value.is_number(),
        "DocumentUri" | "URI" => value.as_str().is_some_and(|s| s.contains(':') && !s.contains([' ', '"', '<', '>'])),
        _ => value.is_string(),
    };
    if fits { Ok(()) } else { Err(format!("{path} is no {name}: {}", shortened(value))) }
}

fn reference(name: &str) -> Value {
    serde_json::json!({"kind": "reference", "name": name})
}

fn shortened(value: &Value) -> String {
    value.to_string().chars().take(600).collect()
}

#[test]
fn the_model_is_read_strictly() {
    use serde_json::json;
    let Some(model) = model() else { return };
    let hover = |result: Value| model.fault(&json!({"jsonrpc": "2.0", "id": 1, "result": result}), Some("textDocument/hover"));
    assert_eq!(hover(json!(null)), None);
    assert_eq!(hover(json!({"contents": {"kind": "markdown", "value": "a"}})), None);
    let faults = [
        hover(json!({"contents": {"kind": "markdown", "value": 1}})),
        hover(json!({"contents": {"kind": "markdown", "value": "a"}, "colour": 1})),
        hover(json!({"contents": {"kind": "markdown", "value": "a"}, "range": {"start": {"line": -1, "character": 0}}})),
        model.fault(&json!({"jsonrpc": "2.0", "method": "no/such"}), None),
        model.fault(&json!({"jsonrpc": "2.0", "id": 1}), Some("textDocument/hover")),
        model.fault(&json!({"method": "textDocument/publishDiagnostics", "params": {"uri": "a b", "diagnostics": []}}), None),
    ];
    for (number, fault) in faults.iter().enumerate() {
        assert!(fault.is_some(), "{number} passes");
    }
}
