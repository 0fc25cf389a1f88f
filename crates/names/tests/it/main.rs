//! Names of mail routing: what is read, what is refused, what compares.

mod domain;
mod host;
mod pattern;
mod properties;
mod span;
