//! How far two states of one record differ, their places in the file aside.

use crate::registry::{Alias, DateRange, Rare, Record, Role, Source, Spanned};
use smol_str::SmolStr;

/// How far two states of a record differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Difference {
    /// In places at most.
    Moved,
    /// In what only those see who name it.
    Inside,
    /// In what it is called, when it was that, or what it is: words that did not mean it may mean it now.
    Outside,
}

/// How far two states of a record differ.
pub(super) fn difference(a: &Record, b: &Record) -> Difference {
    // Every field is named, so that one added to records is thought of here.
    let Record { id, span: _, kind, written: _, rare: _ } = a;
    let Rare { roles, symbol, date, citable, parts, relations, same_as, formerly, case, source, note } = &**a;
    let outside = id.value == b.id.value
        && *kind == b.kind
        && a.name().map(|n| n.value) == b.name().map(|n| n.value)
        && a.aliases().map(|n| n.value).eq(b.aliases().map(|n| n.value))
        && same_roles(roles, &b.roles)
        && same(symbol.as_ref(), b.symbol.as_ref())
        && same(date.as_ref(), b.date.as_ref())
        && same_all(formerly, &b.formerly)
        && *case == b.case;
    if !outside {
        return Difference::Outside;
    }
    let relations = relations.len() == b.relations.len()
        && relations.iter().zip(&b.relations).all(|(a, b)| a.name == b.name && a.target.value == b.target.value);
    let inside = *citable == b.citable
        && same_all(parts, &b.parts)
        && relations
        && same_all(same_as, &b.same_as)
        && same_source(source.as_deref(), b.source.as_deref())
        && same(note.as_ref(), b.note.as_ref());
    if inside { Difference::Moved } else { Difference::Inside }
}

fn same(a: Option<&Spanned<SmolStr>>, b: Option<&Spanned<SmolStr>>) -> bool {
    a.map(|a| &a.value) == b.map(|b| &b.value)
}

fn same_all(a: &[Spanned<SmolStr>], b: &[Spanned<SmolStr>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value == b.value)
}

fn same_aliases(a: &[Alias], b: &[Alias]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.text == b.text)
}

fn same_roles(a: &[Role], b: &[Role]) -> bool {
    let same_range = |a: &DateRange, b: &DateRange| same(a.from.as_ref(), b.from.as_ref()) && same(a.to.as_ref(), b.to.as_ref());
    let same_role =
        |(a, b): (&Role, &Role)| a.title.value == b.title.value && same_range(&a.during, &b.during) && same_aliases(&a.aliases, &b.aliases);
    a.len() == b.len() && a.iter().zip(b).all(same_role)
}

fn same_source(a: Option<&Source>, b: Option<&Source>) -> bool {
    let (Some(a), Some(b)) = (a, b) else { return a.is_none() && b.is_none() };
    let placeless = |source: &Source| {
        let mut source = source.clone();
        for place in [&mut source.url, &mut source.file].into_iter().flatten() {
            place.span = crate::text::Span::default();
        }
        source
    };
    a == b || placeless(a) == placeless(b)
}
