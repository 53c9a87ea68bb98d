//! The language server: the door of editors, and the only place that names a type of the protocol.
//!
//! ```text
//! standard input → transport → main_loop → language_server ┬ session    the open texts, changed in arrival order
//! standard output ← transport ← publish ← analysis ────────┴ requests   a question, asked of a snapshot
//! ```
//!
//! [`capabilities`] lists everything that is answered; [`convert`] is the one place where bytes become lines and
//! columns. Every handler does before its first `await` what depends on the order of messages.
//!
//! Not here: what an answer says (`features`), what is wrong (`rules`), the terminal (`cli`).

pub mod analysis;
pub mod background;
pub mod capabilities;
pub mod convert;
pub mod edits;
pub mod findings;
pub mod items;
pub mod language_server;
pub mod limits;
pub mod main_loop;
pub mod overtaken;
pub mod places;
pub mod publish;
pub mod refresh;
pub mod registration;
pub mod requests;
pub mod session;
pub mod settings;
pub mod status;
pub mod trace;
pub mod transport;
pub mod uri;
pub mod written;

use std::io::{Read, Write};
use std::time::Duration;

use tower_lsp::LspService;

use language_server::Vidimus;
use limits::Limits;

/// So many answers are worked out at once; more would only take time and memory from each other.
const ANSWERS_AT_ONCE: usize = 4;

/// How long a thread for answers waits for the next question. What it has allocated goes back to the system when it ends, and answers that
/// follow each other are worked out by few threads: each keeps room of its own for the largest it ever made.
const REST: Duration = Duration::from_millis(250);

/// How long a client may take to read the last answers, once it has left.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Serves one client that writes to `input` and reads from `output` until it leaves, and answers what is to be the process's exit code:
/// 0 when the client had asked for the shutdown, else 1. An end of input counts as leaving.
///
/// # Errors
/// When the system gives no threads to run on.
pub fn serve(input: impl Read + Send + 'static, output: impl Write + Send + 'static, limits: Limits) -> std::io::Result<u8> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(ANSWERS_AT_ONCE)
        .thread_keep_alive(REST)
        .thread_name("lsp-answers")
        .enable_time()
        .build()?;
    let (inbox, outbox) = transport::start(input, output)?;
    let queue = outbox.clone();
    let (service, socket) = LspService::build(|client| Vidimus::new(client, queue, limits))
        .custom_method("window/workDoneProgress/cancel", Vidimus::cancel_progress)
        .custom_method("$/setTrace", Vidimus::set_trace)
        .finish();
    let gone = service.inner().gone();
    let served = main_loop::run(service, socket, inbox, outbox.clone());
    let ending = runtime.block_on(async {
        tokio::select! {
            ending = served => ending,
            () = gone.notified() => main_loop::Ending { asked: false },
        }
    });
    outbox.close();
    outbox.wait_until_written(LAST_WORDS);
    // Not dropped: that would wait for work nobody wants any more.
    runtime.shutdown_background();
    Ok(ending.exit_code())
}
