//! What the binary is made of: licences as deny.toml allows them, also on machines without cargo-deny.

use std::process::Command;

/// The words of a licence expression; the old `A/B` means `A OR B`.
fn words(expression: &str) -> Vec<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<String> = Vec::new();
    for word in spaced.split_whitespace() {
        match words.last_mut() {
            Some(last) if word == "WITH" || last.ends_with(" WITH") => *last = format!("{last} {word}"),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// Whether the expression that begins at `at` can be met with the allowed licences; `at` is left behind it. `AND` binds closer than `OR`.
fn is_met(words: &[String], at: &mut usize, allowed: &[&str]) -> bool {
    let mut either = false;
    loop {
        let mut all = true;
        loop {
            let word = words.get(*at).map_or("", String::as_str);
            *at += 1;
            if word == "(" {
                all &= is_met(words, at, allowed);
                *at += 1;
            } else {
                all &= allowed.contains(&word);
            }
            if words.get(*at).is_none_or(|w| w != "AND") {
                break;
            }
            *at += 1;
        }
        either |= all;
        if words.get(*at).is_none_or(|w| w != "OR") {
            return either;
        }
        *at += 1;
    }
}

#[test]
fn a_licence_expression_is_read() {
    let met = |expression: &str| is_met(&words(expression), &mut 0, &["MIT", "Zlib", "A WITH B"]);
    for good in ["MIT", "GPL OR MIT", "GPL/MIT", "(GPL OR MIT) AND Zlib", "GPL AND X OR MIT", "A WITH B OR X"] {
        assert!(met(good), "{good}");
    }
    for bad in ["GPL", "MIT AND GPL", "(GPL OR MIT) AND X", "", "A WITH C"] {
        assert!(!met(bad), "{bad}");
    }
}

#[test]
fn every_dependency_has_a_licence_that_deny_toml_allows() {
    let policy: toml::Table = std::fs::read_to_string("deny.toml").expect("deny.toml can be read").parse().expect("deny.toml is TOML");
    let allowed = policy["licenses"]["allow"].as_array().expect("a list of licences");
    let allowed: Vec<&str> = allowed.iter().filter_map(toml::Value::as_str).collect();
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--edges", "normal,build", "--prefix", "none", "--format", "{p}\t{l}"])
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let listed = String::from_utf8(tree.stdout).expect("UTF-8");
    let offenders: Vec<String> = listed
        .lines()
        .map(|line| line.trim_end_matches(" (*)").split_once('\t').expect("package and licence"))
        .filter(|(_, licence)| !is_met(&words(licence), &mut 0, &allowed))
        .map(|(package, licence)| format!("{package}: {licence}"))
        .collect();
    super::expect_none(&offenders, "a dependency's licence is not among those of deny.toml");
}
