//! What the exit codes mean.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Everything asked is good.
    Good,
    /// Findings of severity error or crit; a text that is invalid; a pattern that does not match.
    Findings,
    /// Something that decides could not be looked up, or a file could not be read.
    CouldNotCheck,
    /// The command line is wrong (`EX_USAGE` of sysexits.h).
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Good => 0,
            Exit::Findings => 1,
            Exit::CouldNotCheck => 2,
            Exit::Usage => 64,
        })
    }
}
