//! What the crate promises to whoever prints findings or looks up codes.

mod explain;
mod finding;
mod schema;
mod table;
