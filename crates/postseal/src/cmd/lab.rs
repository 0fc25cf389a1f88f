//! `postseal lab`: a private mail internet on loopback, to try everything with.

use std::{net::SocketAddr, path::Path, time::Duration};

use anyhow::Context as _;
use lab::{Lab, LabConfig, Scenario};
use names::Domain;
use serde::Serialize;

use super::{
    check::{Detail, one},
    world::{World, block_on},
};
use crate::{
    cli::{LabArgs, WorldArgs},
    exit::Exit,
    print::Printer,
};

/// The good twin of every fault.
const GOOD: &str = "good";
/// The scenarios of the tour, in order.
const TOUR: [&str; 5] = [GOOD, "expired", "no-starttls", "stale-mx", "bad-tlsa"];

/// What programs are told of a running lab.
#[derive(Serialize)]
struct Running<'a> {
    dns: SocketAddr,
    ns_port: u16,
    https_port: u16,
    smtp_port: u16,
    ca_file: &'a Path,
    trust_anchor: &'a Path,
}

/// What programs are told of a scenario.
#[derive(Serialize)]
struct Listed {
    name: &'static str,
    domain: &'static str,
    summary: &'static str,
    provokes: &'static [&'static str],
}

/// Starts the lab, shows some of it and keeps it up.
pub(crate) fn run(args: LabArgs, printer: &Printer) -> anyhow::Result<Exit> {
    if args.list {
        list(printer)?;
        return Ok(Exit::Good);
    }
    block_on(async {
        let temporary = tempfile::Builder::new().prefix("postseal-lab-").tempdir()?;
        let dir = args.dir.unwrap_or_else(|| temporary.path().to_owned());
        let lab = Lab::start(LabConfig::new(dir)).context("the lab did not start")?;
        if printer.is_json() {
            printer.json(&running(&lab))?;
        } else {
            let world = World::new(&pointed_at(&lab)?)?;
            tour(&world, printer).await?;
            directions(&lab, &world, printer).await?;
        }
        if !args.once {
            printer.talk("The lab stays up until Ctrl-C.");
            tokio::signal::ctrl_c()
                .await
                .context("cannot wait for Ctrl-C")?;
        }
        Ok(Exit::Good)
    })
}

fn running(lab: &Lab) -> Running<'_> {
    Running {
        dns: lab.dns(),
        ns_port: lab.ns_port(),
        https_port: lab.https_port(),
        smtp_port: lab.smtp_port(),
        ca_file: lab.ca_file(),
        trust_anchor: lab.anchor_file(),
    }
}

fn list(printer: &Printer) -> anyhow::Result<()> {
    for Scenario {
        name,
        domain,
        summary,
        provokes,
        ..
    } in lab::scenarios()
    {
        if printer.is_json() {
            printer.json(&Listed {
                name,
                domain,
                summary,
                provokes,
            })?;
        } else {
            printer.line(format_args!("{name:<24} {domain}\n{:24} {summary}", ""))?;
        }
    }
    Ok(())
}

/// The arguments that point `check` at the lab.
fn pointed_at(lab: &Lab) -> anyhow::Result<WorldArgs> {
    Ok(WorldArgs {
        dns: vec![lab.dns()],
        trust_anchor: None,
        trust_ad: false,
        ca_file: Some(lab.ca_file().to_owned()),
        https_port: lab.https_port(),
        smtp_port: lab.smtp_port(),
        ns_port: lab.ns_port(),
        allow_reserved: true,
        now: None,
        timeout: Duration::from_secs(3),
        active: false,
        ehlo: crate::cli::default_ehlo()?,
    })
}

async fn tour(world: &World, printer: &Printer) -> anyhow::Result<()> {
    printer.line(
        "A mail internet on loopback: signed DNS and a resolver, a CA, policy hosts, MX hosts.",
    )?;
    for name in TOUR {
        let Some(scenario) = lab::scenario(name) else {
            continue;
        };
        let domain = Domain::parse(scenario.domain).context("a domain of the lab")?;
        printer.line(format_args!("\n--- {}", scenario.summary))?;
        let detail = if name == GOOD {
            Detail::Whole
        } else {
            Detail::Faults
        };
        one(world, &domain, detail, printer).await?;
    }
    Ok(())
}

async fn directions(lab: &Lab, world: &World, printer: &Printer) -> anyhow::Result<()> {
    let (dns, smtp, ca_file) = (lab.dns(), lab.smtp_port(), lab.ca_file().display());
    let options = format!(
        "--dns {dns} --ca-file {ca_file} --https-port {} --smtp-port {smtp} --ns-port {} \
         --allow-reserved",
        lab.https_port(),
        lab.ns_port(),
    );
    let good = lab::scenario(GOOD)
        .context("the lab has no good domain")?
        .domain;
    printer.heading("Look for yourself, from another terminal")?;
    printer.line(format_args!("  postseal check {options} {good}"))?;
    printer.line(format_args!("  postseal explain {options} {good}"))?;
    printer.line("  postseal lab --list")?;
    printer.line(format_args!(
        "  dig @{} -p {} +dnssec _mta-sts.{good} TXT",
        dns.ip(),
        dns.port()
    ))?;
    let facts = world.look(&Domain::parse(good)?, &|_| {}).await;
    let session = facts
        .hosts
        .first()
        .and_then(|host| Some((&host.host, host.sessions.first()?)));
    if let Some((host, session)) = session {
        printer.line(format_args!(
            "  openssl s_client -starttls smtp -connect {}:{smtp} -servername {host} \
             -CAfile {ca_file}",
            session.address,
        ))?;
    }
    Ok(())
}
