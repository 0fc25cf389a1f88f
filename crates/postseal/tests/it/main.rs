//! The program as people run it: the binary, real servers, what it prints.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a helper of a test that fails fails the test"
)]

mod cli;
mod docs;
mod lab;
mod lint;
mod run;
mod schema;
