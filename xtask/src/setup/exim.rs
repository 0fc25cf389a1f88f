//! Exim, unpacked and not installed: its Debian package and Postfix's exclude one another.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::place::Place;
use crate::setup::debian;
use crate::shell::{self, program};

const PACKAGE: &str = "exim4-daemon-light";
/// Exim is built to give up root for this user and refuses to start without it.
const USER: &str = "Debian-exim";

/// Has `tools/exim/usr/sbin/exim4` and its user, fetching and making what is missing.
pub(crate) fn unpack(place: &Place) -> Result<()> {
    user(place)?;
    let home = place.tools.join("exim");
    if home.join("usr/sbin/exim4").exists() {
        return Ok(());
    }
    if !shell::on_path("apt-get") {
        bail!("Exim comes as a Debian package ({PACKAGE}), and this system has no apt-get");
    }
    println!("Exim ({PACKAGE}), unpacked into the build folder: the other real MX to check");
    // Downloaded elsewhere than unpacked, so that a broken download leaves no half Exim behind.
    let download = place.tools.join("exim-download");
    fs::create_dir_all(&download).context("could not make the folder for Exim")?;
    let fetch = |place: &Place| -> Result<bool> {
        shell::stream(
            program(place, "apt-get")
                .args(["download", "-q", PACKAGE])
                .current_dir(&download),
        )
    };
    if !fetch(place)? {
        // No or old package lists.
        if let Some(mut shell) = debian::root_shell(place) {
            shell::stream(shell.arg("apt-get update -q"))?;
        }
        if !fetch(place)? {
            bail!("could not download {PACKAGE} (try `apt-get update` as root)");
        }
    }
    let mut archives = fs::read_dir(&download)?
        .filter_map(Result::ok)
        .map(|entry| entry.path());
    let archive = archives
        .find(|path| path.extension().is_some_and(|extension| extension == "deb"))
        .context("apt-get left no package behind")?;
    if !shell::stream(program(place, "dpkg").arg("-x").arg(&archive).arg(&home))? {
        bail!("could not unpack {}", archive.display());
    }
    fs::remove_dir_all(&download)?;
    Ok(())
}

fn user(place: &Place) -> Result<()> {
    if shell::answer(program(place, "id").args(["-u", USER])).is_some() {
        return Ok(());
    }
    println!("the system user {USER}, which Exim gives up root for");
    let command = format!(
        "useradd --system --user-group --no-create-home --home-dir /var/spool/exim4 \
         --shell /usr/sbin/nologin {USER}"
    );
    let Some(mut shell) = debian::root_shell(place) else {
        bail!("the system user {USER} is missing. Ask for\n  {command}");
    };
    if shell::stream(shell.arg(&command))? {
        Ok(())
    } else {
        bail!("could not make {USER}")
    }
}
