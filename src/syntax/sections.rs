//! Sections: a heading and all up to the next one that is not below it.

use super::{BlockKind, Document};
use crate::text::Span;

/// A heading with what stands under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Index of the heading among the document's blocks.
    pub heading: u32,
    /// Its level, from 1.
    pub level: u8,
    /// From the heading's first byte to where the section ends: the next heading of its level or above, the end of the block
    /// that holds both, or the end of the text.
    pub span: Span,
}

impl Document {
    /// All sections in reading order; one comes before those inside it. `len` is the text's length in bytes.
    #[must_use]
    pub fn sections(&self, len: u32) -> Vec<Section> {
        let mut out: Vec<Section> = Vec::new();
        // Indices into `out` of the sections that still go on, outermost first.
        let mut open: Vec<usize> = Vec::new();
        let end_of = |parent: Option<u32>| parent.and_then(|p| self.blocks.get(p as usize)).map_or(len, |b| b.span.end);
        let parent_of = |section: &Section| self.blocks.get(section.heading as usize).and_then(|b| b.parent);
        for (number, block) in self.blocks.iter().enumerate() {
            let BlockKind::Heading(level) = block.kind else { continue };
            let start = block.span.start;
            while let Some(&last) = open.last() {
                let parent = parent_of(&out[last]);
                if parent == block.parent && out[last].level >= level {
                    out[last].span.end = start;
                } else if parent != block.parent && end_of(parent) <= start {
                    out[last].span.end = end_of(parent);
                } else {
                    break;
                }
                open.pop();
            }
            open.push(out.len());
            out.push(Section { heading: Span::from(0..number).end, level, span: block.span });
        }
        for last in open {
            out[last].span.end = end_of(parent_of(&out[last])).max(out[last].span.end);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Format, parse};
    use crate::text::Span;

    fn sections(text: &str) -> Vec<String> {
        let document = parse(text, Format::Markdown);
        let all = document.sections(Span::from(0..text.len()).end);
        all.iter().map(|s| format!("{} {}", s.level, s.span.slice(text).replace('\n', "|"))).collect()
    }

    #[test]
    fn a_section_ends_where_the_next_of_its_level_begins() {
        assert_eq!(sections("# A\nx\n## B\ny\n## C\n# D\n"), ["1 # A|x|## B|y|## C|", "2 ## B|y|", "2 ## C|", "1 # D|"]);
        assert_eq!(sections("no heading"), [""; 0]);
    }

    #[test]
    fn a_section_in_a_quotation_ends_with_it() {
        assert_eq!(sections("# A\n\n> # B\n> x\n\ny\n"), ["1 # A||> # B|> x||y|", "1 # B|> x|"]);
    }
}
