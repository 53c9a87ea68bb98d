//! Questions, answered at once or when what they ask about is there.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::corpora::Corpora;
use super::queue::Question;
use super::{Modified, View, home};
use crate::server::uri::TextKey;

/// A question that waits.
pub(super) struct Waiting {
    question: Question,
    /// For the renewals of these numbers; none: for a corpus that is being read.
    renewals: Vec<u64>,
}

impl Corpora {
    /// A question about a text, or about all corpora. Waits for a corpus that is being read for the first time; when it is about a text that
    /// has yet to be taken in, or must know everything, for that too.
    pub(super) fn ask(&mut self, question: Question) {
        let now = home::now();
        self.homes.values_mut().for_each(|home| home.corpus.set_occasion(now.clone()));
        let renewals = self.renewals_before(&question);
        if self.awaits_reading(&question) {
            self.waiting.push(Waiting { question, renewals: Vec::new() });
        } else if renewals.is_empty() {
            self.answer(question);
        } else {
            self.homes.values_mut().for_each(|home| self.renewer.hurry(home, &renewals));
            self.waiting.push(Waiting { question, renewals });
        }
    }

    /// Answers the questions whose corpus is there, or has been waited for long enough.
    pub(super) fn answer_waiting(&mut self) {
        for Waiting { question, mut renewals } in std::mem::take(&mut self.waiting) {
            let waited = !renewals.is_empty();
            renewals.retain(|number| self.homes.values().any(|home| home.renewal.awaits(*number)));
            if !renewals.is_empty() {
                self.waiting.push(Waiting { question, renewals });
            } else if waited && !self.awaits_reading(&question) {
                // Not asked again: what was told since is none of its business.
                self.answer(question);
            } else {
                self.ask(question);
            }
        }
    }

    /// Answers what was asked about a text before it changes: with what is there. What stands on a renewal waits on when that takes the text
    /// in as it was; else it cannot be answered any more.
    pub(super) fn answer_before(&mut self, key: &TextKey) {
        let is_about = |waiting: &Waiting| matches!(&waiting.question, Question::About { key: about, .. } if about == key);
        if !self.waiting.iter().any(is_about) {
            return;
        }
        let (now, later) = std::mem::take(&mut self.waiting).into_iter().partition::<Vec<_>, _>(is_about);
        self.waiting = later;
        let place = self.place_of(key);
        for waiting in now.into_iter().filter(|waiting| !waiting.question.is_closed()) {
            if waiting.renewals.is_empty() {
                self.answer(waiting.question);
                continue;
            }
            let renewal = place.as_ref().and_then(|(root, path)| Some((&mut self.homes.get_mut(root)?.renewal, path)));
            if renewal.is_some_and(|(renewal, path)| waiting.renewals.iter().all(|number| renewal.seal(*number, path))) {
                self.waiting.push(waiting);
            } else if let Question::About { answer, .. } = waiting.question {
                let _ = answer.send(Err(Modified));
            }
        }
    }

    fn answer(&self, question: Question) {
        // Nobody waits any more when the question was cancelled.
        match question {
            Question::About { key, answer, .. } => {
                if let Some(view) = self.view(&key) {
                    let _ = answer.send(Ok(view));
                }
            }
            Question::All { answer, .. } => drop(answer.send(self.worlds())),
        }
    }

    /// Whether the corpus that a question is about is being read, and worth waiting for.
    fn awaits_reading(&self, question: &Question) -> bool {
        match question {
            Question::About { key, .. } => self.is_awaited(key),
            Question::All { .. } => self.loading.iter().any(|(root, loading)| !loading.late && !self.homes.contains_key(root)),
        }
    }

    /// Whether the corpus of a text is being read, and worth waiting for.
    fn is_awaited(&self, key: &TextKey) -> bool {
        let root = match (self.open.get(key), key.path()) {
            (Some(open), _) => open.seat.awaits.clone(),
            (None, Some(path)) => path.ancestors().find(|folder| self.loading.contains_key(*folder)).map(Path::to_owned),
            (None, None) => None,
        };
        root.is_some_and(|root| !self.homes.contains_key(&root) && self.loading.get(&root).is_some_and(|l| !l.late))
    }

    /// The renewals that a question has to wait for.
    fn renewals_before(&self, question: &Question) -> Vec<u64> {
        match question {
            Question::All { settled: false, .. } => Vec::new(),
            Question::All { settled: true, .. } => self.homes.values().filter_map(|home| home.renewal.last()).collect(),
            Question::About { key, settled, .. } => {
                let number = self.place_of(key).and_then(|(root, path)| {
                    let renewal = &self.homes.get(&root)?.renewal;
                    if *settled { renewal.last() } else { renewal.number_of(&path) }
                });
                number.into_iter().collect()
            }
        }
    }

    /// The loaded corpus of a text, and its path there.
    fn place_of(&self, key: &TextKey) -> Option<(PathBuf, SmolStr)> {
        if let Some(open) = self.open.get(key) {
            return Some((open.seat.root.clone()?, open.seat.path.clone()));
        }
        // The innermost corpus: one may lie in the folder of another.
        let path = key.path()?;
        let root = path.ancestors().find(|folder| self.homes.contains_key(*folder))?;
        Some((root.to_owned(), self.homes.get(root)?.workspace.relative(path)?.into()))
    }

    /// A text in its corpus: an open one, or a closed one of a corpus that is loaded.
    fn view(&self, key: &TextKey) -> Option<View> {
        let (world, path) = match self.open.get(key) {
            Some(open) if open.seat.root.is_none() => (self.world_of_one(key, open)?, open.seat.path.clone()),
            _ => {
                let (root, path) = self.place_of(key)?;
                (self.world(&root)?, path)
            }
        };
        let file = world.snapshot.file_at(&path)?;
        Some(View { world, file })
    }
}
