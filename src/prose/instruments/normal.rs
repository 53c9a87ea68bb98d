//! Normal forms: one symbol and one id for an instrument, however it is written.
//!
//! | instrument | symbol | id |
//! |---|---|---|
//! | Security Council resolution | `S/RES/2202 (2015)` | `unsc-2202`: the number alone, it fixes the year |
//! | General Assembly resolution | `A/RES/68/262` | `unga-68-262` |
//! | – of the first thirty sessions | `A/RES/3314 (XXIX)` | `unga-3314`: the number alone, it fixes the session |
//! | – of an emergency or special session | `A/RES/ES-11/1` | `unga-es-11-1` |
//! | any other document of the UN | as written: `S/PRST/2014/6` | `s-prst-2014-6` |
//! | OSCE | as written: `PC.DEC/1117` | `pc-dec-1117` |
//! | European Union | CELEX number: `32014R0833` | `celex-32014r0833`, from CELEX, ELI and the title alike |
//! | a court | `ECLI:EU:C:2014:2442` | `ecli-eu-c-2014-2442` |
//! | UN Treaty Series | `1155 UNTS 331` | `unts-1155-331` |
//!
//! "As written" is without white space, in Latin capitals, with `Add. Corr. Rev.` as the United
//! Nations print them. The id of such a symbol is the symbol in lower case, every run of other
//! characters one hyphen; [`id_of`] does it.

use smol_str::{SmolStr, SmolStrBuilder, format_smolstr};

use super::{Body, Form, Instrument};
use crate::registry::unsc;
use crate::text::Span;

/// A symbol in lower case, every run of other characters one hyphen, an `x` before a leading digit, cut at 64 characters.
pub(super) fn id_of(symbol: &str) -> SmolStr {
    let mut id = SmolStrBuilder::new();
    let (mut len, mut gap) = (0, false);
    for b in symbol.bytes() {
        if !b.is_ascii_alphanumeric() {
            gap = len > 0;
            continue;
        }
        if len == 0 && b.is_ascii_digit() {
            id.push('x');
            len += 1;
        }
        if len + 1 + usize::from(gap) > 64 {
            break;
        }
        if gap {
            id.push('-');
            len += 1;
        }
        id.push(b.to_ascii_lowercase() as char);
        (len, gap) = (len + 1, false);
    }
    id.finish()
}

fn instrument(span: Span, symbol: SmolStr, id: SmolStr, body: Body, form: Form) -> Instrument {
    Instrument { span, symbol, id, body, form, year_as_written: None, pin: None, malformed: None, url: None }
}

/// A resolution of the Security Council. Its symbol has the year as written, right or wrong, else the one that the built-in table knows.
pub(super) fn security(span: Span, number: u32, year: Option<(u16, Span)>, form: Form) -> Instrument {
    let symbol = match year.map(|y| y.0).or_else(|| unsc::year(number)) {
        Some(year) => format_smolstr!("S/RES/{number} ({year})"),
        None => format_smolstr!("S/RES/{number}"),
    };
    Instrument { year_as_written: year, ..instrument(span, symbol, format_smolstr!("unsc-{number}"), Body::SecurityCouncil(number), form) }
}

/// A resolution of the General Assembly, by what follows `A/RES/`: `68/262`, `ES-11/1`.
pub(super) fn assembly(span: Span, number: &str, form: Form) -> Instrument {
    instrument(span, format_smolstr!("A/RES/{number}"), format_smolstr!("unga-{}", tail_id(number)), Body::GeneralAssembly, form)
}

/// A resolution of the General Assembly's first thirty sessions; `session` is `XXIX`.
pub(super) fn assembly_session(span: Span, number: u32, session: Option<&str>, form: Form) -> Instrument {
    let symbol = match session {
        Some(session) => format_smolstr!("A/RES/{number} ({session})"),
        None => format_smolstr!("A/RES/{number}"),
    };
    instrument(span, symbol, format_smolstr!("unga-{number}"), Body::GeneralAssembly, form)
}

/// Another document of the United Nations.
pub(super) fn nations(span: Span, symbol: SmolStr, form: Form) -> Instrument {
    let id = id_of(&symbol);
    instrument(span, symbol, id, Body::UnitedNations, form)
}

/// A document of the OSCE.
pub(super) fn osce(span: Span, symbol: SmolStr) -> Instrument {
    let id = id_of(&symbol);
    instrument(span, symbol, id, Body::Osce, Form::Symbol)
}

/// An act of the European Union, by its CELEX number.
pub(super) fn european(span: Span, celex: SmolStr, form: Form) -> Instrument {
    let id = format_smolstr!("celex-{}", id_of(&celex).trim_start_matches('x'));
    instrument(span, celex, id, Body::EuropeanUnion, form)
}

/// A judgment, by its ECLI.
pub(super) fn court(span: Span, ecli: SmolStr) -> Instrument {
    let id = id_of(&ecli);
    instrument(span, ecli, id, Body::Court, Form::Symbol)
}

/// A treaty, by volume and page of the Treaty Series.
pub(super) fn treaty(span: Span, volume: &str, page: &str) -> Instrument {
    instrument(span, format_smolstr!("{volume} UNTS {page}"), format_smolstr!("unts-{volume}-{page}"), Body::TreatySeries, Form::Symbol)
}

/// An instrument of a form that the project declares.
pub(super) fn project(span: Span, symbol: SmolStr, id: SmolStr, url: Option<SmolStr>) -> Instrument {
    Instrument { url, ..instrument(span, symbol, id, Body::Project, Form::Symbol) }
}

/// `id_of` without the letter before a digit: a prefix stands before it.
fn tail_id(number: &str) -> SmolStr {
    let id = id_of(number);
    id.strip_prefix('x').map_or_else(|| id.clone(), SmolStr::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::is_id;

    #[test]
    fn ids_are_lower_case_with_single_hyphens() {
        assert_eq!(id_of("S/PRST/2014/6"), "s-prst-2014-6");
        assert_eq!(id_of("(A/68/PV.80)"), "a-68-pv-80");
        assert_eq!(id_of("1155"), "x1155");
        assert_eq!(tail_id("68/262"), "68-262");
        assert!(is_id(&id_of(&"AB/1.".repeat(50))));
        assert!(is_id(&id_of(&"/AB".repeat(50))));
    }
}
