//! The crate as others use it.

mod corpus;
mod properties;
mod record;
mod report;
mod unpack;
mod write;
