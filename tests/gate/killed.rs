//! A run of `--fix` that is killed at any moment leaves every file as it was or as it shall be, and the next run ends the work.

use std::time::Duration;

use super::rounds;
use crate::commands::Corpus;
use crate::dice::Dice;

/// Moments when nobody asks for more.
const MOMENTS: usize = 15;

const FILES: usize = 60;

#[test]
fn a_killed_run_leaves_nothing_half_written() {
    let before = format!("{}[[lavrow|He]] left.\n", "Calm words.\n\n".repeat(120));
    let after = before.replace("lavrow", "lavrov");
    let corpus = Corpus::of(&[("vidimus.toml", ""), ("registry.yaml", "- {id: lavrov, type: person, name: Lavrov, formerly: [lavrow]}\n")]);
    let names: Vec<String> = (0..FILES).map(|n| format!("texts/{n}.md")).collect();
    let mut interrupted = 0;
    for moment in 0..rounds(MOMENTS) {
        for name in &names {
            corpus.write(name, before.as_bytes());
        }
        let mut run = corpus.command(&["check", "--fix", "--quiet"]).spawn().expect("runs");
        let mut dice = Dice::of(moment as u64);
        if dice.roll(3) == 0 {
            pause(dice.roll(400));
        } else {
            // Before it writes, a run only reads: most moments are thrown into the writing.
            let first = || std::fs::read_to_string(corpus.path(&names[0])).expect("a whole text");
            while first() == before && run.try_wait().expect("asked").is_none() {
                pause(1);
            }
            pause(dice.roll(12));
        }
        run.kill().expect("killed");
        run.wait().expect("ends");
        let texts: Vec<String> = names.iter().map(|name| std::fs::read_to_string(corpus.path(name)).expect("a whole text")).collect();
        assert!(texts.iter().all(|text| *text == before || *text == after), "moment {moment}");
        interrupted += usize::from(texts.contains(&before) && texts.contains(&after));
        let ended = corpus.run(&["check", "--fix", "--quiet"]);
        assert_eq!((ended.status, ended.err.as_str()), (0, ""));
        assert!(names.iter().all(|name| std::fs::read_to_string(corpus.path(name)).expect("a text") == after), "moment {moment}");
        let left = std::fs::read_dir(corpus.path("texts")).expect("listed").count();
        assert_eq!(left, FILES, "moment {moment}: what was begun beside a text is cleared away");
    }
    println!("{interrupted} runs were killed between two files");
    assert!(interrupted > 0, "no moment fell between two files");
}

fn pause(milliseconds: usize) {
    #[expect(clippy::disallowed_methods, reason = "the moment is thrown, not waited for")]
    std::thread::sleep(Duration::from_millis(milliseconds as u64));
}
