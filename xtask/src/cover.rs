//! `cargo xtask cover`: which lines the tests reach.

use anyhow::{Context, Result};
use clap::Args;

use crate::place::Place;
use crate::setup::{debian, python};
use crate::shell::{self, program};

/// What `cargo xtask cover` takes.
#[derive(Args)]
pub(crate) struct Options {
    /// Only this crate (may be given several times)
    #[arg(long, short, value_name = "CRATE")]
    package: Vec<String>,
    /// Write pages to look at instead of a table
    #[arg(long)]
    html: bool,
}

/// Runs the tests with coverage and shows it.
pub(crate) fn run(place: &Place, options: &Options) -> Result<bool> {
    let tool = python::tool(place, &python::CARGO_LLVM_COV)?;
    let mut command = program(place, tool);
    command.args([
        "llvm-cov",
        "--locked",
        "--ignore-filename-regex",
        "xtask/|/tests/|/benches/",
    ]);
    command.args(["--lib", "--bins", "--tests"]);
    if options.package.is_empty() {
        command.arg("--workspace");
    }
    for name in &options.package {
        command.args(["--package", name]);
    }
    if options.html {
        command.arg("--html");
    }
    if let Some((cov, profdata)) = readers(place)? {
        command.env("LLVM_COV", cov).env("LLVM_PROFDATA", profdata);
    }
    shell::stream(&mut command)
}

/// The programs that read coverage data: rustup's, which the tool finds itself, else Debian's of the
/// LLVM that this rustc was built with.
fn readers(place: &Place) -> Result<Option<(String, String)>> {
    let sysroot = shell::answer(program(place, "rustc").args(["--print", "target-libdir"]));
    let sysroot = sysroot.context("rustc does not answer")?;
    let bundled = std::path::Path::new(sysroot.trim()).join("../bin/llvm-cov");
    if bundled.exists() {
        return Ok(None);
    }
    let version = shell::answer(program(place, "rustc").arg("-vV")).unwrap_or_default();
    let major = version
        .lines()
        .find_map(|line| line.strip_prefix("LLVM version: "))
        .and_then(|version| version.split('.').next())
        .context("rustc names no LLVM version")?;
    let names = (
        format!("llvm-cov-{major}"),
        format!("llvm-profdata-{major}"),
    );
    if !shell::on_path(&names.0) {
        println!("`rustup component add llvm-tools` brings what reads coverage; trying Debian's");
        debian::install_llvm(place, major)?;
    }
    Ok(Some(names))
}
