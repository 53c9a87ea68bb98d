//! Which files are a corpus's.
//!
//! `.gitignore`, `.ignore` and `.vidimusignore` are honoured, the user's global ignore file is not: the same corpus is the same
//! on every machine. Hidden files, folders that are a corpus of their own, pipes and devices are passed over. Links are not
//! followed: a file is read where it lies, once.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::{DirEntry, WalkBuilder, WalkState};
use parking_lot::Mutex;

use super::{CONFIG_NAME, Effort, Stamp, Trouble, Workspace};
use crate::corpus::FileKind;

/// One file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Relative to the root, with `/`.
    pub path: String,
    /// What it is, by its name.
    pub kind: FileKind,
    /// Its length in bytes when it was listed.
    pub size: u64,
    /// By what it is known that it was not written since; `None` when that cannot be told.
    pub stamp: Option<Stamp>,
}

/// What a walk found.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Sorted by path, each once.
    pub files: Vec<Found>,
    /// The folders looked into, the one begun with included; in no order.
    pub folders: Vec<PathBuf>,
    /// The state of each of them when it was looked into, where that can be told.
    pub folder_stamps: Vec<(PathBuf, Stamp)>,
    /// Sorted.
    pub troubles: Vec<Trouble>,
}

impl Workspace {
    /// Lists the files below `starts`, absolute paths in the root. A file that is named itself is listed even when an ignore
    /// file hides it.
    #[must_use]
    pub fn walk<P: AsRef<Path>>(&self, starts: &[P]) -> Listing {
        self.walk_with(starts, &Effort::up_to(usize::MAX))
    }

    /// The same, seen from outside: given up when there is too much or nobody wants it any more.
    #[must_use]
    pub fn walk_with<P: AsRef<Path>>(&self, starts: &[P], effort: &Effort) -> Listing {
        let listing = Mutex::new(Listing::default());
        for start in starts.iter().map(AsRef::as_ref) {
            if start.is_dir() { self.walk_folder(start, &listing, effort) } else { self.take_named(start, &listing) }
        }
        let mut listing = listing.into_inner();
        listing.files.sort_by(|a, b| a.path.cmp(&b.path));
        listing.files.dedup_by(|a, b| a.path == b.path);
        listing.troubles.sort();
        listing.troubles.dedup();
        listing
    }

    fn walk_folder(&self, start: &Path, listing: &Mutex<Listing>, effort: &Effort) {
        let mut walk = WalkBuilder::new(start);
        walk.follow_links(false).git_global(false).git_exclude(false).require_git(false);
        walk.add_custom_ignore_filename(".vidimusignore");
        let this = self.clone();
        let others: Arc<Mutex<Vec<Trouble>>> = Arc::default();
        let passed_over = others.clone();
        walk.filter_entry(move |entry| {
            if this.relative(entry.path()).is_some_and(|p| this.classifier.excludes(&p)) {
                return false;
            }
            let is_folder = entry.file_type().is_some_and(|t| t.is_dir());
            let own_corpus = is_folder && entry.path() != this.root && entry.path().join(CONFIG_NAME).is_file();
            if own_corpus {
                others.lock().push(Trouble::new(entry.path(), "is a corpus of its own and was left to itself").minor());
            }
            !own_corpus
        });
        walk.build_parallel().run(|| {
            Box::new(|entry| {
                match entry {
                    Ok(entry) => self.take(&entry, listing),
                    Err(error) => listing.lock().troubles.push(of_walk(&error, start)),
                }
                if effort.saw() { WalkState::Continue } else { WalkState::Quit }
            })
        });
        listing.lock().troubles.append(&mut passed_over.lock());
    }

    fn take(&self, entry: &DirEntry, listing: &Mutex<Listing>) {
        let path = entry.path();
        let Some(file_type) = entry.file_type() else { return };
        if file_type.is_dir() {
            let stamp = entry.metadata().ok().as_ref().and_then(Stamp::of);
            let mut listing = listing.lock();
            listing.folder_stamps.extend(stamp.map(|stamp| (path.to_owned(), stamp)));
            listing.folders.push(path.to_owned());
            return;
        }
        let Some(relative) = self.relative(path) else {
            listing.lock().troubles.push(Trouble::new(path, "has a name that is not UTF-8").help("rename it"));
            return;
        };
        if file_type.is_symlink() {
            if self.classifier.kind(&relative).is_some() || path.is_dir() {
                listing.lock().troubles.extend(self.of_link(path));
            }
            return;
        }
        let Some(kind) = self.classifier.kind(&relative) else { return };
        if file_type.is_file() {
            let meta = entry.metadata().ok();
            let (size, stamp) = (meta.as_ref().map_or(0, Metadata::len), meta.as_ref().and_then(Stamp::of));
            listing.lock().files.push(Found { path: relative, kind, size, stamp });
        } else {
            listing.lock().troubles.push(Trouble::new(path, "is a pipe, socket or device, not a file").minor());
        }
    }

    /// A link into the corpus needs no word: the file is read where it lies.
    fn of_link(&self, path: &Path) -> Option<Trouble> {
        match path.canonicalize() {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(Trouble::new(path, "is a link that leads nowhere").minor()),
            Err(error) => Some(Trouble::of_io(path, &error).minor()),
            Ok(target) if self.root.canonicalize().is_ok_and(|root| target.starts_with(root)) => None,
            Ok(_) => Some(Trouble::new(path, "is a link that leads out of the corpus and was not followed").minor()),
        }
    }

    fn take_named(&self, path: &Path, listing: &Mutex<Listing>) {
        let told = match (std::fs::metadata(path), self.relative(path)) {
            (Err(error), _) => Err(Trouble::of_io(path, &error)),
            (_, None) => Err(Trouble::new(path, "lies outside the corpus")),
            (Ok(meta), Some(relative)) => match self.classifier.kind(&relative) {
                _ if relative == CONFIG_NAME => return,
                _ if self.classifier.excludes(&relative) => Err(Trouble::new(path, "is excluded by vidimus.toml").minor()),
                None => Err(unknown_kind(path)),
                Some(_) if !meta.is_file() => Err(Trouble::new(path, "is a pipe, socket or device, not a file")),
                Some(kind) => Ok(Found { path: relative, kind, size: meta.len(), stamp: Stamp::of(&meta) }),
            },
        };
        match told {
            Ok(found) => listing.lock().files.push(found),
            Err(trouble) => listing.lock().troubles.push(trouble),
        }
    }
}

/// A file that was named itself and whose name does not say what it is.
#[must_use]
pub fn unknown_kind(path: &Path) -> Trouble {
    let help = "texts end in .md, .markdown, .qmd, .Rmd or .txt; `registry` and `bibliography` in vidimus.toml name the rest";
    Trouble::new(path, "is no text, registry or bibliography by its name").help(help)
}

fn of_walk(error: &ignore::Error, start: &Path) -> Trouble {
    fn path_of(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
            ignore::Error::Loop { child, .. } => Some(child),
            _ => None,
        }
    }
    let path = path_of(error).unwrap_or(start);
    match error.io_error() {
        Some(io) => Trouble::of_io(path, io),
        None => Trouble::new(path, error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn corpus(files: &[(&str, &str)]) -> (tempfile::TempDir, Workspace) {
        // A name without a dot: hidden folders are passed over.
        let folder = tempfile::Builder::new().prefix("corpus").tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        let (workspace, trouble) = Workspace::open(folder.path(), &[]);
        assert_eq!(trouble, None);
        (folder, workspace)
    }

    fn paths(listing: &Listing) -> Vec<&str> {
        listing.files.iter().map(|f| f.path.as_str()).collect()
    }

    #[test]
    fn ours_are_listed_sorted_and_ignored_ones_are_not() {
        let (folder, workspace) = corpus(&[
            ("vidimus.toml", "exclude = [\"drafts\"]"),
            ("z.md", ""),
            ("a.txt", ""),
            ("registry/p.yaml", ""),
            ("drafts/x.md", ""),
            (".hidden/x.md", ""),
            (".gitignore", "/old\n"),
            ("old/x.md", ""),
            ("sub/.vidimusignore", "x.md\n"),
            ("sub/x.md", ""),
            ("sub/y.md", ""),
            ("other/vidimus.toml", ""),
            ("other/x.md", ""),
            ("image.png", ""),
        ]);
        let listing = workspace.walk(&[folder.path()]);
        assert_eq!((paths(&listing), listing.troubles.len()), (vec!["a.txt", "registry/p.yaml", "sub/y.md", "z.md"], 1));
        assert_eq!(listing.troubles[0].message, "is a corpus of its own and was left to itself");
    }

    #[test]
    fn a_file_that_is_named_itself_is_listed_though_ignored() {
        let (folder, workspace) = corpus(&[(".gitignore", "*.md\n"), ("a.md", ""), ("b.md", ""), ("c.png", "")]);
        let named = ["a.md", "a.md", "c.png", "gone.md"].map(|name| folder.path().join(name));
        let listing = workspace.walk(&named);
        assert_eq!(paths(&listing), ["a.md"]);
        assert_eq!(listing.troubles.len(), 2, "{:?}", listing.troubles);
    }

    #[test]
    fn a_walk_is_given_up_when_there_is_too_much_or_nobody_wants_it() {
        let files: Vec<(String, &str)> = (0..50).map(|n| (format!("f{n}/a.md"), "")).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
        let (folder, workspace) = corpus(&files);
        let effort = Effort::up_to(10);
        assert!(workspace.walk_with(&[folder.path()], &effort).files.len() < 50 && effort.is_exceeded());
        let effort = Effort::default();
        effort.cancel();
        assert!(workspace.walk_with(&[folder.path()], &effort).files.len() < 50 && !effort.is_exceeded());
        let all = workspace.walk(&[folder.path()]);
        assert_eq!((all.files.len(), all.folders.len()), (50, 51));
    }

    #[cfg(unix)]
    #[test]
    fn links_loops_and_pipes_are_passed_over_and_told() {
        use std::os::unix::fs::symlink;
        let (folder, workspace) = corpus(&[("a/a.md", "")]);
        let outside = tempfile::tempdir().expect("a folder");
        fs::write(outside.path().join("x.md"), "").expect("written");
        symlink("..", folder.path().join("a/up")).expect("linked");
        symlink("a.md", folder.path().join("a/b.md")).expect("linked");
        symlink("self.md", folder.path().join("self.md")).expect("linked");
        symlink("gone.md", folder.path().join("nowhere.md")).expect("linked");
        symlink(outside.path().join("x.md"), folder.path().join("out.md")).expect("linked");
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("pipe.md")).expect("bound");
        let listing = workspace.walk(&[folder.path()]);
        assert_eq!(paths(&listing), ["a/a.md"]);
        let told: Vec<String> =
            listing.troubles.iter().map(|t| format!("{} {}", t.path.file_name().unwrap_or_default().display(), t.message)).collect();
        assert_eq!(
            told,
            [
                "nowhere.md is a link that leads nowhere",
                "out.md is a link that leads out of the corpus and was not followed",
                "pipe.md is a pipe, socket or device, not a file",
                "self.md is a link that leads to itself",
            ]
        );
        assert!(listing.troubles.iter().all(|t| !t.grave));
    }
}
