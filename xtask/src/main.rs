//! What a developer runs: set-up and tests, fuzzing, benchmarks, coverage, mutants.
//!
//! `cargo xtask test` is the one that decides whether a change is good; `.ci/run` calls exactly it.
//! [`setup`] brings what the steps need, [`shell`] runs them, [`tally`] counts what they say.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool talks on the terminal"
)]

mod place;
mod setup;
mod shell;
mod tally;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::place::Place;
use crate::setup::Needs;

const EXAMPLES: &str = "\
Examples:
  cargo xtask test                     everything that must hold before a change goes in
  cargo xtask test --only fmt,clippy   only these steps
  cargo xtask test --list              the steps, and what each is for
  cargo xtask setup                    only install what the tests need";

/// What a developer of Postseal runs.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what the tests need and run everything: format, lints, licences, tests, docs
    Test(test::Options),
    /// Install what the tests need and do nothing else
    Setup,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Place::find().and_then(|place| match cli.command {
        Command::Test(options) => test::run(&place, &options),
        Command::Setup => Ok(setup::run(&place, Needs::SERVERS.and(Needs::CARGO_DENY))),
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
