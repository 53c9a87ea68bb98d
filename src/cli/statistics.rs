//! How often each rule spoke, and how long each rule, each layer and each step of the run took.
//!
//! Threads measure on their own ([`Lap`]) and are added up, so that rules and layers have the time of all threads
//! together. Nothing is measured unless it was asked for.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use crate::corpus::Step;

/// Measures one run.
pub(super) struct Statistics {
    steps: Vec<(&'static str, Duration)>,
    last: Instant,
    found: BTreeMap<&'static str, usize>,
    times: Times,
    bytes: u64,
}

/// How long one thread took for what, in order of the first time.
#[derive(Debug, Default)]
pub(super) struct Times {
    rules: Vec<(&'static str, Duration)>,
    layers: Vec<(&'static str, Duration)>,
}

/// Measures the work of one thread from one moment to the next.
pub(super) struct Lap {
    last: Instant,
    times: Times,
}

/// What a layer that is no step of the corpus is called.
pub(super) const RULES: &str = "rules";
/// Allowing, ordering and naming what the rules found.
pub(super) const ORDERING: &str = "ordering findings";
/// Making findings into lines of the report.
pub(super) const FORMATTING: &str = "formatting findings";

impl Lap {
    pub(super) fn begin() -> Self {
        Self { last: Instant::now(), times: Times::default() }
    }

    /// The time since the last call was spent on nothing that counts.
    pub(super) fn resume(&mut self) {
        self.last = Instant::now();
    }

    /// The time since the last call was spent on this layer.
    pub(super) fn layer(&mut self, name: &'static str) {
        let took = self.took();
        add(&mut self.times.layers, name, took);
    }

    /// The time since the last call was spent on this rule.
    pub(super) fn rule(&mut self, name: &'static str) {
        let took = self.took();
        add(&mut self.times.rules, name, took);
        add(&mut self.times.layers, RULES, took);
    }

    pub(super) fn step(&mut self, step: Step) {
        self.layer(step.word());
    }

    pub(super) fn end(self) -> Times {
        self.times
    }

    fn took(&mut self) -> Duration {
        let now = Instant::now();
        now - std::mem::replace(&mut self.last, now)
    }
}

fn add(sums: &mut Vec<(&'static str, Duration)>, name: &'static str, took: Duration) {
    match sums.iter_mut().find(|(n, _)| *n == name) {
        Some((_, sum)) => *sum += took,
        None => sums.push((name, took)),
    }
}

impl Statistics {
    pub(super) fn begin() -> Self {
        Self { steps: Vec::new(), last: Instant::now(), found: BTreeMap::new(), times: Times::default(), bytes: 0 }
    }

    /// The time since the last step belongs to this one; steps of the same name are added up.
    pub(super) fn step(&mut self, name: &'static str) {
        let now = Instant::now();
        let took = now - std::mem::replace(&mut self.last, now);
        add(&mut self.steps, name, took);
    }

    pub(super) fn count(&mut self, rule: &'static str) {
        *self.found.entry(rule).or_default() += 1;
    }

    pub(super) fn read(&mut self, bytes: u64) {
        self.bytes += bytes;
    }

    /// Adds what one thread measured.
    pub(super) fn add(&mut self, times: &Times) {
        times.rules.iter().for_each(|(name, took)| add(&mut self.times.rules, name, *took));
        times.layers.iter().for_each(|(name, took)| add(&mut self.times.layers, name, *took));
    }

    /// The three tables: rules, layers, steps.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let count = |name: &str| self.found.get(name).copied().unwrap_or_default();
        let mut rules: Vec<_> = self.times.rules.iter().map(|(name, took)| (*name, count(name), *took)).collect();
        rules.sort_by(|a, b| b.1.cmp(&a.1).then(b.2.cmp(&a.2)).then(a.0.cmp(b.0)));
        writeln!(out, " findings         ms  rule (time of all threads)")?;
        for (name, count, took) in rules {
            writeln!(out, "{count:>9}  {:>9.1}  {name}", took.as_secs_f64() * 1e3)?;
        }
        writeln!(out, "\n        s       MB/s  layer (time of all threads, speed of one)")?;
        for (name, took) in &self.times.layers {
            writeln!(out, "{:>9.3}  {:>9.1}  {name}", took.as_secs_f64(), self.speed(*took))?;
        }
        writeln!(out, "\n        s             step of the run")?;
        for (name, took) in &self.steps {
            writeln!(out, "{:>9.3}             {name}", took.as_secs_f64())?;
        }
        let all: Duration = self.steps.iter().map(|(_, took)| *took).sum();
        let megabytes = self.bytes as f64 / 1e6;
        writeln!(out, "{:>9.3}s  in all, {megabytes:.1} MB, {:.1} MB/s", all.as_secs_f64(), self.speed(all))
    }

    /// Megabytes a second.
    fn speed(&self, took: Duration) -> f64 {
        self.bytes as f64 / 1e6 / took.as_secs_f64().max(1e-9)
    }
}
