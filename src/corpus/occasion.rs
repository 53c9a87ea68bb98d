//! On what occasion a corpus is asked: what neither its texts nor its settings say.

use smol_str::SmolStr;

use crate::prose::dates::Day;

/// When, by whom and for what findings are asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Occasion {
    /// Today, as whoever has a clock says. Where nobody does, no date is past.
    pub today: Option<Day>,
    /// Whether an author asks while writing: hints that would flood a report are welcome there.
    pub editor: bool,
    /// Rules asked for by name, which speak though nobody else hears them unasked.
    pub selected: Vec<SmolStr>,
    /// Whether more texts may belong to the corpus than are known: what is named nowhere in these may be named there.
    pub partial: bool,
}

impl Occasion {
    /// Whether a rule was asked for by name.
    #[must_use]
    pub fn selects(&self, rule: &str) -> bool {
        self.selected.iter().any(|name| name == rule)
    }

    /// Whether a day is past.
    #[must_use]
    pub fn is_past(&self, day: Day) -> bool {
        self.today.is_some_and(|today| day < today)
    }
}
