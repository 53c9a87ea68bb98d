//! Whatever a client sends, and in whatever order: the server goes on, and leaves when it should.

use serde_json::{Value, json};

use super::client::{Client, framed};

const URI: &str = "untitled:Untitled-1";

#[test]
fn a_malformed_message_costs_itself_alone() {
    let mut client = Client::start_process();
    client.answer(0);
    let malformed: [&[u8]; 11] = [
        b"Content-Length: 9\r\n\r\nnot json!",
        b"Content-Length: 4\r\n\r\nnull",
        b"Content-Length: 2\r\n\r\n[]",
        b"Content-Length: 4\r\n\r\n\xff\xfe\xfd\xfc",
        b"Content-Length: many\r\n\r\n{}",
        b"Content-Length: -5\r\n\r\n{}",
        b"Content-Length: 99999999999\r\n\r\n{}",
        b"Content-Type: text\r\n\r\n{}",
        b"Content-Length: 3\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}",
        b"\r\n\r\n\r\nhello\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: here\r\n\r\n",
    ];
    for (id, bytes) in (1..).zip(malformed) {
        client.raw(bytes);
        client.expect_alive(id);
    }
}

#[test]
fn headers_are_read_in_any_case_and_number() {
    let mut client = Client::process();
    let body = json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": {"capabilities": {}}}).to_string();
    let length = body.len();
    client.raw(format!("x-first: 1\r\ncontent-length: {length}\r\nContent-Type: utf-8\r\nX-Last: 2\r\n\r\n{body}").as_bytes());
    assert_eq!(client.answer(0)["result"]["serverInfo"]["name"], "vidimus");
}

#[test]
fn a_client_may_write_thousands_of_requests_before_it_reads_an_answer() {
    let mut client = Client::start_process();
    client.answer(0);
    let requests: Vec<u8> = (1..=5000).flat_map(|id| framed(&json!({"jsonrpc": "2.0", "id": id, "method": "no/such/method"}))).collect();
    client.raw(&requests);
    client.answer(5000);
    client.answer(1);
}

#[test]
fn nothing_sent_behind_initialize_is_lost() {
    let mut client = Client::start_process();
    client.open(URI, 1, "# A text");
    client.expect_alive(1);
    assert!(client.answer(0)["result"]["capabilities"].is_object());
}

#[test]
fn positions_are_counted_in_bytes_where_the_client_can() {
    for (offered, chosen) in [
        (json!(["utf-16", "utf-8"]), "utf-8"),
        (json!(["utf-32"]), "utf-32"),
        // What a client names first it counts in: lsp-mode takes UTF-32 whatever else it offers.
        (json!(["utf-32", "utf-16"]), "utf-32"),
        (json!(["utf-16", "utf-32"]), "utf-16"),
        (Value::Null, "utf-16"),
    ] {
        let mut client = Client::process();
        client.initialize(&json!({"general": {"positionEncodings": offered}}));
        assert_eq!(client.answer(0)["result"]["capabilities"]["positionEncoding"], chosen);
    }
}

#[test]
fn the_exit_code_says_whether_the_client_took_its_leave() {
    let leave = |messages: &[&str]| {
        let mut client = Client::start_process();
        for (id, method) in (1..).zip(messages) {
            match *method {
                "exit" => client.tell("exit", &Value::Null),
                method => client.call(id, method, &Value::Null),
            }
        }
        client.exit_code()
    };
    assert_eq!(leave(&["shutdown", "exit"]), 0);
    assert_eq!(leave(&["exit"]), 1);
}

#[test]
fn the_end_of_input_is_the_end() {
    let mut client = Client::start_process();
    client.open(URI, 1, "# A text");
    client.close_input();
    assert_eq!(client.exit_code(), 1);

    let mut client = Client::start_process();
    client.call(1, "shutdown", &Value::Null);
    client.close_input();
    assert_eq!(client.exit_code(), 0);
    assert!(client.answer(1).get("error").is_none());
}

#[test]
fn a_client_that_never_reads_does_not_keep_the_server() {
    use std::process::{Command, Stdio};
    let mut command = Command::new(env!("CARGO_BIN_EXE_vidimus"));
    let mut child = command.arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("runs");
    let mut input = child.stdin.take().expect("a pipe");
    let unread = child.stdout.take();
    let requests: Vec<u8> = (1..=5000).flat_map(|id| framed(&json!({"jsonrpc": "2.0", "id": id, "method": "no/such/method"}))).collect();
    std::io::Write::write_all(&mut input, &requests).expect("all is read");
    drop(input);
    assert_eq!(child.wait().expect("a child").code(), Some(1));
    drop(unread);
}
