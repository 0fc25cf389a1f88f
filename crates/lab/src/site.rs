//! One mail domain as a scenario describes it: what DNS says, what the policy host answers, how
//! the MX hosts behave. A new [`Site`] is the good twin; a scenario changes one thing about it.

use crate::{
    ca::CertKind,
    dns::{
        auth::{DnsFault, DnsFaultKind, Signing, ZoneSpec},
        record::{Data, Record},
    },
    listen::Door,
    mx::Smtp,
    tls::TlsPlan,
    web::WebReply,
};

/// The provider whose zone is signed and whose MX hosts have TLSA records.
pub(crate) const MAIL_PROVIDER: &str = "mailhost.example";
/// The provider of the unsigned domains.
pub(crate) const PLAIN_PROVIDER: &str = "plainhost.example";
/// A provider of policies without mail.
pub(crate) const DELEGATE: &str = "policyhost.example";
/// Where most reports go.
pub(crate) const REPORTS: &str = "reports.example";

/// The long life a policy should have: 30 days.
const MAX_AGE: u32 = 2_592_000;

/// One mail domain and all that belongs to it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    pub(crate) domain: String,
    /// How its zone is signed; none for an unsigned one.
    pub(crate) signing: Option<Signing>,
    /// The records at `_mta-sts`.
    pub(crate) sts: Vec<Record>,
    /// The records at `_smtp._tls`.
    pub(crate) tlsrpt: Vec<Record>,
    /// The MX records.
    pub(crate) mail: Vec<Record>,
    /// Whatever else the zone holds.
    pub(crate) others: Vec<Record>,
    /// What the second name server has at `_mta-sts` instead.
    pub(crate) second_sts: Option<Vec<Record>>,
    pub(crate) host: PolicyHost,
    /// The MX hosts that are this domain's own.
    pub(crate) mx: Vec<MxHost>,
    /// What the zones of providers hold for the domain.
    pub(crate) elsewhere: Vec<Record>,
    /// Further zones.
    pub(crate) zones: Vec<ZoneSpec>,
    pub(crate) faults: Vec<DnsFault>,
}

/// The policy host.
#[derive(Clone, Debug)]
pub(crate) struct PolicyHost {
    /// The records at `mta-sts`, where they are not the addresses of the servers below.
    pub(crate) records: Option<Vec<Record>>,
    /// What is served.
    pub(crate) reply: WebReply,
    /// The host's own addresses; with none it lives at the shared one.
    pub(crate) servers: Vec<WebPlan>,
}

/// One address of a policy host.
#[derive(Clone, Debug)]
pub(crate) struct WebPlan {
    pub(crate) door: Door,
    /// None for plain text where TLS is expected.
    pub(crate) tls: Option<TlsPlan>,
    /// What it serves, where that is not what the host serves.
    pub(crate) reply: Option<WebReply>,
}

/// An MX host of the domain's own.
#[derive(Clone, Debug)]
pub(crate) struct MxHost {
    pub(crate) name: String,
    /// The name that holds its addresses, where the host's own is an alias for that.
    pub(crate) alias: Option<String>,
    /// Addresses beside those of the servers below.
    pub(crate) more: Vec<Data>,
    pub(crate) servers: Vec<MxPlan>,
    pub(crate) tlsa: Vec<TlsaPlan>,
}

/// One address of an MX host.
#[derive(Clone, Debug)]
pub(crate) struct MxPlan {
    pub(crate) door: Door,
    pub(crate) smtp: Smtp,
    pub(crate) tls: TlsPlan,
}

/// One TLSA record (RFC 6698 §2.1), by what it pins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TlsaPlan {
    /// 3 1 1 of the key in use.
    Current,
    /// 3 1 1 of a key not in use.
    Other,
    /// 2 1 1 of the intermediate, which is sent.
    Intermediate,
    /// 2 1 1 of the root, which is not sent.
    Root,
    /// 1 1 1 of the key in use: a usage that SMTP does not know (RFC 7672 §3.1.3).
    Pkix,
}

impl Site {
    /// The good twin: a signed domain, two MX hosts with DANE at a provider, a policy that is
    /// enforced, TLSRPT.
    pub(crate) fn new(domain: &str) -> Self {
        let mut site = Self {
            domain: domain.to_owned(),
            signing: Some(Signing::default()),
            sts: Vec::new(),
            tlsrpt: Vec::new(),
            mail: Vec::new(),
            others: Vec::new(),
            second_sts: None,
            host: PolicyHost {
                records: None,
                reply: WebReply::policy(""),
                servers: Vec::new(),
            },
            mx: Vec::new(),
            elsewhere: Vec::new(),
            zones: Vec::new(),
            faults: Vec::new(),
        };
        site.record("v=STSv1; id=20261101T000000;");
        site.reporting(&format!("v=TLSRPTv1; rua=mailto:tls@{REPORTS}"));
        site.mail_at(MAIL_PROVIDER);
        site
    }

    /// A name below the domain.
    pub(crate) fn under(&self, labels: &str) -> String {
        format!("{labels}.{}", self.domain)
    }

    /// Makes the zone unsigned and moves its mail to the provider that is unsigned too.
    pub(crate) fn unsigned(&mut self) {
        self.signing = None;
        self.mail_at(PLAIN_PROVIDER);
    }

    /// The signing of a zone that is signed.
    pub(crate) fn signing(&mut self) -> &mut Signing {
        self.signing.get_or_insert_default()
    }

    /// Replaces the STS record.
    pub(crate) fn record(&mut self, text: &str) {
        self.sts = vec![Record::txt(self.under("_mta-sts"), text)];
    }

    /// Removes MTA-STS altogether.
    pub(crate) fn no_sts(&mut self) {
        self.sts.clear();
        self.host.records = Some(Vec::new());
    }

    /// Adds one more TXT record beside the STS record.
    pub(crate) fn another_record(&mut self, text: &str) {
        self.sts.push(Record::txt(self.under("_mta-sts"), text));
    }

    /// Replaces the TLSRPT record.
    pub(crate) fn reporting(&mut self, text: &str) {
        self.tlsrpt = vec![Record::txt(self.under("_smtp._tls"), text)];
    }

    /// Adds a record of any kind.
    pub(crate) fn add(&mut self, record: Record) {
        self.others.push(record);
    }

    /// Replaces the policy's octets.
    pub(crate) fn body(&mut self, body: impl Into<Vec<u8>>) {
        self.host.reply.body = body.into();
    }

    /// Replaces the policy by one of these lines, each ended by CRLF.
    pub(crate) fn lines(&mut self, lines: &[&str]) {
        self.body(lines.join("\r\n") + "\r\n");
    }

    /// Replaces the policy by a well-formed one of this mode and these patterns.
    pub(crate) fn policy(&mut self, mode: &str, patterns: &[&str]) {
        self.body(policy(mode, patterns));
    }

    /// Gives the policy host one address of its own, and changes how that behaves.
    pub(crate) fn own_policy_host(&mut self, change: impl FnOnce(&mut WebPlan)) {
        let mut server = WebPlan::default();
        change(&mut server);
        self.host.servers.push(server);
    }

    /// The same for its TLS alone.
    pub(crate) fn policy_host_tls(&mut self, plan: TlsPlan) {
        self.own_policy_host(|server| server.tls = Some(plan));
    }

    /// Sends the domain's mail to the two hosts of a provider, and says so in the policy.
    pub(crate) fn mail_at(&mut self, provider: &str) {
        let hosts = [format!("mx1.{provider}"), format!("mx2.{provider}")];
        self.mail_to(&hosts.each_ref().map(String::as_str));
    }

    /// Sends the domain's mail to these hosts, and says so in the policy.
    pub(crate) fn mail_to(&mut self, hosts: &[&str]) {
        let preferences = (1_u16..).map(|number| number * 10);
        let records = hosts.iter().zip(preferences);
        self.mail = records
            .map(|(host, preference)| Record::mx(&self.domain, preference, *host))
            .collect();
        self.policy("enforce", hosts);
    }

    /// Gives the domain this many MX hosts of its own, good ones, with DANE where it is signed.
    pub(crate) fn own_hosts(&mut self, count: usize) {
        let names: Vec<String> = (1..=count)
            .map(|at| self.under(&format!("mx{at}")))
            .collect();
        self.mail_to(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let signed = self.signing.is_some();
        self.mx = names
            .into_iter()
            .map(|name| MxHost::good(name, signed))
            .collect();
    }

    /// Gives the domain two MX hosts of its own, and changes how the first behaves.
    pub(crate) fn first_host(&mut self, change: impl FnOnce(&mut MxHost)) {
        self.own_hosts(2);
        if let Some(host) = self.mx.first_mut() {
            change(host);
        }
    }

    /// The same for an unsigned domain, where certificates are judged by names and authorities.
    pub(crate) fn first_plain_host(&mut self, change: impl FnOnce(&mut MxHost)) {
        self.unsigned();
        self.first_host(change);
    }

    /// Lets both name servers fail for a name below the domain; the empty text is all of it.
    pub(crate) fn dns_fault(&mut self, labels: &str, kind: DnsFaultKind) {
        let name = if labels.is_empty() {
            self.domain.clone()
        } else {
            self.under(labels)
        };
        self.faults.push(DnsFault {
            name,
            rtype: None,
            server: None,
            kind,
        });
    }
}

impl MxHost {
    /// A host without faults.
    pub(crate) fn good(name: String, dane: bool) -> Self {
        let tlsa = if dane {
            vec![TlsaPlan::Current, TlsaPlan::Other]
        } else {
            Vec::new()
        };
        Self {
            name,
            alias: None,
            more: Vec::new(),
            servers: vec![MxPlan::default()],
            tlsa,
        }
    }

    /// Changes how every address behaves.
    pub(crate) fn each(&mut self, change: impl FnMut(&mut MxPlan)) {
        self.servers.iter_mut().for_each(change);
    }

    /// Shows another certificate.
    pub(crate) fn certificate(&mut self, kind: CertKind) {
        self.each(|server| server.tls = TlsPlan::Own(kind));
    }

    /// Behaves like this in TLS.
    pub(crate) fn tls(&mut self, plan: &TlsPlan) {
        self.each(|server| server.tls = plan.clone());
    }
}

impl Default for MxPlan {
    fn default() -> Self {
        let tls = TlsPlan::Own(CertKind::Good);
        Self {
            door: Door::Open,
            smtp: Smtp::default(),
            tls,
        }
    }
}

impl Default for WebPlan {
    fn default() -> Self {
        Self {
            door: Door::Open,
            tls: Some(TlsPlan::Own(CertKind::Good)),
            reply: None,
        }
    }
}

/// A well-formed policy (RFC 8461 §3.2).
pub(crate) fn policy(mode: &str, patterns: &[&str]) -> String {
    let patterns = patterns.iter().map(|pattern| format!("mx: {pattern}\r\n"));
    let patterns: String = patterns.collect();
    format!("version: STSv1\r\nmode: {mode}\r\n{patterns}max_age: {MAX_AGE}\r\n")
}
