//! What is shown about a thing: a title, a word of what it is, and lines.

use std::fmt::Write;

/// What is shown about a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Its name.
    pub title: String,
    /// What it is, in few words.
    pub kind: String,
    /// The rest, in order.
    pub lines: Vec<Line>,
}

/// One line of a card. All texts are plain: no sign in them means anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A sentence of ours.
    Words(String),
    /// A value and what it is.
    Field(&'static str, String),
    /// Words of a text.
    Quoted(String),
    /// An address on the web.
    Link(String),
    /// Words found, and those beside them.
    Found {
        /// What stands before.
        before: String,
        /// The words.
        words: String,
        /// What stands behind.
        behind: String,
    },
    /// Markdown of ours, such as a rule's documentation.
    Markdown(String),
}

impl Card {
    /// A card without lines.
    #[must_use]
    pub fn new(title: impl Into<String>, kind: impl Into<String>) -> Self {
        Self { title: title.into(), kind: kind.into(), lines: Vec::new() }
    }

    /// Adds a value, unless it is empty.
    pub fn field(&mut self, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.lines.push(Line::Field(name, value));
        }
    }

    /// As Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = format!("**{}**", escaped(&self.title));
        if !self.kind.is_empty() {
            let _ = write!(out, " · {}", escaped(&self.kind));
        }
        let mut after_field = false;
        for line in &self.lines {
            let is_field = matches!(line, Line::Field(..));
            // Fields stand together, a line break between them; all else is a paragraph of its own.
            out.push_str(if is_field && after_field { "  \n" } else { "\n\n" });
            after_field = is_field;
            match line {
                Line::Words(words) => out.push_str(&escaped(words)),
                Line::Field(name, value) => drop(write!(out, "*{name}:* {}", escaped(value))),
                Line::Quoted(words) => {
                    let mut first = true;
                    for line in words.lines() {
                        out.push_str(if first { "> " } else { "\n> " });
                        out.push_str(&escaped(line));
                        first = false;
                    }
                }
                Line::Found { before, words, behind } => {
                    let _ = write!(out, "> {}**{}**{}", escaped(before), escaped(words), escaped(behind));
                }
                Line::Link(address) if is_plain_address(address) => drop(write!(out, "<{address}>")),
                Line::Link(address) => out.push_str(&escaped(address)),
                Line::Markdown(markdown) => out.push_str(markdown),
            }
        }
        out.push('\n');
        out
    }

    /// As text without signs, for clients that show no Markdown.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut out = self.title.clone();
        if !self.kind.is_empty() {
            let _ = write!(out, " ({})", self.kind);
        }
        for line in &self.lines {
            out.push('\n');
            match line {
                Line::Words(words) | Line::Link(words) | Line::Markdown(words) => out.push_str(words),
                Line::Field(name, value) => drop(write!(out, "{name}: {value}")),
                Line::Quoted(words) => drop(write!(out, "\"{words}\"")),
                Line::Found { before, words, behind } => drop(write!(out, "{before}[{words}]{behind}")),
            }
        }
        out
    }
}

/// Words in which no sign of Markdown or HTML means anything.
#[must_use]
pub fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut at_start = true;
    for c in words.chars() {
        let sign = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~');
        if sign || (at_start && matches!(c, '#' | '+' | '-' | '=')) {
            out.push('\\');
        }
        out.push(c);
        at_start = c == '\n' || (at_start && c == ' ');
    }
    number_escaped(out)
}

/// `4. Decides` at a line's start would be an item of a list.
fn number_escaped(words: String) -> String {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    match words.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &words[..digits], &words[digits..]),
        _ => words,
    }
}

/// Whether an address can stand between angle brackets and is one a reader may follow.
fn is_plain_address(address: &str) -> bool {
    let web = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
    web && !address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_as_markdown_and_as_plain_text() {
        let mut card = Card::new("Resolution 2202 (2015)", "resolution");
        card.field("date", "2015-02-17");
        card.field("vote", "");
        card.field("symbol", "S/RES/2202 (2015)");
        card.lines.push(Line::Quoted("Endorses *all* of it.".into()));
        card.lines.push(Line::Link("https://undocs.org/S/RES/2202(2015)".into()));
        assert_eq!(
            card.markdown(),
            "**Resolution 2202 (2015)** · resolution\n\n*date:* 2015-02-17  \n*symbol:* S/RES/2202 (2015)\n\n\
             > Endorses \\*all\\* of it.\n\n<https://undocs.org/S/RES/2202(2015)>\n"
        );
        assert_eq!(
            card.plain(),
            "Resolution 2202 (2015) (resolution)\ndate: 2015-02-17\nsymbol: S/RES/2202 (2015)\n\"Endorses *all* of it.\"\n\
             https://undocs.org/S/RES/2202(2015)"
        );
    }

    #[test]
    fn no_text_of_the_corpus_can_break_out_of_its_card() {
        let mut card = Card::new("[x](command:y)", "a | b");
        card.lines.push(Line::Quoted("4. <script>\n# loud".into()));
        card.lines.push(Line::Link("command:evil".into()));
        card.lines.push(Line::Link("https://a b>".into()));
        assert_eq!(
            card.markdown(),
            "**\\[x\\](command:y)** · a \\| b\n\n> 4\\. \\<script\\>\n> \\# loud\n\ncommand:evil\n\nhttps://a b\\>\n"
        );
    }
}
