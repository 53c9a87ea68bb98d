//! The compiled names of corpora, kept for the next run of a check and the next start of a server.
//!
//! One thing for each root, see [`Cache`]: the names as they were last compiled. It is used as it lies there ([`Shelf`]); what was compiled
//! of other names, or by another program, is none.

use std::io;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

use super::{Cache, cache, cache_folder};
use crate::registry::{Bytes, Gazetteer, Shelf};

/// The kept names of one corpus.
#[derive(Clone, Debug)]
pub struct KeptNames {
    cache: Cache,
    name: String,
}

/// The kept names of all corpora.
#[must_use]
pub fn cache() -> Cache {
    Cache::in_folder(cache_folder().join("names"))
}

impl KeptNames {
    /// Those of the corpus at `root`.
    #[must_use]
    pub fn of(cache: Cache, root: &Path) -> Self {
        Self { cache, name: format!("{:032x}.names", xxh3_128(root.as_os_str().as_encoded_bytes())) }
    }

    /// Keeps what was compiled, unless it lies here. A cache that cannot be written is none.
    pub fn keep(&self, names: &Gazetteer) {
        if let Some(print) = names.unkept() {
            let _ = self.write(names, print);
            self.cache.tidy();
        }
    }

    fn write(&self, names: &Gazetteer, print: u128) -> io::Result<()> {
        let mut keeping = self.cache.put(&self.name, key(print))?;
        names.write(&mut keeping)?;
        keeping.done()
    }
}

impl Shelf for KeptNames {
    fn find(&self, print: u128) -> Option<Bytes> {
        Some(Arc::new(self.cache.mapped(&self.name, key(print))?))
    }
}

/// Another build may compile the same names otherwise.
fn key(print: u128) -> u128 {
    let mut key = Xxh3Default::new();
    key.update(cache::program().as_bytes());
    key.update(&print.to_le_bytes());
    key.digest128()
}
