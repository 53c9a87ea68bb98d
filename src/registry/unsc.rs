//! Every resolution of the Security Council: number, date, meeting, agenda, title, vote.
//!
//! Facts of the United Nations (Dag Hammarskjöld Library, UN Digital Library, DGACM), which is
//! acknowledged as their source.

/// One resolution. Texts are empty where the table has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// Its number.
    pub number: u32,
    /// Year in its symbol.
    pub year: u16,
    /// Day of adoption, `YYYY-MM-DD`.
    pub date: (u16, u8, u8),
    /// Symbol of the meeting: `S/PV.7384`.
    pub meeting: &'static str,
    /// The agenda's item.
    pub agenda: &'static str,
    /// Its title.
    pub title: &'static str,
    /// The vote.
    pub vote: &'static str,
}

/// The resolution of that number.
#[must_use]
pub fn resolution(number: u32) -> Option<Resolution> {
    let _ = number;
    None
}

/// The highest number in the table.
#[must_use]
pub fn last() -> u32 {
    0
}
