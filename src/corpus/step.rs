//! The steps by which a text's meaning is worked out, for those who want to know which one takes how long.

/// One step of the work on a text, named when it is done. There is no clock here: who measures brings one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Its characters were read.
    Read,
    /// Its marks were parsed.
    Marks,
    /// Its words were taken out of the marks.
    Words,
    /// Sentences, quotations, figures, instruments and phrases were found.
    Prose,
    /// Names were found, and what they mean.
    Names,
    /// It was found who speaks.
    Speakers,
    /// It was found what asserts, and what supports it.
    Claims,
}

impl Step {
    /// All of them, in order.
    pub const ALL: [Self; 7] = [Self::Read, Self::Marks, Self::Words, Self::Prose, Self::Names, Self::Speakers, Self::Claims];

    /// What was done, in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "reading texts",
            Self::Marks => "parsing marks",
            Self::Words => "taking out the words",
            Self::Prose => "reading prose",
            Self::Names => "finding names",
            Self::Speakers => "finding speakers",
            Self::Claims => "finding claims",
        }
    }
}
