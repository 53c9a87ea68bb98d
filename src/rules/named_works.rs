//! Works that words name without a mark: by author and year in brackets, and as entries of a list.

use crate::prose::dates::is_month;

/// Whether a work is named by author and year: "Gillman (1987)", "(Gillman, 1987: 544)", "(Gillman 1987, p. 544)".
pub(super) fn names_work(words: &str) -> bool {
    memchr::memchr2_iter(b'(', b',', words.as_bytes()).take(40).any(|at| {
        // Most commas have a word behind them.
        let next = || words.as_bytes()[at + 1..].iter().find(|byte| **byte != b' ');
        if words.as_bytes()[at] == b',' && next().is_none_or(u8::is_ascii_alphabetic) {
            return false;
        }
        let sign = &words[at..=at];
        let behind = words[at + 1..].trim_start();
        // Most signs have no year behind them.
        if !behind.starts_with(['1', '2']) {
            return sign == "(" && begins_with_work(behind);
        }
        let year = behind.get(..4).filter(|y| y.bytes().all(|b| b.is_ascii_digit()));
        let ends = behind.get(4..).is_some_and(|rest| rest.starts_with([')', ':', ',', ';', 'a', 'b']));
        let before = words[..at].trim_end();
        let name = &before[before.trim_end_matches(|c: char| c.is_alphabetic() || c == '-').len()..];
        let inside = sign == "(" || before[..before.len() - name.len()].ends_with('(');
        year.is_some() && ends && inside && name.len() > 2 && name.starts_with(char::is_uppercase)
    })
}

/// Whether the first words in brackets are an author and a year, with nothing between: "Gillman 1987, p. 544", "Gillman & Ross 1987".
fn begins_with_work(words: &str) -> bool {
    let Some(author) = words.split(|c: char| !c.is_alphabetic() && c != '-').next().filter(|a| a.starts_with(char::is_uppercase)) else {
        return false;
    };
    let year = words.split(' ').skip(1).take(4).find(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let ends = |rest: &str| rest.starts_with([')', ':', ',', ';', 'a', 'b']);
    let is_year = |word: &str| {
        word.get(..4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()) && (1500..2100).contains(&y.parse().unwrap_or(0)))
            && word.get(4..).is_some_and(ends)
    };
    // "(March 2017)" is a date.
    author.len() > 2 && !SEASONS.contains(&author) && !is_month(author) && year.is_some_and(is_year)
}

const SEASONS: &[&str] = &["Spring", "Summer", "Autumn", "Winter", "Fall"];

/// Whether what follows quoted words makes them the title in a list of works: “Stories of a hundred days”. The Valley Herald, 15 April 2001.
pub(super) fn is_entry(behind: &str) -> bool {
    const SMALL: &[&str] = &["of", "the", "and", "in", "for", "de", "la", "und", "vol", "no", "pp", "p", "и", "в", "с", "т", "п"];
    let line = behind.trim_start_matches([' ', ',', '.']).split('\n').next().unwrap_or_default();
    let mut year = false;
    let mut words = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(ENTRY);
    line.starts_with(|c: char| c.is_uppercase() || c == '*')
        && words.all(|word| {
            let starts_year = word.get(..4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()) && y.starts_with(['1', '2']));
            year |= starts_year;
            year || !word.starts_with(char::is_lowercase) || SMALL.contains(&word)
        })
        && year
}

/// Words of a publisher and a date.
const ENTRY: usize = 16;
