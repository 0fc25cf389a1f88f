//! The crate as others use it.
#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "tests: a panic is how they fail, and a table is as long as it has cases"
)]

mod corpus;
mod properties;
mod record;
mod report;
mod unpack;
mod vectors;
mod write;
