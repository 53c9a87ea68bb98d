//! From messages to bytes.
//!
//! Messages wait in a queue without a limit, because input must never wait for output: a client that writes
//! thousands of requests before it reads an answer would otherwise stand still together with the server.
//! What could grow without end, the diagnostics of a text being typed, is kept once per text: a later
//! message of the same [slot](Outbox::replace) takes the place of one not yet written.

use std::collections::{HashMap, VecDeque};
use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Condvar, Mutex};

/// The queue of messages to the client. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct Outbox(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// The latest message of each slot that waits.
    slots: HashMap<String, Vec<u8>>,
    closed: bool,
    written: bool,
}

#[derive(Debug)]
enum Waiting {
    Message(Vec<u8>),
    Slot(String),
}

impl Outbox {
    /// Queues a message.
    pub fn send(&self, message: &impl serde::Serialize) {
        if let Some(bytes) = bytes_of(message) {
            self.send_bytes(bytes);
        }
    }

    /// Queues a message that is JSON already.
    pub fn send_bytes(&self, bytes: Vec<u8>) {
        self.0.queue.lock().waiting.push_back(Waiting::Message(bytes));
        self.0.changed.notify_all();
    }

    /// Queues a message, made by [`bytes_of`], in the place of the one of the same slot that still waits, if any.
    pub fn replace(&self, slot: &str, bytes: Vec<u8>) {
        let mut queue = self.0.queue.lock();
        if queue.slots.insert(slot.to_owned(), bytes).is_none() {
            queue.waiting.push_back(Waiting::Slot(slot.to_owned()));
        }
        drop(queue);
        self.0.changed.notify_all();
    }

    /// How many messages wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.queue.lock().waiting.len()
    }

    /// Takes no more messages; what waits is still written.
    pub fn close(&self) {
        self.0.queue.lock().closed = true;
        self.0.changed.notify_all();
    }

    /// Waits until everything is written after [`close`](Self::close), or until `limit` has passed: a client that no longer
    /// reads must not keep the process alive.
    pub fn wait_until_written(&self, limit: Duration) {
        self.0.changed.wait_while_for(&mut self.0.queue.lock(), |queue| !queue.written, limit);
    }

    /// The next message, waiting for one; `None` once closed and empty.
    pub fn next(&self) -> Option<Vec<u8>> {
        let mut queue = self.0.queue.lock();
        loop {
            if let Some(message) = queue.pop() {
                return Some(message);
            }
            if queue.closed {
                return None;
            }
            self.0.changed.wait(&mut queue);
        }
    }

    /// The next message, if one waits.
    #[must_use]
    pub fn try_next(&self) -> Option<Vec<u8>> {
        self.0.queue.lock().pop()
    }

    /// Writes messages to `output` until the queue is closed and empty, or `output` is.
    pub fn write_all_to(&self, output: impl Write) {
        let _ = self.write_frames(output);
        let mut queue = self.0.queue.lock();
        queue.closed = true;
        queue.written = true;
        drop(queue);
        self.0.changed.notify_all();
    }

    fn write_frames(&self, mut output: impl Write) -> std::io::Result<()> {
        while let Some(first) = self.next() {
            write_frame(&mut output, &first)?;
            while let Some(message) = self.try_next() {
                write_frame(&mut output, &message)?;
            }
            output.flush()?;
        }
        Ok(())
    }
}

impl Queue {
    fn pop(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.waiting.pop_front()? {
                Waiting::Message(message) => return Some(message),
                Waiting::Slot(slot) => {
                    if let Some(message) = self.slots.remove(&slot) {
                        return Some(message);
                    }
                }
            }
        }
    }
}

/// One message as the base protocol has it.
fn write_frame(output: &mut impl Write, body: &[u8]) -> std::io::Result<()> {
    write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
    output.write_all(body)
}

/// A message as JSON; `None`, with a line in the log, when it cannot be written so.
pub fn bytes_of(message: &impl serde::Serialize) -> Option<Vec<u8>> {
    serde_json::to_vec(message).inspect_err(|error| tracing::error!("a message could not be written as JSON: {error}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_written_in_order_with_their_length() {
        let outbox = Outbox::default();
        outbox.send(&"é");
        outbox.send(&1);
        outbox.close();
        let mut bytes = Vec::new();
        outbox.write_all_to(&mut bytes);
        assert_eq!(String::from_utf8_lossy(&bytes), "Content-Length: 4\r\n\r\n\"é\"Content-Length: 1\r\n\r\n1");
        outbox.wait_until_written(Duration::from_secs(9));
    }

    #[test]
    fn a_later_message_of_a_slot_takes_the_place_of_the_one_that_waits() {
        let outbox = Outbox::default();
        let number = |n: i32| n.to_string().into_bytes();
        outbox.replace("a.md", number(1));
        outbox.send(&"between");
        for version in 2..1000 {
            outbox.replace("a.md", number(version));
            outbox.replace("b.md", number(-version));
        }
        let waiting: Vec<_> = std::iter::from_fn(|| outbox.try_next()).map(|m| String::from_utf8_lossy(&m).into_owned()).collect();
        assert_eq!(waiting, ["999", "\"between\"", "-999"]);
        outbox.replace("a.md", number(1000));
        assert_eq!(outbox.try_next().as_deref(), Some(&b"1000"[..]));
    }

    #[test]
    fn a_client_that_does_not_read_is_not_waited_for() {
        let outbox = Outbox::default();
        outbox.close();
        outbox.wait_until_written(Duration::from_millis(10));
    }
}
