//! What an id is: of records and texts, in marks and in registries alike.

/// Whether `text` is an id: lower-case letters and digits in groups joined by hyphens, beginning with
/// a letter, at most 64 characters.
#[must_use]
pub fn is_id(text: &str) -> bool {
    // As though a hyphen stood before: none begins a group, ends one that nothing follows, or follows another.
    let mut hyphen = true;
    let plain = text.bytes().all(|b| {
        let joins = b == b'-' && !hyphen;
        hyphen = b == b'-';
        joins || b.is_ascii_lowercase() || b.is_ascii_digit()
    });
    plain && !hyphen && text.len() <= 64 && text.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_groups_joined_by_hyphens() {
        for good in ["a", "unsc-2202", "minsk-package", "s-prst-2014-6"] {
            assert!(is_id(good), "{good}");
        }
        for bad in ["", "2202", "A", "a--b", "a-", "-a", "a b", "…", "sic!"] {
            assert!(!is_id(bad), "{bad}");
        }
        assert!(is_id(&"a".repeat(64)) && !is_id(&"a".repeat(65)));
    }

    proptest::proptest! {
        #[test]
        fn hyphens_join_groups(text in "[a-c9A-]{0,8}") {
            let groups = text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
            proptest::prop_assert_eq!(is_id(&text), groups && text.starts_with(|c: char| c.is_ascii_lowercase()));
        }
    }
}
