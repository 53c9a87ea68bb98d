//! From bytes to message bodies.
//!
//! The base protocol is a block of header lines, an empty line, and as many bytes as `Content-Length` says.
//! Headers are read in any case and any number; garbage is skipped to the next `Content-Length`, so that one
//! bad message costs itself and not the session.

use std::io::{BufRead, Read};

/// The longest body that is read, in bytes; a longer one is skipped.
pub const BODY_LIMIT: u64 = 256 << 20;

/// The longest header line that is kept whole. Of a longer one (garbage: a body whose announced length was
/// too short) the last [`TAIL`] bytes stay, in which a header may begin.
const LINE_LIMIT: u64 = 8192;
const TAIL: usize = 64;

const LENGTH: &[u8] = b"content-length:";

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The bytes of one message.
    Body(Vec<u8>),
    /// Something that is none; reading goes on behind it.
    Fault(FrameFault),
}

/// Why bytes were no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameFault {
    /// Other bytes stood before a header.
    Garbage,
    /// `Content-Length` is no number.
    BadLength,
    /// A block of headers without `Content-Length`.
    NoLength,
    /// `Content-Length` is beyond [`BODY_LIMIT`]; the bytes of the body are skipped as garbage.
    TooLong,
}

impl FrameFault {
    /// In words, for the log and the answer.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Garbage => "bytes before a header",
            Self::BadLength => "`Content-Length` is no number",
            Self::NoLength => "headers without `Content-Length`",
            Self::TooLong => "`Content-Length` is beyond the limit",
        }
    }
}

/// Reads frames to the end of input. A body that the end cuts off is left out; a read error counts as the end.
#[derive(Debug)]
pub struct FrameReader<R> {
    input: R,
    line: Vec<u8>,
    /// A body whose header was read after garbage: the fault is told first.
    length_after_fault: Option<u64>,
}

/// One block of headers.
#[derive(Default)]
struct Headers {
    length: Option<u64>,
    fault: Option<FrameFault>,
}

impl<R: BufRead> FrameReader<R> {
    /// Reads from `input`.
    pub fn new(input: R) -> Self {
        Self { input, line: Vec::new(), length_after_fault: None }
    }

    /// Header lines up to the empty one; `None` at the end of input.
    fn headers(&mut self) -> Option<Headers> {
        let mut headers = Headers::default();
        let mut any = false;
        loop {
            let cut = self.read_line()?;
            let line = self.line.trim_ascii();
            if line.is_empty() {
                // Empty lines before a block are skipped: some clients end a body with a line end.
                if any {
                    return Some(headers);
                }
                continue;
            }
            any = true;
            headers.read(line, cut);
        }
    }

    /// Reads one line into `self.line`, and answers whether its beginning was thrown away; `None` at the end of input.
    fn read_line(&mut self) -> Option<bool> {
        self.line.clear();
        let mut cut = false;
        loop {
            let room = LINE_LIMIT.saturating_sub(self.line.len() as u64);
            let read = self.input.by_ref().take(room).read_until(b'\n', &mut self.line).ok()?;
            if self.line.ends_with(b"\n") {
                return Some(cut);
            }
            if self.line.len() as u64 >= LINE_LIMIT {
                cut = true;
                self.line.drain(..self.line.len() - TAIL);
            } else if read == 0 {
                return None;
            }
        }
    }

    /// The body's bytes; `None` when input ends before.
    fn body(&mut self, length: u64) -> Option<Frame> {
        let mut body = Vec::new();
        let read = self.input.by_ref().take(length).read_to_end(&mut body).ok()?;
        (read as u64 == length).then_some(Frame::Body(body))
    }
}

impl Headers {
    fn read(&mut self, line: &[u8], cut: bool) {
        let lower = line.to_ascii_lowercase();
        // The last one: before it may stand the rest of a body whose announced length was too short.
        let Some(at) = lower.windows(LENGTH.len()).rposition(|w| w == LENGTH) else {
            if cut {
                self.fault = Some(FrameFault::Garbage);
            }
            return;
        };
        self.fault = (at > 0 || cut).then_some(FrameFault::Garbage).or(self.fault);
        let digits = lower[at + LENGTH.len()..].trim_ascii();
        let number = digits.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(digits).ok()?.parse::<u64>().ok()).flatten();
        self.length = number;
        match number {
            None => self.fault = Some(FrameFault::BadLength),
            Some(n) if n > BODY_LIMIT => {
                self.length = None;
                self.fault = Some(FrameFault::TooLong);
            }
            Some(_) => {}
        }
    }
}

impl<R: BufRead> Iterator for FrameReader<R> {
    type Item = Frame;

    fn next(&mut self) -> Option<Frame> {
        if let Some(length) = self.length_after_fault.take() {
            return self.body(length);
        }
        let headers = self.headers()?;
        match (headers.length, headers.fault) {
            (Some(length), None) => self.body(length),
            (length, Some(fault)) => {
                self.length_after_fault = length;
                Some(Frame::Fault(fault))
            }
            (None, None) => Some(Frame::Fault(FrameFault::NoLength)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Vec<String> {
        FrameReader::new(bytes)
            .map(|f| match f {
                Frame::Body(b) => String::from_utf8_lossy(&b).into_owned(),
                Frame::Fault(f) => format!("<{f:?}>"),
            })
            .collect()
    }

    #[test]
    fn a_body_is_as_long_as_its_header_says() {
        assert_eq!(read(b"Content-Length: 2\r\n\r\n{}Content-Length: 3\r\n\r\n[1]"), ["{}", "[1]"]);
    }

    #[test]
    fn headers_in_any_case_and_number_with_either_line_end() {
        assert_eq!(read(b"content-type: x\ncontent-length:2\nX-A: b\n\n{}\r\nCONTENT-LENGTH: 2\r\n\r\n{}"), ["{}", "{}"]);
    }

    #[test]
    fn a_header_without_a_number_costs_its_own_message_alone() {
        let after = b"Content-Length: 2\r\n\r\n{}";
        for (bad, fault) in [
            (&b"Content-Length: two\r\n\r\n{}"[..], "<BadLength>"),
            (b"Content-Length: -1\r\n\r\n{}", "<BadLength>"),
            (b"Content-Length: 99999999999999999999999\r\n\r\n{}", "<BadLength>"),
            (b"Content-Length: 9999999999999\r\n\r\n{}", "<TooLong>"),
            (b"Content-Type: x\r\n\r\n{}", "<NoLength>"),
        ] {
            let bytes = [bad, after].concat();
            assert_eq!(read(&bytes), [fault, "<Garbage>", "{}"], "{}", String::from_utf8_lossy(bad));
        }
    }

    #[test]
    fn the_rest_of_a_body_whose_length_was_too_short_is_skipped() {
        assert_eq!(read(b"Content-Length: 2\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}"), ["{\"", "<Garbage>", "{}"]);
        // Longer than any line that is kept, with the header across the place where it is cut.
        for length in 8100..8300 {
            let mut bytes = vec![b'x'; length];
            bytes.extend(b"Content-Length: 2\r\n\r\n{}");
            assert_eq!(read(&bytes), ["<Garbage>", "{}"], "{length}");
        }
    }

    #[test]
    fn a_body_cut_off_by_the_end_is_left_out() {
        assert!(read(b"Content-Length: 9\r\n\r\n{}").is_empty());
        assert!(read(b"Content-Length: 9").is_empty());
        assert!(read(b"").is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_end_and_a_message_behind_a_line_end_is_found(
            garbage in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b'\r'), Just(b':'), b' '..=b'z'], 0..200)
        ) {
            // No announced length of its own, which would take the message for its body.
            prop_assume!(!garbage.to_ascii_lowercase().windows(LENGTH.len()).any(|w| w == LENGTH));
            let bytes = [&garbage[..], b"Content-Length: 2\r\n\r\n{}"].concat();
            prop_assert_eq!(FrameReader::new(&bytes[..]).last(), Some(Frame::Body(b"{}".to_vec())));
        }

        #[test]
        fn no_bytes_hang_or_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(FrameReader::new(&bytes[..]).count() <= bytes.len());
        }

        #[test]
        fn whole_messages_arrive_whole_whatever_the_reads(bodies in prop::collection::vec(".{0,40}", 0..8), chunk in 1usize..9) {
            let bytes: Vec<u8> = bodies.iter().flat_map(|b| format!("Content-Length: {}\r\n\r\n{b}", b.len()).into_bytes()).collect();
            let reader = std::io::BufReader::with_capacity(chunk, &bytes[..]);
            let read: Vec<_> = FrameReader::new(reader).collect();
            prop_assert_eq!(read, bodies.into_iter().map(|b| Frame::Body(b.into_bytes())).collect::<Vec<_>>());
        }
    }
}
