//! After any edits, in any units, the server knows what a fresh one knows that is shown the same texts.
//!
//! In some of them the registry is long, so that it is taken in beside what else is asked and edited.
//!
//! How many edits: `VIDIMUS_EDITS`, else few enough for every run. The number of a failing round is printed; `VIDIMUS_ROUND` runs it alone.

use std::path::Path;

use serde_json::{Value, json};

use super::client::Client;
use crate::dice::Dice;

/// Edits when nobody asks for more.
const EDITS: i32 = 240;

/// Edits of one session.
const OF_A_ROUND: i32 = 40;

const FILES: &[(&str, &str)] = &[
    ("vidimus.toml", "[rules]\nunsourced-figure = \"error\"\n"),
    (
        "registry.yaml",
        "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov, Лавров], roles: [{title: Foreign Minister, from: 2004-03-09, aliases: [the top diplomat]}]}\n\
         - {id: osce, type: org, name: OSCE, aliases: [ОБСЕ]}\n- {id: unsc-2202, type: resolution, name: Resolution 2202, symbol: S/RES/2202 (2015), date: 2015-02-17, parts: [op-1..op-4]}\n",
    ),
    ("refs.bib", "@misc{tass-2017, title = {Interview}, author = {TASS}, date = {2017-03-16}}\n\n@misc{mid-2017, title = {Statement}}\n"),
    (
        "a.md",
        "---\nkind: analysis\ndate: 2017-03-16\n---\n# The talks\n\n[[lavrov|The top diplomat]] said “there is no alternative” [@tass-2017, para. 3].\n\n\
         Resolution 2202 (2015) endorsed it.[^1] The top diplomat and the OSCE agreed; it is widely believed that 90,000 people left.\n\n\
         > “We expect the OSCE to go on.\n>\n> It will.”\n>\n> — [[lavrov]], 16 March 2017\n\n| place | people |\n|---|---|\n| Minsk | 1,200 |\n\n[^1]: See [@mid-2017] and [[unsc-2202#op-1]].\n",
    ),
    (
        "b.md",
        "\u{feff}---\r\nlang: ru\r\n---\r\n\r\nЛавров сказал: «Альтернативы нет». 𝕏 По данным ОБСЕ, около 90 тысяч человек уехали [@tass-2017].\r\n\r\n\
         <!-- vidimus-allow unsourced-figure: для примера -->\r\nПогибли 12 человек.\r\n\r\n::: note\r\nРезолюция 2202 (2016) СБ ООН.\r\n:::\r\n",
    ),
    (
        "note.md",
        "---\nid: minsk\ntype: place\nname: Minsk\naliases: [Минск]\n---\n# Minsk\n\n1. A city. {#city}\n2. In Minsk they met, said Sergey Lavrov.\n",
    ),
];

/// The units of positions that a client may offer.
const UNITS: &[&str] = &["utf-8", "utf-16", "utf-32"];

struct Texts {
    unit: &'static str,
    texts: Vec<(String, String)>,
}

/// A file as it is at first; in a `large` corpus the registry is so long that it is taken in while questions are answered.
fn text_of(path: &str, text: &str, large: bool) -> String {
    let more = if large && path == "registry.yaml" { 0..600 } else { 0..0 };
    let more = more.map(|n| format!("- {{id: envoy-{n}, type: person, name: Envoy Number{n}, aliases: [Legate {n}th]}}\n"));
    std::iter::once(text.to_owned()).chain(more).collect()
}

fn folder(large: bool) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in FILES {
        std::fs::write(folder.path().join(path), text_of(path, text, large)).expect("written");
    }
    folder
}

fn server(folder: &Path, unit: &str) -> Client {
    let mut client = Client::spawn();
    let root = format!("file://{}", folder.display());
    let capabilities = json!({
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
        "general": {"positionEncodings": [unit]},
        "textDocument": {
            "diagnostic": {}, "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "semanticTokens": {"requests": {"full": true}, "tokenTypes": [], "tokenModifiers": [], "formats": ["relative"]},
        },
    });
    client.call(0, "initialize", &json!({"processId": null, "rootUri": root, "capabilities": capabilities}));
    client.tell("initialized", &json!({}));
    client
}

impl Texts {
    fn of(folder: &Path, unit: &'static str, large: bool) -> Self {
        let uri = |path: &str| format!("file://{}/{path}", folder.display());
        Self { unit, texts: FILES.iter().map(|(path, text)| (uri(path), text_of(path, text, large))).collect() }
    }

    /// A byte as a position, counted anew from the words of the protocol: lines end at LF, CR and CRLF.
    fn position(&self, text: &str, at: usize) -> Value {
        let head = &text[..at];
        // A place between CR and LF is the end of its line.
        let split = head.ends_with('\r') && text[at..].starts_with('\n');
        let head = if split { &head[..at - 1] } else { head };
        let ends = head.replace("\r\n", "\n").replace('\r', "\n");
        let line = ends.matches('\n').count();
        let words = ends.rsplit('\n').next().unwrap_or_default();
        let column = match self.unit {
            "utf-8" => words.len(),
            "utf-16" => words.encode_utf16().count(),
            _ => words.chars().count(),
        };
        json!({"line": line, "character": column})
    }

    /// One notification with one to three changes, in order; each is seen by the next.
    fn change(&mut self, dice: &mut Dice, version: i32) -> Value {
        let number = dice.roll(self.texts.len());
        let mut text = self.texts[number].1.clone();
        let mut changes = Vec::new();
        for _ in 0..=dice.roll(3) {
            if dice.roll(25) == 0 {
                text = if dice.roll(2) == 0 { FILES[number].1.to_owned() } else { dice.pieces() };
                changes.push(json!({"text": text}));
                continue;
            }
            let longest = if dice.roll(8) == 0 { 200 } else { 6 };
            let (span, piece) = dice.change(&text, longest);
            // No position names the place between CR and LF.
            let inside = |at: usize| text[..at].ends_with('\r') && text[at..].starts_with('\n');
            let span = span.start - usize::from(inside(span.start))..span.end + usize::from(inside(span.end));
            changes.push(json!({
                "range": {"start": self.position(&text, span.start), "end": self.position(&text, span.end)}, "text": piece,
            }));
            text.replace_range(span, piece);
        }
        let uri = self.texts[number].0.clone();
        self.texts[number].1 = text;
        json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes})
    }

    fn open_all(&self, client: &mut Client, version: i32) {
        for (uri, text) in &self.texts {
            client.open(uri, version, text);
        }
    }

    /// All that a server says of the texts.
    fn known(&self, client: &mut Client, first: i64) -> Vec<Value> {
        // What makes edits is answered when everything has been taken in.
        let start = json!({"line": 0, "character": 0});
        let nothing =
            json!({"textDocument": {"uri": self.texts[3].0}, "range": {"start": start, "end": start}, "context": {"diagnostics": []}});
        client.call(first, "textDocument/codeAction", &nothing);
        client.answer(first);
        let mut asked = first;
        for (uri, text) in &self.texts {
            let document = json!({"uri": uri});
            let middle = self.position(text, (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0));
            let end = self.position(text, text.len());
            let range = json!({"start": {"line": 0, "character": 0}, "end": end});
            for method in ["diagnostic", "semanticTokens/full", "documentSymbol", "foldingRange", "hover", "inlayHint", "documentLink"] {
                asked += 1;
                client.call(
                    asked,
                    &format!("textDocument/{method}"),
                    &json!({"textDocument": document, "position": middle, "range": range}),
                );
            }
        }
        (first + 1..=asked)
            .map(|id| {
                let mut answer = client.answer(id);
                if let Some(result) = answer["result"].as_object_mut() {
                    result.remove("resultId");
                }
                answer["id"] = Value::Null;
                answer
            })
            .collect()
    }
}

fn round(number: u64) {
    let mut dice = Dice::of(number);
    let large = number.is_multiple_of(3);
    let folder = folder(large);
    let mut texts = Texts::of(folder.path(), UNITS[dice.roll(UNITS.len())], large);
    let mut client = server(folder.path(), texts.unit);
    texts.open_all(&mut client, 0);
    let mut asked = 1000;
    for version in 1..=OF_A_ROUND {
        let change = texts.change(&mut dice, version);
        client.tell("textDocument/didChange", &change);
        if dice.roll(12) == 0 || version == OF_A_ROUND {
            let edited = texts.known(&mut client, asked);
            asked += 1000;
            let mut fresh = server(folder.path(), texts.unit);
            texts.open_all(&mut fresh, version);
            let wanted = texts.known(&mut fresh, 1000);
            for (number_of_answer, (is, wants)) in edited.iter().zip(&wanted).enumerate() {
                assert!(
                    is == wants,
                    "round {number}, version {version}, {}, answer {number_of_answer}: after edits\n{is}\nfresh\n{wants}\ntexts {:#?}",
                    texts.unit,
                    texts.texts
                );
            }
        }
    }
}

#[test]
fn random_edits_lead_where_a_fresh_start_does() {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse::<i32>().ok());
    let all = 1..=number("VIDIMUS_EDITS").unwrap_or(EDITS) / OF_A_ROUND;
    for one in number("VIDIMUS_ROUND").map_or(all, |only| only..=only) {
        round(u64::from(one.unsigned_abs()));
    }
}
