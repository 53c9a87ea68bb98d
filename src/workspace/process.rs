//! Whether another process still runs: an editor that died cannot say so.

/// Whether the process of that number runs. Where that cannot be told, it does.
#[must_use]
pub fn runs(id: u32) -> bool {
    if cfg!(target_os = "linux") {
        // `12 (name) Z …`: a process that has ended and that nobody has taken note of yet.
        return std::fs::read_to_string(format!("/proc/{id}/stat")).is_ok_and(|stat| {
            let state = stat.rsplit_once(')').and_then(|(_, rest)| rest.trim_start().chars().next());
            !matches!(state, Some('Z' | 'X'))
        });
    }
    let mut ask = if cfg!(windows) {
        let mut ask = std::process::Command::new("tasklist");
        ask.args(["/NH", "/FI", &format!("PID eq {id}")]);
        ask
    } else {
        let mut ask = std::process::Command::new("kill");
        ask.args(["-0", &id.to_string()]);
        ask
    };
    let answer = ask.stdin(std::process::Stdio::null()).output();
    answer.map_or(true, |answer| {
        if cfg!(windows) { String::from_utf8_lossy(&answer.stdout).contains(&id.to_string()) } else { answer.status.success() }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn we_run_and_who_was_waited_for_does_not() {
        assert!(runs(std::process::id()));
        let mut spawned = std::process::Command::new(std::env::current_exe().expect("a path"));
        let mut spawned = spawned.arg("--list").stdout(std::process::Stdio::null()).spawn().expect("runs");
        let id = spawned.id();
        spawned.wait().expect("ends");
        assert!(!runs(id));
    }
}
