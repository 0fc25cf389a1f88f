//! `postseal check`: is this domain's set-up right?

use decide::{
    assess::{Assessment, MxAssessment, PublishKind, RecordToPublish, Verdict, assess},
    facts::Facts,
    judge::{Outlook, outlook},
};
use findings::{Finding, Severity, Subject};
use names::Domain;
use net::dns::Trust;
use serde::Serialize;

use super::world::{World, block_on};
use crate::{
    cli::CheckArgs,
    exit::Exit,
    print::{Printer, Source, count, seen, style},
};

/// What `check --format json` prints of a domain.
#[derive(Serialize)]
struct Checked<'a> {
    domain: &'a Domain,
    verdict: Verdict,
    findings: &'a [Finding],
    facts: &'a Facts,
    mx: &'a [MxAssessment],
    publish: &'a [RecordToPublish],
    senders: Vec<Outlook>,
    resolver: &'static str,
}

/// The word for how far a resolver's word on DNSSEC goes.
fn resolver(trust: Trust) -> &'static str {
    match trust {
        Trust::Validated => "validated",
        Trust::TrustedAd => "trusted-ad",
        Trust::Untrusted => "untrusted",
    }
}

/// Whoever cannot prove anything should know why so much is unknown (RFC 7672 §2.1.1).
pub(super) async fn warn_of_resolver(world: &World, printer: &Printer) -> anyhow::Result<()> {
    if world.trust().await == Trust::Untrusted {
        printer.line(
            "  resolver    does not prove DNSSEC to us, so DANE stays unknown: ask a validating \
             resolver on this\n              machine, or use --trust-anchor FILE or --trust-ad",
        )?;
    }
    Ok(())
}

/// How much of a check people are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Everything.
    Whole,
    /// What is wrong, and the verdict.
    Faults,
}

/// Checks each domain in turn, or explains a code.
pub(crate) fn run(args: CheckArgs, printer: &Printer) -> anyhow::Result<Exit> {
    if let Some(code) = args.explain {
        printer.explain(code)?;
        return Ok(Exit::Good);
    }
    let world = World::new(&args.world)?;
    let mut worst = Exit::Good;
    for domain in args.domains {
        worst = worst.max(block_on(one(&world, &domain, Detail::Whole, printer))?);
    }
    Ok(worst)
}

/// Looks at one domain, judges and prints.
pub(super) async fn one(
    world: &World,
    domain: &Domain,
    detail: Detail,
    printer: &Printer,
) -> anyhow::Result<Exit> {
    if !printer.is_json() {
        printer.heading(domain.as_str())?;
        warn_of_resolver(world, printer).await?;
    }
    let observer = |seen: probe::Seen<'_>| {
        if !printer.is_json() && detail == Detail::Whole {
            // A closed output is noticed when the findings are printed.
            drop(printer.line(seen::line(&seen)));
        }
    };
    let facts = world.look(domain, &observer).await;
    let assessment = assess(&facts, world.now());
    if printer.is_json() {
        printer.json(&Checked {
            domain,
            verdict: assessment.verdict,
            findings: &assessment.findings,
            facts: &facts,
            mx: &assessment.mx,
            publish: &assessment.publish,
            senders: outlook(&facts, world.now()),
            resolver: resolver(world.trust().await),
        })?;
    } else {
        human(&facts, &assessment, world, detail, printer)?;
    }
    Ok(exit(assessment.verdict))
}

/// The exit code of a verdict.
pub(super) fn exit(verdict: Verdict) -> Exit {
    match verdict {
        Verdict::Pass | Verdict::Warn => Exit::Good,
        Verdict::Fail => Exit::Findings,
        Verdict::Unknown => Exit::CouldNotCheck,
    }
}

fn human(
    facts: &Facts,
    assessment: &Assessment,
    world: &World,
    detail: Detail,
    printer: &Printer,
) -> anyhow::Result<()> {
    let shown = |finding: &&Finding| detail == Detail::Whole || finding.severity() > Severity::Warn;
    for finding in assessment.findings.iter().filter(shown) {
        printer.line("")?;
        printer.finding(finding, source(facts, finding).as_ref())?;
    }
    if detail == Detail::Whole {
        super::explain::outlook(facts, world.now(), printer)?;
        publish(assessment, printer)?;
    }
    let style = style(match assessment.verdict {
        Verdict::Pass => Severity::Ok,
        Verdict::Warn => Severity::Warn,
        Verdict::Fail | Verdict::Unknown => Severity::Crit,
    });
    let verdict = assessment.verdict.as_str();
    let domain = &assessment.domain;
    printer.line(format_args!(
        "\n{domain}: {style}{verdict}{style:#} ({})",
        count(&assessment.findings)
    ))
}

fn publish(assessment: &Assessment, printer: &Printer) -> anyhow::Result<()> {
    if assessment.publish.is_empty() {
        return Ok(());
    }
    printer.heading("To publish")?;
    for record in &assessment.publish {
        let name = &record.name;
        match record.kind {
            PublishKind::Txt => printer.line(format_args!("  {name}. TXT \"{}\"", record.value))?,
            PublishKind::Address => printer.line(format_args!("  {name}. {}", record.value))?,
            PublishKind::Policy => {
                printer.line(format_args!("  {name}"))?;
                for line in record.value.lines() {
                    printer.line(format_args!("    {line}"))?;
                }
            }
        }
    }
    Ok(())
}

/// The text that a finding points into.
fn source<'a>(facts: &'a Facts, finding: &Finding) -> Option<Source<'a>> {
    let tlsrpt = finding.code().name().starts_with("tlsrpt.");
    match finding.subject()? {
        Subject::Txt(index) => {
            let (txt, labels) = if tlsrpt {
                (&facts.tlsrpt.txt, "_smtp._tls")
            } else {
                (&facts.sts.txt, "_mta-sts")
            };
            let text = txt.found()?.get(*index)?;
            let name = format!("{labels}.{} TXT {}", facts.domain, index + 1);
            Some(Source {
                name,
                text: &text.0,
            })
        }
        Subject::Policy => {
            let fetched = facts
                .sts
                .host
                .fetches
                .iter()
                .find_map(|fetch| match &fetch.outcome {
                    decide::facts::FetchOutcome::Fetched(fetched) => Some(fetched),
                    decide::facts::FetchOutcome::Failed(_) => None,
                })?;
            let name = format!("https://mta-sts.{}/.well-known/mta-sts.txt", facts.domain);
            Some(Source {
                name,
                text: &fetched.body.0,
            })
        }
        Subject::Report(_) | Subject::Name(_) | Subject::Address(..) => None,
    }
}
