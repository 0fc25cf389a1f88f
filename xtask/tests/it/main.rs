//! Tests of the project itself: its walls, its requirements, its files and its pages.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test that cannot read the tree fails, and says so by panicking"
)]

mod files;
mod pages;
mod requirements;
mod tree;
mod walls;
