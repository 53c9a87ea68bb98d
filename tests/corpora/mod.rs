//! Whole corpora of `fixtures/`, checked end to end.
