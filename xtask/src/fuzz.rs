//! `cargo xtask fuzz`: libFuzzer on every parser, for as long as one likes.
//!
//! What the fuzzer finds interesting goes into the build folder; `--keep` folds what of it reaches
//! new code into `fuzz/corpus`, where the next run begins.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::place::Place;
use crate::setup::{debian, python};
use crate::shell::{self, program};

/// What `cargo xtask fuzz` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// The targets (see `fuzz/fuzz_targets`); all of them where none is named
    targets: Vec<String>,
    /// How long each target runs
    #[arg(long, default_value_t = 60, value_name = "N")]
    seconds: u32,
    /// Fold what reaches new code into fuzz/corpus
    #[arg(long)]
    keep: bool,
}

/// The longest input: beyond every size limit's edge that can be met quickly.
const MAX_LEN: &str = "-max_len=131072";
/// What one run may hold, in MiB: growing without bound is a finding too.
const RSS_LIMIT: &str = "-rss_limit_mb=1024";
/// What one input may take, in seconds.
const TIMEOUT: &str = "-timeout=10";

/// Fuzzes; true where nothing was found.
pub(crate) fn run(place: &Place, options: &Options) -> Result<bool> {
    let known = targets(place)?;
    if let Some(unknown) = options.targets.iter().find(|name| !known.contains(name)) {
        bail!(
            "no fuzz target is called `{unknown}`; there are {}",
            known.join(", ")
        );
    }
    debian::install(place, debian::CXX)?;
    let tool = python::tool(place, &python::CARGO_FUZZ)?;
    let chosen = if options.targets.is_empty() {
        &known
    } else {
        &options.targets
    };
    let mut found = Vec::new();
    for (index, target) in chosen.iter().enumerate() {
        let seconds = options.seconds;
        println!(
            "\n==> [{}/{}] {target}, {seconds} s",
            index + 1,
            chosen.len()
        );
        if !fuzz(place, &tool, target, seconds)? {
            found.push(target.as_str());
        } else if options.keep {
            keep(place, &tool, target)?;
        }
    }
    println!("\n==> Summary");
    println!(
        "{} targets ran, {} with a finding",
        chosen.len(),
        found.len()
    );
    if !found.is_empty() {
        println!(
            "findings in: {} (inputs in fuzz/artifacts)",
            found.join(", ")
        );
    }
    Ok(found.is_empty())
}

/// The names of `fuzz/fuzz_targets/*.rs`.
fn targets(place: &Place) -> Result<Vec<String>> {
    let folder = place.root.join("fuzz/fuzz_targets");
    let entries = fs::read_dir(&folder).with_context(|| format!("no {}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

fn fuzz(place: &Place, tool: &Path, target: &str, seconds: u32) -> Result<bool> {
    let grown = grown(place, target);
    let seeds = seeds(place, target);
    fs::create_dir_all(&grown)?;
    fs::create_dir_all(&seeds)?;
    let mut command = cargo_fuzz(place, tool, target);
    command.args([&grown, &seeds]).args([
        "--",
        MAX_LEN,
        RSS_LIMIT,
        TIMEOUT,
        "-print_final_stats=1",
    ]);
    let words = place.root.join("fuzz/words").join(format!("{target}.dict"));
    if words.exists() {
        command.arg(format!("-dict={}", words.display()));
    }
    shell::stream(command.arg(format!("-max_total_time={seconds}")))
}

/// libFuzzer's merge: into the first folder goes what of the others reaches code it does not.
fn keep(place: &Place, tool: &Path, target: &str) -> Result<()> {
    let mut command = cargo_fuzz(place, tool, target);
    command.args([seeds(place, target), grown(place, target)]);
    if !shell::stream(command.args(["--", "-merge=1", "-max_len=4096", RSS_LIMIT, TIMEOUT]))? {
        bail!("could not fold the corpus of {target}");
    }
    Ok(())
}

fn cargo_fuzz(place: &Place, tool: &Path, target: &str) -> Command {
    let mut command = program(place, tool);
    // Instrumentation is asked for by unstable flags; nothing else unstable is used.
    command
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["fuzz", "run", target]);
    command
}

fn grown(place: &Place, target: &str) -> PathBuf {
    place.target.join("fuzz-corpus").join(target)
}

fn seeds(place: &Place, target: &str) -> PathBuf {
    place.root.join("fuzz/corpus").join(target)
}
