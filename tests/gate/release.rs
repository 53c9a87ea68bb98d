//! What is published: archives, their names, and that all who fetch them look for these.

use std::path::Path;
use std::process::Command;

use super::places::step_of;
use super::tools;
use crate::commands::Corpus;

const RELEASE: &str = ".github/workflows/release.yml";

fn read(file: &str) -> String {
    std::fs::read_to_string(tools::root().join(file)).expect("a file")
}

fn manifest() -> toml::Table {
    read("Cargo.toml").parse().expect("TOML")
}

/// What `cargo binstall` makes of its settings for a target: the archive's name, and the binary's path in it.
fn fetched_by_binstall(target: &str) -> (String, String) {
    let manifest = manifest();
    let settings = &manifest["package"]["metadata"]["binstall"];
    let own = settings["overrides"].get(target);
    let says = |key: &str| own.and_then(|own| own.get(key)).unwrap_or(&settings[key]).as_str().expect("a text").to_owned();
    let (format, windows) = (says("pkg-fmt"), target.contains("windows"));
    assert_eq!(format, if windows { "zip" } else { "tgz" });
    let filled = |template: String| {
        let of = [("name", "vidimus"), ("bin", "vidimus"), ("target", target), ("binary-ext", if windows { ".exe" } else { "" })];
        of.iter().fold(template, |text, (name, value)| text.replace(&format!("{{ {name} }}"), value))
    };
    let url = filled(says("pkg-url"));
    let name = url.strip_prefix("{ repo }/releases/download/v{ version }/").expect("our releases").to_owned();
    (name, filled(says("bin-dir")))
}

/// The release's own step packs our binary under each target's name; what it packs is what the Action and `cargo binstall` look for.
#[cfg(unix)]
#[test]
fn what_the_release_packs_is_what_is_fetched() {
    let release = read(RELEASE);
    let targets: Vec<&str> = release.lines().filter_map(|line| line.trim().strip_prefix("- {target: ")?.split(',').next()).collect();
    assert_eq!(targets.len(), 8, "{targets:?}");
    let action = read("action.yml");
    for target in targets {
        let (here, runner) = (Corpus::of(&[]), tempfile::tempdir().expect("a folder"));
        for file in ["README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            here.write(file, read(file).as_bytes());
        }
        let ours = Path::new(env!("CARGO_BIN_EXE_vidimus"));
        // The binary of a test is large: one that calls it is packed.
        let calls = format!("#!/bin/sh\nexec '{}' \"$@\"\n", ours.display());
        let built = ["vidimus", "vidimus.exe"].map(|name| format!("target/{target}/release/{name}"));
        for file in &built {
            here.write(file, calls.as_bytes());
        }
        // Seven-Zip is on the service's machines; here Python packs in its place.
        here.write("bin/7z", b"#!/bin/sh\nexec python3 -m zipfile -c \"$3\" \"$4\"\n");
        let mut runs = Command::new("chmod");
        assert!(runs.args(["+x", "bin/7z"]).args(&built).current_dir(here.path("")).status().expect("runs").success());
        let name = format!("vidimus-{target}");
        let path = format!("{}:{}", here.path("bin").display(), std::env::var("PATH").expect("a path"));
        let inputs = [("TARGET", target), ("NAME", name.as_str()), ("PATH", path.as_str())];
        let (well, told) = step_of(RELEASE, "Pack", &here.path(""), runner.path(), &inputs);
        assert!(well, "{target}: {told}");
        let (archive, binary) = fetched_by_binstall(target);
        assert_eq!(std::fs::read_to_string(runner.path().join("GITHUB_ENV")).expect("told"), format!("ARCHIVE={archive}\n"));
        let hash = std::fs::read_to_string(here.path(&format!("{archive}.sha256"))).expect("a hash");
        assert!(hash.ends_with(&format!("  {archive}\n")) || hash.ends_with(&format!(" *{archive}\n")), "{hash}");
        let mut list = if archive.ends_with(".zip") { Command::new("python3") } else { Command::new("tar") };
        list.args(if archive.ends_with(".zip") { &["-m", "zipfile", "-l"][..] } else { &["tzf"] });
        let (well, listed) = tools::said(list.arg(&archive).current_dir(here.path("")));
        assert!(well, "{listed}");
        let help = tools::said(Command::new(ours).arg("--help")).1;
        let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| line.starts_with("  "));
        let commands =
            commands.filter_map(|line| line.split_whitespace().next().filter(|_| !line.starts_with("   "))).filter(|c| *c != "help");
        let pages: Vec<String> = commands.map(|command| format!("{name}/man/vidimus-{command}.1")).collect();
        assert!(pages.len() > 7, "{help}");
        let others = [binary, format!("{name}/man/vidimus.1"), format!("{name}/completions/vidimus.bash"), format!("{name}/LICENSE-MIT")];
        for file in pages.iter().chain(&others) {
            assert!(listed.contains(file.as_str()), "{target}: no {file} in\n{listed}");
        }
        let is_fetched = !target.ends_with("-linux-gnu") && target != "aarch64-pc-windows-msvc";
        assert_eq!(action.contains(target), is_fetched, "{target}");
    }
}

#[cfg(unix)]
#[test]
fn a_release_of_another_version_or_place_is_refused() {
    let (here, runner) = (Corpus::of(&[]), tempfile::tempdir().expect("a folder"));
    let ours = manifest()["package"]["repository"].as_str().expect("a repository").to_owned();
    here.write("Cargo.toml", read("Cargo.toml").as_bytes());
    here.write("bin/gh", b"#!/bin/sh\necho gh \"$@\"\n");
    here.write("release/vidimus-x.tar.gz", b"");
    assert!(Command::new("chmod").arg("+x").arg(here.path("bin/gh")).status().expect("runs").success());
    let path = format!("{}:{}", here.path("bin").display(), std::env::var("PATH").expect("a path"));
    let (server, place) = ours.split_at(ours.rmatch_indices('/').nth(1).expect("an owner").0);
    let publish = |tag: &str, place: &str| {
        let inputs = [("TAG", tag), ("PATH", path.as_str()), ("GITHUB_SERVER_URL", server), ("GITHUB_REPOSITORY", place)];
        step_of(RELEASE, "Publish", &here.path(""), runner.path(), &inputs)
    };
    let (tag, place) = (format!("v{}", env!("CARGO_PKG_VERSION")), &place[1..]);
    let (well, told) = publish(&tag, place);
    assert!(well && told.contains("release/vidimus-x.tar.gz"), "{told}");
    assert!(!publish("v99.0.0", place).0);
    let (well, told) = publish(&tag, "somebody/else");
    assert!(!well && told.contains("::error::"), "{told}");
}

/// Who publishes writes the repository's place into `Cargo.toml`; everything else must say the same, and the same version.
#[test]
fn the_place_and_the_version_are_the_same_everywhere() {
    let manifest = manifest();
    let ours = manifest["package"]["repository"].as_str().expect("a repository");
    let name = ours.strip_prefix("https://github.com/").expect("a place at GitHub");
    for file in [
        "README.md",
        "editors/README.md",
        "editors/vscode/README.md",
        "editors/vscode/package.json",
        "editors/vscode/walkthrough/server.md",
    ] {
        let text = read(file);
        for (at, _) in
            text.match_indices("https://github.com/").filter(|(at, _)| text[*at..].lines().next().is_some_and(|l| l.contains("/vidimus")))
        {
            assert!(text[at..].starts_with(ours), "{file} does not name {ours}");
        }
        for uses in text.lines().filter_map(|line| line.trim().strip_prefix("- uses: ")).filter(|uses| uses.contains("/vidimus@")) {
            assert_eq!(uses, format!("{name}@v{}", env!("CARGO_PKG_VERSION")), "{file}");
        }
        for revision in text.lines().filter_map(|line| line.trim().strip_prefix("rev: ")) {
            assert_eq!(revision, format!("v{}", env!("CARGO_PKG_VERSION")), "{file}");
        }
    }
    let package: serde_json::Value = serde_json::from_str(&read("editors/vscode/package.json")).expect("JSON");
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
}

/// The first stage of the image has all that its manifest names.
#[test]
fn the_image_is_built_from_what_it_copies() {
    let context = tempfile::tempdir().expect("a folder");
    let dockerfile = read("Dockerfile");
    let words = dockerfile.lines().take_while(|line| *line != "FROM scratch").filter_map(|line| line.strip_prefix("COPY "));
    for copied in words {
        let (from, to) = copied.rsplit_once(' ').expect("two words");
        let to = context.path().join(to);
        let into = if to.ends_with(".") || copied.ends_with("./") { to } else { to.parent().expect("a folder").to_owned() };
        std::fs::create_dir_all(&into).expect("made");
        let mut copy = Command::new("cp");
        copy.arg("-r").args(from.split(' ')).arg(&into).current_dir(tools::root());
        assert!(copy.status().expect("runs").success(), "{copied}");
    }
    let cargo = ["metadata", "--no-deps", "--offline", "--locked", "--format-version=1", "--quiet"];
    let (well, told) = tools::said(Command::new(env!("CARGO")).args(cargo).current_dir(context.path()));
    assert!(well, "{told}");
    for target in ["x86_64", "aarch64"] {
        assert!(read("action.yml").contains(&format!("{target}-unknown-linux-musl")));
    }
}
