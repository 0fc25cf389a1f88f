//! Names of mail routing, parsed once and kept in the one form that compares: lower-case A-labels
//! without a final dot.
//!
//! Reading order: [`Domain`] (what mail is addressed to), [`Host`] (an MX record's target),
//! [`MxPattern`] (what a policy allows), [`Owner`] (any name that DNS is asked for), [`Span`]
//! (where in a text something stands).

mod domain;
mod host;
mod owner;
mod pattern;
mod span;

pub use domain::{Domain, NameError};
pub use host::Host;
pub use owner::Owner;
pub use pattern::MxPattern;
pub use span::Span;
