//! Real mail servers: a Postfix and an Exim, checked as their operator would check them.
//!
//! [`private`] gives each test a network of its own, where the ports 25, 53 and 443 are free;
//! [`world`] fills it with the lab and with servers that [`postfix`] and [`exim`] start, each kept
//! and stopped by [`server`]; [`asked`] puts questions to `postseal`, and to Postfix as a sender;
//! [`verdicts`] has the tests.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test fails by panicking, and shows the servers' logs then"
)]

mod asked;
mod exim;
mod postfix;
mod private;
mod server;
mod tools;
mod verdicts;
mod world;
