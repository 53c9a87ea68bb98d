//! The thread for what nobody waits for: names taken in anew, and what files name.
//!
//! It steps back behind all others, so that who asks finds a core at once. One thread, however much there is to do: of two cores one is
//! left. It keeps nobody waiting either, though others may run for as long as they like and leave it a tenth of a core:
//!
//! - No question is answered by it. What a question has to wait for is made on a thread that does not step back (`renewal`).
//! - What it works out for all to share is put there when it is done: whoever needs it sooner works it out again, and waits for nobody.
//!   Open texts are read by others before it looks at them.
//! - It has a pool of its own. The pool that all share, of which each thread is as the one that started it, never meets it.

use std::sync::Arc;

use rayon::{ThreadPool, ThreadPoolBuilder};
use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};

/// Of 99, where about half is what threads have: on Linux a niceness of 9, a ninth of the time that others get where they all want it; on
/// macOS 23, where 31 is usual; on Windows `THREAD_PRIORITY_BELOW_NORMAL`. With the least there is, what it holds could not be freed for
/// a second and more on a machine that is busy, the room of snapshots above all.
const BEHIND: u8 = 23;

/// The pool of the one thread.
///
/// # Errors
/// When the system gives no thread.
pub fn start() -> std::io::Result<Arc<ThreadPool>> {
    let pool = ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "lsp-background".into()).start_handler(|_| step_back());
    pool.build().map(Arc::new).map_err(std::io::Error::other)
}

/// Where the system knows no such thing, it runs like all others.
fn step_back() {
    let Ok(behind) = ThreadPriorityValue::try_from(BEHIND) else { return };
    if let Err(error) = set_current_thread_priority(ThreadPriority::Crossplatform(behind)) {
        tracing::debug!("the background is no further back than the rest: {error:?}");
    }
}

#[cfg(test)]
mod tests {
    /// How nice the thread is that asks.
    #[cfg(target_os = "linux")]
    fn nice() -> i32 {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").expect("a thread");
        let fields = stat.rsplit(") ").next().expect("fields");
        fields.split(' ').nth(16).and_then(|field| field.parse().ok()).expect("a number")
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn it_alone_steps_back() {
        let own = nice();
        let pool = super::start().expect("a thread");
        // Who runs all of it at a lower priority than that may have no right to a higher one.
        let behind = pool.install(nice);
        assert!(behind == 9 || behind == own, "{behind}");
        assert_eq!(nice(), own);
    }
}
