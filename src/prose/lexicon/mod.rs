//! Word lists, a data file a language, each line with its reason.
