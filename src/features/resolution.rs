//! What the built-in table says of a resolution of the Security Council.

use std::fmt::Write;

use super::{Card, Line};
use crate::corpus::Entity;
use crate::registry::RecordKind;
use crate::registry::unsc::{self, Resolution};

/// Where its words can be read.
#[must_use]
pub fn address(resolution: &Resolution) -> String {
    format!("https://undocs.org/S/RES/{}({})", resolution.number, resolution.year)
}

/// Its symbol in the normal form.
#[must_use]
pub fn symbol(resolution: &Resolution) -> String {
    format!("S/RES/{} ({})", resolution.number, resolution.year)
}

/// Its card.
#[must_use]
pub fn card(resolution: &Resolution) -> Card {
    let mut card = Card::new(symbol(resolution), "resolution of the Security Council");
    facts(resolution, &mut card);
    card.lines.push(Line::Link(address(resolution)));
    card
}

/// Adds what the table knows: title, date, meeting, agenda, vote.
pub fn facts(resolution: &Resolution, card: &mut Card) {
    card.field("title", resolution.title);
    card.field("adopted", adopted(resolution));
    card.field("agenda", resolution.agenda);
    card.field("vote", resolution.vote);
}

fn adopted(resolution: &Resolution) -> String {
    let (year, month, day) = resolution.date;
    let date = format!("{year:04}-{month:02}-{day:02}");
    if resolution.meeting.is_empty() { date } else { format!("{date}, {}", resolution.meeting) }
}

/// The built-in resolution that a record of the corpus is about.
#[must_use]
pub fn of_entity(entity: &Entity) -> Option<Resolution> {
    let record = &entity.record;
    if record.kind != RecordKind::Resolution {
        return None;
    }
    let of_symbol = record.symbol.as_ref().and_then(|s| s.value.strip_prefix("S/RES/"));
    let number = of_symbol.or_else(|| record.id.value.strip_prefix("unsc-"))?;
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    unsc::resolution(number[..digits].parse().ok()?)
}

/// A note about a resolution for which the corpus has none, for reading: what "go to definition" opens.
#[must_use]
pub fn note(resolution: &Resolution) -> String {
    let mut out = format!("# {}\n\n", symbol(resolution));
    for (name, value) in [
        ("Title", resolution.title.to_owned()),
        ("Adopted", adopted(resolution)),
        ("Agenda", resolution.agenda.to_owned()),
        ("Vote", resolution.vote.to_owned()),
        ("Text", format!("<{}>", address(resolution))),
    ] {
        if !value.is_empty() {
            let _ = writeln!(out, "- {name}: {value}");
        }
    }
    out.push_str(
        "\nFacts of the United Nations (Dag Hammarskjöld Library). This page was made by vidimus, because the corpus has no note of \
         this resolution; nothing written here is kept.\n",
    );
    out
}
