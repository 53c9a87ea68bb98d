//! Precision and speed on real texts and registries of others, which lie beside the repository.

mod bibliography;
mod gazetteer;
mod instruments;
mod labelled;
mod precision;
mod sound;
mod speakers;
mod written;

use crate::beside::shared;
