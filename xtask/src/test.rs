//! `cargo xtask test`: every step that must hold, in order, none hidden by an earlier failure.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::Args;

use crate::place::Place;
use crate::setup::{self, Needs};
use crate::shell::{self, cargo, program};
use crate::tally::Tally;

/// What `cargo xtask test` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Run only these steps (comma-separated; `--list` names them)
    #[arg(long, value_delimiter = ',', value_name = "STEP,...")]
    only: Vec<String>,
    /// Install nothing: run with what is there
    #[arg(long)]
    no_setup: bool,
    /// Name the steps and what each is for, and do nothing
    #[arg(long)]
    list: bool,
}

/// One thing that must hold.
struct Step {
    name: &'static str,
    title: &'static str,
    needs: Needs,
    counted: bool,
    command: fn(&Place) -> Command,
}

const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        title: "Format: rustfmt has nothing to change",
        needs: Needs::NOTHING,
        counted: false,
        command: |place| args(cargo(place), &["fmt", "--all", "--check"]),
    },
    Step {
        name: "clippy",
        title: "Lints: clippy on every target, warnings are errors",
        needs: Needs::NOTHING,
        counted: false,
        command: |place| {
            let flags = ["clippy", "--workspace", "--all-targets", "--locked"];
            args(args(cargo(place), &flags), &["--", "-D", "warnings"])
        },
    },
    Step {
        name: "deny",
        title: "Dependencies: bans, licences, sources",
        needs: Needs::CARGO_DENY,
        counted: false,
        command: |place| {
            let checks = [
                "--workspace",
                "--locked",
                "check",
                "bans",
                "licenses",
                "sources",
            ];
            args(program(place, place.cargo_tool("cargo-deny")), &checks)
        },
    },
    Step {
        name: "test",
        title: "Tests: unit, corpus, property, integration, end to end",
        needs: Needs::SERVERS,
        counted: true,
        command: |place| {
            let flags = ["test", "--workspace", "--locked", "--no-fail-fast"];
            args(
                args(cargo(place), &flags),
                &["--lib", "--bins", "--tests", "--examples"],
            )
        },
    },
    Step {
        name: "doctest",
        title: "Doc tests: the examples in the documentation",
        needs: Needs::NOTHING,
        counted: true,
        command: |place| {
            args(
                cargo(place),
                &["test", "--workspace", "--locked", "--no-fail-fast", "--doc"],
            )
        },
    },
    Step {
        name: "doc",
        title: "Documentation: it builds, its links lead somewhere",
        needs: Needs::NOTHING,
        counted: false,
        command: |place| {
            let mut command = args(
                cargo(place),
                &["doc", "--workspace", "--no-deps", "--locked"],
            );
            command.env("RUSTDOCFLAGS", "-D warnings");
            command
        },
    },
    Step {
        name: "package",
        title: "Packaging: the crates to publish hold all they need",
        needs: Needs::NOTHING,
        counted: false,
        command: |place| {
            let crates = [
                "-p", "names", "-p", "findings", "-p", "mta-sts", "-p", "tlsrpt",
            ];
            args(
                args(cargo(place), &["package", "--allow-dirty", "--locked"]),
                &crates,
            )
        },
    },
];

/// What came of one step.
struct Outcome {
    name: &'static str,
    holds: bool,
    took: Duration,
    tally: Tally,
}

/// Runs the steps; true where all of them hold.
pub(crate) fn run(place: &Place, options: &Options) -> Result<bool> {
    if options.list {
        for step in STEPS {
            println!("{:<9} {}", step.name, step.title);
        }
        return Ok(true);
    }
    let steps = choose(&options.only)?;
    let mut outcomes = Vec::new();
    if !options.no_setup {
        outcomes.extend(prepare(place, &steps));
    }
    for (index, step) in steps.iter().enumerate() {
        println!(
            "\n==> [{}/{}] {} ({})",
            index + 1,
            steps.len(),
            step.title,
            step.name
        );
        outcomes.push(perform(place, step));
    }
    Ok(close(&outcomes))
}

fn choose(only: &[String]) -> Result<Vec<&'static Step>> {
    for name in only {
        if !STEPS.iter().any(|step| step.name == name) {
            let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            bail!("no step is called `{name}`; there are {}", known.join(", "));
        }
    }
    let wanted = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(STEPS.iter().filter(wanted).collect())
}

/// Set-up says nothing in the summary where it went well: it is no test.
fn prepare(place: &Place, steps: &[&Step]) -> Option<Outcome> {
    let started = Instant::now();
    let needs = steps
        .iter()
        .fold(Needs::NOTHING, |all, step| all.and(step.needs));
    let holds = setup::run(place, needs);
    let outcome = Outcome {
        name: "set-up",
        holds,
        took: started.elapsed(),
        tally: Tally::of_step(false),
    };
    (!holds).then_some(outcome)
}

fn perform(place: &Place, step: &Step) -> Outcome {
    let started = Instant::now();
    let mut command = (step.command)(place);
    let result = if step.counted {
        shell::stream_counted(&mut command)
    } else {
        shell::stream(&mut command).map(|holds| (holds, Tally::of_step(holds)))
    };
    let (holds, tally) = match result {
        // A build that fails runs no test: the step itself is what failed.
        Ok((false, mut tally)) => {
            tally.failed = tally.failed.max(1);
            (false, tally)
        }
        Ok(done) => done,
        Err(error) => {
            println!("{error:#}");
            (false, Tally::of_step(false))
        }
    };
    if !holds {
        hint(place, step.name);
    }
    Outcome {
        name: step.name,
        holds,
        took: started.elapsed(),
        tally,
    }
}

/// A missing component looks like a failing check: say which it is.
fn hint(place: &Place, step: &str) {
    let component = match step {
        "fmt" => "rustfmt",
        "clippy" => "clippy",
        _ => return,
    };
    let tool = if step == "fmt" { "fmt" } else { "clippy" };
    if shell::answer(&mut args(cargo(place), &[tool, "--version"])).is_none() {
        println!("`{component}` is not installed: `rustup component add {component}`");
        println!("(without rustup: the package of your distribution, as new as rustc itself)");
    }
}

fn close(outcomes: &[Outcome]) -> bool {
    let mut total = Tally::default();
    println!("\n==> Summary");
    for outcome in outcomes {
        let word = if outcome.holds { "ok" } else { "FAILED" };
        let seconds = outcome.took.as_secs_f64();
        println!(
            "{word:<7} {:<9} {seconds:>7.1} s   {}",
            outcome.name, outcome.tally
        );
        total += outcome.tally;
    }
    let failed: Vec<_> = outcomes
        .iter()
        .filter(|outcome| !outcome.holds)
        .map(|outcome| outcome.name)
        .collect();
    if !failed.is_empty() {
        println!("failed: {}", failed.join(", "));
    }
    println!("{total}");
    failed.is_empty()
}

fn args(mut command: Command, list: &[&str]) -> Command {
    command.args(list);
    command
}
