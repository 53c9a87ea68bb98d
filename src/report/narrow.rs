//! A window no wider than a terminal shows.
//!
//! The renderer looks several times at every character handed to it, and shows a terminal's width of them. What it would not
//! show is cut away, so that what is printed stays the same: it chooses what it shows by the columns of what is underlined and by
//! whether a line is longer than the terminal is wide. Of a line enough is kept that both come out as before. Only the column in
//! the finding's heading would be another: it is counted from the line's beginning.

use unicode_width::UnicodeWidthChar;

use super::Window;
use crate::text::Span;

/// Columns kept beyond those that are shown: for the marks of what is left out, the renderer's room round what is underlined, and
/// a wide character at either end.
const SLACK: usize = 16;

/// So many bytes of a line that say something tell it from an empty one, or one of a single bracket.
const TELLING: usize = 4;

/// What is left of a window.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Narrow {
    /// The lines, each ended by LF.
    pub(super) text: String,
    /// What was to be underlined, in `text`.
    pub(super) spans: Vec<Span>,
}

impl Narrow {
    /// What a terminal of so many `columns` shows of `window`, when `spans` of it are underlined.
    pub(super) fn of(window: &Window, spans: &[Span], columns: usize) -> Self {
        let text = &*window.text;
        let whole = || Self { text: text.to_owned(), spans: spans.to_vec() };
        let (Some(first), Some(last)) = (spans.iter().map(|s| s.start).min(), spans.iter().map(|s| s.end).max()) else {
            return whole();
        };
        let content = text.strip_suffix('\n').unwrap_or(text);
        if content.len() < columns + SLACK {
            return whole();
        }
        if content.contains('\n') { lines(text, spans, columns) } else { one_line(content, spans, Span::new(first, last), columns) }
    }
}

/// The surroundings of `shown` in a window of one line.
///
/// The renderer puts what is underlined into the middle when the line is wider than the terminal and what is underlined ends further
/// right than the terminal would; else it begins with the line.
fn one_line(content: &str, spans: &[Span], shown: Span, columns: usize) -> Narrow {
    let start = (shown.start as usize).min(content.len());
    let length = width_of(&content[start..(shown.end as usize).clamp(start, content.len())]);
    let ahead = columns.saturating_sub(length).max(columns / 2) + SLACK;
    let from = beginning(content, back(&content[..start], ahead));
    let ahead = width_of(&content[from..start]);
    let indent = if from > 0 { 0 } else { width_of(&content[..content.len() - content.trim_start().len()]) };
    // Labels take room in the middle, and push the rest to the left.
    let middle = if spans.len() > 1 { columns } else { length.midpoint(columns) };
    let behind = middle.max(length).max((indent + columns).saturating_sub(ahead)) + SLACK;
    let to = start + forth(&content[start..], behind);
    let mut text = String::with_capacity(to - from + 1);
    text.push_str(&content[from..to]);
    text.push('\n');
    let here = |offset: u32| Span::from(0..(offset as usize - from).min(text.len())).end;
    let spans = spans.iter().map(|span| Span::new(here(span.start), here(span.end))).collect();
    Narrow { text, spans }
}

/// Where a line that is cut near `from` begins: with a word, and behind the space it begins with, so that what is cut off is no
/// indentation; else at its beginning.
fn beginning(content: &str, from: usize) -> usize {
    if content[..from].trim_start().is_empty() {
        return 0;
    }
    if content[from..].starts_with(|c: char| !c.is_whitespace()) {
        return from;
    }
    content[..from].trim_end().char_indices().next_back().map_or(0, |(at, _)| at)
}

/// A window of several lines: they begin where they began, or columns would no longer stand below each other.
fn lines(text: &str, spans: &[Span], columns: usize) -> Narrow {
    let edges = || spans.iter().flat_map(|span| [span.start as usize, span.end as usize]);
    let (mut begun, mut furthest) = (0, 0);
    for line in text.split_inclusive('\n') {
        for edge in edges().filter(|edge| (begun..=begun + line.len()).contains(edge)) {
            furthest = furthest.max(width_of(line.get(..edge - begun).unwrap_or(line)));
        }
        begun += line.len();
    }
    let reach = furthest + columns + SLACK;
    let (mut kept, mut cuts, mut begun) = (String::new(), Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let to = forth(content, reach);
        let to = if content[..to].trim().len() < TELLING { content.len() } else { to };
        cuts.push((begun + to, content.len() - to));
        kept.push_str(&content[..to]);
        kept.push_str(&line[content.len()..]);
        begun += line.len();
    }
    // Nothing that is underlined ends in what was cut off: it lies further out than every edge.
    let here = |offset: u32| {
        let cut: usize = cuts.iter().filter(|(at, _)| *at < offset as usize).map(|(_, cut)| cut).sum();
        Span::from(0..offset as usize - cut).end
    };
    let spans = spans.iter().map(|span| Span::new(here(span.start), here(span.end))).collect();
    Narrow { text: kept, spans }
}

/// Where the fewest characters end that take so many `columns`, from the first on.
fn forth(characters: &str, columns: usize) -> usize {
    match characters.as_bytes().get(..columns) {
        Some(bytes) if plain(bytes) => columns,
        _ => enough(characters.chars(), columns),
    }
}

/// Where the fewest characters begin that take so many `columns`, from the last on.
fn back(characters: &str, columns: usize) -> usize {
    let from = characters.len().saturating_sub(columns);
    if plain(&characters.as_bytes()[from..]) { from } else { characters.len() - enough(characters.chars().rev(), columns) }
}

/// The bytes of the fewest characters that take so many `columns`; of all when they take no more.
fn enough(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let (mut taken, mut bytes) = (0, 0);
    for character in characters {
        if taken >= columns {
            break;
        }
        taken += width(character);
        bytes += character.len_utf8();
    }
    bytes
}

/// Whether every byte is a character that takes one column.
fn plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}

/// Columns of some characters.
fn width_of(characters: &str) -> usize {
    if plain(characters.as_bytes()) { characters.len() } else { characters.chars().map(width).sum() }
}

/// Columns of a character as the renderer counts them.
fn width(character: char) -> usize {
    match character {
        '\t' => 4,
        ' '..='~' | 'А'..='я' => 1,
        _ => character.width().unwrap_or(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::LineIndex;
    use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
    use proptest::prelude::*;

    /// What the renderer makes of lines that begin at the first line of their file.
    fn rendered(text: &str, spans: &[Span], columns: usize) -> String {
        let mut snippet = Snippet::source(text).line_start(1).fold(false).path("a.md");
        for (n, span) in spans.iter().enumerate() {
            let kind = if n == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let annotation = kind.span(span.range());
            snippet = snippet.annotation(if n == 0 { annotation } else { annotation.label("why") });
        }
        Renderer::styled().term_width(columns).render(&[Level::ERROR.primary_title("it").element(snippet)])
    }

    fn both_ways(text: &str, spans: &[Span], columns: usize) -> (String, String) {
        let lines = LineIndex::new(text);
        let window = Window::around(text, &lines, spans[0]);
        let shown: Vec<Span> = std::iter::once(window.span).chain(spans[1..].iter().filter_map(|s| window.locate(*s))).collect();
        let narrow = Narrow::of(&window, &shown, columns);
        let wide = rendered(&window.text, &shown, columns);
        let other = rendered(&narrow.text, &narrow.spans, columns);
        (without_column(&wide), without_column(&other))
    }

    /// The heading's column is counted from where a line begins.
    fn without_column(rendered: &str) -> String {
        rendered.lines().map(|line| if line.contains("a.md:1:") { "a.md\n".into() } else { format!("{line}\n") }).collect()
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = format!("{}there{}", "one two ".repeat(100), " six seven".repeat(100));
        let window = Window::around(&text, &LineIndex::new(&text), Span::new(800, 805));
        let narrow = Narrow::of(&window, &[window.span], 80);
        assert!(narrow.text.len() < 200, "{narrow:?}");
        assert_eq!(narrow.spans[0].slice(&narrow.text), "there");
    }

    #[test]
    fn a_short_line_stays_whole() {
        let window = Window::around("a there b", &LineIndex::new("a there b"), Span::new(2, 7));
        let narrow = Narrow::of(&window, &[window.span], 80);
        assert_eq!((narrow.text.as_str(), narrow.spans.as_slice()), ("a there b\n", &[Span::new(2, 7)][..]));
    }

    fn texts() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            6 => "[a-z]{1,9} ".prop_map(|word| word),
            2 => "[а-я]{1,9} ".prop_map(|word| word),
            2 => Just(" ".to_owned()),
            2 => "[漢字]{1,4}".prop_map(|word| word),
            1 => (1usize..60).prop_map(|n| " ".repeat(n)),
            1 => Just("\t".to_owned()),
            1 => Just("e\u{301}\u{200d}👩\u{200d}🚀\u{ad}⸻".to_owned()),
            1 => "[{}()/]".prop_map(|sign| sign),
            1 => Just("\u{1}\u{7f}\u{202a}".to_owned()),
        ];
        let line = proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat());
        proptest::collection::vec(line, 1..3).prop_map(|lines| lines.join("\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]
        #[test]
        fn what_is_shown_is_the_same(
            text in texts(),
            places in proptest::collection::vec((0.0..1.0f64, 0.0..0.2f64), 1..4),
            columns in 40usize..130,
        ) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let at = |share: f64| text.floor_char_boundary((share.min(1.0) * text.len() as f64) as usize);
            let spans: Vec<Span> = places.iter().map(|(a, b)| Span::from(at(*a)..at(a + b * b))).collect();
            let (wide, narrow) = both_ways(&text, &spans, columns);
            prop_assert_eq!(wide, narrow);
        }
    }
}
