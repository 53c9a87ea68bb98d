//! A corpus read with what was kept of it is the corpus read without.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, Instant, SystemTime};

use proptest::prelude::*;

use super::*;
use crate::corpus::FileInput;
use crate::workspace::{Effort, Load, Workspace};

struct Folder {
    root: tempfile::TempDir,
    cache: tempfile::TempDir,
}

const PATHS: [&str; 7] = ["a.md", "sub/b.md", "sub/minsk.md", "registry.yaml", "refs.bib", "other.json", "vidimus.toml"];

/// Of each file, what it may hold; the last of them is nothing at all.
fn words(path: &str, which: u8) -> Option<&'static str> {
    let all: [&str; 5] = match path.rsplit_once('.').map(|(_, ending)| ending) {
        _ if path == "sub/minsk.md" => [
            "---\ntype: agreement\nname: Minsk Package\n---\n# Package\n\n1. Cease-fire.\n",
            "---\ntype: agreement\nname: Minsk Parcel\n---\n# Package\n\n1. Cease-fire.\n",
            "---\ntype: agreement\nid: minsk-2\n---\n# Package\n\nNo list.\n",
            "---\ntype: [\n---\n# Package\n",
            "plain\n",
        ],
        Some("yaml") => [
            "- {id: lavrov, type: person, name: Sergey Lavrov, aliases: [Lavrov]}\n",
            "- {id: lavrov, type: person, name: Sergei Lavrov, aliases: [Lavrov]}\n",
            "- {id: moscow, type: place, name: Moscow, formerly: [lavrov]}\n",
            "- {id: moscow, type: place, nam: Moscow}\n",
            "",
        ],
        Some("bib") => [
            "@book{hayes2018, title = {A Book}, year = 2018}\n",
            "@book{hayes2019, title = {A Book}, year = 2019, file = {sub/b.md}}\n",
            "@book{hayes2018, title = {A Book}, year = 2018\n",
            "@book{, title = {A Book}}\n",
            "",
        ],
        Some("json") => ["[{\"id\": \"un1\", \"type\": \"report\"}]", "[{\"id\": \"un2\", \"type\": \"report\"}]", "[]", "[", "{}"],
        Some("toml") => ["", "exclude = [\"sub\"]\n", "registry = [\"sub/*.yaml\"]\n", "exlude = 1\n", "lang = \"ru\"\n"],
        _ => [
            "See [[lavrov]] [@hayes2018].\n",
            "---\nid: b\nbibliography: other.json\n---\nSee [[minsk#op-1]].\n",
            "---\nbibliography: gone.json\ndate: 2015-02-12\n---\nSee [[b]].\n",
            "---\ntype: note\ntitle: [\n---\n",
            "",
        ],
    };
    all.get(usize::from(which)).copied()
}

impl Folder {
    fn new() -> Self {
        // A name without a dot: hidden folders are passed over.
        let root = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
        fs::create_dir(root.path().join("sub")).expect("made");
        Self { root, cache: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Makes a file what it may be, with an old date or today's; on Windows that is what a stamp cannot see.
    fn write(&self, path: &str, which: u8, backdated: bool) {
        match words(path, which) {
            Some(words) => fs::write(self.path(path), words).expect("written"),
            None => drop(fs::remove_file(self.path(path))),
        }
        if backdated
            && cfg!(unix)
            && let Ok(file) = File::options().write(true).open(self.path(path))
        {
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).expect("set back");
        }
    }

    fn cache(&self) -> Cache {
        Cache::in_folder(self.cache.path().to_owned())
    }

    fn load(&self, kept: &KeptFacts) -> Load {
        let (workspace, _) = Workspace::open(self.root.path(), &[]);
        let listing = workspace.walk(&[self.root.path()]);
        workspace.load_kept(&listing, &Effort::default(), kept)
    }

    /// Reads it, and keeps what was read.
    fn keep(&self) -> Load {
        let load = self.load(&KeptFacts::default());
        load.keepable.keep(&self.cache(), self.root.path());
        load
    }

    fn kept(&self) -> KeptFacts {
        KeptFacts::read(&self.cache(), self.root.path())
    }
}

/// Long enough for files to be known by their dates.
fn wait() {
    let until = Instant::now() + Duration::from_millis(120);
    while let left @ 1.. = until.saturating_duration_since(Instant::now()).as_millis() {
        std::thread::park_timeout(Duration::from_millis(u64::try_from(left).unwrap_or(1)));
    }
}

fn told(load: &Load) -> Vec<(String, FileKind, Arc<Facts>)> {
    let of = |(path, input): &(SmolStr, Option<FileInput>)| input.as_ref().map(|i| (path.to_string(), i.kind, i.facts.clone()));
    load.change.files.iter().filter_map(of).collect()
}

fn assert_same(folder: &Folder, kept: &KeptFacts) -> Load {
    let (with, without) = (folder.load(kept), folder.load(&KeptFacts::default()));
    assert_eq!(told(&with), told(&without));
    assert_eq!(with.troubles, without.troubles);
    with
}

#[test]
fn a_second_start_reads_nothing_but_what_is_at_fault() {
    let folder = Folder::new();
    for (path, which) in [("a.md", 0), ("sub/b.md", 1), ("sub/minsk.md", 0), ("registry.yaml", 3), ("refs.bib", 0), ("other.json", 0)] {
        folder.write(path, which, false);
    }
    wait();
    let first = folder.keep();
    let kept = folder.kept();
    let second = assert_same(&folder, &kept);
    assert_eq!(first.keepable.files.len(), 5, "a bibliography that only a text names is not listed");
    assert_eq!((first.keepable.news > 0, second.keepable.news), (true, 0));
}

#[test]
fn a_file_too_young_is_not_kept() {
    let folder = Folder::new();
    folder.write("a.md", 0, false);
    // However slow the machine: of tomorrow.
    let file = File::options().write(true).open(folder.path("a.md")).expect("opened");
    file.set_modified(SystemTime::now() + Duration::from_hours(24)).expect("set on");
    assert_eq!(folder.load(&KeptFacts::default()).keepable.files.len(), 0);
}

#[test]
fn damage_makes_it_absent() {
    let folder = Folder::new();
    folder.write("registry.yaml", 0, false);
    wait();
    folder.keep();
    let file = fs::read_dir(folder.cache.path()).expect("listed").flatten().next().expect("kept").path();
    let whole = fs::read(&file).expect("read");
    assert_eq!(folder.kept().table.rows.len(), 1);
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(&file, &bytes).expect("written");
        assert!(folder.kept().table.rows.is_empty());
        assert_same(&folder, &folder.kept());
        if let Some((early, whole)) = defined(&folder, &KeptFacts::default(), "lavrov") {
            assert_eq!(early, whole, "byte {at} is another");
        }
        fs::write(&file, &whole[..at]).expect("written");
        assert_eq!(defined(&folder, &KeptFacts::default(), "lavrov"), None, "cut off at {at}");
    }
    fs::write(&file, &whole).expect("written");
    assert!(defined(&folder, &folder.kept(), "lavrov").is_some());
    fs::remove_file(&file).expect("removed");
    assert!(folder.kept().table.rows.is_empty());
}

#[test]
fn of_another_corpus_nothing_is_known() {
    let (one, other) = (Folder::new(), Folder::new());
    one.write("registry.yaml", 0, false);
    wait();
    one.keep();
    assert!(KeptFacts::read(&one.cache(), other.root.path()).table.rows.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn whatever_changed_a_kept_corpus_is_read_as_a_fresh_one(
        before in proptest::collection::vec((0..PATHS.len(), 0u8..5), 12),
        after in proptest::collection::vec((0..PATHS.len(), 0u8..6, any::<bool>()), 6),
        moved in any::<bool>(),
    ) {
        let folder = Folder::new();
        for (path, which) in &before {
            folder.write(PATHS[*path], *which, true);
        }
        wait();
        folder.keep();
        for (path, which, backdated) in &after {
            folder.write(PATHS[*path], *which, *backdated);
        }
        if moved {
            let _ = fs::rename(folder.path("a.md"), folder.path("sub/b.md"));
        }
        let kept = folder.kept();
        assert_same(&folder, &kept);
        wait();
        assert_same(&folder, &kept);
    }
}

/// The places of an id in a whole corpus and in one of what is told before it is read, each with what stands there.
fn defined(folder: &Folder, kept: &KeptFacts, id: &str) -> Option<(Vec<String>, Vec<String>)> {
    let (workspace, _) = Workspace::open(folder.root.path(), &[]);
    let early = KeptPlaces::open(&folder.cache(), folder.root.path())?.defining(&workspace, &[id])?;
    let told = |change: crate::corpus::Change| {
        let mut corpus = crate::corpus::Corpus::new(Arc::new(crate::workspace::DiskTexts::new(folder.root.path())));
        corpus.apply(change);
        let snapshot = corpus.snapshot();
        let symbol = snapshot.symbol_of(id, None);
        let places = symbol.map(|symbol| snapshot.definitions(&symbol)).unwrap_or_default();
        places.iter().map(|place| format!("{} {:?} {:?}", snapshot.path(place.file), place.span, place.full)).collect::<Vec<_>>()
    };
    let early = crate::corpus::Change { config: None, files: early.into_iter().map(|(path, input)| (path, Some(input))).collect() };
    Some((told(early), told(folder.load(kept).change)))
}

#[test]
fn what_an_id_leads_to_is_told_before_the_corpus_is_read() {
    let folder = Folder::new();
    for (path, which) in [("a.md", 0), ("sub/b.md", 0), ("sub/minsk.md", 0), ("refs.bib", 0)] {
        folder.write(path, which, false);
    }
    let list = "- {id: moscow, type: place, name: Moscow, formerly: [old]}\n- {id: minsk, type: agreement}\n- {id: lavrov, type: person}\n";
    fs::write(folder.path("registry.yaml"), list).expect("written");
    wait();
    folder.keep();
    let kept = folder.kept();
    for (id, places) in [("lavrov", 1), ("moscow", 1), ("old", 1), ("minsk", 2), ("hayes2018", 1), ("b", 1)] {
        let (early, whole) = defined(&folder, &kept, id).expect("known");
        assert_eq!((&early, early.len()), (&whole, places), "{id}");
    }
    assert_eq!(defined(&folder, &kept, "nobody"), None);
    fs::write(folder.path("a.md"), "Other words.\n").expect("written");
    assert!(defined(&folder, &kept, "lavrov").is_some(), "a text that defines no record has no part in it");
    fs::write(folder.path("new.md"), "More words.\n").expect("written");
    wait();
    assert_eq!(defined(&folder, &kept, "lavrov"), None, "a file came");
    folder.keep();
    assert!(defined(&folder, &folder.kept(), "lavrov").is_some());
    fs::write(folder.path("registry.yaml"), "- {id: lavrov, type: person}\n").expect("written");
    wait();
    assert_eq!(defined(&folder, &folder.kept(), "hayes2018"), None, "a list of records changed");
}

#[test]
fn nothing_is_told_early_where_not_all_that_defines_is_kept() {
    let folder = Folder::new();
    folder.write("registry.yaml", 0, false);
    folder.write("sub/minsk.md", 0, false);
    folder.write("refs.bib", 0, false);
    wait();
    // However slow the machine: of tomorrow, so that it is not known by its date.
    let file = File::options().write(true).open(folder.path("refs.bib")).expect("opened");
    file.set_modified(SystemTime::now() + Duration::from_hours(24)).expect("set on");
    folder.keep();
    let kept = folder.kept();
    assert!(kept.table.rows.len() >= 2);
    assert_eq!(defined(&folder, &kept, "lavrov"), None);
}

#[test]
fn a_record_at_fault_keeps_no_other_from_being_told_early() {
    let folder = Folder::new();
    folder.write("sub/minsk.md", 0, false);
    folder.write("refs.bib", 2, false);
    fs::write(folder.path("registry.yaml"), "- {id: moscow, type: place, nam: Moscow}\n- {id: lavrov, type: person}\n- {type: org}\n")
        .expect("written");
    fs::write(folder.path("b.md"), "---\nid: b\nbibliography: gone.json\n---\nSee [[b]].\n").expect("written");
    wait();
    folder.keep();
    let kept = folder.kept();
    for id in ["moscow", "lavrov", "minsk", "b"] {
        let (early, whole) = defined(&folder, &kept, id).expect("known");
        assert_eq!((&early, early.len()), (&whole, 1), "{id}");
    }
    assert_eq!(assert_same(&folder, &kept).keepable.news, 0);
}
