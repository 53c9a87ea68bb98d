//! What can be done at a place: a list that is quick to make, and the changes of the one that is chosen.
//!
//! [`actions`] says what is on offer and works nothing out; each [`Action`] carries a [`Task`], which survives a journey
//! to the client and back, and [`changes`] works that one out. One file, one subject; [`OFFERS`] is the table of them.
//!
//! Every change can be made by a client that knows nothing but edits of files. A change that only puts marks round words
//! is made only when the reading text stays what it was.
//!
//! Not here: the protocol's words (`server`), what is wrong and its cure (`rules`).

mod allow;
mod cite;
mod entries;
mod fix_all;
mod fixes;
mod guess;
mod here;
mod link;
mod marks;
pub mod new_record;
mod note;
mod register;
mod settings;
mod spelling;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_marks;
#[cfg(test)]
mod tests_of_records;
mod wrap;

use serde::{Deserialize, Serialize};

use self::here::Here;
pub use self::here::{Known, touch};
use super::Changes;
use crate::corpus::{FileId, Snapshot};
use crate::rules::Diagnostic;
use crate::text::Span;

/// Something that can be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does: a verb first, names in backticks.
    pub title: String,
    /// Of what kind it is.
    pub kind: Kind,
    /// Whether it is what most authors want here.
    pub preferred: bool,
    /// Why it cannot be chosen, when it cannot.
    pub disabled: Option<&'static str>,
    /// The findings it takes away.
    pub cures: Vec<Cured>,
    /// Whether it makes a file.
    pub creates: bool,
    /// Whether working it out reads the whole corpus.
    pub costly: bool,
    /// How to work it out.
    pub task: Task,
}

/// A finding that an action takes away, by all that a client may know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cured {
    /// Its rule.
    pub rule: &'static str,
    /// Its place.
    pub span: Span,
    /// What stays the same while other parts of the text change.
    pub fingerprint: String,
}

impl Cured {
    fn of(finding: &Diagnostic) -> Self {
        Self { rule: finding.rule, span: finding.span, fingerprint: finding.fingerprint.clone() }
    }
}

/// Kinds of action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Takes a finding away.
    QuickFix,
    /// Writes the same in another way, or marks it.
    Rewrite,
    /// All safe fixes at once.
    FixAll,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::QuickFix, Self::Rewrite, Self::FixAll];

    /// Its name, parts joined by full stops, the most general first; a client that wants `source` wants `source.fixAll` too.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::QuickFix => "quickfix",
            Self::Rewrite => "refactor.rewrite",
            Self::FixAll => "source.fixAll.vidimus",
        }
    }

    /// Whether it is one of the `wanted`; nothing wanted means everything but what an author asks for by name.
    #[must_use]
    pub fn is_wanted(self, wanted: Option<&[&str]>) -> bool {
        let Some(wanted) = wanted else { return self != Self::FixAll };
        let name = self.name();
        wanted.iter().any(|w| w.is_empty() || name.strip_prefix(w).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    }
}

/// How to work an action out: small, and good as long as the text does not change. Places are bytes of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// One fix of a finding.
    Fix {
        /// The finding's rule.
        rule: String,
        /// Its place.
        at: (u32, u32),
        /// Which of its fixes.
        which: usize,
    },
    /// Silences a finding's rule.
    Allow {
        /// The rule.
        rule: String,
        /// The finding's place.
        at: (u32, u32),
        /// How far.
        scope: Scope,
    },
    /// All safe fixes of the text.
    FixAll,
    /// Marks a name as a mention.
    LinkMention {
        /// The name.
        at: (u32, u32),
        /// What it means.
        id: String,
    },
    /// Marks all names.
    LinkAll {
        /// Those that mean this; all of them when absent.
        id: Option<String>,
        /// Where.
        reach: Reach,
    },
    /// Writes a mention in its other spelling.
    Respell {
        /// The mention.
        at: (u32, u32),
    },
    /// Cites a source in a sentence.
    Cite {
        /// A place in the sentence.
        at: u32,
        /// The source.
        key: String,
    },
    /// Puts words into a bracketed span.
    Mark {
        /// The words.
        at: (u32, u32),
        /// Its class.
        class: String,
        /// Who says it.
        by: Option<String>,
    },
    /// Adds a record to a list.
    AddRecord {
        /// Its id.
        id: String,
        /// Its type.
        kind: String,
        /// Its name.
        name: String,
    },
    /// Adds a source to a bibliography.
    AddSource {
        /// Its key.
        key: String,
    },
    /// Adds a part to those that an instrument declares.
    AddPart {
        /// The instrument.
        id: String,
        /// The part.
        pin: String,
    },
    /// Makes a note.
    CreateNote {
        /// Where.
        path: String,
        /// All of it.
        text: String,
    },
}

/// Where names are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// In the text.
    Text,
    /// In every text.
    Corpus,
}

/// How far a rule is silenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Where the finding is.
    Here,
    /// In its text.
    File,
    /// In the corpus.
    Corpus,
}

/// One subject: what kinds of action it has, and how it offers them.
struct Offer {
    kinds: &'static [Kind],
    offer: fn(&Here<'_>, &mut Vec<Action>),
}

/// All subjects, in the order in which a menu shows them.
static OFFERS: &[Offer] = &[
    Offer { kinds: &[Kind::QuickFix], offer: fixes::offer },
    Offer { kinds: &[Kind::QuickFix, Kind::Rewrite], offer: cite::offer },
    Offer { kinds: &[Kind::QuickFix, Kind::Rewrite], offer: register::offer },
    Offer { kinds: &[Kind::QuickFix, Kind::Rewrite], offer: note::offer },
    Offer { kinds: &[Kind::QuickFix, Kind::Rewrite], offer: wrap::offer },
    Offer { kinds: &[Kind::QuickFix], offer: allow::offer },
    Offer { kinds: &[Kind::Rewrite], offer: link::offer },
    Offer { kinds: &[Kind::Rewrite], offer: spelling::offer },
    Offer { kinds: &[Kind::FixAll], offer: fix_all::offer },
];

/// Things named in a selection that are offered one by one: for more there are actions that take all.
const MOST_THINGS: usize = 8;

/// Actions in one menu.
const MOST_ACTIONS: usize = 200;

/// What can be done at `span` of a file, of the kinds `wanted` (names as of [`Kind::name`]). Unless it is `known` what is wrong there, the
/// whole file is checked.
#[must_use]
pub fn actions(snapshot: &Snapshot, file: FileId, span: Span, wanted: Option<&[&str]>, known: Option<Known>) -> Vec<Action> {
    let here = Here::knowing(snapshot, file, span, known);
    let mut out = Vec::new();
    for subject in OFFERS {
        if subject.kinds.iter().any(|kind| kind.is_wanted(wanted)) {
            (subject.offer)(&here, &mut out);
        }
    }
    out.retain(|action| action.kind.is_wanted(wanted));
    out.truncate(MOST_ACTIONS);
    out
}

/// Works an action out. `None` when it came to nothing: the text is another, or the change would say something else.
/// `cancelled` is asked now and then by what takes long.
#[must_use]
pub fn changes(snapshot: &Snapshot, file: FileId, task: &Task, cancelled: &(dyn Fn() -> bool + Sync)) -> Option<Changes> {
    let here = |at: (u32, u32)| Here::new(snapshot, file, Span::new(at.0, at.1.max(at.0)));
    match task {
        Task::Fix { rule, at, which } => fixes::changes(&here(*at), rule, *which),
        Task::Allow { rule, at, scope } => allow::changes(&here(*at), rule, *scope),
        Task::FixAll => fix_all::changes(snapshot, file),
        Task::LinkMention { at, id } => link::one(&here(*at), id),
        Task::LinkAll { id, reach } => link::all(snapshot, file, id.as_deref(), *reach, cancelled),
        Task::Respell { at } => spelling::changes(&here(*at)),
        Task::Cite { at, key } => cite::changes(&here((*at, *at)), key),
        Task::Mark { at, class, by } => wrap::changes(&here(*at), class, by.as_deref()),
        Task::AddRecord { id, kind, name } => register::add_record(snapshot, id, kind, name),
        Task::AddSource { key } => register::add_source(snapshot, key),
        Task::AddPart { id, pin } => register::add_part(snapshot, id, pin),
        Task::CreateNote { path, text } => note::changes(snapshot, path, text),
    }
}

impl Action {
    /// Of that kind; the rest is as for most actions.
    fn new(kind: Kind, title: impl Into<String>, task: Task) -> Self {
        Self { title: title.into(), kind, preferred: false, disabled: None, cures: Vec::new(), creates: false, costly: false, task }
    }
}
