//! Which paragraphs a locator names: `para. 3`, `paras. 3-5, 8`, `¶ 3`, `абз. 3`.

/// How a locator of paragraphs begins, in small letters. A number without a label is a page.
const LABELS: &[&str] = &["paragraph", "para", "par", "¶", "§", "абз", "пункт", "п"];

/// More paragraphs than these are not listed one by one.
const MOST: u32 = 200;

/// The numbers of the paragraphs; `None` when the locator names something else.
pub(super) fn paragraphs(locator: &str) -> Option<Vec<u32>> {
    let lower = locator.trim().to_lowercase();
    let label = lower.find(|c: char| c.is_ascii_digit())?;
    let word = lower[..label].trim_end().trim_end_matches(['.', '-']).trim_end_matches('s');
    if !LABELS.contains(&word) && !word.starts_with('¶') {
        return None;
    }
    let mut out = Vec::new();
    for part in lower[label..].split([',', ';', '&']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" и ")) {
        let mut ends = part.split(['-', '–', '—']).map(|n| n.trim().parse::<u32>());
        let first = ends.next()?.ok()?;
        let last = ends.next().map_or(Some(first), Result::ok)?;
        out.extend(first..=last.min(first.saturating_add(MOST)));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::paragraphs;

    #[test]
    fn labels_and_ranges_of_two_languages() {
        assert_eq!(paragraphs("para. 3"), Some(vec![3]));
        assert_eq!(paragraphs("paras. 3-5, 8"), Some(vec![3, 4, 5, 8]));
        assert_eq!(paragraphs("paragraphs 3 and 7"), Some(vec![3, 7]));
        assert_eq!(paragraphs("¶ 12"), Some(vec![12]));
        assert_eq!(paragraphs("абз. 2"), Some(vec![2]));
        assert_eq!(paragraphs("p. 3"), None);
        assert_eq!(paragraphs("op-1"), None);
        assert_eq!(paragraphs("para. x"), None);
    }
}
