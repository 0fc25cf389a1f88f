//! The MTA-STS record and the policy host.

use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use decide::facts::{
    Answer, CachedPolicy, FetchFact, FetchFault, FetchOutcome, Fetched, HandshakeFault,
    PolicyHostFact, StsFact, Text,
};
use names::{Domain, Owner};
use net::{
    dial::DialError,
    dns::RecordType,
    https::{Fetch, FetchError, Https, MAX_BODY, WELL_KNOWN},
    tls::{Expect, judge_chain, legacy::Answered},
};
use tokio::time::Instant;

use crate::{Depth, Seen, View, convert};

/// What the honest fetch calls itself.
const USER_AGENT: &str = concat!(
    "postseal/",
    env!("CARGO_PKG_VERSION"),
    " (MTA-STS policy fetch)"
);
/// What a browser calls itself: only to find out whether the server treats it better.
const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Owner names where people put the record by mistake; the empty one is the domain itself.
const NEAR_MISSES: [&str; 4] = ["", "mta-sts", "_mta_sts", "_mta-sts._tcp"];

impl View<'_> {
    /// Record, neighbours, policy host and policy.
    pub(crate) async fn sts(&self, cached: Option<CachedPolicy>) -> StsFact {
        let (txt, sibling, (v4, v6)) = futures_util::join!(
            self.txt("_mta-sts"),
            self.sibling(),
            self.addresses("mta-sts"),
        );
        // A checker looks at the policy even where no record leads to it: it may be prepared.
        let wanted = txt.found().is_some() || self.depth == Depth::Check;
        let prepared = self.depth == Depth::Check && txt.is_absent();
        let (near_misses, fetches) = futures_util::join!(
            self.near_misses(prepared, &NEAR_MISSES, b"v=sts"),
            Box::pin(self.fetches(wanted, &v4, &v6)),
        );
        let as_browser = Box::pin(self.as_browser(&fetches)).await;
        let host = PolicyHostFact {
            v4,
            v6,
            fetches,
            as_browser,
        };
        StsFact {
            txt,
            sibling,
            near_misses,
            host,
            cached,
        }
    }

    /// TXT below the domain.
    pub(crate) async fn txt(&self, labels: &str) -> Answer<Vec<Text>> {
        let Some(owner) = self.owner(labels) else {
            return Answer::not_asked();
        };
        convert::answer(
            self.probe.dns.query(&owner, RecordType::Txt).await,
            convert::texts,
        )
    }

    /// The name with `labels` in front of the domain; none where that is too long for DNS.
    pub(crate) fn owner(&self, labels: &str) -> Option<Owner> {
        let domain = Owner::from(self.domain);
        if labels.is_empty() {
            Some(domain)
        } else {
            domain.prefixed(labels).ok()
        }
    }

    async fn sibling(&self) -> Answer<Vec<Text>> {
        if self.depth < Depth::Check {
            return Answer::not_asked();
        }
        // Any label that nobody has published will do.
        self.txt(&format!("_{:x}-postseal", self.now.as_second()))
            .await
    }

    async fn addresses(
        &self,
        labels: &str,
    ) -> (
        Answer<Vec<std::net::Ipv4Addr>>,
        Answer<Vec<std::net::Ipv6Addr>>,
    ) {
        match self.owner(labels) {
            Some(owner) => self.both_families(&owner).await,
            None => (Answer::not_asked(), Answer::not_asked()),
        }
    }

    /// Addresses of both families.
    pub(crate) async fn both_families(
        &self,
        owner: &Owner,
    ) -> (
        Answer<Vec<std::net::Ipv4Addr>>,
        Answer<Vec<std::net::Ipv6Addr>>,
    ) {
        let dns = &self.probe.dns;
        let (v4, v6) = futures_util::join!(
            dns.query(owner, RecordType::A),
            dns.query(owner, RecordType::Aaaa)
        );
        (
            convert::answer(v4, convert::v4),
            convert::answer(v6, convert::v6),
        )
    }

    /// TXT records at `names` that begin with `prefix` in any case, where `wanted`.
    pub(crate) async fn near_misses(
        &self,
        wanted: bool,
        names: &[&str],
        prefix: &[u8],
    ) -> Vec<(Owner, Vec<Text>)> {
        if !wanted {
            return Vec::new();
        }
        let asked = names
            .iter()
            .map(|labels| async move { (self.owner(labels), self.txt(labels).await) });
        let answers = futures_util::future::join_all(asked).await;
        let alike = |text: &&Text| {
            text.0
                .get(..prefix.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
        };
        answers
            .into_iter()
            .filter_map(|(owner, answer)| {
                let texts: Vec<Text> = answer.found()?.iter().filter(alike).cloned().collect();
                (!texts.is_empty()).then_some((owner?, texts))
            })
            .collect()
    }

    /// A checker asks every address; a sender goes on to the next until one gives a policy.
    async fn fetches(
        &self,
        wanted: bool,
        v4: &Answer<Vec<std::net::Ipv4Addr>>,
        v6: &Answer<Vec<std::net::Ipv6Addr>>,
    ) -> Vec<FetchFact> {
        if !wanted {
            return Vec::new();
        }
        let addresses = addresses(v4, v6);
        if self.depth == Depth::Check {
            let all = addresses.into_iter().map(|address| self.honest(address));
            return futures_util::future::join_all(all)
                .await
                .into_iter()
                .flatten()
                .collect();
        }
        let mut fetches = Vec::new();
        for address in addresses {
            if let Some(fact) = self.honest(address).await {
                let fetched = matches!(fact.outcome, FetchOutcome::Fetched(_));
                fetches.push(fact);
                if fetched {
                    break;
                }
            }
        }
        fetches
    }

    /// One honest fetch, told as it is done.
    async fn honest(&self, address: IpAddr) -> Option<FetchFact> {
        let fact = self
            .fetch(address, USER_AGENT, self.options().timeout)
            .await?;
        (self.observer)(Seen::Fetch(&fact));
        Some(fact)
    }

    async fn as_browser(&self, fetches: &[FetchFact]) -> Option<FetchFact> {
        let refused = fetches
            .iter()
            .find(|fetch| is_turned_away(&fetch.outcome))?;
        // All connections to one address share its time.
        let spent = Duration::from_millis(refused.elapsed_ms);
        let left = self.options().timeout.saturating_sub(spent);
        self.fetch(refused.address, BROWSER, left).await
    }

    async fn fetch(&self, address: IpAddr, user_agent: &str, time: Duration) -> Option<FetchFact> {
        let host = Domain::parse(&format!("mta-sts.{}", self.domain)).ok()?;
        let addr = SocketAddr::new(address, self.options().https_port);
        let deadline = Instant::now() + time;
        let fetch = Fetch {
            host: host.clone(),
            addr,
            path: WELL_KNOWN.to_owned(),
            user_agent: user_agent.to_owned(),
            now: self.now,
            connect_deadline: deadline,
            deadline,
            max_body: MAX_BODY,
        };
        let https = Https::new(self.probe.dialler.clone(), self.probe.roots.clone());
        let fact = match https.get(&fetch).await {
            Ok(fetched) => FetchFact {
                address,
                outcome: FetchOutcome::Fetched(Fetched {
                    content_type: fetched.media_type.map(|media| media.raw),
                    content_encoding: fetched.content_encoding,
                    body: Text(fetched.body),
                }),
                tls: Some(convert::tls(fetched.tls)),
                presented: None,
                elapsed_ms: millis(fetched.elapsed),
            },
            Err(failure) => {
                let presented = match &failure.error {
                    FetchError::TlsVersion(presented) | FetchError::OldCiphers(_, presented) => {
                        let expect =
                            Expect::pkix((&host).into(), self.probe.roots.clone(), self.now);
                        let answered = Answered::Presented(presented.clone());
                        convert::presented(answered, |chain| judge_chain(chain, &expect))
                    }
                    _ => None,
                };
                FetchFact {
                    address,
                    outcome: FetchOutcome::Failed(fault(failure.error)),
                    tls: failure.tls.map(|tls| convert::tls(*tls)),
                    presented,
                    elapsed_ms: millis(failure.elapsed),
                }
            }
        };
        Some(fact)
    }
}

/// Both families in turn, IPv6 first (RFC 6724 prefers it where both work).
pub(crate) fn addresses(
    v4: &Answer<Vec<std::net::Ipv4Addr>>,
    v6: &Answer<Vec<std::net::Ipv6Addr>>,
) -> Vec<IpAddr> {
    let mut v4 = v4.found().into_iter().flatten().map(|a| IpAddr::from(*a));
    let mut v6 = v6.found().into_iter().flatten().map(|a| IpAddr::from(*a));
    let mut all = Vec::new();
    loop {
        match (v6.next(), v4.next()) {
            (None, None) => return all,
            (six, four) => all.extend(six.into_iter().chain(four)),
        }
    }
}

/// Whether a server may have taken us for a robot: a refusal, or a page instead of a policy.
fn is_turned_away(outcome: &FetchOutcome) -> bool {
    match outcome {
        FetchOutcome::Failed(FetchFault::Status { code, .. }) => {
            matches!(code, 403 | 429 | 503)
        }
        FetchOutcome::Fetched(fetched) => fetched
            .content_type
            .as_deref()
            .is_some_and(|media| media.to_ascii_lowercase().starts_with("text/html")),
        FetchOutcome::Failed(_) => false,
    }
}

fn fault(error: FetchError) -> FetchFault {
    match error {
        FetchError::Dial(error) => match error {
            DialError::Reserved(_) => FetchFault::Reserved,
            DialError::Refused => FetchFault::Refused,
            DialError::Timeout => FetchFault::ConnectTimeout,
            other => FetchFault::Unreachable(other.to_string()),
        },
        FetchError::Tls(failure) => match convert::handshake(failure.error) {
            HandshakeFault::NotTls => FetchFault::NotTls,
            HandshakeFault::Timeout => FetchFault::Timeout("TLS handshake".to_owned()),
            other => FetchFault::Handshake(other),
        },
        FetchError::TlsVersion(presented) => FetchFault::Handshake(HandshakeFault::Other(format!(
            "the host speaks {} at best",
            presented.version
        ))),
        FetchError::OldCiphers(failure, _) => {
            FetchFault::Handshake(convert::handshake(failure.error))
        }
        FetchError::Certificate(_) => FetchFault::Certificate,
        FetchError::Status { code, location } => FetchFault::Status { code, location },
        FetchError::Http(detail) => FetchFault::Protocol(detail),
        FetchError::TooLarge { limit } => FetchFault::TooLarge { limit },
        FetchError::Truncated => FetchFault::Truncated,
        FetchError::Timeout(stage) => FetchFault::Timeout(stage.to_string()),
    }
}

/// Milliseconds, as many as fit.
pub(crate) fn millis(elapsed: Duration) -> u64 {
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}
