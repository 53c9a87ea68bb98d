//! What is kept finds what was compiled, and what was tampered with finds something or nothing.

use proptest::prelude::*;

use super::*;
use crate::registry::{CaseOverride, Gazetteer, Record, RecordKind, Role, Spanned, Written};
use crate::text::Span;

/// Bytes that begin where a number may lie, or so many behind that.
struct Laid(Vec<u64>, Range<usize>);

impl AsRef<[u8]> for Laid {
    fn as_ref(&self) -> &[u8] {
        &bytemuck::cast_slice(&self.0)[self.1.clone()]
    }
}

fn laid(bytes: &[u8], shift: usize) -> Bytes {
    let mut numbers = vec![0; (bytes.len() + shift).div_ceil(8)];
    bytemuck::cast_slice_mut(&mut numbers)[shift..shift + bytes.len()].copy_from_slice(bytes);
    Arc::new(Laid(numbers, shift..shift + bytes.len()))
}

fn at<T>(value: T) -> Spanned<T> {
    Spanned { value, span: Span::from(0..0) }
}

/// A person of that name and aliases, with an office for each title.
fn record(names: &[String], titles: &[String], case: Option<CaseOverride>) -> Arc<Record> {
    let mut all = names.iter().map(|name| at(name.as_str()));
    let (name, aliases) = (all.next(), all.collect::<Vec<_>>());
    let mut record = Record { kind: RecordKind::Person, written: Written::of(None, name, aliases.into_iter()), ..Record::default() };
    if !titles.is_empty() || case.is_some() {
        record.roles = titles.iter().map(|title| Role { title: at(title.as_str().into()), ..Role::default() }).collect();
        record.case = case;
    }
    Arc::new(record)
}

/// Records that share names, with offices, abbreviations, endings, and names that are not searched for.
fn records() -> impl Strategy<Value = Vec<Arc<Record>>> {
    let name = || "(Qa|Xb|zq|é|ж)( |-)?(Qa|Xb|zq){1,2}|Лавров(а)?|the|US|2015|[A-C][a-c]{2}";
    let names = prop::collection::vec(name(), 0..4);
    let titles = prop::collection::vec(name(), 0..2);
    let case = prop::option::weighted(0.2, prop_oneof![Just(CaseOverride::Exact), Just(CaseOverride::Folded)]);
    prop::collection::vec((names, titles, case).prop_map(|(names, titles, case)| record(&names, &titles, case)), 0..24)
}

fn text() -> impl Strategy<Value = String> {
    "((Qa|Xb|zq|QA|XB|é|Ж|ж|Лаврова|ЛАВРОВ|US|us|Abc|Cab|the)(| |-|\n|, |'s )){0,40}"
}

fn compiled(records: &[Arc<Record>]) -> Table {
    Table::of_records(Arc::new(records.to_vec()), |record| record.kind == RecordKind::Person)
}

fn written(table: &Table) -> Vec<u8> {
    let mut bytes = Vec::new();
    table.write(&mut bytes).expect("memory takes all");
    bytes
}

/// All that a table finds in a text, and all that it is.
fn told(table: Table, text: &str) -> String {
    let gazetteer = Gazetteer { table, unkept: None };
    let (mut found, seen) = (Vec::new(), std::cell::RefCell::new(Vec::new()));
    gazetteer.finder().scan(text, |hit| found.push((hit.name, hit.span, hit.senses.to_vec())), &|record| seen.borrow_mut().push(record));
    let shared: Vec<u32> = (0..99).filter(|record| gazetteer.is_shared(*record)).collect();
    format!("{found:?} {seen:?} {shared:?} {} {:?}", gazetteer.count(), gazetteer.rejected())
}

proptest! {
    #[test]
    fn what_is_kept_finds_what_was_compiled(records in records(), text in text()) {
        let table = compiled(&records);
        let kept = Table::kept(&laid(&written(&table), 0), Arc::new(records)).expect("it is whole");
        prop_assert_eq!(written(&kept), written(&table));
        prop_assert_eq!(told(kept, &text), told(table, &text));
    }

    /// As if somebody made a file whose checksum is right.
    #[test]
    fn what_was_tampered_with_finds_records_that_are_there(
        records in records(), text in text(), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), few in 0..24_usize,
    ) {
        let mut bytes = written(&compiled(&records));
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        let there = records.get(..few).unwrap_or(&records).to_vec();
        let count = there.len();
        if let Some(table) = Table::kept(&laid(&bytes, 0), Arc::new(there)) {
            let gazetteer = Gazetteer { table, unkept: None };
            let is_there = |record: u32| assert!((record as usize) < count);
            gazetteer.finder().scan(&text, |hit| hit.senses.iter().for_each(|sense| is_there(sense.record)), &is_there);
            let _ = (gazetteer.is_shared(0), gazetteer.count(), gazetteer.rejected());
        }
    }

    #[test]
    fn other_names_have_another_print(a in records(), b in records()) {
        let print = |records: &Vec<Arc<Record>>| print_of(records, |_| true);
        let same = written(&compiled(&a)) == written(&compiled(&b));
        prop_assert!(same || print(&a) != print(&b));
        prop_assert_eq!(print(&a), print(&a.clone()));
    }
}

#[test]
fn what_is_cut_off_or_lies_askew_is_none() {
    let records = vec![record(&["Minsk Package".into(), "zq".into()], &["Envoy".into()], None)];
    let bytes = written(&compiled(&records));
    let kept = |bytes: &[u8], shift| Table::kept(&laid(bytes, shift), Arc::new(records.clone())).is_some();
    assert!(kept(&bytes, 0) && (1..8).all(|shift| !kept(&bytes, shift)));
    assert!((0..bytes.len()).all(|len| !kept(&bytes[..len], 0)) && !kept(&[&bytes[..], &[0; 8]].concat(), 0));
    let other_order: Vec<u8> = bytes.chunks(8).flat_map(|number| number.iter().rev().copied()).collect();
    assert!(!kept(&other_order, 0));
}

#[test]
fn the_print_is_of_what_decides_and_of_nothing_else() {
    let base = || Record::clone(&record(&["Sergey Lavrov".into(), "Lavrov".into()], &["Minister".into()], None));
    let print = |record: Record| print_of(&vec![Arc::new(record)], |record| record.kind != RecordKind::Source);
    let with = |change: fn(&mut Record)| {
        let mut record = base();
        change(&mut record);
        print(record)
    };
    let unlike: [fn(&mut Record); 6] = [
        |record| record.kind = RecordKind::Source,
        |record| record.case = Some(CaseOverride::Folded),
        |record| record.roles[0].title.value = "minister".into(),
        |record| record.roles.clear(),
        |record| record.written = Written::of(None, Some(at("Sergey Lavrov")), std::iter::empty()),
        // The same names lie elsewhere among the record's.
        |record| record.written = Written::of(Some(Span::from(0..6)), Some(at("Sergey Lavrov")), [at("Lavrov")].into_iter()),
    ];
    for (n, change) in unlike.into_iter().enumerate() {
        assert_ne!(with(change), print(base()), "change {n}");
    }
    let like: [fn(&mut Record); 4] = [
        |record| record.kind = RecordKind::Org,
        |record| record.note = Some(at("A diplomat".into())),
        |record| record.date = Some(at("1950".into())),
        |record| record.span = Span::from(3..9),
    ];
    for (n, change) in like.into_iter().enumerate() {
        assert_eq!(with(change), print(base()), "change {n}");
    }
    assert_eq!(print(base()).0, 3);
}
