//! Small stories, each a text and what must come of it.

mod again;
mod garbage;
mod reread;
