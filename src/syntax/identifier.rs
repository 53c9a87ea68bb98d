//! Ids and pinpoints.

use smol_str::SmolStr;

/// A place inside an instrument: `op-4.a.i`, `annex-i.point-9`.
///
/// Kept in its normal form: parts joined by dots, numbers as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pin(pub SmolStr);

/// The first part's kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PinKind {
    /// Operative paragraph.
    Op,
    /// Preambular paragraph.
    Pp,
    /// Paragraph.
    Para,
    /// Article.
    Art,
    /// Section.
    Sec,
    /// Chapter.
    Ch,
    /// Annex.
    Annex,
    /// Point.
    Point,
    /// Line.
    Line,
    /// Page.
    Page,
}

impl PinKind {
    /// By its sign in a pinpoint.
    #[must_use]
    pub fn of_sign(sign: &str) -> Option<Self> {
        Some(match sign {
            "op" => Self::Op,
            "pp" => Self::Pp,
            "para" => Self::Para,
            "art" => Self::Art,
            "sec" => Self::Sec,
            "ch" => Self::Ch,
            "annex" => Self::Annex,
            "point" => Self::Point,
            "line" => Self::Line,
            "p" => Self::Page,
            _ => return None,
        })
    }
}

impl Pin {
    /// Kind of the last part that names one: `point` of `annex-i.point-9`.
    #[must_use]
    pub fn kind(&self) -> Option<PinKind> {
        self.0.rsplit('.').find_map(|part| PinKind::of_sign(part.split_once('-')?.0))
    }
}

/// Reads a pinpoint; `None` when `text` is none (a claim's local id, say).
#[must_use]
pub fn parse_pin(text: &str) -> Option<Pin> {
    let mut parts = text.split('.');
    is_part(parts.next()?).then_some(())?;
    parts.all(|p| is_part(p) || is_sub(p)).then(|| Pin(text.into()))
}

fn is_part(part: &str) -> bool {
    part.split_once('-').is_some_and(|(kind, number)| PinKind::of_sign(kind).is_some() && (is_number(number) || is_roman(number)))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_roman(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b"ivxlcdm".contains(&b))
}

/// `a`, `ii` or `3`, below a part.
fn is_sub(text: &str) -> bool {
    is_number(text) || (!text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinpoints_are_parts_joined_by_dots() {
        for good in ["op-4.a.i", "art-2.4", "annex-i.point-9", "p-12", "pp-3"] {
            assert!(parse_pin(good).is_some(), "{good}");
        }
        for bad in ["", "op", "op-", "4", "c-idp", "op-4.", "op-4.A"] {
            assert!(parse_pin(bad).is_none(), "{bad}");
        }
        assert_eq!(parse_pin("annex-i.point-9").and_then(|p| p.kind()), Some(PinKind::Point));
    }
}
