//! What a developer runs: set-up and tests, fuzzing, benchmarks, coverage, mutants.
//!
//! `cargo xtask test` is the one that decides whether a change is good; `.ci/run` calls exactly it.
//! [`setup`] brings what the steps need, [`shell`] runs them, [`tally`] counts what they say.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool talks on the terminal"
)]

mod bench;
mod cover;
mod fuzz;
mod mutants;
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
  cargo xtask setup                    only install what the tests need
  cargo xtask fuzz --seconds 600       ten minutes of every fuzz target
  cargo xtask fuzz policy --keep       one of them, and keep what reached new code
  cargo xtask bench protocol           the speed of the parsers, of their peers, and of `check`
  cargo xtask cover -p mta-sts         which lines of a crate its tests reach
  cargo xtask mutants -p decide        which bent rules no test notices";

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
    /// Fuzz the parsers (libFuzzer; brings cargo-fuzz and g++ where they are missing)
    Fuzz(fuzz::Options),
    /// Measure against the bars: ratios to peers in one run, and how long `check` takes
    Bench(bench::Options),
    /// Show which lines the tests reach (brings cargo-llvm-cov)
    Cover(cover::Options),
    /// Bend each rule of `mta-sts` and `decide` and see whether a test notices (builds cargo-mutants)
    Mutants(mutants::Options),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = Place::find().and_then(|place| match cli.command {
        Command::Test(options) => test::run(&place, &options),
        Command::Fuzz(options) => fuzz::run(&place, &options),
        Command::Bench(options) => bench::run(&place, &options),
        Command::Cover(options) => cover::run(&place, &options),
        Command::Mutants(options) => mutants::run(&place, &options),
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
