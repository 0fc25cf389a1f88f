//! SMTP TLS Reporting (RFC 8460): the record by which a domain asks for reports, and the reports
//! that senders make of the TLS sessions they had with its mail servers.
//!
//! Reading order: [`record`] (what stands in DNS), [`report`] (the types, the tolerant reader, the
//! strict writer, merging, names), [`unpack`] (gzip, zip and mail around a report), [`lint()`] (all
//! of it in one call).
//!
//! No function here does I/O of its own or fails on bad input: readers give what could be read and
//! [`findings`] about the rest, within limits.

mod lint;
pub mod record;
pub mod report;
pub mod unpack;

pub use lint::{Lint, Outcome, lint, lint_with};

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
