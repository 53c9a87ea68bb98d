//! The few lines of a text that are shown with a finding.
//!
//! Rendering costs what the source handed in is long, so a window is cut out: at most five lines, and of a line as long as a
//! book only the surroundings of the finding.

use crate::text::{LineIndex, Span};

/// At most this many lines are shown.
const LINES: u32 = 5;
/// At most this many bytes of a line are kept behind the finding, and behind its beginning.
const REACH: usize = 400;
/// At most this many bytes before it: what explains a finding is shown beside it where nothing of the line is cut out.
const REACH_BACK: usize = 16 << 10;

/// A cutting of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The lines, each ended by LF.
    pub text: String,
    /// Number of the first, from 1.
    pub first_line: u32,
    /// The finding in `text`; cut off at the window's end.
    pub span: Span,
    /// The finding's file offset minus its offset in `text`, when the two differ by the same number all over the window: where
    /// the text ends its lines with LF and nothing was cut out of a line.
    pub shift: Option<u32>,
}

impl Window {
    /// The lines that `span` of `text` touches.
    #[must_use]
    pub fn around(text: &str, lines: &LineIndex, span: Span) -> Self {
        let first = lines.line_of(span.start);
        // A span that ends with its line's end mark does not touch the next line.
        let last = lines.line_of(span.end.saturating_sub(1).max(span.start)).min(first + LINES - 1);
        let mut window = Self { text: String::new(), first_line: first + 1, span: Span::default(), shift: None };
        let mut plain = true;
        for line in first..=last {
            let mut content = lines.line_content(text, line);
            // Nobody sees a byte order mark, and columns are counted from behind it.
            let mark = if line == 0 && text.starts_with('\u{feff}') { 3 } else { 0 };
            content.start += mark;
            let kept = near(text, content, span);
            plain &= kept == content && (line == last || lines.line(line).len() == mark + content.len() + 1);
            let base = Span::from(0..window.text.len()).end;
            window.text.push_str(kept.slice(text));
            window.text.push('\n');
            let here = |offset: u32| base + offset.clamp(kept.start, kept.end) - kept.start;
            if line == first {
                window.span.start = here(span.start);
            }
            window.span.end = here(span.end).max(window.span.start);
        }
        window.span = on_characters(&window.text, window.span);
        window.shift = plain.then(|| span.start.checked_sub(window.span.start)).flatten();
        window
    }

    /// Where `span` of the file lies in the window, when it lies in it wholly and offsets can be told.
    #[must_use]
    pub fn locate(&self, span: Span) -> Option<Span> {
        let shift = self.shift?;
        let here = Span::new(span.start.checked_sub(shift)?, span.end.checked_sub(shift)?);
        (self.text.get(here.range()).is_some() && (here.end as usize) < self.text.len()).then_some(here)
    }
}

/// Offsets inside a character are moved to its first byte.
fn on_characters(text: &str, span: Span) -> Span {
    Span::from(text.floor_char_boundary(span.start as usize)..text.floor_char_boundary(span.end as usize))
}

/// The part of a line's content that is worth showing.
fn near(text: &str, content: Span, span: Span) -> Span {
    let (start, end) = (content.start as usize, content.end as usize);
    let from = (span.start as usize).clamp(start, end);
    let to = (span.end as usize).clamp(from, end);
    let left = from.saturating_sub(REACH_BACK).max(start);
    let right = (to.min(from + REACH) + REACH).min(end);
    Span::from(text.floor_char_boundary(left)..text.ceil_char_boundary(right))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn around(text: &str, span: Span) -> Window {
        Window::around(text, &LineIndex::new(text), span)
    }

    #[test]
    fn a_finding_is_shown_with_its_own_line() {
        let window = around("one\ntwo words\nthree", Span::new(8, 13));
        assert_eq!((window.text.as_str(), window.first_line, window.span), ("two words\n", 2, Span::new(4, 9)));
        assert_eq!(window.locate(Span::new(4, 7)), Some(Span::new(0, 3)));
        assert_eq!(window.locate(Span::new(0, 3)), None);
    }

    #[test]
    fn a_byte_order_mark_is_not_shown() {
        let window = around("\u{feff}one two\nthree", Span::new(7, 10));
        assert_eq!((window.text.as_str(), window.span), ("one two\n", Span::new(4, 7)));
        assert_eq!(window.locate(Span::new(3, 6)), Some(Span::new(0, 3)));
        assert_eq!(around("\u{feff}one\ntwo", Span::new(0, 9)).span, Span::new(0, 6));
    }

    #[test]
    fn windows_line_ends_do_not_move_it() {
        let window = around("a\r\nb c\r\nd e\r\n", Span::new(5, 9));
        assert_eq!((window.text.as_str(), window.span.slice(&window.text)), ("b c\nd e\n", "c\nd"));
        assert_eq!(window.locate(Span::new(5, 6)), None);
    }

    #[test]
    fn many_lines_and_long_lines_are_cut() {
        let text = "line\n".repeat(20);
        let window = around(&text, Span::new(0, 100));
        assert_eq!((window.text.lines().count(), window.span), (5, Span::new(0, 24)));
        let text = format!("{}X{}", "é".repeat(50_000), "é".repeat(50_000));
        let window = around(&text, Span::new(100_000, 100_001));
        assert_eq!(window.span.slice(&window.text), "X");
        assert!(window.text.len() < 20_000);
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_has_a_window(text in "(?s)\u{feff}?[ab\r\né𝕏]{0,60}", a in 0u32..80, b in 0u32..80) {
            let window = around(&text, Span::new(a, b));
            prop_assert!(window.text.get(window.span.range()).is_some());
        }
    }
}
