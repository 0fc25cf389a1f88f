//! The report (RFC 8460 §4): what a sender saw of a domain in a day.

mod types;
mod when;

pub use types::{
    DateRange, FailureDetail, Policy, PolicyReport, PolicyType, Report, ResultType, Summary,
};
pub use when::When;
