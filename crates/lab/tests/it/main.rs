//! The lab as clients see it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

mod client;
mod dns;
mod extra;
mod faults;
mod hosts;
mod table;
mod unbound;

use std::path::PathBuf;

/// A lab of its own for a test, its files in a folder of that name.
fn start(name: &str) -> lab::Lab {
    lab::Lab::start(lab::LabConfig::new(folder(name))).expect("the lab starts")
}

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}
