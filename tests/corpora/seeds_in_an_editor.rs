//! The same five texts, open in an editor: whatever is found has a card and leads to its record.

use std::path::Path;

use serde_json::{Value, json};

use super::seeds::{Seed, corpus, seeds};
use crate::protocol::client::Client;

/// One seed, open.
struct Opened<'s> {
    client: Client,
    seed: &'s Seed,
    uri: String,
    asked: i64,
}

impl<'s> Opened<'s> {
    fn open(folder: &Path, seed: &'s Seed) -> Self {
        let mut client = Client::spawn();
        client
            .initialize(&json!({"general": {"positionEncodings": ["utf-8"]}, "textDocument": {"hover": {"contentFormat": ["markdown"]}}}));
        let uri = format!("file://{}", folder.join("texts").join(format!("{}.txt", seed.name)).display());
        client.open(&uri, 1, &seed.text);
        Self { client, seed, uri, asked: 0 }
    }

    fn ask(&mut self, method: &str, at: usize) -> Value {
        self.asked += 1;
        let before = &self.seed.text[..at];
        let line = before.matches('\n').count();
        let character = at - before.rfind('\n').map_or(0, |n| n + 1);
        let params = json!({"textDocument": {"uri": self.uri}, "position": {"line": line, "character": character}});
        self.client.call(self.asked, method, &params);
        self.client.answer(self.asked)["result"].take()
    }

    /// What is missing at a place that means `id`.
    fn misses(&mut self, at: usize, id: &str) -> Option<String> {
        let card = self.ask("textDocument/hover", at);
        if card["contents"]["value"].as_str().is_none_or(str::is_empty) {
            return Some(format!("no card of {id}"));
        }
        let targets = self.ask("textDocument/definition", at);
        let target = targets.get(0).unwrap_or(&targets);
        let Some(path) = target["uri"].as_str().and_then(|uri| uri.strip_prefix("file://")) else {
            return Some(format!("{id} leads nowhere"));
        };
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = usize::try_from(target["range"]["start"]["line"].as_u64().unwrap_or_default()).unwrap_or_default();
        let record = id.split('#').next().unwrap_or(id);
        let own_note = path.ends_with(&format!("/{record}.md"));
        let own_entry = text.lines().nth(line).is_some_and(|l| l.contains(&format!("id: {record}")));
        (!own_note && !own_entry).then(|| format!("{id} leads to {path}:{}", line + 1))
    }
}

#[test]
fn whatever_is_found_has_a_card_and_leads_to_its_record() {
    let seeds = seeds();
    let folder = corpus(&seeds);
    let mut missing = Vec::new();
    for seed in &seeds {
        let mut opened = Opened::open(folder.path(), seed);
        for (at, id, instrument) in seed.places() {
            let words = &seed.text[at.clone()];
            // An instrument is asked for at its number or date, for it may hold a body's name; anything else at its last word.
            let inside = if instrument { words.find(|c: char| c.is_ascii_digit()) } else { words.rfind(' ').map(|space| space + 1) };
            let miss = opened.misses(at.start + inside.unwrap_or_default(), id);
            missing.extend(miss.map(|miss| format!("{}, {}: {miss}", seed.name, &seed.text[at])));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
