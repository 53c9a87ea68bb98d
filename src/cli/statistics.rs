//! How often each rule spoke and how long each step took.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Measures one run.
pub(super) struct Statistics {
    steps: Vec<(&'static str, Duration)>,
    last: Instant,
    rules: BTreeMap<&'static str, usize>,
    bytes: u64,
}

impl Statistics {
    pub(super) fn begin() -> Self {
        Self { steps: Vec::new(), last: Instant::now(), rules: BTreeMap::new(), bytes: 0 }
    }

    /// The time since the last step belongs to this one; steps of the same name are added up.
    pub(super) fn step(&mut self, name: &'static str) {
        let now = Instant::now();
        let took = now - self.last;
        self.last = now;
        match self.steps.iter_mut().find(|(n, _)| *n == name) {
            Some((_, sum)) => *sum += took,
            None => self.steps.push((name, took)),
        }
    }

    pub(super) fn count(&mut self, rule: &'static str) {
        *self.rules.entry(rule).or_default() += 1;
    }

    pub(super) fn read(&mut self, bytes: u64) {
        self.bytes += bytes;
    }

    /// The two tables.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        for (rule, count) in rules {
            writeln!(out, "{count:>9}  {rule}")?;
        }
        let all: Duration = self.steps.iter().map(|(_, took)| *took).sum();
        for (name, took) in &self.steps {
            writeln!(out, "{:>8.3}s  {name}", took.as_secs_f64())?;
        }
        let megabytes = self.bytes as f64 / 1e6;
        writeln!(out, "{:>8.3}s  in all, {megabytes:.1} MB, {:.1} MB/s", all.as_secs_f64(), megabytes / all.as_secs_f64().max(1e-9))
    }
}
