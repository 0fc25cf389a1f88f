//! Every scenario, one place each, by family.

mod dane;
mod dns;
mod healthy;
mod host;
mod http;
mod matching;
mod mx;
mod policy;
mod record;
mod tlsrpt;
mod weight;

use std::sync::LazyLock;

use crate::site::Site;

/// One mail domain with a name, and what a checker must say about it.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Short and unique.
    pub name: &'static str,
    /// The domain to be checked.
    pub domain: &'static str,
    /// What is special about it, in plain words.
    pub summary: &'static str,
    /// The codes that a check must report. Lighter ones than a warning may come along.
    pub provokes: &'static [&'static str],
    /// The codes of a warning or worse that come along and are true as well. A check that reports
    /// any other is wrong.
    pub also: &'static [&'static str],
    /// Codes whose severity depends on the domain's policy, and the severity they have here.
    pub weighs: &'static [(&'static str, &'static str)],
    /// Further arguments the check needs to see it.
    pub args: &'static [&'static str],
    /// Whether the check must run without leave to use reserved addresses.
    pub reserved_refused: bool,
    /// Whether the domain has no fault, so that no finding above info may be reported but those
    /// it provokes.
    pub good: bool,
    build: fn(&mut Site),
}

/// All scenarios, the good twins first.
pub fn scenarios() -> &'static [Scenario] {
    static ALL: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
        [
            healthy::ALL,
            record::ALL,
            dns::ALL,
            host::ALL,
            http::ALL,
            policy::ALL,
            matching::ALL,
            mx::ALL,
            dane::ALL,
            tlsrpt::ALL,
            weight::ALL,
        ]
        .concat()
    });
    &ALL
}

/// The scenario of this name.
pub fn scenario(name: &str) -> Option<&'static Scenario> {
    scenarios().iter().find(|scenario| scenario.name == name)
}

impl Scenario {
    /// The same, and these codes come along.
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    /// The same, and these codes have these severities.
    const fn weighs(self, weighs: &'static [(&'static str, &'static str)]) -> Self {
        Self { weighs, ..self }
    }

    /// The domain and all that belongs to it.
    pub(crate) fn site(&self) -> Site {
        let mut site = Site::new(self.domain);
        (self.build)(&mut site);
        site
    }
}

/// A scenario with a fault: its name, what is special, the codes it provokes, and how it differs
/// from the good twin.
macro_rules! fault {
    ($name:literal, $summary:literal, [$($code:literal),* $(,)?], $build:expr) => {
        $crate::scenarios::Scenario {
            name: $name,
            domain: concat!($name, ".example"),
            summary: $summary,
            provokes: &[$($code),*],
            also: &[],
            weighs: &[],
            args: &[],
            reserved_refused: false,
            good: false,
            build: $build,
        }
    };
}

/// A scenario without one.
macro_rules! good {
    ($name:literal, $summary:literal, [$($code:literal),* $(,)?], $build:expr) => {
        $crate::scenarios::Scenario {
            good: true,
            ..$crate::scenarios::fault!($name, $summary, [$($code),*], $build)
        }
    };
}

use {fault, good};
