//! Every resolution of the Security Council: number, date, meeting, agenda, title, vote.
//!
//! Source: United Nations (Dag Hammarskjöld Library, UN Digital Library, DGACM). The facts are the
//! United Nations'; the table is made of them by `unsc/make_table.py`, which says what its lines hold.
//! Slips of the lists it was made from (a day in another year, a day behind those of later numbers)
//! are left unknown.
//!
//! Not here: how resolutions are written in prose (`prose`).

use std::sync::LazyLock;

/// One resolution. Texts are empty where the table has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Its number.
    pub number: u32,
    /// Year in its symbol.
    pub year: u16,
    /// Day of adoption: year, month, day; month and day are 0 where the table does not know it.
    pub date: (u16, u8, u8),
    /// Symbol of the meeting: `S/PV.7384`.
    pub meeting: &'static str,
    /// The agenda's item.
    pub agenda: &'static str,
    /// Its subject: `On the situation in the Syrian Arab Republic`.
    pub title: &'static str,
    /// The vote: for, against, abstaining: `15-0-0`.
    pub vote: &'static str,
}

static TABLE: &str = include_str!("unsc/resolutions.txt");

/// Agenda items and the line of each number; the lines themselves are read when asked for.
struct Index {
    agenda: Vec<&'static str>,
    lines: Vec<&'static str>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut lines = TABLE.lines();
    let items = lines.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    Index { agenda: lines.by_ref().take(items).collect(), lines: lines.collect() }
});

impl Resolution {
    /// `S/RES/2202 (2015)`.
    #[must_use]
    pub fn symbol(&self) -> String {
        format!("S/RES/{} ({})", self.number, self.year)
    }

    /// Day of adoption as `YYYY-MM-DD`, or the year alone where the day is unknown.
    #[must_use]
    pub fn day(&self) -> String {
        match self.date {
            (year, 0, _) => year.to_string(),
            (year, month, day) => format!("{year}-{month:02}-{day:02}"),
        }
    }
}

/// The resolution of that number.
#[must_use]
pub fn resolution(number: u32) -> Option<Resolution> {
    let mut fields = line(number)?.split('\t');
    let mut next = || fields.next();
    let year = next()?.parse().ok()?;
    let day: u32 = next()?.parse().ok()?;
    let meeting = next()?;
    let agenda = next()?.parse().ok().and_then(|n: usize| INDEX.agenda.get(n).copied())?;
    let date = (u16::try_from(day / 10_000).ok()?, (day / 100 % 100) as u8, (day % 100) as u8);
    Some(Resolution { number, year, date, meeting, agenda, vote: next()?, title: next()? })
}

/// The year in the symbol of the resolution of that number.
#[must_use]
pub fn year(number: u32) -> Option<u16> {
    line(number)?.split('\t').next()?.parse().ok()
}

/// The highest number in the table.
#[must_use]
pub fn last() -> u32 {
    u32::try_from(INDEX.lines.len()).unwrap_or(0)
}

fn line(number: u32) -> Option<&'static str> {
    let before = usize::try_from(number).ok()?.checked_sub(1)?;
    INDEX.lines.get(before).copied().filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_resolutions_have_their_day_meeting_and_vote() {
        let minsk = resolution(2202).expect("in the table");
        assert_eq!((minsk.date, minsk.meeting, minsk.vote), ((2015, 2, 17), "S/PV.7384", "15-0-0"));
        assert!(minsk.title.contains("Minsk Agreements"));
        let syria = resolution(2254).expect("in the table");
        assert_eq!((syria.day().as_str(), syria.symbol().as_str()), ("2015-12-18", "S/RES/2254 (2015)"));
        assert_eq!(syria.agenda, "The situation in the Middle East");
    }

    #[test]
    fn every_number_is_there_with_a_year_that_does_not_fall() {
        let mut before = 1946;
        for number in 1..=last() {
            let found = resolution(number).unwrap_or_else(|| panic!("{number} is missing"));
            assert!(found.year >= before && found.year <= before + 2, "{number}: {} after {before}", found.year);
            assert!(found.date.0 == found.year && found.date.1 <= 12 && found.date.2 <= 31, "{number}");
            assert_eq!(year(number), Some(found.year));
            before = found.year;
        }
    }

    #[test]
    fn beyond_the_table_there_is_nothing() {
        assert!(last() >= 2825);
        for number in [0, last() + 1, u32::MAX] {
            assert_eq!(resolution(number), None);
        }
    }
}
