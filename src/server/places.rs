//! Places of a corpus in the protocol's words: addresses, versions, lines and columns.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use tower_lsp::ls_types::{Location, Range, Uri};

use super::analysis::World;
use super::capabilities::Agreed;
use super::convert;
use super::uri::{address_of, escaped, uri_of};
use crate::corpus::{FileId, Snapshot, is_outside};
use crate::features::{Spot, Target, resolution};
use crate::registry::unsc::Resolution;
use crate::text::{LineIndex, Span};
use crate::workspace::{absolute_in, generated};

/// Translates places of one corpus; each file is read once.
pub struct Places<'a> {
    world: &'a World,
    agreed: Agreed,
    texts: HashMap<FileId, Option<(Arc<str>, LineIndex)>>,
    root: OnceCell<Option<String>>,
}

impl<'a> Places<'a> {
    /// Of that corpus, for a client that agreed to this.
    #[must_use]
    pub fn new(world: &'a World, agreed: Agreed) -> Self {
        Self { world, agreed, texts: HashMap::new(), root: OnceCell::new() }
    }

    /// The corpus.
    #[must_use]
    pub fn snapshot(&self) -> &'a Snapshot {
        &self.world.snapshot
    }

    /// The address of a file.
    #[must_use]
    pub fn uri(&self, file: FileId) -> Option<Uri> {
        self.world.uri(file)
    }

    /// The characters of [`uri`](Self::uri), for who writes thousands of them: the corpus's folder is escaped once.
    #[must_use]
    pub fn address(&self, file: FileId) -> Option<String> {
        if let Some((uri, _)) = self.world.open.get(&file) {
            return Some(uri.as_str().to_owned());
        }
        let path = self.world.snapshot.path(file);
        let root = self.world.root.as_ref()?;
        if is_outside(&path) {
            return address_of(&absolute_in(root, &path));
        }
        let root = self.root.get_or_init(|| address_of(root)).as_ref()?;
        Some(format!("{}/{}", root.strip_suffix('/').unwrap_or(root), escaped(&path)))
    }

    /// Bytes of a file as a range; `None` when it cannot be read any more.
    pub fn range(&mut self, file: FileId, span: Span) -> Option<Range> {
        // The beginning of a text needs no reading: a list of those who cite it would read them all.
        if span.end == 0 {
            return Some(Range::default());
        }
        if !self.texts.contains_key(&file)
            && let Some(points) = self.world.snapshot.points(file, span)
        {
            return Some(convert::range_of_points(&points, self.agreed.encoding));
        }
        let read = || {
            let text = self.world.snapshot.text(file)?;
            let lines = self.world.lines(file, &text);
            Some((text, lines))
        };
        let (text, lines) = self.texts.entry(file).or_insert_with(read).as_ref()?;
        Some(convert::range(text, lines, span, self.agreed.encoding))
    }

    /// Bytes of a file as a location.
    pub fn location(&mut self, file: FileId, span: Span) -> Option<Location> {
        Some(Location { uri: self.uri(file)?, range: self.range(file, span)? })
    }
    /// A place that names something as a range; its file is read only when its lines are not known.
    pub fn range_of(&mut self, spot: &Spot) -> Option<Range> {
        match &spot.at {
            Some(points) => Some(convert::range_of_points(points, self.agreed.encoding)),
            None => self.range(spot.file, spot.span),
        }
    }

    /// The same as a location.
    pub fn location_of(&mut self, spot: &Spot) -> Option<Location> {
        Some(Location { uri: self.uri(spot.file)?, range: self.range_of(spot)? })
    }

    /// Where a thing is defined: the file, all that belongs to it, and its name.
    pub fn target(&mut self, target: &Target) -> Option<(Uri, Range, Range)> {
        match target {
            Target::Place(place) => {
                let full = self.range(place.file, place.full.join(place.span))?;
                Some((self.uri(place.file)?, full, self.range(place.file, place.span)?))
            }
            Target::BuiltIn(resolution) => Some((built_in(resolution)?, Range::default(), Range::default())),
        }
    }
}

/// A page made for reading, as a file: so it opens in every client.
fn built_in(resolution: &Resolution) -> Option<Uri> {
    let name = format!("unsc-{}.md", resolution.number);
    let path = generated::keep(&name, &resolution::note(resolution));
    let path = path.inspect_err(|trouble| tracing::warn!("{} {}", trouble.path.display(), trouble.message)).ok()?;
    uri_of(&path)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use tower_lsp::ls_types::ClientCapabilities;

    #[test]
    fn an_address_is_written_as_it_is_made() {
        let fixture = Fixture::parse("-- тексты/a b [1] %.md\nOne.\n-- c.md\nTwo.\n");
        for root in ["/", "/tmp/мои тексты", "/a b/c"] {
            let world = World {
                snapshot: fixture.snapshot(),
                root: Some(root.into()),
                open: Arc::default(),
                kept: Arc::default(),
                behind: Arc::default(),
                counts: Arc::default(),
            };
            let places = Places::new(&world, Agreed::with(&ClientCapabilities::default()));
            for (file, _) in world.snapshot.files() {
                assert_eq!(places.address(file).as_deref(), places.uri(file).as_ref().map(|uri| uri.as_str()));
            }
        }
    }
}
