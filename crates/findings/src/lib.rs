//! What can be wrong with a domain's mail transport security: [`Finding`]s, and the table of
//! [`Code`]s that gives each its severity, message, help and section of the standards.
//!
//! A finding says *that* and *where*; the table says *what it means* and *what to do*. The table is
//! the only place where these words stand: `postseal check --explain`, the docs page and every
//! output are rendered from it.

mod explain;
mod finding;
mod table;

pub use explain::{explain, markdown};
pub use finding::{Finding, PLACEHOLDERS, Subject};
pub use table::{Code, Entry, Severity};
