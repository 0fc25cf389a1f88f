//! A mail internet in one process, on loopback, without root and without a network: signed DNS on
//! two authoritative servers, a resolver apart from them that validates, certificate authorities,
//! policy hosts and MX hosts. Every fault a checker should find is a [`Scenario`] with a domain of
//! its own, beside good twins that have none.
//!
//! ```no_run
//! let lab = lab::Lab::start(lab::LabConfig::new("/tmp/lab"))?;
//! println!("ask {} about {}", lab.dns(), lab::scenario("expired").map_or("", |s| s.domain));
//! # Ok::<(), lab::LabError>(())
//! ```
//!
//! Reading order: [`Lab`], [`Scenario`] and the `scenarios` folder, `site` (what a scenario can
//! say), `world` (how sites become servers); then `dns`, `tls`, `web`, `mx`.

mod ca;
mod config;
mod dns;
mod listen;
mod mx;
mod running;
mod scenarios;
mod site;
mod tls;
mod web;
mod world;

pub use config::{ExtraPolicy, ExtraZone, Issue, LabConfig, LabError, Ports};
pub use dns::record::{Data, Record};
pub use running::Lab;
pub use scenarios::{Scenario, scenario, scenarios};
