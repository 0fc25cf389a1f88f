//! `cargo xtask mutants`: does a test fail for every rule that is bent?
//!
//! cargo-mutants changes `mta-sts` and `decide` one place at a time and runs their tests. A change
//! that no test notices must stand in `spec/mutants.toml` with the reason why none can.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::place::Place;
use crate::shell::{self, cargo, program};

const VERSION: &str = "27.1.0";
/// The crates whose rules must all be held by tests.
const CRATES: &[&str] = &["mta-sts", "decide"];

/// What `cargo xtask mutants` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Only this crate (may be given several times)
    #[arg(long, short, value_name = "CRATE")]
    package: Vec<String>,
    /// Passed on to cargo-mutants, such as `--shard 1/8` or `--file 'crates/mta-sts/src/id.rs'`
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Runs the mutants; true where each survivor has its reason.
pub(crate) fn run(place: &Place, options: &Options) -> Result<bool> {
    let tool = tool(place)?;
    let mut command = program(place, tool);
    command.arg("mutants").arg("--output").arg(&place.target);
    let chosen: Vec<&str> = match options.package.as_slice() {
        [] => CRATES.to_vec(),
        some => some.iter().map(String::as_str).collect(),
    };
    for name in &chosen {
        command.args(["--package", name]);
    }
    command
        .args(["--no-shuffle", "--jobs", "2", "--timeout", "120"])
        .args(&options.rest);
    // Its exit code says only that there are survivors; which ones is what counts here.
    let ran = shell::stream(&mut command)?;
    let results = place.target.join("mutants.out");
    let survivors = read_list(&results.join("missed.txt"))?;
    let caught = read_list(&results.join("caught.txt"))?.len();
    let slow = read_list(&results.join("timeout.txt"))?.len();
    if !ran && caught == 0 {
        bail!("cargo-mutants did not get to any mutant");
    }
    let reasons = reasons(place)?;
    let open: Vec<&String> = survivors
        .iter()
        .filter(|line| !reasons.contains_key(&without_place(line)))
        .collect();
    println!("\n==> Summary");
    println!(
        "{caught} caught, {slow} timed out, {} survived, {} of them without a reason",
        survivors.len(),
        open.len()
    );
    for line in &open {
        println!("  {line}");
    }
    Ok(open.is_empty())
}

/// Built once into the build folder: no prebuilt one is at hand.
fn tool(place: &Place) -> Result<PathBuf> {
    let path = place.tools.join("bin/cargo-mutants");
    let release = format!("cargo-mutants {VERSION}");
    let have = shell::answer(program(place, &path).args(["mutants", "--version"]));
    if have.is_some_and(|text| text.trim() == release) {
        return Ok(path);
    }
    println!("{release}, built into the build folder (once, a few minutes)");
    let mut command = cargo(place);
    command.args([
        "install",
        "cargo-mutants",
        "--locked",
        "--version",
        VERSION,
        "--root",
    ]);
    if shell::stream(command.arg(&place.tools))? {
        Ok(path)
    } else {
        bail!("could not build {release}")
    }
}

fn read_list(path: &PathBuf) -> Result<Vec<String>> {
    if !path.exists() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(path).with_context(|| format!("no {}", path.display()))?;
    Ok(text
        .lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect())
}

/// `"file: change" = "reason"`, without line and column, which move.
fn reasons(place: &Place) -> Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(place.root.join("spec/mutants.toml"))?;
    toml::from_str(&text).context("spec/mutants.toml")
}

/// `src/id.rs:12:5: replace f with g` without its `12:5`.
fn without_place(line: &str) -> String {
    let mut parts = line.splitn(4, ':');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(file), Some(_), Some(_), Some(change)) => format!("{file}:{change}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_place;

    #[test]
    fn a_survivor_is_known_by_file_and_change() {
        assert_eq!(
            without_place("crates/mta-sts/src/id.rs:12:5: replace Id::parse -> bool with true"),
            "crates/mta-sts/src/id.rs: replace Id::parse -> bool with true"
        );
        assert_eq!(without_place("odd line"), "odd line");
    }
}
