//! Runs the binary.

use std::{
    ffi::OsStr,
    io::Write as _,
    process::{Command, Stdio},
};

use serde_json::Value;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The only line of JSON on standard output.
    pub(crate) fn json(&self) -> Value {
        let mut lines = self.stdout.lines();
        let line = lines
            .next()
            .unwrap_or_else(|| panic!("nothing printed: {self:?}"));
        assert_eq!(lines.next(), None, "more than one line: {self:?}");
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }
}

/// Runs `postseal` with these arguments and nothing on standard input.
pub(crate) fn postseal<I: IntoIterator<Item = S>, S: AsRef<OsStr>>(args: I) -> Ran {
    with_input(args, b"")
}

/// Runs `postseal` with these arguments and that standard input.
pub(crate) fn with_input<I, S>(args: I, input: &[u8]) -> Ran
where
    I: IntoIterator<Item = S>,
    S: AsRef<OsStr>,
{
    let mut child = Command::new(env!("CARGO_BIN_EXE_postseal"))
        .args(args)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    let input = input.to_vec();
    // Whoever refuses its arguments never reads: a broken pipe is no failure of the test.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the writer ends");
    Ran {
        code: output.status.code().expect("the binary exits by itself"),
        stdout: String::from_utf8(output.stdout).expect("output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("output is UTF-8"),
    }
}

/// The codes in a document's `findings`.
pub(crate) fn codes(document: &Value) -> Vec<String> {
    let findings = document["findings"]
        .as_array()
        .expect("findings is an array");
    findings
        .iter()
        .map(|f| f["code"].as_str().expect("code is a string").to_owned())
        .collect()
}
