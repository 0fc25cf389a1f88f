//! One domain with one MX host, described by a tuple of abstract facts and made into [`Facts`].

use decide::facts::*;
use jiff::Timestamp;
use mta_sts::{Policy, PolicyId, policy};
use names::{Domain, Host, Owner};

pub(crate) const NOW: i64 = 1_800_000_000;
pub(crate) const MAX_AGE: i64 = 604_800;

pub(crate) fn now() -> Timestamp {
    at(NOW)
}

pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// What there is of a policy. "Fresh" and "Expired" speak of one fetched before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PolicyState {
    /// No record, nothing kept.
    None,
    /// Record and policy; another, stricter policy is kept from before.
    Fetched,
    /// Record; nothing was fetched since the kept policy has the same id.
    SameIdFresh,
    /// Record; the fetch failed.
    FailedFresh,
    FailedExpired,
    FailedNone,
    /// Record; the policy cannot be parsed.
    MalformedFresh,
    MalformedExpired,
    MalformedNone,
    /// DNS gives no answer for the record.
    FaultFresh,
    FaultExpired,
    FaultNone,
    /// The record is gone.
    GoneFresh,
    GoneExpired,
    /// The record is malformed.
    BadRecordFresh,
    BadRecordNone,
    /// Two records.
    TwoRecordsFresh,
    TwoRecordsNone,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mode {
    Enforce,
    Testing,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Mx {
    Secure,
    Insecure,
    Unproven,
    Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Addr {
    Secure,
    Insecure,
    /// A secure CNAME into an unsigned zone.
    SecureAlias,
    /// An insecure CNAME.
    InsecureAlias,
    Unproven,
    Fault,
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tlsa {
    /// A proven denial.
    Absent,
    /// Records in an unsigned zone.
    Insecure,
    Match,
    Mismatch,
    TaNotSent,
    TaInvalid,
    Unusable,
    Fault,
    /// Records, and a resolver that proves nothing.
    Unproven,
    /// A denial, and a resolver that proves nothing.
    UnprovenAbsent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Tls {
    Unreachable,
    Missing,
    Refused,
    Failed,
    Ok(Cert),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Cert {
    Valid,
    Expired,
    NotYetValid,
    NameMismatch,
    CnOnly,
    SelfSigned,
    Untrusted,
    Incomplete,
    Other,
}

/// The abstract facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct World {
    pub(crate) policy: PolicyState,
    pub(crate) mode: Mode,
    pub(crate) covered: bool,
    pub(crate) mx: Mx,
    pub(crate) addr: Addr,
    pub(crate) tlsa: Tlsa,
    pub(crate) tls: Tls,
}

/// Everything well: enforce, covered, DANE, valid certificate.
pub(crate) const GOOD: World = World {
    policy: PolicyState::Fetched,
    mode: Mode::Enforce,
    covered: true,
    mx: Mx::Secure,
    addr: Addr::Secure,
    tlsa: Tlsa::Match,
    tls: Tls::Ok(Cert::Valid),
};

pub(crate) fn host() -> Host {
    Host::parse("mx1.example.com").unwrap()
}

pub(crate) fn owner(text: &str) -> Owner {
    Owner::parse(text).unwrap()
}

pub(crate) fn answer<T>(result: Answered<T>, secure: Secure) -> Answer<T> {
    Answer {
        result,
        secure,
        cname: Vec::new(),
        ttl: 300,
        ede: Vec::new(),
    }
}

pub(crate) fn found<T>(value: T, secure: Secure) -> Answer<T> {
    answer(Answered::Found(value), secure)
}

pub(crate) fn fault<T>(fault: DnsFault) -> Answer<T> {
    answer(Answered::Fault(fault), Secure::Unknown)
}

pub(crate) fn body(mode: &str, mx: &str) -> String {
    format!("version: STSv1\nmode: {mode}\nmx: {mx}\nmax_age: {MAX_AGE}\n")
}

pub(crate) fn parsed(body: &str) -> Policy {
    policy::parse(body.as_bytes()).value.unwrap()
}

pub(crate) fn cached(body: &str, fetched_at: i64) -> CachedPolicy {
    CachedPolicy {
        id: PolicyId::parse(b"id1").unwrap(),
        policy: parsed(body),
        fetched_at: at(fetched_at),
    }
}

pub(crate) fn record(id: &str) -> Text {
    Text(format!("v=STSv1; id={id};").into_bytes())
}

pub(crate) fn fetch(outcome: FetchOutcome) -> FetchFact {
    FetchFact {
        address: [127, 0, 0, 1].into(),
        outcome,
        tls: None,
        presented: None,
        elapsed_ms: 1,
    }
}

pub(crate) fn fetched(body: &str) -> FetchFact {
    fetch(FetchOutcome::Fetched(Fetched {
        content_type: Some("text/plain".to_owned()),
        content_encoding: None,
        body: Text(body.as_bytes().to_vec()),
    }))
}

pub(crate) fn failed(fault: FetchFault) -> FetchFact {
    fetch(FetchOutcome::Failed(fault))
}

pub(crate) fn tlsa(usage: u8, selector: u8, matching: u8, length: usize) -> decide::facts::Tlsa {
    decide::facts::Tlsa {
        usage,
        selector,
        matching,
        data: vec![7; length],
    }
}

pub(crate) fn tls_fact(faults: Vec<CertFault>, dane: Option<DaneOutcome>) -> TlsFact {
    TlsFact {
        version: "TLSv1.3".to_owned(),
        cipher: "TLS_AES_128_GCM_SHA256".to_owned(),
        chain: Vec::new(),
        faults,
        dane,
    }
}

pub(crate) fn smtp(starttls: Starttls) -> SessionOutcome {
    SessionOutcome::Smtp {
        banner: String::new(),
        extensions: Vec::new(),
        starttls,
    }
}

pub(crate) fn session_fact(outcome: SessionOutcome) -> SessionFact {
    SessionFact {
        address: [127, 0, 0, 1].into(),
        outcome,
        presented: None,
        legacy: None,
        without_sni: None,
        injection: None,
        elapsed_ms: 1,
    }
}

impl Mode {
    fn word(self) -> &'static str {
        match self {
            Self::Enforce => "enforce",
            Self::Testing => "testing",
            Self::None => "none",
        }
    }
}

impl World {
    pub(crate) fn facts(&self) -> Facts {
        Facts {
            domain: Domain::parse("example.com").unwrap(),
            sts: self.sts(),
            mx: self.mx_fact(),
            hosts: if self.mx == Mx::Fault {
                Vec::new()
            } else {
                vec![self.host_fact()]
            },
            tlsrpt: TlsrptFact {
                txt: answer(Answered::NxDomain, Secure::Secure),
                near_misses: Vec::new(),
                destinations: Vec::new(),
            },
            servers: Vec::new(),
        }
    }

    fn sts(&self) -> StsFact {
        use PolicyState as P;
        // `*` stands for one label, so the second pattern does not cover the host.
        let policy = body(
            self.mode.word(),
            if self.covered {
                "*.example.com"
            } else {
                "example.com"
            },
        );
        let absent = || answer(Answered::NxDomain, Secure::Insecure);
        let txt = |texts: Vec<Text>| found(texts, Secure::Insecure);
        let one = || txt(vec![record("id1")]);
        let (txt, fetches) = match self.policy {
            P::None | P::GoneFresh | P::GoneExpired => (absent(), vec![]),
            P::Fetched => (one(), vec![fetched(&policy)]),
            P::SameIdFresh => (one(), vec![]),
            P::FailedFresh | P::FailedExpired | P::FailedNone => (
                txt(vec![record("id2")]),
                vec![failed(FetchFault::Timeout("body".to_owned()))],
            ),
            P::MalformedFresh | P::MalformedExpired | P::MalformedNone => {
                (txt(vec![record("id2")]), vec![fetched("version: STSv1\n")])
            }
            P::FaultFresh | P::FaultExpired | P::FaultNone => (fault(DnsFault::ServFail), vec![]),
            P::BadRecordFresh | P::BadRecordNone => {
                (txt(vec![Text(b"v=STSv1; id=not-good;".to_vec())]), vec![])
            }
            P::TwoRecordsFresh | P::TwoRecordsNone => {
                (txt(vec![record("id1"), record("id2")]), vec![])
            }
        };
        let kept = match self.policy {
            P::Fetched => Some(cached(&body("enforce", "other.example.net"), NOW - 10)),
            P::SameIdFresh
            | P::FailedFresh
            | P::MalformedFresh
            | P::FaultFresh
            | P::GoneFresh
            | P::BadRecordFresh
            | P::TwoRecordsFresh => Some(cached(&policy, NOW - MAX_AGE + 1)),
            P::FailedExpired | P::MalformedExpired | P::FaultExpired | P::GoneExpired => {
                Some(cached(&policy, NOW - MAX_AGE))
            }
            P::None
            | P::FailedNone
            | P::MalformedNone
            | P::FaultNone
            | P::BadRecordNone
            | P::TwoRecordsNone => None,
        };
        StsFact {
            txt,
            sibling: Answer::not_asked(),
            near_misses: Vec::new(),
            host: PolicyHostFact {
                v4: found(vec![[127, 0, 0, 1].into()], Secure::Insecure),
                v6: answer(Answered::NoData, Secure::Insecure),
                fetches,
                as_browser: None,
            },
            cached: kept,
        }
    }

    fn mx_fact(&self) -> MxFact {
        let set = MxSet::Hosts {
            records: vec![decide::facts::Mx {
                preference: 10,
                host: host(),
            }],
            unusable: Vec::new(),
        };
        let answer = match self.mx {
            Mx::Secure => found(set, Secure::Secure),
            Mx::Insecure => found(set, Secure::Insecure),
            Mx::Unproven => found(set, Secure::Unknown),
            Mx::Fault => fault(DnsFault::ServFail),
        };
        MxFact {
            answer,
            keys: Answer::not_asked(),
        }
    }

    /// The host as the look-ups would fill it: TLSA is asked where [`decide::dane`] says.
    pub(crate) fn host_fact(&self) -> HostFact {
        let mut v4 = match self.addr {
            Addr::Secure => found(vec![[127, 0, 0, 2].into()], Secure::Secure),
            Addr::Insecure | Addr::SecureAlias | Addr::InsecureAlias => {
                found(vec![[127, 0, 0, 2].into()], Secure::Insecure)
            }
            Addr::Unproven => found(vec![[127, 0, 0, 2].into()], Secure::Unknown),
            Addr::Fault => fault(DnsFault::ServFail),
            Addr::None => answer(Answered::NoData, Secure::Secure),
        };
        let v6 = match self.addr {
            Addr::Fault => fault(DnsFault::Timeout),
            _ => answer(Answered::NoData, v4.secure),
        };
        let mut alias = Answer::not_asked();
        if matches!(self.addr, Addr::SecureAlias | Addr::InsecureAlias) {
            v4.cname = vec![owner("mail.example.net")];
            alias = found(
                owner("mail.example.net"),
                if self.addr == Addr::SecureAlias {
                    Secure::Secure
                } else {
                    Secure::Insecure
                },
            );
        }
        let mut fact = HostFact {
            host: host(),
            preference: Some(10),
            v4,
            v6,
            alias,
            tlsa: Vec::new(),
            tlsa_fact: TlsaFact::NotApplicable,
            tlsrpt: Answer::not_asked(),
            sessions: vec![session_fact(self.session())],
        };
        let bases = decide::dane::bases(&fact.host, &fact.v4, &fact.v6, &fact.alias);
        while let Some(base) = bases.next(&fact.tlsa) {
            let answer = self.tlsa_answer();
            fact.tlsa.push(TlsaAnswer {
                base: base.base.clone(),
                owner: base.owner.clone(),
                answer,
            });
        }
        fact.tlsa_fact = decide::dane::classify(&bases, &fact.tlsa);
        fact
    }

    fn tlsa_answer(&self) -> Answer<Vec<decide::facts::Tlsa>> {
        match self.tlsa {
            Tlsa::Absent => answer(Answered::NxDomain, Secure::Secure),
            Tlsa::Insecure => found(vec![tlsa(3, 1, 1, 32)], Secure::Insecure),
            Tlsa::Match | Tlsa::Mismatch => {
                found(vec![tlsa(0, 1, 1, 32), tlsa(3, 1, 1, 32)], Secure::Secure)
            }
            Tlsa::TaNotSent | Tlsa::TaInvalid => found(vec![tlsa(2, 0, 1, 32)], Secure::Secure),
            Tlsa::Unusable => found(vec![tlsa(1, 1, 1, 32)], Secure::Secure),
            Tlsa::Fault => fault(DnsFault::ServFail),
            Tlsa::Unproven => found(vec![tlsa(3, 1, 1, 32)], Secure::Unknown),
            Tlsa::UnprovenAbsent => answer(Answered::NoData, Secure::Unknown),
        }
    }

    pub(crate) fn session(&self) -> SessionOutcome {
        let cert = match self.tls {
            Tls::Unreachable => return SessionOutcome::ConnectTimeout,
            Tls::Missing => return smtp(Starttls::Missing),
            Tls::Refused => {
                return smtp(Starttls::Refused {
                    code: 454,
                    text: "not now".to_owned(),
                });
            }
            Tls::Failed => return smtp(Starttls::Failed(HandshakeFault::Closed)),
            Tls::Ok(cert) => cert,
        };
        let faults = match cert {
            Cert::Valid => vec![],
            Cert::Expired => vec![CertFault::Expired],
            Cert::NotYetValid => vec![CertFault::NotYetValid],
            Cert::NameMismatch => vec![CertFault::NameMismatch],
            Cert::CnOnly => vec![CertFault::CnOnly],
            Cert::SelfSigned => vec![CertFault::SelfSigned],
            Cert::Untrusted => vec![CertFault::Untrusted],
            Cert::Incomplete => vec![CertFault::IncompleteChain],
            Cert::Other => vec![CertFault::Other("key usage".to_owned())],
        };
        let dane = match self.tlsa {
            Tlsa::Match => Some(DaneOutcome::Match { index: 0 }),
            Tlsa::Mismatch => Some(DaneOutcome::NoMatch),
            Tlsa::TaNotSent => Some(DaneOutcome::TaNotSent),
            Tlsa::TaInvalid => Some(DaneOutcome::TaInvalid("expired".to_owned())),
            _ => None,
        };
        smtp(Starttls::Established(tls_fact(faults, dane)))
    }
}
