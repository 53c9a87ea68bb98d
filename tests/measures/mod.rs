//! Precision and speed on real texts and registries of others, which lie beside the repository.

mod gazetteer;
mod instruments;
mod speakers;
