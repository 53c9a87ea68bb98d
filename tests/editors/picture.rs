//! A picture of a terminal, from what tmux says is painted on it: cells of one width, so that it is the same on every machine.
//!
//! Pictures lie in `editors/*/images` and are written under `UPDATE_PICTURES=1` only: look at them before you commit them.

use std::fmt::Write;
use std::path::Path;

/// The width and height of a cell, and how far its baseline lies below its top.
const CELL: (usize, usize, usize) = (8, 18, 14);

/// The screen's own colours.
const PAPER: &str = "#16181d";
const INK: &str = "#d5d8df";

/// The first sixteen colours, from black to bright white.
const SIXTEEN: [&str; 16] = [
    "#16181d", "#e06c75", "#8fbf72", "#d7b46a", "#6aa5e0", "#c58fd8", "#63b8c0", "#c6cad3", "#5c6370", "#f08a92", "#a8d58c", "#ecca80",
    "#8bbdf0", "#d9a9ea", "#84d0d8", "#f2f4f8",
];

/// How characters are painted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Paint {
    ink: Option<String>,
    paper: Option<String>,
    bold: bool,
    faint: bool,
    italic: bool,
    underlined: bool,
    reversed: bool,
}

/// Writes the picture where pictures are asked for.
pub fn keep(painted: &str, columns: u16, path: &str) {
    if std::env::var_os("UPDATE_PICTURES").is_none() {
        return;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, svg(painted, columns.into())).expect("a picture");
}

/// The picture of a screen `columns` wide.
fn svg(painted: &str, columns: usize) -> String {
    let rows: Vec<_> = painted.trim_end_matches('\n').split('\n').collect();
    let (width, height) = ((columns + 2) * CELL.0, (rows.len() + 1) * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"13\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{PAPER}\"/>\n"
    );
    let mut paint = Paint::default();
    for (row, line) in rows.iter().enumerate() {
        let mut column = 0;
        for (paint, words) in runs(line, &mut paint) {
            let cells = width_of(&words);
            run(&mut out, &paint, &words, (column, row, cells));
            column += cells;
        }
    }
    out.push_str("</svg>\n");
    out
}

/// One run of characters painted alike.
fn run(out: &mut String, paint: &Paint, words: &str, (column, row, cells): (usize, usize, usize)) {
    let (x, y, wide) = ((column + 1) * CELL.0, row * CELL.1 + CELL.1 / 2, cells * CELL.0);
    let (mut ink, mut paper) = (paint.ink.as_deref().unwrap_or(INK), paint.paper.as_deref().unwrap_or(PAPER));
    if paint.reversed {
        std::mem::swap(&mut ink, &mut paper);
    }
    if paper != PAPER {
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{}\" fill=\"{paper}\"/>", CELL.1);
    }
    if paint.underlined {
        let below = y + CELL.1 - 2;
        let _ = writeln!(out, "<path d=\"M{x} {below}h{wide}\" stroke=\"{ink}\"/>");
    }
    if words.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (holds, attribute) in
        [(paint.bold, " font-weight=\"bold\""), (paint.italic, " font-style=\"italic\""), (paint.faint, " opacity=\"0.65\"")]
    {
        if holds {
            style.push_str(attribute);
        }
    }
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{}\" textLength=\"{wide}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{ink}\"{style} xml:space=\"preserve\">{escaped}</text>",
        y + CELL.2
    );
}

/// Cells that the characters take: two for doves and their like.
fn width_of(words: &str) -> usize {
    words.chars().map(|c| if ('\u{1F000}'..='\u{1FFFF}').contains(&c) { 2 } else { usize::from(c != '\u{FE0F}') }).sum()
}

/// A line's runs; `paint` is what holds at its beginning, then at its end.
fn runs(line: &str, paint: &mut Paint) -> Vec<(Paint, String)> {
    let mut runs = Vec::new();
    let mut pieces = line.split('\u{1b}');
    let mut push = |paint: &Paint, words: &str| {
        if !words.is_empty() {
            runs.push((paint.clone(), words.to_owned()));
        }
    };
    push(paint, pieces.next().unwrap_or_default());
    for piece in pieces {
        // The name of a link.
        if piece.starts_with(']') {
            continue;
        }
        let end = piece.find(|c: char| c.is_ascii_alphabetic() || c == '\\').map_or(0, |at| at + 1);
        let (code, words) = piece.split_at(end);
        if let Some(codes) = code.strip_prefix('[').and_then(|c| c.strip_suffix('m')) {
            paint.change(codes);
        }
        // Other sequences shift character sets: nothing that is seen.
        push(paint, words.trim_matches(['\u{e}', '\u{f}']));
    }
    runs
}

impl Paint {
    /// What `ESC [ codes m` changes.
    fn change(&mut self, codes: &str) {
        // What has colons is how and in which colour a line is drawn below; only whether is shown.
        if let Some(line) = codes.split(';').find_map(|c| c.strip_prefix("4:")) {
            self.underlined = line != "0";
        }
        let mut codes = codes.split(';').filter(|c| !c.contains(':')).map(|c| c.parse::<u16>().unwrap_or(0));
        while let Some(code) = codes.next() {
            match code {
                0 => *self = Self::default(),
                1 => self.bold = true,
                2 => self.faint = true,
                3 => self.italic = true,
                4 => self.underlined = true,
                7 => self.reversed = true,
                22 => (self.bold, self.faint) = (false, false),
                23 => self.italic = false,
                24 => self.underlined = false,
                27 => self.reversed = false,
                30..=37 => self.ink = Some(indexed(code - 30)),
                90..=97 => self.ink = Some(indexed(code - 90 + 8)),
                40..=47 => self.paper = Some(indexed(code - 40)),
                100..=107 => self.paper = Some(indexed(code - 100 + 8)),
                39 => self.ink = None,
                49 => self.paper = None,
                38 => self.ink = colour(&mut codes),
                48 => self.paper = colour(&mut codes),
                // The colour of an underline; the line is drawn in the ink.
                58 => drop(colour(&mut codes)),
                _ => {}
            }
        }
    }
}

fn colour(codes: &mut impl Iterator<Item = u16>) -> Option<String> {
    match codes.next()? {
        5 => codes.next().map(indexed),
        2 => Some(format!("#{:02x}{:02x}{:02x}", codes.next()?, codes.next()?, codes.next()?)),
        _ => None,
    }
}

/// A colour of the 256 that terminals have numbers for.
fn indexed(number: u16) -> String {
    let step = |n: u16| if n == 0 { 0 } else { 55 + 40 * n };
    match number {
        0..=15 => SIXTEEN[usize::from(number)].to_owned(),
        16..=231 => {
            let n = number - 16;
            format!("#{:02x}{:02x}{:02x}", step(n / 36), step(n / 6 % 6), step(n % 6))
        }
        _ => {
            let grey = 8 + 10 * number.saturating_sub(232).min(23);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}

#[test]
fn what_is_painted_stands_in_its_cells() {
    let picture = svg("a \u{1b}[1;38;2;1;2;3mred\u{1b}[0m & \u{1b}[7mback\u{1b}[0m\n\u{1b}[48;5;196m🕊️ \u{1b}[49mx", 20);
    assert!(picture.contains("font-weight=\"bold\""), "{picture}");
    assert!(picture.contains("x=\"24\"") && picture.contains("fill=\"#010203\"") && picture.contains(">red</text>"), "{picture}");
    assert!(picture.contains("> &amp; </text>") && picture.contains(&format!("fill=\"{PAPER}\" xml:space=\"preserve\">back")), "{picture}");
    // The dove takes two cells, the blank one; the letter stands in the fourth.
    assert!(picture.contains("width=\"24\" height=\"18\" fill=\"#ff0000\"") && picture.contains("<text x=\"32\""), "{picture}");
}
