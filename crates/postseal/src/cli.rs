//! What can be typed.

use std::{ffi::OsString, net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, Parser, Subcommand, ValueEnum};
use findings::Code;
use jiff::Timestamp;
use names::Domain;

/// MTA-STS, SMTP TLS Reporting and DANE beside any mail server.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// What the output is for: people or programs.
    #[arg(long, global = true, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub(crate) format: Format,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 good, 1 findings of severity error or crit, 2 could not check, 64 wrong usage.

Examples:
  postseal lab                          try everything in a minute, on loopback
  postseal check example.com            is this domain's set-up right?
  postseal explain example.com          what would a sender do with mail for it, and why?
  postseal check --explain sts.record.id.invalid";

/// Who reads the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Text for people.
    Human,
    /// JSON for programs; docs/json.md has the shapes.
    Json,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Is this domain's set-up right? Findings, MX by MX, and what senders do now
    Check(CheckArgs),
    /// What would a sender do with mail for this domain, step by step, and why
    Explain(ExplainArgs),
    /// Check a record, a policy or a report by its text alone
    #[command(subcommand)]
    Lint(LintCommand),
    /// Does this mx pattern cover this host
    Match(MatchArgs),
    /// A private mail internet on loopback to try everything with: no root, no network
    Lab(LabArgs),
}

/// `postseal check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postseal check example.com
  postseal check example.com example.net --format json
  postseal check --dns 127.0.0.1:5353 --ca-file ca.pem --allow-reserved good.lab.example
  postseal check --explain mx.cert.expired

Exit codes: 0 good, 1 findings of severity error or crit, 2 could not check, 64 wrong usage.")]
pub(crate) struct CheckArgs {
    /// The domains: what stands behind the `@` of an address
    #[arg(value_name = "DOMAIN", value_parser = domain, required_unless_present = "explain")]
    pub(crate) domains: Vec<Domain>,
    /// Say what a code means and how to mend it; checks nothing
    #[arg(long, value_name = "CODE", value_parser = code, conflicts_with = "domains")]
    pub(crate) explain: Option<Code>,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
}

/// `postseal explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postseal explain example.com
  postseal explain example.com --format json

Exit codes: 0 mail would be delivered, 1 some sender refuses or defers, 2 could not check.")]
pub(crate) struct ExplainArgs {
    /// The domain: what stands behind the `@` of an address
    #[arg(value_name = "DOMAIN", value_parser = domain)]
    pub(crate) domain: Domain,
    #[command(flatten)]
    pub(crate) world: WorldArgs,
}

/// Where the world is: for another resolver, for a closed world, for the lab.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Where and how to look")]
pub(crate) struct WorldArgs {
    /// Resolver to ask, several are tried in turn [default: those of /etc/resolv.conf]
    #[arg(long, value_name = "ADDR:PORT", value_parser = dns_server)]
    pub(crate) dns: Vec<SocketAddr>,
    /// Validate DNSSEC in this process, from the root's trust anchor in FILE (DS or DNSKEY records)
    #[arg(long, value_name = "FILE")]
    pub(crate) trust_anchor: Option<PathBuf>,
    /// Trust the AD bit of resolvers that are not on loopback
    #[arg(long, conflicts_with = "trust_anchor")]
    pub(crate) trust_ad: bool,
    /// Roots of public certificates, PEM [default: the system's]
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Port dialled for the policy
    #[arg(long, value_name = "PORT", default_value_t = 443)]
    pub(crate) https_port: u16,
    /// Port dialled for mail; TLSA names stay `_25._tcp`
    #[arg(long, value_name = "PORT", default_value_t = 25)]
    pub(crate) smtp_port: u16,
    /// Port of authoritative name servers
    #[arg(long, value_name = "PORT", default_value_t = 53)]
    pub(crate) ns_port: u16,
    /// Dial special-use addresses too (loopback, private, link-local …)
    #[arg(long)]
    pub(crate) allow_reserved: bool,
    /// Judge as of this time, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) now: Option<Timestamp>,
    /// Seconds that each connection may take; DNS has half of it a try
    #[arg(long, value_name = "SECONDS", default_value = "15", value_parser = seconds)]
    pub(crate) timeout: Duration,
    /// Also send a harmless command in clear behind STARTTLS, to see whether it is executed
    #[arg(long)]
    pub(crate) active: bool,
    /// Name said in EHLO
    #[arg(long, value_name = "NAME", default_value = EHLO, value_parser = domain)]
    pub(crate) ehlo: Domain,
}

/// `postseal lint`.
#[derive(Debug, Subcommand)]
pub(crate) enum LintCommand {
    /// The TXT records at `_mta-sts.DOMAIN`, one argument a record
    #[command(after_help = "Example:\n  postseal lint record 'v=STSv1; id=20261121T000000;'")]
    Record(LintTextArgs),
    /// The policy file `mta-sts.txt`
    #[command(after_help = "Example:\n  postseal lint policy mta-sts.txt")]
    Policy(LintFileArgs),
    /// The TXT records at `_smtp._tls.DOMAIN`, one argument a record
    #[command(
        after_help = "Example:\n  postseal lint tlsrpt-record 'v=TLSRPTv1; rua=mailto:tls@example.com'"
    )]
    TlsrptRecord(LintTextArgs),
    /// TLS reports: JSON, gzip, zip, or a mail that holds some
    #[command(after_help = "Example:\n  postseal lint report report.json.gz")]
    Report(LintFileArgs),
}

/// Records to lint.
#[derive(Debug, Args)]
pub(crate) struct LintTextArgs {
    /// One TXT record of the set, its character-strings joined; an empty one is an empty record
    #[arg(value_name = "TEXT", required = true)]
    pub(crate) texts: Vec<OsString>,
}

/// A file to lint.
#[derive(Debug, Args)]
pub(crate) struct LintFileArgs {
    /// The file; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
}

/// `postseal match`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  postseal match '*.example.com' mx1.example.com

Exit codes: 0 it does, 1 it does not.")]
pub(crate) struct MatchArgs {
    /// The value of an mx line of a policy
    #[arg(value_name = "PATTERN")]
    pub(crate) pattern: OsString,
    /// The target of an MX record
    #[arg(value_name = "HOST")]
    pub(crate) host: OsString,
}

/// `postseal lab`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  postseal lab                  start, check a handful of domains, stay up until Ctrl-C
  postseal lab --once           the same, and leave
  postseal lab --list           what there is to look at")]
pub(crate) struct LabArgs {
    /// Leave after the tour
    #[arg(long)]
    pub(crate) once: bool,
    /// List the lab's domains and what is wrong with each; starts nothing
    #[arg(long, conflicts_with = "once")]
    pub(crate) list: bool,
    /// Where to put the lab's CA file and trust anchor [default: a new folder for temporary files]
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}

/// What the program calls itself in EHLO where nobody says otherwise: a name that nobody has
/// (RFC 6761 §6.4).
const EHLO: &str = "postseal.invalid";

/// The default of `--ehlo`.
pub(crate) fn default_ehlo() -> anyhow::Result<Domain> {
    Ok(Domain::parse(EHLO)?)
}

fn domain(text: &str) -> Result<Domain, String> {
    Domain::parse(text).map_err(|error| error.to_string())
}

fn code(text: &str) -> Result<Code, String> {
    Code::by_name(text).ok_or_else(|| {
        let alike: Vec<_> = Code::ALL
            .iter()
            .map(|code| code.name())
            .filter(|name| name.contains(text) || text.contains(name))
            .take(8)
            .collect();
        if alike.is_empty() {
            "no such code; docs/codes.md lists them all".to_owned()
        } else {
            format!("no such code; did you mean {}?", alike.join(", "))
        }
    })
}

fn dns_server(text: &str) -> Result<SocketAddr, String> {
    text.parse::<SocketAddr>()
        .or_else(|_| text.parse().map(|address| SocketAddr::new(address, 53)))
        .map_err(|_| "expected ADDR:PORT, such as 127.0.0.1:53 or [::1]:53".to_owned())
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<f64>() {
        Ok(seconds) if (0.1..=600.0).contains(&seconds) => Ok(Duration::from_secs_f64(seconds)),
        _ => Err("expected a number of seconds from 0.1 to 600".to_owned()),
    }
}
