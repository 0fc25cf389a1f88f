//! Running other programs: shown live, their test results counted.

use std::env;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::place::Place;
use crate::tally::Tally;

/// The cargo that runs us, in the checkout, without the variables `cargo run` adds: left in, they
/// would make build scripts run again.
pub(crate) fn cargo(place: &Place) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    settle(&mut command, place);
    command
}

/// Any other program, in the same surroundings.
pub(crate) fn program(place: &Place, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    settle(&mut command, place);
    command
}

fn settle(command: &mut Command, place: &Place) {
    command
        .current_dir(&place.root)
        .env("CARGO_TARGET_DIR", &place.target);
    // Servers live where an ordinary user's path does not lead.
    let mut folders: Vec<_> = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
    folders.extend(["/usr/sbin", "/sbin"].map(PathBuf::from));
    if let Ok(path) = env::join_paths(folders) {
        command.env("PATH", path);
    }
    // Where tests find Exim and its like.
    command.env("POSTSEAL_TOOLS", &place.tools);
    for (name, _) in env::vars_os() {
        let name_text = name.to_string_lossy();
        if name_text.starts_with("CARGO_PKG_") || name_text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
}

/// Runs a program with its output shown as it comes.
pub(crate) fn stream(command: &mut Command) -> Result<bool> {
    let status = command.status().with_context(|| cannot_start(command))?;
    Ok(status.success())
}

/// Runs a program that reports tests: its output is shown as it comes, its results are counted.
pub(crate) fn stream_counted(command: &mut Command) -> Result<(bool, Tally)> {
    let text = cannot_start(command);
    let mut child = command.stdout(Stdio::piped()).spawn().context(text)?;
    let pipe = child.stdout.take().context("no pipe from the tests")?;
    let mut tally = Tally::default();
    let mut shown = std::io::stdout().lock();
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while pipe.read_until(b'\n', &mut line)? > 0 {
        shown.write_all(&line)?;
        shown.flush()?;
        tally.read_line(&String::from_utf8_lossy(&line));
        line.clear();
    }
    drop(shown);
    Ok((child.wait()?.success(), tally))
}

/// Runs a program quietly and gives back what it wrote, or `None` where it failed or is missing.
pub(crate) fn answer(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(text)
}

/// Whether a program of this name can be started from the path.
pub(crate) fn on_path(name: &str) -> bool {
    let folders = env::var_os("PATH").unwrap_or_default();
    let sbin = [Path::new("/usr/sbin"), Path::new("/sbin")];
    env::split_paths(&folders)
        .chain(sbin.iter().map(|folder| folder.to_path_buf()))
        .any(|folder| folder.join(name).is_file())
}

fn cannot_start(command: &Command) -> String {
    format!(
        "could not start `{}`",
        command.get_program().to_string_lossy()
    )
}
