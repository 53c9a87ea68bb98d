//! The open texts: what their editor shows at this moment, saved or not.
//!
//! Changes are applied as they arrive, before anything is awaited. A text is a rope, so that a key pressed in
//! a long text costs no copy of it; [`OpenText::text`] makes the whole, once for each version that is asked for.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use ropey::Rope;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::convert;
use super::uri::TextKey;
use crate::text::Encoding;

/// All open texts of one client.
#[derive(Debug)]
pub struct Session {
    encoding: Encoding,
    texts: HashMap<TextKey, OpenText>,
}

/// One open text at one version. Clones are cheap.
#[derive(Clone, Debug)]
pub struct OpenText {
    /// Its address as the client wrote it.
    pub uri: Uri,
    /// The client's number of the version.
    pub version: i32,
    rope: Rope,
    /// Made once for all clones of a version.
    whole: Arc<OnceLock<Arc<str>>>,
}

impl Session {
    /// With no text open, and positions counted in `encoding`.
    #[must_use]
    pub fn new(encoding: Encoding) -> Self {
        Self { encoding, texts: HashMap::new() }
    }

    /// The unit of positions agreed on.
    #[must_use]
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Opens a text; one already open is replaced.
    pub fn open(&mut self, uri: Uri, version: i32, text: &str) -> &OpenText {
        let key = TextKey::of(&uri);
        let opened = OpenText { uri, version, rope: Rope::from_str(text), whole: Arc::default() };
        self.texts.entry(key).insert_entry(opened).into_mut()
    }

    /// Applies changes in their order. `None` when the text is not open: without its beginning nothing can be said of it.
    ///
    /// A version that does not follow the last one is taken as it is: clients count as they like.
    pub fn change(&mut self, uri: &Uri, version: i32, changes: &[TextDocumentContentChangeEvent]) -> Option<&OpenText> {
        let encoding = self.encoding;
        let text = self.texts.get_mut(&TextKey::of(uri))?;
        for change in changes {
            apply(&mut text.rope, change, encoding);
        }
        text.version = version;
        text.whole = Arc::default();
        Some(text)
    }

    /// Closes a text, and answers what it was; `None` when it was not open.
    pub fn close(&mut self, uri: &Uri) -> Option<OpenText> {
        self.texts.remove(&TextKey::of(uri))
    }

    /// An open text.
    #[must_use]
    pub fn get(&self, key: &TextKey) -> Option<&OpenText> {
        self.texts.get(key)
    }

    /// All open texts, by their keys.
    #[must_use]
    pub fn keys(&self) -> Vec<TextKey> {
        let mut keys: Vec<_> = self.texts.keys().cloned().collect();
        keys.sort_unstable();
        keys
    }
}

impl OpenText {
    /// How many bytes it has.
    #[must_use]
    pub fn size(&self) -> usize {
        self.rope.len_bytes()
    }

    /// All of its characters.
    #[must_use]
    pub fn text(&self) -> Arc<str> {
        self.whole.get_or_init(|| String::from(&self.rope).into()).clone()
    }
}

fn apply(rope: &mut Rope, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
    let Some(range) = change.range else {
        *rope = Rope::from_str(&change.text);
        return;
    };
    let start = convert::rope_char(rope, range.start, encoding);
    // A range written backwards means nothing; it is taken as the place where it begins.
    let end = convert::rope_char(rope, range.end, encoding).max(start);
    if start < end {
        rope.remove(start..end);
    }
    rope.insert(start, &change.text);
}

#[cfg(test)]
mod tests;
