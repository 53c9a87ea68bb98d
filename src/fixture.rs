//! The one notation of tests.
