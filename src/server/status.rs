//! How it stands with the corpora: `vidimus.status`, and `vidimus/status` for a client that asked to be told.
//!
//! Findings are summed as they were when each file was last looked at, so that it costs no look: open files always are, closed ones when
//! the client asks for all findings or runs `vidimus.check`.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tower_lsp::ls_types::Uri;

use super::analysis::{Survey, Surveyor};
use super::findings::Levels;
use super::publish::Publisher;
use super::uri::uri_of;

/// The notification.
pub const METHOD: &str = "vidimus/status";

/// A client is told no more often.
const PACE: Duration = Duration::from_millis(250);

/// The answer to `vidimus.status`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Status {
    /// The server's version.
    version: &'static str,
    /// Every corpus that is there or being read, by its folder.
    corpora: Vec<OfCorpus>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
struct OfCorpus {
    /// Its folder.
    root: Uri,
    /// The folder's name.
    name: String,
    /// How many texts it has, notes among them.
    texts: usize,
    /// How many records.
    records: usize,
    /// Whether it has been read.
    ready: bool,
    /// How much is known of it: half when it has been read, 1 when it is also known what every file names.
    done: f64,
    /// Of how many files the findings are counted.
    checked: usize,
    #[serde(flatten)]
    levels: Levels,
}

impl Status {
    /// Of the corpora as they were surveyed.
    #[must_use]
    pub fn of(all: &[Survey]) -> Self {
        Self { version: env!("CARGO_PKG_VERSION"), corpora: all.iter().filter_map(OfCorpus::of).collect() }
    }

    /// Whether nothing more is to be worked out.
    fn is_settled(&self) -> bool {
        self.corpora.iter().all(|corpus| corpus.done >= 1.0)
    }
}

impl OfCorpus {
    fn of(survey: &Survey) -> Option<Self> {
        let name = survey.root.file_name().unwrap_or(survey.root.as_os_str()).to_string_lossy().into_owned();
        let (mut texts, mut records, mut checked, mut levels) = (0, 0, 0, Levels::default());
        if let Some((snapshot, counts)) = &survey.known {
            texts = snapshot.files().filter(|(_, file)| file.kind.is_text()).count();
            records = snapshot.names().entities().count();
            (levels, checked) = counts.sum(snapshot);
        }
        let ready = survey.known.is_some();
        Some(Self { root: uri_of(&survey.root)?, name, texts, records, ready, done: done(survey), checked, levels })
    }
}

/// In thousandths: a change that nobody sees is none.
fn done(survey: &Survey) -> f64 {
    let halves = |(part, all): (usize, usize)| part.min(all).saturating_mul(500).checked_div(all).unwrap_or(0);
    let thousandths = if survey.known.is_some() { 500 + halves(survey.indexed) } else { halves(survey.read) };
    u32::try_from(thousandths).map_or(1.0, |n| f64::from(n) / 1000.0)
}

/// Tells a client how it stands, whenever that has changed and no more often than it can be looked at. Must be called on the runtime; ends
/// when the corpora are gone.
pub fn tell(surveyor: Surveyor, publisher: Arc<Publisher>) {
    tokio::spawn(async move {
        let mut told: Option<Status> = None;
        while let Some(survey) = surveyor.survey().await {
            let status = Status::of(&survey);
            // What is looked at must not outlive its being told: it keeps a whole state of the corpus.
            drop(survey);
            let settled = status.is_settled();
            if told.as_ref() != Some(&status) {
                publisher.notify(METHOD, &status);
                told = Some(status);
            }
            tokio::time::sleep(PACE).await;
            if settled {
                surveyor.news().await;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(read: (usize, usize)) -> Survey {
        Survey { root: "/a/corpus".into(), known: None, read, indexed: (0, 0) }
    }

    #[test]
    fn a_corpus_that_is_read_is_half_done_at_most() {
        let status = Status::of(&[survey((0, 0)), survey((1, 4)), survey((9, 4))]);
        assert_eq!(status.corpora.iter().map(|c| c.done).collect::<Vec<_>>(), [0.0, 0.125, 0.5]);
        let told = serde_json::to_value(&status).expect("JSON");
        let corpus = &told["corpora"][1];
        assert_eq!((&corpus["root"], &corpus["name"], &corpus["ready"]), (&"file:///a/corpus".into(), &"corpus".into(), &false.into()));
        assert_eq!((&corpus["errors"], &corpus["texts"]), (&0.into(), &0.into()));
    }
}
