//! One address of one MX host, up to and behind `STARTTLS`.

use std::net::{IpAddr, SocketAddr};

use decide::facts::{HandshakeFault, Presented, SessionFact, SessionOutcome, Starttls, TlsaFact};
use names::Host;
use net::{
    dial::DialError,
    dns::Tlsa,
    smtp::{self, Smtp, SmtpError, SmtpFacts, SmtpFailure, SmtpStage},
    tls::{Expect, TlsVersion, judge_chain, legacy::Answered},
};
use tokio::time::Instant;

use crate::{Seen, View, convert, sts::millis};

impl View<'_> {
    /// Talks to one address: once as a sender would, then, where TLS stands, without SNI and with
    /// an old hello; where it does not, with an old hello to see what the host presents.
    pub(crate) async fn session(
        &self,
        host: &Host,
        tlsa: &TlsaFact,
        address: IpAddr,
    ) -> SessionFact {
        let started = Instant::now();
        let smtp = Smtp::new(self.probe.dialler.clone(), self.options().ehlo.clone());
        let probe = smtp::Probe {
            addr: SocketAddr::new(address, self.options().smtp_port),
            expect: self.expect(host, tlsa),
            deadline: self.deadline(),
            injection: false,
        };
        let facts = Box::pin(smtp.probe(&probe)).await;
        let established = matches!(facts.tls, Some(Ok(_)));
        let failed = matches!(facts.tls, Some(Err(_)));
        let mut fact = SessionFact {
            address,
            outcome: outcome(facts),
            presented: None,
            legacy: None,
            without_sni: None,
            injection: None,
            elapsed_ms: 0,
        };
        if established {
            Box::pin(self.second_looks(&smtp, &probe, &mut fact)).await;
        } else if failed {
            fact.presented = Box::pin(presented(&smtp, &probe)).await;
        }
        fact.elapsed_ms = millis(started.elapsed());
        (self.observer)(Seen::Session(host, &fact));
        fact
    }

    /// What a sender would expect: SNI is the TLSA base domain where DANE applies (RFC 7672 §8.1),
    /// else the MX host (RFC 8461 §7.1).
    fn expect(&self, host: &Host, tlsa: &TlsaFact) -> Expect {
        let mut expect = Expect::pkix(host.clone(), self.probe.roots.clone(), self.now);
        if let TlsaFact::Records { base, usable } = tlsa {
            let base = Host::parse(base.as_str()).unwrap_or_else(|_| host.clone());
            expect.tlsa = usable
                .iter()
                .map(|record| Tlsa {
                    usage: record.usage,
                    selector: record.selector,
                    matching: record.matching,
                    data: record.data.clone(),
                })
                .collect();
            // RFC 7672 §3.2.2: the base domain, and the next-hop domain.
            expect.dane_names = vec![base.clone(), self.domain.into()];
            expect.sni = Some(base);
        }
        expect
    }

    async fn second_looks(&self, smtp: &Smtp, probe: &smtp::Probe, fact: &mut SessionFact) {
        let mut nameless = probe.clone();
        nameless.expect.sni = None;
        let (without_sni, legacy) = futures_util::join!(
            Box::pin(smtp.probe(&nameless)),
            Box::pin(smtp.legacy(probe, TlsVersion::Tls11)),
        );
        fact.without_sni = Some(Box::new(outcome(without_sni)));
        fact.legacy = match legacy {
            Ok(Answered::Presented(_)) => Some(true),
            Ok(Answered::Alert(_) | Answered::Closed | Answered::NotTls) => Some(false),
            Ok(Answered::Timeout | Answered::Malformed) | Err(_) => None,
        };
        if self.options().active {
            let injection = smtp::Probe {
                injection: true,
                ..probe.clone()
            };
            fact.injection = Box::pin(smtp.probe(&injection)).await.injected;
        }
    }
}

async fn presented(smtp: &Smtp, probe: &smtp::Probe) -> Option<Presented> {
    let answered = smtp.legacy(probe, TlsVersion::Tls12).await.ok()?;
    convert::presented(answered, |chain| judge_chain(chain, &probe.expect))
}

fn outcome(facts: SmtpFacts) -> SessionOutcome {
    let banner = facts
        .banner
        .as_ref()
        .map(smtp::Reply::text)
        .unwrap_or_default();
    let starttls = match (facts.tls, facts.starttls, facts.early) {
        (_, _, 1..) => Some(Starttls::Failed(HandshakeFault::Buffered)),
        (Some(Ok(tls)), ..) => Some(Starttls::Established(convert::tls(tls))),
        (Some(Err(failure)), ..) => Some(Starttls::Failed(convert::handshake(failure.error))),
        (None, smtp::Starttls::Missing, _) => Some(Starttls::Missing),
        (None, smtp::Starttls::Refused(reply), _) => Some(Starttls::Refused {
            code: reply.code,
            text: reply.text(),
        }),
        (None, smtp::Starttls::Offered | smtp::Starttls::Unknown, _) => None,
    };
    match (starttls, facts.failure) {
        (Some(starttls), _) => {
            let extensions = facts.ehlo.map(|ehlo| ehlo.keywords).unwrap_or_default();
            let extensions = extensions.into_iter().map(|(keyword, _)| keyword).collect();
            SessionOutcome::Smtp {
                banner,
                extensions,
                starttls,
            }
        }
        (None, Some(failure)) => stopped(failure),
        (None, None) => SessionOutcome::Protocol("the conversation ended".to_owned()),
    }
}

fn stopped(SmtpFailure { stage, error }: SmtpFailure) -> SessionOutcome {
    match (stage, error) {
        (_, SmtpError::Dial(DialError::Reserved(_))) => SessionOutcome::Reserved,
        (_, SmtpError::Dial(DialError::Refused)) => SessionOutcome::Refused,
        (_, SmtpError::Dial(DialError::Timeout)) => SessionOutcome::ConnectTimeout,
        (_, SmtpError::Dial(other)) => SessionOutcome::Unreachable(other.to_string()),
        (stage, SmtpError::Timeout) => SessionOutcome::Timeout(stage.to_string()),
        (SmtpStage::Greeting | SmtpStage::Ehlo, SmtpError::Code(reply)) => {
            SessionOutcome::Greeting {
                code: reply.code,
                text: reply.text(),
            }
        }
        (stage, other) => SessionOutcome::Protocol(format!("{stage}: {other}")),
    }
}
