//! What the steps need beside Rust, a C compiler and git, brought only where it is missing.
//!
//! Debian packages go through [`debian`], Exim through [`exim`] (its package excludes Postfix's),
//! prebuilt cargo tools through [`python`].

pub(crate) mod debian;
mod exim;
pub(crate) mod python;

use anyhow::Result;

use crate::place::Place;

/// What a set of steps needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Needs {
    servers: bool,
    cargo_deny: bool,
}

impl Needs {
    pub(crate) const NOTHING: Self = Self {
        servers: false,
        cargo_deny: false,
    };
    /// Real mail and DNS servers for the tests to run against.
    pub(crate) const SERVERS: Self = Self {
        servers: true,
        cargo_deny: false,
    };
    pub(crate) const CARGO_DENY: Self = Self {
        servers: false,
        cargo_deny: true,
    };

    /// Both together.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            servers: self.servers || other.servers,
            cargo_deny: self.cargo_deny || other.cargo_deny,
        }
    }
}

/// Brings what is missing; false, with the reason told, where something could not be had.
pub(crate) fn run(place: &Place, needs: Needs) -> bool {
    if needs == Needs::NOTHING {
        return true;
    }
    println!("==> Set-up: what the tests need and this machine lacks");
    let mut parts: Vec<Result<()>> = Vec::new();
    if needs.servers {
        parts.push(debian::install(place, debian::SERVERS));
        parts.push(exim::unpack(place));
    }
    if needs.cargo_deny {
        parts.push(python::tool(place, &python::CARGO_DENY).map(drop));
    }
    let mut holds = true;
    for error in parts.into_iter().filter_map(Result::err) {
        println!("{error:#}");
        holds = false;
    }
    if holds {
        println!("nothing (more) is missing");
    }
    holds
}
