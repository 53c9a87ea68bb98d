//! Precision and speed on real texts and registries of others, which lie beside the repository.

mod bibliography;
mod gazetteer;

use std::path::{Path, PathBuf};

/// What lies beside the repository, when it does; it must when `CI=true`.
fn shared() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"].iter().map(|p| here.join(p)).find(|p| p.join("data").is_dir());
    assert!(found.is_some() || std::env::var("CI").as_deref() != Ok("true"), "../shared is missing");
    if found.is_none() {
        eprintln!("skipped: ../shared is not here");
    }
    found
}
mod instruments;
mod speakers;
