//! `net` against real servers on loopback, started by the tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::large_futures,
    clippy::string_slice,
    reason = "a test that fails panics, its helpers too"
)]
#![allow(
    clippy::too_many_lines,
    clippy::type_complexity,
    clippy::match_same_arms,
    reason = "tables are read from top to bottom, one case a line"
)]
#![allow(
    let_underscore_drop,
    reason = "what a scripted server could not say shows in the test"
)]

mod certs;
mod dns_limits;
mod https;
mod limits;
mod real_dns;
mod smtp;
mod special_use;
mod tls;
