//! Bibliographies of real books: every entry is read, or named in a fault.

use vidimus::registry::bibliography::parse_bib;

#[test]
fn every_entry_of_real_bibliographies_is_read_or_named() {
    let Some(shared) = super::shared() else { return };
    for file in ["book.bib", "packages.bib"] {
        let text = std::fs::read_to_string(shared.join("data/vaults/doing-meta-analysis-bookdown").join(file)).expect("a bibliography");
        let entries = text.lines().filter(|l| l.starts_with('@')).count();
        let parsed = parse_bib(&text);
        for fault in &parsed.faults {
            eprintln!("{file}: {} [{}]", fault.message, fault.span.slice(&text));
        }
        let lost = parsed.faults.iter().filter(|f| f.message.starts_with("the entry")).count();
        eprintln!("{file}: {} of {entries} read, {} faults", parsed.records.len(), parsed.faults.len());
        assert_eq!(parsed.records.len() + lost, entries, "{file}");
    }
}

#[test]
fn real_registries_have_few_faults() {
    let Some(shared) = super::shared() else { return };
    for file in ["actors", "cities", "countries", "un-speakers"] {
        let text = std::fs::read_to_string(shared.join(format!("data/registries/{file}.jsonl"))).expect("a registry");
        let started = std::time::Instant::now();
        let parsed = vidimus::registry::jsonl::parse(&text);
        eprintln!(
            "{file}: {} records, {} faults, {:.0} MB/s",
            parsed.records.len(),
            parsed.faults.len(),
            text.len() as f64 / started.elapsed().as_secs_f64() / 1e6
        );
        parsed.faults.iter().take(8).for_each(|f| eprintln!("  {}", f.message));
        assert!(parsed.faults.len() < 100 && parsed.records.len() == text.lines().count());
    }
}
