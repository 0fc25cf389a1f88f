//! The rules of MTA-STS (RFC 8461) and DANE for SMTP (RFC 7672): facts in; findings, plans and
//! verdicts out. No I/O, no clock: `now` is an argument.
//!
//! Reading order: [`facts`] (what was seen), [`dane`] (which TLSA records count), [`mod@plan`] (what a
//! sender does with each MX host), [`mod@judge`] (whether a session satisfies that), [`reason`] (why).

pub mod assess;
pub mod dane;
pub mod facts;
pub mod judge;
pub mod plan;
pub mod reason;

pub use assess::{Assessment, assess};
pub use judge::{Outcome, Verdict, judge, outlook};
pub use plan::{Action, HostPlan, Level, Overrides, Plan, Sender, plan};
pub use reason::Reason;
