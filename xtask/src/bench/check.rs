//! How long `postseal check` takes, from start to exit, against the lab.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::place::Place;
use crate::shell::{answer, program};

/// A lab that is up; it goes down with this value.
pub(crate) struct Running {
    child: Child,
    world: World,
}

/// What `postseal lab --format json` says first.
#[derive(Deserialize)]
struct World {
    dns: String,
    ns_port: u16,
    https_port: u16,
    smtp_port: u16,
    ca_file: String,
}

impl Running {
    /// Starts the lab in a folder of the build.
    pub(crate) fn start(place: &Place) -> Result<Self> {
        let folder = place.target.join("bench-lab");
        std::fs::create_dir_all(&folder)?;
        let mut command = postseal(place);
        command
            .args(["lab", "--format", "json", "--dir"])
            .arg(&folder);
        let mut child = command.stdout(Stdio::piped()).spawn().context("no lab")?;
        let mut pipe = BufReader::new(child.stdout.take().context("no pipe from the lab")?);
        let mut text = String::new();
        // One object, on one line or on several.
        let world = loop {
            if pipe.read_line(&mut text)? == 0 {
                bail!("the lab ended without saying where it is");
            }
            if let Ok(world) = serde_json::from_str(&text) {
                break world;
            }
        };
        Ok(Self { child, world })
    }

    /// The wall time of one check. A time is worth nothing where the check did not see what it
    /// should: a healthy domain passes, another does not.
    pub(crate) fn check(&self, place: &Place, domain: &str, healthy: bool) -> Result<Duration> {
        let world = &self.world;
        let mut command = postseal(place);
        command.args([
            "check",
            "--format",
            "json",
            "--allow-reserved",
            "--dns",
            &world.dns,
        ]);
        command.args(["--ca-file", &world.ca_file, "--timeout", DEADLINE]);
        for (name, port) in [
            ("--https-port", world.https_port),
            ("--smtp-port", world.smtp_port),
            ("--ns-port", world.ns_port),
        ] {
            command.arg(name).arg(port.to_string());
        }
        let started = Instant::now();
        let output = command.arg(domain).output()?;
        let took = started.elapsed();
        let said: serde_json::Value = serde_json::from_slice(&output.stdout)
            .with_context(|| format!("`check {domain}` gave no JSON"))?;
        let said = said
            .get("verdict")
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default();
        if (said == "pass") != healthy {
            bail!("`check {domain}` came to `{said}`: its time means nothing");
        }
        Ok(took)
    }
}

/// A domain of the lab, as `postseal lab --list --format json` tells it.
#[derive(Deserialize)]
struct Scenario {
    name: String,
    domain: String,
    provokes: Vec<String>,
}

/// The domain of the scenario with this name.
pub(crate) fn named(place: &Place, name: &str) -> Result<String> {
    find(place, |scenario| scenario.name == name).with_context(|| format!("no scenario `{name}`"))
}

/// The domain of the first scenario that provokes this code.
pub(crate) fn provoking(place: &Place, code: &str) -> Result<String> {
    find(place, |scenario| {
        scenario.provokes.iter().any(|provoked| provoked == code)
    })
    .with_context(|| format!("no scenario provokes `{code}`"))
}

fn find(place: &Place, wanted: impl Fn(&Scenario) -> bool) -> Option<String> {
    let list = answer(postseal(place).args(["lab", "--list", "--format", "json"]))?;
    let scenarios = serde_json::Deserializer::from_str(&list).into_iter::<Scenario>();
    scenarios
        .filter_map(Result::ok)
        .find(wanted)
        .map(|scenario| scenario.domain)
}

/// What each connection may take, in seconds, in these runs.
pub(crate) const DEADLINE: &str = "2";

impl Drop for Running {
    fn drop(&mut self) {
        let _gone_already = self.child.kill();
        let _status = self.child.wait();
    }
}

fn postseal(place: &Place) -> Command {
    program(place, place.target.join("release/postseal"))
}
