//! `cargo xtask bench`: figures against their bars, as ratios taken in one run where a peer is
//! concerned: rates of different days or machines say nothing.

mod check;
mod divan;

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::place::Place;
use crate::shell::{self, cargo};

use self::check::Running;
use self::divan::Row;

/// What `cargo xtask bench` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Which figures
    #[arg(value_enum, default_value_t = Name::Protocol)]
    name: Name,
    /// A table for people or a JSON line a figure
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// The parsers beside their peers, and how long `check` takes
    Protocol,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// One figure, as it is printed.
#[derive(Serialize)]
struct Figure {
    name: &'static str,
    value: f64,
    unit: &'static str,
    bar: String,
    holds: bool,
}

/// What a figure must keep to.
#[derive(Clone, Copy)]
enum Bar {
    AtMost(f64),
    AtLeast(f64),
}

/// Measures; true where every figure keeps to its bar.
pub(crate) fn run(place: &Place, options: &Options) -> Result<bool> {
    let measured = match options.name {
        Name::Protocol => protocol(place),
    };
    let mut holds = true;
    for part in measured {
        match part {
            Ok(figure) => {
                holds &= figure.holds;
                show(&figure, options.format)?;
            }
            Err(error) => {
                holds = false;
                eprintln!("not measured: {error:#}");
            }
        }
    }
    Ok(holds)
}

fn show(figure: &Figure, format: Format) -> Result<()> {
    if format == Format::Json {
        println!("{}", serde_json::to_string(figure)?);
    } else {
        let Figure {
            name,
            value,
            unit,
            bar,
            holds,
        } = figure;
        let word = if *holds { "holds" } else { "MISSED" };
        println!("{name:<30} {value:>10.2} {unit:<6} {bar:<10} {word}");
    }
    Ok(())
}

fn figure(name: &'static str, value: f64, unit: &'static str, bar: Bar) -> Figure {
    let (holds, bar) = match bar {
        Bar::AtMost(most) => (value <= most, format!("<= {most}")),
        Bar::AtLeast(least) => (value >= least, format!(">= {least}")),
    };
    Figure {
        name,
        value: (value * 1000.0).round() / 1000.0,
        unit,
        bar,
        holds,
    }
}

fn protocol(place: &Place) -> Vec<Result<Figure>> {
    let mut figures = Vec::new();
    match bench(place, "mta-sts", "protocol") {
        Ok(rows) => {
            let beside = |name, group: &str| {
                let (ours, peer) = (format!("{group}/ours"), format!("{group}/mailrs"));
                Ok(figure(
                    name,
                    ratio(&rows, &ours, &peer)?,
                    "ratio",
                    Bar::AtMost(1.0),
                ))
            };
            figures.push(beside("record_time_to_mailrs", "record"));
            figures.push(beside("policy_time_to_mailrs", "policy"));
            figures.push(beside("match_time_to_mailrs", "pattern"));
        }
        Err(error) => figures.push(Err(error)),
    }
    match bench(place, "tlsrpt", "protocol") {
        Ok(rows) => {
            let beside = |name, group: &str| {
                let (ours, peer) = (format!("{group}/ours"), format!("{group}/serde_json"));
                Ok(figure(
                    name,
                    ratio(&rows, &peer, &ours)?,
                    "ratio",
                    Bar::AtLeast(0.6),
                ))
            };
            figures.push(beside("report_small_speed_to_serde", "small"));
            figures.push(beside("report_large_speed_to_serde", "large"));
            figures.push(beside("report_million_speed_to_serde", "million"));
        }
        Err(error) => figures.push(Err(error)),
    }
    figures.push(bench(place, "tlsrpt", "heap").and_then(|rows| heap(&rows, "million")));
    match release(place).and_then(|()| Running::start(place)) {
        Ok(lab) => {
            figures.push(healthy(place, &lab));
            figures.push(silent(place, &lab));
        }
        Err(error) => figures.push(Err(error)),
    }
    figures
}

/// The rows of one of a crate's benches.
fn bench(place: &Place, name: &str, bench: &str) -> Result<BTreeMap<String, Row>> {
    let mut command = cargo(place);
    command.args(["bench", "--locked", "-p", name, "--bench", bench]);
    command
        .env("NO_COLOR", "1")
        .stderr(std::process::Stdio::inherit());
    let output = command.output()?;
    if !output.status.success() {
        bail!("the benchmarks `{bench}` of {name} failed");
    }
    Ok(divan::read(&String::from_utf8_lossy(&output.stdout)))
}

/// The time of one benchmark in that of another; of one with arguments, over all of them.
fn ratio(rows: &BTreeMap<String, Row>, one: &str, other: &str) -> Result<f64> {
    let time = |path: &str| {
        let below = format!("{path}/");
        let hits: Vec<f64> = rows
            .iter()
            .filter(|(name, _)| *name == path || name.starts_with(&below))
            .map(|(_, row)| row.fastest)
            .collect();
        if hits.is_empty() {
            bail!("no benchmark is called `{path}`")
        }
        Ok(hits.iter().sum::<f64>())
    };
    Ok(time(one)? / time(other)?)
}

fn heap(rows: &BTreeMap<String, Row>, path: &str) -> Result<Figure> {
    let row = rows
        .get(path)
        .with_context(|| format!("no benchmark is called `{path}`"))?;
    let most = row
        .max_heap
        .with_context(|| format!("`{path}` counts no allocations"))?;
    Ok(figure(
        "million_details_heap",
        most / 1_048_576.0,
        "MiB",
        Bar::AtMost(16.0),
    ))
}

fn release(place: &Place) -> Result<()> {
    let mut command = cargo(place);
    command.args(["build", "--release", "--locked", "-p", "postseal"]);
    if shell::stream(&mut command)? {
        Ok(())
    } else {
        bail!("postseal does not build")
    }
}

/// The lab's healthy domain: two MX hosts, DANE, TLSRPT. The middle one of several runs.
fn healthy(place: &Place, lab: &Running) -> Result<Figure> {
    let domain = check::named(place, "good")?;
    let mut times = Vec::new();
    for _ in 0..15 {
        times.push(lab.check(place, &domain, true)?.as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let middle = *times.get(times.len() / 2).context("no run")?;
    Ok(figure(
        "check_healthy_wall",
        middle,
        "ms",
        Bar::AtMost(60.0),
    ))
}

/// One MX takes the connection and says nothing.
fn silent(place: &Place, lab: &Running) -> Result<Figure> {
    let domain = check::provoking(place, "mx.connect.timeout")?;
    let took = lab.check(place, &domain, false)?;
    let bar = check::DEADLINE.parse::<f64>()? + 1.0;
    Ok(figure(
        "check_silent_mx_wall",
        took.as_secs_f64(),
        "s",
        Bar::AtMost(bar),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_add_up_arguments_and_bars_hold_at_their_edge() {
        let row = |fastest| Row {
            fastest,
            max_heap: None,
        };
        let rows = BTreeMap::from([
            ("pattern/ours/0".to_owned(), row(10.0)),
            ("pattern/ours/1".to_owned(), row(30.0)),
            ("pattern/ours_too".to_owned(), row(99.0)),
            ("pattern/mailrs".to_owned(), row(80.0)),
        ]);
        let ratio_of = |one, other| ratio(&rows, one, other).ok();
        assert_eq!(ratio_of("pattern/ours", "pattern/mailrs"), Some(0.5));
        assert_eq!(ratio_of("pattern/theirs", "pattern/mailrs"), None);
        assert!(figure("x", 1.0, "ratio", Bar::AtMost(1.0)).holds);
        assert!(!figure("x", 1.01, "ratio", Bar::AtMost(1.0)).holds);
        assert!(!figure("x", 0.59, "ratio", Bar::AtLeast(0.6)).holds);
    }
}
