//! Lists that were made here, or that lie in bytes which somebody keeps.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

use bytemuck::Pod;

/// Bytes that stay as they are for as long as anybody has them: those of a file that is mapped into memory, say.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A list of numbers, or of things made of numbers.
///
/// Whose it is is asked whenever it is looked into: who looks often does so once, and holds the slice.
#[derive(Clone)]
pub struct Flat<T>(Held<T>);

#[derive(Clone)]
enum Held<T> {
    Made(Vec<T>),
    /// Of these bytes, those that hold it: they have its alignment and are whole things.
    Kept(Bytes, Range<usize>),
}

impl<T: Pod> Flat<T> {
    /// What lies in part of some bytes; `None` where that is not there, lies across the borders of such things, or is no whole number of them.
    pub fn kept(bytes: &Bytes, part: Range<usize>) -> Option<Self> {
        bytemuck::try_cast_slice::<u8, T>((**bytes).as_ref().get(part.clone())?).ok()?;
        Some(Self(Held::Kept(bytes.clone(), part)))
    }
}

impl<T> From<Vec<T>> for Flat<T> {
    fn from(made: Vec<T>) -> Self {
        Self(Held::Made(made))
    }
}

impl<T> Default for Flat<T> {
    fn default() -> Self {
        Self(Held::Made(Vec::new()))
    }
}

impl<T: Pod> Deref for Flat<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.0 {
            Held::Made(all) => all,
            Held::Kept(bytes, part) => {
                let part = (**bytes).as_ref().get(part.clone()).unwrap_or_default();
                bytemuck::try_cast_slice(part).unwrap_or_default()
            }
        }
    }
}

impl<T: Pod + fmt::Debug> fmt::Debug for Flat<T> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.iter()).finish()
    }
}
