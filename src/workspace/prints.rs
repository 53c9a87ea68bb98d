//! What files hold, told in a few bytes: whether something changed is asked of the content, never of a date.

use std::path::Path;
use std::sync::LazyLock;

use memchr::memmem;
use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use super::{Listing, Workspace, load};

/// What one file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Print {
    /// The hash of its bytes (XXH3, 128 bits).
    pub hash: u128,
    /// Whether what is found in it may depend on the day: it speaks of an `until=`.
    pub dated: bool,
}

/// What a file holds; `None` when it cannot be read as it would be for a check.
#[must_use]
pub fn print_of(path: &Path) -> Option<Print> {
    load::raw(path, |bytes| Print { hash: xxh3_128(bytes), dated: is_dated(bytes) }).ok()
}

/// Whether what is found in a file may depend on the day.
#[must_use]
pub fn is_dated(bytes: &[u8]) -> bool {
    static UNTIL: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("until"));
    UNTIL.find(bytes).is_some()
}

impl Workspace {
    /// What each file of a listing holds, in its order.
    #[must_use]
    pub fn prints(&self, listing: &Listing) -> Vec<Option<Print>> {
        listing.files.par_iter().map(|found| print_of(&self.absolute(&found.path))).collect()
    }
}
