//! Comments, the directives among them, and anchors in raw HTML.

use super::blocks::trimmed;
use super::builder::Builder;
use super::{BlockKind, Directive, NodeKind, Placement, Verb};
use crate::text::{Fault, Span, nearest};

/// Inline HTML: a comment or an anchor's tag.
pub(super) fn inline_html(b: &mut Builder<'_>, span: Span) {
    let raw = span.slice(b.text);
    if raw.starts_with("<!--") {
        let kind = comment(b.text, span, Placement::EndOfLine, &mut b.document.faults);
        b.node(span, kind);
    } else if let Some(id) = anchor(b.text, span) {
        b.node(span, NodeKind::Anchor { id });
    }
}

/// A block of HTML has begun: the comments and anchors in it.
pub(super) fn html_block(b: &mut Builder<'_>, span: Span) {
    let whole = trimmed(b.text, span);
    b.opaque(whole);
    let first = b.document.nodes.len();
    let mut at = whole;
    while let Some(open) = memchr::memchr(b'<', at.slice(b.text).as_bytes()) {
        let start = at.start + Span::from(0..open).end;
        let rest = Span::new(start, whole.end);
        let raw = rest.slice(b.text);
        let end = if raw.starts_with("<!--") {
            let len = memchr::memmem::find(raw.as_bytes(), b"-->").map_or(raw.len(), |i| i + 3);
            let span = Span::new(start, start + Span::from(0..len).end);
            let kind = comment(b.text, span, Placement::Alone, &mut b.document.faults);
            b.node(span, kind);
            span.end
        } else {
            let len = memchr::memchr(b'>', raw.as_bytes()).map_or(raw.len(), |i| i + 1);
            let span = Span::new(start, start + Span::from(0..len).end);
            if let Some(id) = anchor(b.text, span) {
                b.node(span, NodeKind::Anchor { id });
            }
            span.end
        };
        at = Span::new(end, whole.end);
    }
    if whole.slice(b.text).starts_with("<!--") && follows_paragraph(b, whole) {
        b.comment_below = Some((whole, first, b.parent()));
    }
}

/// Whether the block that begins at `span` stands right below a paragraph, no blank line between.
fn follows_paragraph(b: &Builder<'_>, span: Span) -> bool {
    let count = b.document.blocks.len();
    let Some(before) = count.checked_sub(2).and_then(|i| b.document.blocks.get(i)) else { return false };
    before.kind == BlockKind::Paragraph
        && before.parent == b.parent()
        && one_line_end(Span::new(before.content.end, span.start).slice(b.text))
}

fn one_line_end(gap: &str) -> bool {
    gap.len() < 200 && gap.replace("\r\n", "\n").matches(['\n', '\r']).count() == 1
}

/// A paragraph begins: if a comment stands right above it and right below another, the comment
/// stands between two lines of one paragraph for Pandoc, and between two paragraphs for CommonMark.
pub(super) fn paragraph_follows(b: &mut Builder<'_>, span: Span) {
    let Some((comment, first, parent)) = b.comment_below.take() else { return };
    if parent != b.parent() || !one_line_end(Span::new(comment.end, span.start.max(comment.end)).slice(b.text)) {
        return;
    }
    for node in b.document.nodes.iter_mut().skip(first) {
        if let NodeKind::Directive(directive) = &mut node.kind {
            directive.placement = Placement::SplitsParagraph;
        }
    }
    let fault =
        Fault::new("comment-splits-paragraph", comment, "this comment stands between two lines of a paragraph, where parsers disagree");
    let fault = fault.help("put it before the paragraph, or at the end of a line");
    // Inside a quotation or list each line has a prefix of its own, which only the author places well.
    let above = |blocks: &[super::Block]| {
        blocks.iter().rev().find(|x| x.kind == BlockKind::Paragraph && x.span.end <= comment.start).map(|x| x.span)
    };
    let fault = match above(&b.document.blocks).filter(|_| b.parent().is_none()) {
        Some(above) => {
            let (words, note) = (above.slice(b.text).trim_end_matches(['\n', '\r']), comment.slice(b.text));
            let line_end = if Span::new(above.start, comment.start).slice(b.text).ends_with("\r\n") { "\r\n" } else { "\n" };
            fault.fix(Span::new(above.start, comment.end), format!("{note}{line_end}{words}"))
        }
        None => fault,
    };
    b.document.faults.push(fault);
}

/// What a comment says.
pub(super) fn comment(text: &str, span: Span, placement: Placement, faults: &mut Vec<Fault>) -> NodeKind {
    let raw = span.slice(text);
    let inner = raw.strip_prefix("<!--").unwrap_or(raw);
    let inner = inner.strip_suffix("-->").unwrap_or(inner).trim();
    match inner.strip_prefix("vidimus-") {
        None => NodeKind::Comment,
        Some(words) => directive(text, span, words, placement, faults),
    }
}

fn directive(text: &str, span: Span, words: &str, placement: Placement, faults: &mut Vec<Fault>) -> NodeKind {
    let name = words.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).next().unwrap_or_default();
    let verb = match name {
        "allow" => Verb::Allow,
        "disable" => Verb::Disable,
        "enable" => Verb::Enable,
        "allow-file" => Verb::AllowFile,
        _ => {
            let fault = Fault::new("broken-markup", span, format!("`vidimus-{name}` is no directive"));
            let fault = fault.help("write `vidimus-allow`, `vidimus-disable`, `vidimus-enable` or `vidimus-allow-file`");
            let written = Span::of(&words[..name.len()], text);
            faults.push(match nearest(name, ["allow", "allow-file", "disable", "enable"]) {
                Some(near) => fault.fix(written, near),
                None => fault,
            });
            return NodeKind::Comment;
        }
    };
    let rest = &words[name.len()..];
    let (list, reason) = rest.split_once(':').map_or((rest, None), |(list, reason)| (list, Some(reason)));
    let dashed = reason.is_none().then(|| list.find(" --").or_else(|| list.find(" —"))).flatten();
    let names = dashed.map_or(list, |at| &list[..at]);
    let rules: Vec<Span> = names.split([',', ' ', '\n', '\t', '\r']).filter(|r| !r.is_empty()).map(|r| Span::of(r, text)).collect();
    let (reason, until) = reason.map_or((None, None), |r| reason_and_date(text, r));
    if rules.is_empty() {
        faults
            .push(Fault::new("broken-markup", span, format!("`vidimus-{name}` names no rule")).help("name the rules, separated by commas"));
    }
    if reason.is_none() && verb != Verb::Enable {
        let mut fault = Fault::new("suppression-without-reason", span, format!("`vidimus-{name}` gives no reason"));
        fault = fault.help("write the reason behind a colon: `<!-- vidimus-allow rule: reason -->`");
        if let Some(at) = dashed {
            let dash = Span::of(&list[at..], text);
            let mark = list[at..].len() - list[at..].trim_start_matches([' ', '-', '—']).len();
            fault = fault.fix(Span::new(dash.start, dash.start + Span::from(0..mark).end), ": ");
        }
        faults.push(fault);
    }
    NodeKind::Directive(Directive { verb, rules, reason, until, placement })
}

/// The reason without the date at its end, or before it, and the date after `until=`.
fn reason_and_date(text: &str, words: &str) -> (Option<Span>, Option<Span>) {
    let words = words.trim();
    let last = words.rsplit(char::is_whitespace).next().unwrap_or_default();
    let first = words.split(char::is_whitespace).next().unwrap_or_default();
    let (reason, until) = match (last.strip_prefix("until="), first.strip_prefix("until=")) {
        (Some(date), _) => (words[..words.len() - last.len()].trim_end(), Some(Span::of(date, text))),
        (None, Some(date)) => (words[first.len()..].trim_start(), Some(Span::of(date, text))),
        (None, None) => (words, None),
    };
    ((!is_placeholder(reason)).then(|| Span::of(reason, text)), until)
}

/// Whether a reason only holds the place of one: an editor's "Allow here" writes such a word, to be written over.
fn is_placeholder(reason: &str) -> bool {
    matches!(reason.trim_end_matches(['.', '…']), "" | "reason" | "причина")
}

/// The id of `<a id="op-1">` (`name=` was the same before HTML 5).
pub(super) fn anchor(text: &str, tag: Span) -> Option<Span> {
    let raw = tag.slice(text);
    let rest = raw.strip_prefix("<a ").or_else(|| raw.strip_prefix("<A "))?;
    let at = rest.find("id=").or_else(|| rest.find("name="))?;
    let value = rest[at..].split_once('=')?.1;
    let value = match value.as_bytes().first()? {
        b'"' => value[1..].split('"').next()?,
        b'\'' => value[1..].split('\'').next()?,
        _ => value.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?,
    };
    (!value.is_empty() && !value.contains(['<', '>'])).then(|| Span::of(value, text))
}
