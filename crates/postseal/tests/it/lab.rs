//! Every scenario of the lab: the binary against live servers, each fault beside its good twin.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{LazyLock, Mutex},
    time::{Duration, Instant},
};

use findings::{Code, Severity};
use lab::{Lab, LabConfig, Scenario};
use serde_json::Value;

use crate::{
    run::{Ran, codes, postseal},
    schema::assert_shape,
};

/// Seconds that a connection may take. Long enough for a busy machine; the scenarios that time out
/// take it in full.
const TIMEOUT: &str = "4";

/// Codes of severity error or crit that no closed world can prove, or that need history or tables
/// of providers.
const NOT_IN_THE_LAB: [&str; 6] = [
    "sts.tls.revoked",
    "sts.tls.parked",
    "sts.mx.mismatch.stale",
    "sts.delegation.unhosted",
    "sts.update.id_unchanged",
    "sts.removal.abrupt",
];

/// One lab for all tests of this binary; its folder lives as long as the process.
static LAB: LazyLock<(Lab, tempfile::TempDir)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().expect("a folder for the lab");
    (
        Lab::start(LabConfig::new(dir.path())).expect("the lab starts"),
        dir,
    )
});

/// `postseal COMMAND` pointed at the lab.
fn at_lab(command: &str, domain: &str, more: &[&str], allow_reserved: bool) -> Ran {
    let lab = &LAB.0;
    let ports = [lab.https_port(), lab.smtp_port(), lab.ns_port()].map(|port| port.to_string());
    let dns = lab.dns().to_string();
    let ca = lab.ca_file().to_str().expect("a path of plain characters");
    let mut args = vec![command, domain, "--dns", &dns, "--ca-file", ca];
    args.extend([
        "--https-port",
        &ports[0],
        "--smtp-port",
        &ports[1],
        "--ns-port",
        &ports[2],
    ]);
    if allow_reserved {
        args.push("--allow-reserved");
    }
    if !more.contains(&"--timeout") {
        args.extend(["--timeout", TIMEOUT]);
    }
    args.extend(more);
    postseal(&args)
}

fn check(scenario: &Scenario) -> Ran {
    let mut args = vec!["--format", "json"];
    args.extend(scenario.args);
    at_lab("check", scenario.domain, &args, !scenario.reserved_refused)
}

fn severity(text: &str) -> Severity {
    let all = [
        Severity::Ok,
        Severity::Info,
        Severity::Warn,
        Severity::Error,
        Severity::Crit,
    ];
    all.into_iter()
        .find(|s| s.as_str() == text)
        .expect("a severity")
}

/// What is wrong with how a scenario was checked.
fn faults(scenario: &Scenario, twin: &BTreeSet<String>) -> Vec<String> {
    let ran = check(scenario);
    let document = ran.json();
    assert_shape("check", &document);
    let mut faults = Vec::new();
    let found = codes(&document);
    for code in scenario.provokes {
        if !found.iter().any(|c| c == code) {
            faults.push(format!("{}: no {code} among {found:?}", scenario.name));
        }
        let heavy = Code::by_name(code).expect("a code").severity() >= Severity::Warn;
        if heavy && twin.contains(*code) {
            faults.push(format!("{}: the good twin shows {code} too", scenario.name));
        }
    }
    for finding in document["findings"].as_array().expect("findings") {
        let code = finding["code"].as_str().expect("a code");
        let weight = severity(finding["severity"].as_str().expect("a severity"));
        let foreseen = scenario.provokes.contains(&code) || scenario.also.contains(&code);
        if weight >= Severity::Warn && !foreseen {
            faults.push(format!("{}: not foreseen: {finding}", scenario.name));
        }
        let said = [&finding["message"], &finding["help"]].map(|v| v.as_str().expect("a text"));
        if said
            .iter()
            .any(|text| text.contains('{') && text.contains('}'))
        {
            faults.push(format!(
                "{}: an unfilled placeholder in {finding}",
                scenario.name
            ));
        }
    }
    faults.extend(weight_faults(scenario, &document));
    faults.extend(verdict_fault(scenario, &document, ran.code));
    faults
}

/// A code that weighs by the policy has the weight that the scenario names, each time it is found;
/// and what is said to come along does.
fn weight_faults(scenario: &Scenario, document: &Value) -> Vec<String> {
    let findings = document["findings"].as_array().expect("findings");
    let severities = |code: &str| -> BTreeSet<&str> {
        let of_code = findings.iter().filter(|finding| finding["code"] == code);
        of_code
            .map(|finding| finding["severity"].as_str().expect("a severity"))
            .collect()
    };
    let mut faults = Vec::new();
    for (code, weight) in scenario.weighs {
        let found = severities(code);
        if found != BTreeSet::from([*weight]) {
            let name = scenario.name;
            faults.push(format!("{name}: {code} is {found:?}, not {weight}"));
        }
    }
    for code in scenario.also {
        if severities(code).is_empty() {
            faults.push(format!("{}: {code} does not come along", scenario.name));
        }
    }
    faults
}

/// The verdict follows from the findings, and the exit code from the verdict.
fn verdict_fault(scenario: &Scenario, document: &Value, exit: i32) -> Option<String> {
    let findings = document["findings"].as_array().expect("findings");
    let worst = findings
        .iter()
        .map(|f| severity(f["severity"].as_str().expect("text")))
        .max();
    let verdict = document["verdict"].as_str().expect("a verdict");
    let follows = match verdict {
        "unknown" => exit == 2,
        "fail" => exit == 1 && worst >= Some(Severity::Error),
        "warn" => exit == 0 && worst == Some(Severity::Warn),
        "pass" => exit == 0 && worst < Some(Severity::Warn),
        _ => false,
    };
    (!follows).then(|| format!("{}: {verdict}, worst {worst:?}, exit {exit}", scenario.name))
}

/// Every code of severity crit and error that needs no history, against a live server that provokes
/// it, and absent from the good twins. [V-16] [O-03] [O-04] [F-05] [F-06] [F-09] [F-10] [F-16] [F-18]
#[test]
fn every_scenario_shows_its_codes_and_its_twin_does_not() {
    let twin: BTreeSet<String> = ["good", "good-plain"]
        .iter()
        .flat_map(|name| codes(&check(lab::scenario(name).expect("the good twins exist")).json()))
        .collect();
    let queue: Mutex<VecDeque<&Scenario>> = Mutex::new(lab::scenarios().iter().collect());
    let failures = Mutex::new(Vec::new());
    // Most scenarios wait for nothing; those that time out wait side by side.
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                loop {
                    let Some(scenario) = queue.lock().expect("no panic").pop_front() else {
                        break;
                    };
                    let faults = faults(scenario, &twin);
                    failures.lock().expect("no panic").extend(faults);
                }
            });
        }
    });
    let failures = failures.into_inner().expect("no panic");
    assert!(
        failures.is_empty(),
        "{} failures:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn every_heavy_code_has_a_scenario() {
    let provoked: BTreeSet<&str> = lab::scenarios()
        .iter()
        .flat_map(|s| s.provokes)
        .copied()
        .collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| code.severity() >= Severity::Error && !code.name().starts_with("report."))
        .map(|code| code.name())
        .filter(|name| !provoked.contains(name) && !NOT_IN_THE_LAB.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    let undetected: Vec<&&str> = provoked
        .iter()
        .filter(|name| !Code::by_name(name).expect("a code").entry().detected)
        .collect();
    assert!(
        undetected.is_empty(),
        "the table says that these are not detected: {undetected:?}"
    );
}

/// One MX that never answers costs its deadline and no more, and the others are shown before.
///
/// How long the rest of a check takes is a matter of the machine, which is busy with the other
/// tests here, so it is measured with a domain that keeps nobody waiting, just before and just
/// after. Five times the longer of the two leaves room for what runs at the same moment; the second
/// on top of it is for a measured time near zero. A second deadline (another address, a second try,
/// the hosts one after the other) is beyond that wherever such a check takes less than a second.
#[test]
fn a_silent_mx_costs_its_deadline_and_no_more() {
    const DEADLINE: Duration = Duration::from_secs(6);
    let silent = lab::scenario("mx-timeout").expect("a scenario with an MX that does not answer");
    let good = lab::scenario("good-plain").expect("the good twin");
    let timed = |scenario: &Scenario| {
        let seconds = DEADLINE.as_secs().to_string();
        let started = Instant::now();
        let ran = at_lab("check", scenario.domain, &["--timeout", &seconds], true);
        (started.elapsed(), ran)
    };
    let (before, _) = timed(good);
    let (took, ran) = timed(silent);
    let (after, _) = timed(good);
    let most = DEADLINE + Duration::from_secs(1) + before.max(after) * 5;
    assert!(took >= DEADLINE, "took {took:?}: it was not waited for");
    assert!(
        took <= most,
        "took {took:?}; without it {before:?} and {after:?}"
    );
    let position = |text: &str| {
        ran.stdout
            .find(text)
            .unwrap_or_else(|| panic!("{text}: {ran:?}"))
    };
    assert!(
        position("certificate good") < position("timed out"),
        "{}",
        ran.stdout
    );
}

/// A resolver that validates and finds a forgery is not overruled by one that does not look.
/// [D-18]
#[test]
fn a_second_resolver_does_not_make_bogus_good() {
    let bogus = lab::scenario("bogus-zone").expect("a zone with wrong signatures");
    for server in LAB.0.name_servers().map(|server| server.to_string()) {
        let args = ["--dns", &server, "--format", "json"];
        let ran = at_lab("check", bogus.domain, &args, true);
        let document = ran.json();
        let found = codes(&document);
        for code in ["dane.bogus", "dns.bogus"] {
            assert!(found.iter().any(|c| c == code), "{code}: {found:?}");
        }
        assert_eq!((&document["verdict"], ran.code), (&"fail".into(), 1));
    }
}

#[test]
fn people_see_the_verdict_last_and_what_senders_do() {
    let good = lab::scenario("good").expect("the good twin");
    let ran = at_lab("check", good.domain, &[], true);
    assert_eq!(ran.code, 0, "{ran:?}");
    for text in [
        "What senders do now",
        "PKIX with MTA-STS",
        "DANE only",
        "opportunistic",
    ] {
        assert!(ran.stdout.contains(text), "{text}: {}", ran.stdout);
    }
    let last = ran.stdout.trim_end().lines().last().expect("a line");
    assert!(
        last.starts_with(&format!("{}: pass", good.domain)),
        "{last}"
    );
}

#[test]
fn explain_says_what_each_sender_would_do() {
    let bad = lab::scenario("bad-tlsa").expect("a domain with a wrong TLSA record");
    let ran = at_lab("explain", bad.domain, &["--format", "json"], true);
    let document = ran.json();
    assert_shape("explain", &document);
    let senders = document["senders"].as_array().expect("senders");
    assert_eq!(senders.len(), 4);
    for sender in senders {
        assert!(
            !sender["plan"]["hosts"]
                .as_array()
                .expect("hosts")
                .is_empty(),
            "{sender}"
        );
    }
    let human = at_lab("explain", bad.domain, &[], true);
    assert!(human.stdout.contains("RFC 7672"), "{}", human.stdout);
    assert_eq!(human.code, 1, "{human:?}");
}

/// In-process validation comes to the same as the AD bit.
#[test]
fn validating_in_process_agrees_with_the_resolver() {
    let anchor = LAB
        .0
        .anchor_file()
        .to_str()
        .expect("a path of plain characters");
    for name in ["good", "good-plain", "bad-tlsa", "bogus"] {
        let Some(scenario) = lab::scenario(name) else {
            panic!("no scenario `{name}`")
        };
        let trusting = check(scenario).json();
        let args = ["--format", "json", "--trust-anchor", anchor];
        let validating = at_lab("check", scenario.domain, &args, true).json();
        assert_eq!(codes(&trusting), codes(&validating), "{name}");
        assert_eq!(trusting["verdict"], validating["verdict"], "{name}");
    }
}

/// A certificate that is good now is not good for ever.
#[test]
fn the_time_is_an_argument() {
    let good = lab::scenario("good").expect("the good twin");
    let args = ["--format", "json", "--now", "2036-01-01T00:00:00Z"];
    let later = at_lab("check", good.domain, &args, true).json();
    assert!(
        codes(&later).iter().any(|code| code == "sts.tls.expired"),
        "{:?}",
        codes(&later)
    );
}

#[test]
fn several_domains_give_a_document_each() {
    let [good, bad] = ["good", "no-starttls"].map(|name| lab::scenario(name).expect("a scenario"));
    let ran = at_lab(
        "check",
        good.domain,
        &[bad.domain, "--format", "json"],
        true,
    );
    let verdicts: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["verdict"].clone())
        .collect();
    assert_eq!(verdicts, ["pass", "fail"]);
    assert_eq!(ran.code, 1);
}
