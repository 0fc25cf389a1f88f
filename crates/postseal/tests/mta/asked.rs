//! Questions to `postseal`, and to Postfix as a sender that knows nothing of ours.

use std::{
    fmt, fs,
    process::{Command, Stdio},
};

use serde_json::Value;

use crate::{tools, world::World};

/// What `postseal` said of a domain.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) document: Value,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {}: {}", self.code, self.document)
    }
}

/// How far Postfix as a sender trusts the first MX host of a domain that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Name and chain, or TLSA, hold: mail would go.
    Verified,
    /// They do not.
    Refused,
}

/// By what Postfix is told to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// RFC 7672.
    Dane,
    /// A public certificate for the MX host's name, as RFC 8461 wants it.
    Secure,
}

/// `postseal check` or `explain`, on the well-known ports.
pub(crate) fn postseal(world: &World, command: &str, domain: &str) -> Answer {
    let dns = world.lab.dns().to_string();
    let output = Command::new(env!("CARGO_BIN_EXE_postseal"))
        .args([
            command,
            domain,
            "--dns",
            &dns,
            "--allow-reserved",
            "--format",
            "json",
        ])
        .arg("--ca-file")
        .arg(world.lab.ca_file())
        .stdin(Stdio::null())
        .output()
        .expect("postseal starts");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let document = serde_json::from_str(&stdout).unwrap_or_else(|error| {
        panic!(
            "{command} {domain}: {error}: {stdout}{}",
            String::from_utf8_lossy(&output.stderr)
        )
    });
    let code = output.status.code().expect("postseal exits by itself");
    Answer { code, document }
}

/// `posttls-finger`: DNS, STARTTLS and judgement are all Postfix's.
pub(crate) fn postfix(world: &World, level: Level, domain: &str) -> (Trust, String) {
    let config = world.dir.join("sender");
    fs::create_dir_all(&config).expect("a folder for the sender");
    // Its own, so that nothing of this machine's mail set-up counts.
    let main_cf = "compatibility_level = 3.6\nmyhostname = sender.example\ninet_protocols = ipv4\n";
    fs::write(config.join("main.cf"), main_cf).expect("main.cf is written");
    let mut command = Command::new(tools::path("posttls-finger"));
    command
        .env("MAIL_CONFIG", &config)
        .args(["-c", "-L", "summary", "-l"]);
    match level {
        Level::Dane => command.arg("dane").arg(domain),
        // What RFC 8461 §4.1 compares is the MX host's name, not the domain.
        Level::Secure => command
            .args(["secure", "-F"])
            .arg(world.lab.ca_file())
            .args([domain, "hostname"]),
    };
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("posttls-finger starts");
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    let verified = said
        .lines()
        .any(|line| line.contains("Verified TLS connection established"));
    let established = said
        .lines()
        .any(|line| line.contains("TLS connection established"));
    assert!(established, "posttls-finger {level:?} {domain}: {said}");
    (
        if verified {
            Trust::Verified
        } else {
            Trust::Refused
        },
        said,
    )
}
