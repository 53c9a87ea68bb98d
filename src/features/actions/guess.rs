//! What kind of thing a name is, by its words and those before it: a guess that its author sees and can change.

/// Words that make a name one of a body, an instrument, a statement, an event; in lower case, as they begin.
const TELLING: &[(&str, &[&str])] = &[
    ("resolution", &["resolution", "резолюци"]),
    (
        "agreement",
        &[
            "agreement",
            "accord",
            "treaty",
            "protocol",
            "memorandum",
            "convention",
            "charter",
            "соглашени",
            "договор",
            "протокол",
            "меморандум",
            "конвенци",
            "устав",
        ],
    ),
    ("statement", &["statement", "declaration", "communiqu", "заявлени", "декларац", "коммюник"]),
    ("event", &["war", "battle", "summit", "conference", "election", "война", "битва", "саммит", "конференц", "выборы"]),
    (
        "org",
        &[
            "ministry",
            "mission",
            "council",
            "committee",
            "organi",
            "agency",
            "party",
            "union",
            "government",
            "parliament",
            "company",
            "group",
            "army",
            "office",
            "court",
            "bank",
            "news",
            "university",
            "министерств",
            "мисси",
            "совет",
            "комитет",
            "организаци",
            "агентств",
            "парти",
            "союз",
            "правительств",
            "парламент",
            "компани",
            "групп",
            "арми",
            "суд",
            "банк",
            "университет",
        ],
    ),
];

/// Prepositions before places.
const BEFORE_PLACES: &[&str] = &["in", "at", "near", "from", "into", "outside", "в", "во", "из", "под", "около"];

/// The word of `type:` for a name; `before` is the word in front of it.
pub(super) fn kind_of(name: &str, before: &str) -> &'static str {
    let lower = name.to_lowercase();
    for (kind, beginnings) in TELLING {
        if lower.split(|c: char| !c.is_alphanumeric()).any(|word| beginnings.iter().any(|b| word.starts_with(b))) {
            return kind;
        }
    }
    let letters: Vec<char> = name.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() > 1 && letters.iter().all(|c| c.is_uppercase()) {
        return "org";
    }
    if BEFORE_PLACES.contains(&before.to_lowercase().as_str()) { "place" } else { "person" }
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn a_name_says_what_it_names() {
        let cases = [
            ("Maria Ivanova", "", "person"),
            ("Ministry of Justice", "the", "org"),
            ("OSCE", "", "org"),
            ("Debaltseve", "near", "place"),
            ("Женевская конвенция", "", "agreement"),
            ("Харьков", "в", "place"),
        ];
        for (name, before, kind) in cases {
            assert_eq!(kind_of(name, before), kind, "{name}");
        }
    }
}
