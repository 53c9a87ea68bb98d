//! Bytes that come and go, each way on a thread of its own.
//!
//! Plain threads, because a runtime that is dropped waits for ever for a thread of its own that is reading
//! standard input. Nothing here knows what a message means.

pub mod addresses;
pub mod frames_in;
pub mod frames_out;

pub use frames_in::{Frame, FrameFault, FrameReader};
pub use frames_out::Outbox;

use std::io::{BufReader, BufWriter, Read, Write};

use tokio::sync::mpsc;

/// How many messages may wait to be handled; beyond that, reading waits.
const INBOX: usize = 256;

/// Starts to read `input` and to write `output`. The first ends with the end of input, which ends the channel; the second when the outbox is closed and empty.
///
/// # Errors
/// When the system gives no thread.
pub fn start(input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> std::io::Result<(mpsc::Receiver<Frame>, Outbox)> {
    let (sender, inbox) = mpsc::channel(INBOX);
    let outbox = Outbox::default();
    std::thread::Builder::new().name("lsp-stdin".into()).spawn(move || {
        let reader = FrameReader::new(BufReader::with_capacity(1 << 16, input));
        for frame in reader {
            if sender.blocking_send(frame).is_err() {
                return;
            }
        }
    })?;
    let queue = outbox.clone();
    std::thread::Builder::new().name("lsp-stdout".into()).spawn(move || queue.write_all_to(BufWriter::with_capacity(1 << 16, output)))?;
    Ok((inbox, outbox))
}
