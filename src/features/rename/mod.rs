//! What can be renamed here, and what changes when it is.
//!
//! [`subject`] says what stands at the cursor. A record's or text's id follows through mentions in both spellings,
//! citations, attributes, relations and front matter, with the file where its name is the id; an anchor through the pinpoints
//! that name it; a footnote's label through its text. A record keeps its old id under `formerly` ([`former`]). What follows when
//! somebody renames files in their editor is told by [`moved()`].
//!
//! Not here: names in plain words, which are changed where they are written.

mod anchor;
mod former;
pub mod moved;
mod record;
mod subject;
#[cfg(test)]
mod tests;

use smol_str::SmolStr;

use super::{Changes, FilePosition};
use crate::corpus::Snapshot;
use crate::text::Span;
pub use moved::moved;
pub use subject::What;

/// Something that can be renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamable {
    /// The words that would change at the cursor.
    pub span: Span,
    /// The name now.
    pub name: SmolStr,
    /// What it is.
    pub what: What,
}

/// Why something cannot be renamed, in words for the author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Refusal {
    fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

/// What can be renamed at a place; `None` where nothing has a name.
///
/// # Errors
/// When what stands there has a name that cannot be changed, or not from here.
pub fn prepare(snapshot: &Snapshot, at: FilePosition) -> Result<Option<Renamable>, Refusal> {
    subject::at(snapshot, at)
}

/// Gives what stands at a place another name. `files`: whether files may be renamed with it.
///
/// # Errors
/// When nothing there can be renamed, or the new name is none or taken.
pub fn rename(snapshot: &Snapshot, at: FilePosition, new: &str, files: bool) -> Result<Changes, Refusal> {
    let Some(found) = prepare(snapshot, at)? else { return Err(Refusal::new("nothing here has a name that can be changed")) };
    let new = new.trim();
    if new == found.name {
        return Ok(Changes::default());
    }
    match &found.what {
        What::Record(entity) => record::entity(snapshot, *entity, &found.name, new, files),
        What::Text(text) => record::text(snapshot, *text, &found.name, new, files),
        What::Anchor(file) => anchor::rename(snapshot, *file, &found.name, new),
        What::Footnote => anchor::footnote(snapshot, at.file, &found.name, new),
    }
}
