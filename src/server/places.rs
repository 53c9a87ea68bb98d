//! Places of a corpus in the protocol's words: addresses, versions, lines and columns.

use std::collections::HashMap;
use std::sync::Arc;

use tower_lsp::ls_types::{Location, Range, Uri};

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use crate::corpus::FileId;
use crate::text::{LineIndex, Span};

/// Translates places of one corpus; each file is read once.
pub struct Places<'a> {
    world: &'a World,
    agreed: Agreed,
    texts: HashMap<FileId, Option<(Arc<str>, LineIndex)>>,
}

impl<'a> Places<'a> {
    /// Of that corpus, for a client that agreed to this.
    #[must_use]
    pub fn new(world: &'a World, agreed: Agreed) -> Self {
        Self { world, agreed, texts: HashMap::new() }
    }

    /// The address of a file.
    #[must_use]
    pub fn uri(&self, file: FileId) -> Option<Uri> {
        self.world.uri(file)
    }

    /// Bytes of a file as a range; `None` when it cannot be read any more.
    pub fn range(&mut self, file: FileId, span: Span) -> Option<Range> {
        let read = || {
            let text = self.world.snapshot.text(file)?;
            let lines = LineIndex::new(&text);
            Some((text, lines))
        };
        let (text, lines) = self.texts.entry(file).or_insert_with(read).as_ref()?;
        Some(convert::range(text, lines, span, self.agreed.encoding))
    }

    /// Bytes of a file as a location.
    pub fn location(&mut self, file: FileId, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(file)?, range: self.range(file, span)? })
    }
}
