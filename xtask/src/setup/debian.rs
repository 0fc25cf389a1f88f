//! Debian packages: which, why, and how they come.

use std::process::Command;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::shell::{self, program};

/// A package and what it is for.
pub(crate) struct Package<'a> {
    name: &'a str,
    /// A program it brings, by which other systems than Debian show that they have it.
    program: &'static str,
    why: &'static str,
}

/// What the tests of the whole run against.
pub(crate) const SERVERS: &[Package<'static>] = &[
    Package {
        name: "unbound",
        program: "unbound",
        why: "a real validating resolver: the lab's DNSSEC must be good in its eyes",
    },
    Package {
        name: "knot",
        program: "knotd",
        why: "a real signing name server (NSEC and NSEC3) that our DNS must agree about",
    },
    Package {
        name: "postfix",
        program: "postfix",
        why: "a real MX to check",
    },
    Package {
        name: "openssl",
        program: "openssl",
        why: "TLS versions and ciphers that our own TLS library does not speak",
    },
    Package {
        name: "iproute2",
        program: "ip",
        why: "brings up loopback inside the private network of the mail server tests",
    },
    Package {
        name: "util-linux",
        program: "unshare",
        why: "makes the private network of the mail server tests",
    },
    Package {
        name: "mount",
        program: "mount",
        why: "gives the private network of the mail server tests its own resolv.conf",
    },
    Package {
        name: "libidn12",
        program: "",
        why: "a library of Exim, the other real MX",
    },
    Package {
        name: "libgnutls-dane0",
        program: "",
        why: "a library of Exim",
    },
    Package {
        name: "libpcre2-8-0",
        program: "",
        why: "a library of Exim",
    },
    Package {
        name: "libdb5.3",
        program: "",
        why: "a library of Exim",
    },
];

/// Python's venv, in which prebuilt cargo tools live.
pub(crate) const VENV: &[Package<'static>] = &[Package {
    name: "python3-venv",
    program: "",
    why: "fetches prebuilt cargo tools into the build folder",
}];

/// A C++ compiler for libFuzzer.
pub(crate) const CXX: &[Package<'static>] = &[Package {
    name: "g++",
    program: "g++",
    why: "compiles libFuzzer for the fuzz targets",
}];

/// Installs those of the packages that are missing, saying which and why.
pub(crate) fn install(place: &Place, packages: &[Package<'_>]) -> Result<()> {
    let missing: Vec<&Package<'_>> = packages
        .iter()
        .filter(|package| !is_there(place, package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("Debian packages that are missing:");
    for package in &missing {
        println!("  {:<16} {}", package.name, package.why);
    }
    let names: Vec<&str> = missing.iter().map(|package| package.name).collect();
    if !shell::on_path("apt-get") {
        bail!("This system has no apt-get: bring the programs of these packages by its own means.");
    }
    let Some(mut shell) = root_shell(place) else {
        bail!(
            "These packages are missing and this user may not install them. Ask for\n  \
             apt-get install --no-install-recommends {}\n\
             (for postfix choose \"No configuration\"; no service needs to run).",
            names.join(" ")
        );
    };
    shell.arg(SCRIPT).arg("install").args(&names);
    if shell::stream(&mut shell)? {
        Ok(())
    } else {
        bail!("could not install {}", names.join(", "))
    }
}

/// Installs what reads the coverage data of a rustc that was built with this LLVM.
pub(crate) fn install_llvm(place: &Place, major: &str) -> Result<()> {
    let name = format!("llvm-{major}");
    install(
        place,
        &[Package {
            name: &name,
            program: "",
            why: "reads rustc's coverage data",
        }],
    )
}

/// Fresh lists, no questions, and no service started: the tests run their own in folders of theirs.
const SCRIPT: &str = r#"
set -e
guard=/usr/sbin/policy-rc.d
if [ ! -e "$guard" ]; then
    trap 'rm -f "$guard"' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$guard"
    chmod 755 "$guard"
fi
export DEBIAN_FRONTEND=noninteractive
echo 'postfix postfix/main_mailer_type select No configuration' | debconf-set-selections
apt-get update -q
apt-get install -q -y -o Dpkg::Use-Pty=0 --no-install-recommends "$@"
"#;

/// `sh -c` as root, by ourselves or through sudo; `None` where neither goes.
pub(crate) fn root_shell(place: &Place) -> Option<Command> {
    if !shell::on_path("apt-get") {
        return None;
    }
    let id = shell::answer(program(place, "id").arg("-u"))?;
    if id.trim() == "0" {
        let mut shell = program(place, "sh");
        shell.arg("-c");
        return Some(shell);
    }
    // With no password to give, or a terminal to give it at.
    let usable = shell::answer(program(place, "sudo").args(["-n", "true"])).is_some()
        || (shell::on_path("sudo") && std::io::IsTerminal::is_terminal(&std::io::stdin()));
    usable.then(|| {
        println!("(through sudo)");
        let mut shell = program(place, "sudo");
        shell.args(["sh", "-c"]);
        shell
    })
}

fn is_there(place: &Place, package: &Package<'_>) -> bool {
    if !shell::on_path("dpkg-query") {
        return package.program.is_empty() || shell::on_path(package.program);
    }
    let mut query = program(place, "dpkg-query");
    query.args(["-W", "-f=${db:Status-Status}", package.name]);
    shell::answer(&mut query).is_some_and(|state| state.trim() == "installed")
}
