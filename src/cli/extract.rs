//! `vidimus extract`

use std::io::{self, Write};

use rayon::prelude::*;

use super::Outcome;
use super::arguments::ExtractArguments;
use super::corpora;
use super::terminal::Terminal;
use crate::corpus::Occasion;
use crate::interchange;
use crate::workspace::Trouble;

/// So many texts are understood before their rows are written.
const BATCH: usize = 128;

pub(super) fn run(terminal: &Terminal, arguments: &ExtractArguments) -> io::Result<Outcome> {
    let mut out = terminal.out();
    let mut failed = false;
    let mut told = |troubles: &[Trouble]| {
        terminal.troubles(troubles);
        failed |= troubles.iter().any(|t| t.grave);
    };
    let (jobs, troubles) = corpora::jobs(terminal, &arguments.paths);
    told(&troubles);
    for job in jobs {
        let listing = job.list();
        let opened = job.open(terminal, &listing, None, Occasion::default(), None);
        told(&opened.troubles);
        for batch in opened.asked_texts().chunks(BATCH) {
            let rows = batch.par_iter().map(|id| {
                let mut rows = Vec::new();
                if let Some(notes) = opened.snapshot.annotations(*id) {
                    let path = opened.shown(&opened.snapshot.path(*id));
                    interchange::extract(&opened.snapshot, &notes, &path, &arguments.kinds, &mut rows);
                }
                rows
            });
            for rows in rows.collect::<Vec<_>>() {
                out.write_all(&rows)?;
            }
        }
        told(&opened.texts.take_troubles());
    }
    out.flush()?;
    Ok(if failed { Outcome::Failed } else { Outcome::Clean })
}
