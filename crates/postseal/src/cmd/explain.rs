//! `postseal explain`: what a sender would do with mail for a domain, step by step, and why.

use decide::{
    Reason,
    assess::assess,
    facts::Facts,
    judge::{Outlook, outlook as outlook_of},
    plan::{Action, By, HostPlan, Overrides, Plan, plan},
};
use jiff::Timestamp;
use names::Domain;
use serde::Serialize;

use super::{
    check::{exit, warn_of_resolver},
    world::{World, block_on},
};
use crate::{
    cli::ExplainArgs,
    exit::Exit,
    print::{Printer, seen},
};

/// What `explain --format json` prints.
#[derive(Serialize)]
struct Explained<'a> {
    domain: &'a Domain,
    facts: &'a Facts,
    steps: Vec<Step>,
    senders: Vec<Planned<'a>>,
}

/// One step of a sender that does everything.
#[derive(Serialize)]
struct Step {
    /// What it looks at.
    at: String,
    /// The rule, by name.
    rule: &'static str,
    /// What it comes to.
    explain: String,
    /// The rule's section.
    rfc: &'static str,
    /// The result type of TLS reporting, where there is one.
    result_type: Option<&'static str>,
}

/// One kind of sender: its plan, and what would happen now.
#[derive(Serialize)]
struct Planned<'a> {
    #[serde(flatten)]
    outlook: &'a Outlook,
    plan: Plan,
}

/// Looks, plans and prints.
pub(crate) fn run(args: &ExplainArgs, printer: &Printer) -> anyhow::Result<Exit> {
    let world = World::new(&args.world)?;
    let observer = |seen: probe::Seen<'_>| {
        if !printer.is_json() {
            // A closed output is noticed when the steps are printed.
            drop(printer.line(seen::line(&seen)));
        }
    };
    if !printer.is_json() {
        printer.heading(args.domain.as_str())?;
    }
    let facts = block_on(async {
        if !printer.is_json() {
            warn_of_resolver(&world, printer).await?;
        }
        Ok(world.look(&args.domain, &observer).await)
    })?;
    let outlooks = outlook_of(&facts, world.now());
    let full = full_plan(&facts, world.now());
    if printer.is_json() {
        let senders = outlooks.iter().map(|outlook| Planned {
            outlook,
            plan: plan(
                &facts,
                &outlook.class.sender(),
                &Overrides::default(),
                world.now(),
            ),
        });
        printer.json(&Explained {
            domain: &args.domain,
            facts: &facts,
            steps: steps(&full),
            senders: senders.collect(),
        })?;
    } else {
        human(&full, printer)?;
        outlook(&facts, world.now(), printer)?;
    }
    Ok(exit(assess(&facts, world.now()).verdict))
}

/// The plan of a sender that does MTA-STS and DANE.
fn full_plan(facts: &Facts, now: Timestamp) -> Plan {
    let sender = decide::judge::Class::DaneSts.sender();
    plan(facts, &sender, &Overrides::default(), now)
}

fn steps(plan: &Plan) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let domain = plan.domain.to_string();
    steps.extend(plan.sts.reasons.iter().map(|reason| step(&domain, reason)));
    let halt = plan.halt.iter().flat_map(|halt| &halt.reasons);
    steps.extend(halt.map(|reason| step(&domain, reason)));
    for host in &plan.hosts {
        let at = host.host.to_string();
        steps.extend(
            host.reasons
                .iter()
                .chain(&host.notes)
                .map(|reason| step(&at, reason)),
        );
    }
    steps
}

fn step(at: &str, reason: &Reason) -> Step {
    Step {
        at: at.to_owned(),
        rule: reason.name(),
        explain: reason.explain(),
        rfc: reason.rfc(),
        result_type: reason.result_type(),
    }
}

fn human(plan: &Plan, printer: &Printer) -> anyhow::Result<()> {
    printer.heading("Step by step, for a sender that does MTA-STS and DANE")?;
    for reason in &plan.sts.reasons {
        say(reason, printer)?;
    }
    if let Some(halt) = &plan.halt {
        printer.line(format_args!("  no host is tried: {}", action(&halt.action)))?;
        for reason in &halt.reasons {
            say(reason, printer)?;
        }
    }
    for HostPlan {
        host,
        preference,
        action: what,
        reasons,
        notes,
        ..
    } in &plan.hosts
    {
        let preference = preference.map_or("implicit".to_owned(), |number| number.to_string());
        printer.line(format_args!("  {preference} {host}: {}", action(what)))?;
        for reason in reasons.iter().chain(notes) {
            say(reason, printer)?;
        }
    }
    Ok(())
}

fn say(reason: &Reason, printer: &Printer) -> anyhow::Result<()> {
    match reason.rfc() {
        "" => printer.line(format_args!("    {}", reason.explain())),
        rfc => printer.line(format_args!("    {} ({rfc})", reason.explain())),
    }
}

fn action(action: &Action) -> String {
    match action {
        Action::Require { by } => {
            let each: Vec<_> = by
                .iter()
                .map(|by| match by {
                    By::Dane => "DANE",
                    By::Sts => "MTA-STS",
                })
                .collect();
            format!("TLS that satisfies {}, or no delivery", each.join(" and "))
        }
        Action::Opportunistic { encrypt: true } => "TLS, whoever answers".to_owned(),
        Action::Opportunistic { encrypt: false } => "TLS if offered, else clear text".to_owned(),
        Action::Refuse { permanent: true } => "the mail is returned".to_owned(),
        Action::Refuse { permanent: false } => "no delivery to this host".to_owned(),
        Action::Defer => "no delivery now; the mail waits".to_owned(),
    }
}

/// What each kind of sender would do now.
pub(super) fn outlook(facts: &Facts, now: Timestamp, printer: &Printer) -> anyhow::Result<()> {
    printer.heading("What senders do now")?;
    for outlook in outlook_of(facts, now) {
        printer.line(format_args!(
            "  {:<18} {}",
            outlook.class.title(),
            outlook.summary
        ))?;
    }
    Ok(())
}
