//! The fields of a record, one by one.

use smol_str::{SmolStr, format_smolstr};

use super::keys::ROLE;
use super::{Reader, as_id, source_of};
use crate::registry::dates;
use crate::registry::gazetteer::searchable;
use crate::registry::record::CaseOverride;
use crate::registry::tree::{Node, Value};
use crate::registry::{Alias, RecordKind, Relation, Role, Spanned};
use crate::text::{is_id, nearest};

/// Most parts that one range stands for.
const MOST_PARTS: u32 = 2000;

const ROMAN: [&str; 30] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
    "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii", "xxviii", "xxix", "xxx",
];

/// Kinds of parts, as a pinpoint names them.
const PART_KINDS: [&str; 10] = ["op", "pp", "para", "art", "sec", "ch", "annex", "point", "line", "p"];

impl Reader<'_> {
    pub(super) fn id(&mut self, node: &Node<'_>) {
        let Some(id) = self.words("id", node) else {
            if !matches!(node.value, Value::List(_) | Value::Map(_)) {
                self.fault(node.span, "the `id` is empty");
            }
            return;
        };
        if !is_id(&id.value) {
            let fault = crate::text::Fault::new("invalid-record", id.span, format!("`{}` is no id", id.value)).help(
                "an id is lower-case letters and digits in groups joined by hyphens; it begins with a letter and has at most 64 characters",
            );
            let fault = match as_id(&id.value) {
                Some(better) => fault.fix(id.span, better),
                None => fault,
            };
            self.faults.push(fault);
        }
        self.record.id = id;
    }

    pub(super) fn kind(&mut self, node: &Node<'_>) {
        match self.words("type", node) {
            Some(word) => {
                self.record.kind = RecordKind::of_word(&word.value);
                self.kind_span = Some(word.span);
            }
            None if matches!(node.value, Value::Null | Value::Text(_)) => self.fault(node.span, "the `type` is empty"),
            None => {}
        }
    }

    pub(super) fn aliases(&mut self, field: &str, node: &Node<'_>) -> Vec<Alias> {
        let names = self.list(field, node);
        names.into_iter().filter_map(|name| self.alias(name)).collect()
    }

    /// An alias that would be found in every sentence, or nowhere, is a fault, and left out.
    fn alias(&mut self, name: Spanned<SmolStr>) -> Option<Alias> {
        match searchable(&name.value) {
            Ok(()) => Some(Alias { text: name.value, span: name.span }),
            Err(reason) => {
                let message = format!("the alias `{}` is not searched for: it {}", name.value, reason.words());
                self.fault_with(name.span, message, "leave it out, or write a longer name");
                None
            }
        }
    }

    pub(super) fn roles(&mut self, node: &Node<'_>) {
        for item in node.items() {
            match &item.value {
                Value::Map(_) => self.role(item),
                Value::Text(_) => {
                    if let Some(title) = self.words("roles", item) {
                        self.record.roles.push(Role { span: item.span, title, ..Role::default() });
                    }
                }
                _ => self.fault(item.span, format!("a role is a map of keys with a `title`, and this is {}", item.what())),
            }
        }
    }

    fn role(&mut self, node: &Node<'_>) {
        let mut role = Role { span: node.span, ..Role::default() };
        for (key, value) in node.entries() {
            if let Some(field) = ROLE.iter().find(|field| field.word == key.text) {
                (field.read)(self, &mut role, value);
                continue;
            }
            let other = &key.text;
            let fault = crate::text::Fault::new("invalid-record", key.span, format!("roles have no key `{other}`"));
            self.faults.push(match nearest(other, ROLE.iter().map(|field| field.word)) {
                Some(near) => fault.help(format!("did you mean `{near}`?")).fix(key.span, near),
                None => fault.help("a role has `title`, `from`, `to` and `aliases`"),
            });
        }
        if let (Some(from), Some(to)) = (&role.during.from, &role.during.to) {
            let shorter = from.value.len().min(to.value.len());
            if from.value.as_bytes()[..shorter] > to.value.as_bytes()[..shorter] {
                self.fault(to.span, format!("the role ends on {} before it begins on {}", to.value, from.value));
            }
        }
        if role.title.value.is_empty() && role.aliases.is_empty() {
            self.fault(node.span, "the role has no `title`");
            return;
        }
        self.record.roles.push(role);
    }

    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; an end that is open is left out.
    pub(super) fn day(&mut self, field: &str, node: &Node<'_>) -> Option<Spanned<SmolStr>> {
        let day = self.words(field, node)?;
        if dates::is_date(&day.value) {
            return Some(day);
        }
        if !matches!(&*day.value, ".." | "present" | "now") {
            self.fault_with(day.span, format!("`{}` is no date", day.value), "write YYYY, YYYY-MM or YYYY-MM-DD; leave an open end out");
        }
        None
    }

    pub(super) fn date(&mut self, node: &Node<'_>) {
        let Some(date) = self.words("date", node) else { return };
        if dates::is_edtf(&date.value) {
            self.record.date = Some(date);
        } else {
            let help = "write it as EDTF: 2015-02-17, 2015-02, 2014~, 2015-02-11/2015-02-12";
            self.fault_with(date.span, format!("`{}` is no date", date.value), help);
        }
    }

    pub(super) fn citable(&mut self, node: &Node<'_>) {
        match node.text().map(str::to_ascii_lowercase).as_deref() {
            Some("true" | "yes" | "on") => self.record.citable = true,
            Some("false" | "no" | "off") => self.record.citable = false,
            None if node.value == Value::Null => {}
            _ => self.fault(node.span, "`citable` is true or false"),
        }
    }

    pub(super) fn case(&mut self, node: &Node<'_>) {
        match node.text() {
            Some("exact") => self.record.case = Some(CaseOverride::Exact),
            Some("folded") => self.record.case = Some(CaseOverride::Folded),
            _ => self.fault(node.span, "`match` is `exact` or `folded`"),
        }
    }

    /// Ranges are written out: `op-1..op-4`, `annex-i..annex-iii`, `op-1..4`.
    pub(super) fn parts(&mut self, node: &Node<'_>) {
        for part in self.list("parts", node) {
            let all = match part.value.split_once("..") {
                Some((from, to)) => range(from.trim(), to.trim()),
                None => is_part(&part.value).then(|| vec![part.value.clone()]),
            };
            match all {
                Some(all) => self.record.parts.extend(all.into_iter().map(|value| Spanned { value, span: part.span })),
                None => self.fault_with(
                    part.span,
                    format!("`{}` is neither a part nor a range of parts", part.value),
                    "write `op-3`, `annex-i.point-9`, `op-1..op-4`",
                ),
            }
        }
    }

    pub(super) fn relations(&mut self, node: &Node<'_>) {
        if !matches!(node.value, Value::Map(_) | Value::Null) {
            let message = format!("`relations` takes a map of relations, and this is {}", node.what());
            self.fault_with(node.span, message, "write `relations: {endorses: [minsk-package]}`");
            return;
        }
        for (key, value) in node.entries() {
            for target in self.list(&key.text, value) {
                self.record.relations.push(Relation { name: SmolStr::new(&key.text), target });
            }
        }
    }

    pub(super) fn formerly(&mut self, node: &Node<'_>) {
        for old in self.list("formerly", node) {
            if is_id(&old.value) {
                self.record.formerly.push(old);
            } else {
                self.fault(old.span, format!("`{}` is no id, so it cannot have been one", old.value));
            }
        }
    }

    pub(super) fn source(&mut self, field: &str, node: &Node<'_>) {
        let Some(words) = self.words(field, node) else { return };
        let source = source_of(&mut self.record);
        match field {
            "url" => source.url = Some(words),
            "file" => source.file = Some(words),
            "archived" => source.archived = Some(words.value),
            "accessed" => source.accessed = Some(words.value),
            "sha256" => source.sha256 = Some(words.value),
            "origin" => source.origin = Some(words.value),
            "publisher" => source.publisher = Some(words.value),
            _ => source.lang = Some(words.value),
        }
    }
}

/// Whether `text` is a pinpoint: parts of a kind and a number joined by dots, of which all but the first may be a bare number or letter.
fn is_part(text: &str) -> bool {
    text.split('.').enumerate().all(|(i, part)| match part.split_once('-') {
        Some((kind, number)) => PART_KINDS.contains(&kind) && is_ordinal(number),
        None => i > 0 && !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()),
    })
}

fn is_ordinal(text: &str) -> bool {
    !text.is_empty() && (text.bytes().all(|b| b.is_ascii_digit()) || text.bytes().all(|b| b"ivxlcdm".contains(&b)))
}

/// All parts from one to another, which differ in their last number only.
fn range(from: &str, to: &str) -> Option<Vec<SmolStr>> {
    let (stem, first) = from.rsplit_once('-')?;
    let last = to.rsplit_once('-').map_or(Some(to), |(kind, last)| (kind == stem).then_some(last))?;
    if !is_part(from) {
        return None;
    }
    if let (Ok(first), Ok(last)) = (first.parse::<u32>(), last.parse::<u32>()) {
        return (first <= last && last - first < MOST_PARTS).then(|| (first..=last).map(|n| format_smolstr!("{stem}-{n}")).collect());
    }
    let place = |number: &str| ROMAN.iter().position(|r| *r == number);
    let (first, last) = (place(first)?, place(last)?);
    (first <= last).then(|| ROMAN[first..=last].iter().map(|n| format_smolstr!("{stem}-{n}")).collect())
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges_of_parts_are_written_out() {
        let all = |from, to| range(from, to).map(|all| all.join(" "));
        assert_eq!(all("op-2", "op-4").as_deref(), Some("op-2 op-3 op-4"));
        assert_eq!(all("annex-i", "annex-iii").as_deref(), Some("annex-i annex-ii annex-iii"));
        assert_eq!(all("annex-i.point-1", "2").as_deref(), Some("annex-i.point-1 annex-i.point-2"));
        assert_eq!(all("op-4", "op-2"), None);
        assert_eq!(all("op-1", "op-4000000000"), None);
    }
}
