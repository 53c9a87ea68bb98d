//! `bad-attribute`

use super::Findings;
use super::rule::{Context, rule};
use crate::config::Config;
use crate::config::{Level, LevelRow};
use crate::prose::dates::is_edtf;
use crate::syntax::{Attributes, NodeKind};
use crate::text::nearest;

rule! {
/// A value of `status`, `conf` or `date` that means nothing, a class one letter off a known one, or a name of HTML's own (`src`, `cite`,
/// `title`).
///
/// ## Why
///
/// `conf=hihg` is read by nobody, and nobody notices.
///
/// A claim's `status` is `asserted` (what no status says), `confirmed`, `contested`, `refuted` or `retracted`; its `conf` is `low`, `moderate` or
/// `high`; a `date` is a day, month, year or range: `2015-02-11`, `2015-02`, `2014~`, `2015-02-11/2015-02-12`. Of HTML's names, `src` and `cite` are
/// written `source=` here.
///
/// ~~~passes
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// [Exports fell]{.claim conf=high status=confirmed date=2015-02/2015-03} [@x].
/// ~~~
/// ~~~fails
/// -- refs.bib
/// @misc{x, title = {X}}
/// -- text.md
/// [Exports fell]{.claim conf=hihg} [@x].
/// ~~~
///
/// Classes of the project are declared in `vidimus.toml`: `classes = ["aside"]`.
    "bad-attribute", "an attribute of a span that means nothing", Sound, Passage, LevelRow::everywhere(Level::Error), check
}

const STATUS: &[&str] = &["asserted", "confirmed", "contested", "refuted", "retracted"];
const CONF: &[&str] = &["low", "moderate", "high"];
const CLASSES: &[&str] = &["claim", "quote", "figure", "mention", "date", "opinion"];

fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(notes) = context.notes else { return };
    for node in context.nodes() {
        let NodeKind::BracketedSpan { attributes, .. } = &node.kind else { continue };
        let ours = attributes.classes.iter().any(|c| CLASSES.contains(&c.slice(&notes.text)));
        if ours {
            values(&notes.text, attributes, findings);
        }
        classes(context.snapshot.config(), &notes.text, attributes, findings);
    }
}

fn values(text: &str, attributes: &Attributes, findings: &mut Findings<'_>) {
    for pair in &attributes.pairs {
        let (name, value) = (pair.name.slice(text), pair.value.slice(text));
        let words = match name {
            "status" => STATUS,
            "conf" => CONF,
            "date" if !is_edtf(value) => {
                findings
                    .at(pair.value, format!("`{value}` is no date"))
                    .help("write it as `2020-11-09`, `2020-11`, `2014~` or `2015-02-11/2015-02-12`");
                continue;
            }
            "src" | "cite" | "title" => {
                let found = findings.at(pair.name, format!("`{name}` belongs to HTML"));
                found.help("write `source=\"key, locator\"`");
                if name != "title" && attributes.pair(text, "source").is_none() {
                    found.unsafe_fix("Write `source`", pair.name, "source");
                }
                continue;
            }
            _ => continue,
        };
        if !words.contains(&value) {
            let found = findings.at(pair.value, format!("`{value}` is no value of `{name}`"));
            match nearest(value, words.iter().copied()) {
                Some(near) => found.help(format!("did you mean `{near}`?")).unsafe_fix(format!("Write `{near}`"), pair.value, near),
                None => {
                    for word in words {
                        found.or_fix(format!("Write `{word}`"), pair.value, *word);
                    }
                    found.help(format!("it is one of {}", words.join(", ")))
                }
            };
        }
    }
}

/// A class that nobody declared is the project's or a style's own; one that is nearly ours is a slip.
fn classes(config: &Config, text: &str, attributes: &Attributes, findings: &mut Findings<'_>) {
    for class in &attributes.classes {
        let word = class.slice(text);
        if CLASSES.contains(&word) || config.classes.iter().any(|c| c == word) || word.chars().count() < 4 {
            continue;
        }
        if let Some(near) = nearest(word, CLASSES.iter().copied()) {
            findings.at(*class, format!("`.{word}` is no class")).help(format!("did you mean `.{near}`?")).unsafe_fix(
                format!("Write `.{near}`"),
                *class,
                near,
            );
        }
    }
}
