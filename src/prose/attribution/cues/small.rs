//! Small words that shape a noun phrase or a clause, each a bit of what is known of a token.

/// Which of the lists below a word stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Small(u32);

impl Small {
    /// In no list.
    pub const NONE: Self = Self(0);
    /// With these a clause begins, or its verb: no noun phrase reaches over them.
    pub const CLAUSE: Self = Self(1);
    /// They tie a noun to the one before it: "of".
    pub const OF: Self = Self(1 << 1);
    /// The noun before these is the head: "a man in the crowd".
    pub const BEHIND_NOUN: Self = Self(1 << 2);
    /// They stand between the nouns of a common phrase: it does not reach over them.
    pub const PREPOSITION: Self = Self(1 << 3);
    /// What stands behind these is no subject.
    pub const NO_SUBJECT: Self = Self(1 << 4);
    /// They stand between the capitals of one name.
    pub const JOINS: Self = Self(1 << 5);
    /// With these the phrase behind a cue ends.
    pub const ENDS: Self = Self(1 << 6);
    /// "and"
    pub const AND: Self = Self(1 << 7);
    /// Behind these a verb shares the subject of the verb before.
    pub const SHARES: Self = Self(1 << 8);
    /// Forms of "be" and "get": what follows is passive.
    pub const BE: Self = Self(1 << 9);
    /// "of" alone.
    pub const GENITIVE: Self = Self(1 << 10);
    /// "as"
    pub const AS: Self = Self(1 << 11);
    /// "by"
    pub const BY: Self = Self(1 << 12);
    /// "on"
    pub const ON: Self = Self(1 << 13);
    /// "quoted", "cited"
    pub const QUOTED: Self = Self(1 << 14);
    /// The verb behind these has no subject of its own beside it: "to say".
    pub const TO: Self = Self(1 << 15);
    /// "who"
    pub const WHO: Self = Self(1 << 16);
    /// "who" and what is like it.
    pub const RELATIVE: Self = Self(1 << 17);
    /// A name behind these belongs to the noun before: "the minister of".
    pub const GOVERNS: Self = Self(1 << 18);
    /// These tie place and office to a noun behind a cue.
    pub const OFFICE: Self = Self(1 << 19);
    /// To whom something is told in Russian: never who tells it.
    pub const LISTENER: Self = Self(1 << 20);

    /// As `CLAUSE`, but for Russian words with a capital too, which begin a sentence within no other.
    pub const CAPITAL_CLAUSE: Self = Self(1 << 21);
    /// A quotation that is a name, «Ведомости»; no word is in this list.
    pub const MARKED_NAME: Self = Self(1 << 22);
    /// Words that count: behind "of" they are no article.
    pub const COUNTS: Self = Self(1 << 23);
    /// With these what is reported begins.
    pub const THAT: Self = Self(1 << 24);

    /// In the lists of both.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// In the lists of this that are lists of the other.
    pub const fn only(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the word stands in a list.
    pub const fn is(self, list: Self) -> bool {
        self.0 & list.0 != 0
    }
}

/// Bytes of the longest word beyond ASCII in the lists.
pub const LONGEST_WIDE: usize = 22;

/// The lists.
pub const LISTS: &[(Small, &[&str])] = &[
    (
        Small::CLAUSE.and(Small::CAPITAL_CLAUSE),
        &[
            "that",
            "as",
            "but",
            "while",
            "when",
            "because",
            "if",
            "which",
            "where",
            "what",
            "how",
            "although",
            "though",
            "before",
            "after",
            "than",
            "so",
            "or",
            "whether",
            "who",
            "is",
            "was",
            "are",
            "were",
            "has",
            "had",
            "have",
            "what's",
            "meanwhile",
            "earlier",
            "nonetheless",
            "however",
            "later",
            "still",
            "besides",
            "also",
            "что",
            "как",
            "но",
            "когда",
            "если",
            "чтобы",
            "который",
            "ранее",
        ],
    ),
    (Small::OF, &["of", "for", "in", "at", "from", "with", "to"]),
    (Small::BEHIND_NOUN, &["of", "for", "in", "at", "from", "with", "to", "on", "who", "close"]),
    (Small::PREPOSITION, &["to", "in", "of", "for", "on", "at", "from", "by", "with", "and", "в", "на", "с"]),
    (Small::NO_SUBJECT, &["in", "at", "on", "of", "to", "with", "for", "from"]),
    (Small::JOINS, &["of", "the", "for", "de", "von", "van", "al", "bin", "and", "on", "der", "da", "du", "la", "и"]),
    (
        Small::ENDS,
        &[
            "who",
            "that",
            "when",
            "as",
            "in",
            "on",
            "during",
            "after",
            "before",
            "while",
            "through",
            "to",
            "by",
            "with",
            "following",
            "is",
            "and",
            "has",
            "had",
            "was",
            "в",
            "на",
            "во",
            "после",
            "что",
            "и",
            "по",
            "журналистам",
            "commenting",
            "speaking",
            "via",
        ],
    ),
    (Small::THAT, &["that", "что"]),
    (Small::AND, &["and", "и"]),
    (Small::SHARES, &["and", "but", "then", "и", "а", "но"]),
    (Small::BE, &["is", "was", "were", "been", "be", "being", "are", "get", "gets", "got"]),
    (Small::GENITIVE, &["of"]),
    (Small::AS, &["as"]),
    (Small::BY, &["by"]),
    (Small::ON, &["on"]),
    (Small::QUOTED, &["quoted", "cited"]),
    (Small::TO, &["to", "would-be", "it's"]),
    (Small::WHO, &["who"]),
    (Small::RELATIVE, &["who", "which", "который", "которая"]),
    (Small::GOVERNS, &["of", "for", "to"]),
    (Small::OFFICE, &["of", "for", "in", "at"]),
    (Small::COUNTS, &["one", "another", "two", "three", "four", "five", "six"]),
    (Small::LISTENER, &["журналистам", "журналистов"]),
];
