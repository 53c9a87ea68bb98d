//! Anchors that an author wrote, and the links to them in their own text.

use super::{Document, NodeKind};
use crate::text::Span;

impl Document {
    /// The ids of all anchors that are written out: `{#id}` on headings, divs and spans, `^id`, `<a id>`. In order.
    #[must_use]
    pub fn anchor_ids(&self) -> Vec<Span> {
        let of_blocks = self.blocks.iter().filter_map(|b| b.attributes.as_ref()?.id);
        let of_nodes = self.nodes.iter().filter_map(|n| match &n.kind {
            NodeKind::Anchor { id } => Some(*id),
            NodeKind::BracketedSpan { attributes, .. } => attributes.id,
            _ => None,
        });
        let mut all: Vec<Span> = of_blocks.chain(of_nodes).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What links within the text name, without `#`: `c-1` of `[words](#c-1)`. In order.
    #[must_use]
    pub fn local_destinations(&self, text: &str) -> Vec<Span> {
        let local = |n: &super::Node| match n.kind {
            NodeKind::Link { destination, .. } => {
                destination.slice(text).starts_with('#').then(|| Span::new(destination.start + 1, destination.end))
            }
            _ => None,
        };
        self.nodes.iter().filter_map(local).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::{Format, parse};

    #[test]
    fn anchors_and_the_links_to_them_are_listed() {
        let text = "# Head {#top}\n\n[Many]{.claim #c-1} left [there](#c-1). <a id=\"x\"></a> ^here\n";
        let document = parse(text, Format::Markdown);
        let words = |spans: Vec<crate::text::Span>| spans.into_iter().map(|s| s.slice(text)).collect::<Vec<_>>();
        assert_eq!(words(document.anchor_ids()), ["top", "c-1", "x", "here"]);
        assert_eq!(words(document.local_destinations(text)), ["c-1"]);
    }
}
