//! One question to the resolvers, and what is known of its answer's security.

use std::net::SocketAddr;

use names::Owner;

use super::{
    Answer, Fault, Inner, Outcome, RecordType, Secure,
    exchange::{Way, exchange},
    message::{Bits, Reading, question, read},
    validate::Validator,
};

impl Inner {
    pub(super) fn attempts(&self) -> u8 {
        self.config.attempts.max(1)
    }

    pub(super) fn way(&self, attempt: u8) -> Way {
        if attempt >= self.attempts() {
            Way::UdpThenTcp
        } else {
            Way::Udp
        }
    }

    /// Asks the servers in turn until one gives more than a failure; else gives the failure that
    /// says most.
    pub(super) async fn resolve(&self, owner: &Owner, rtype: RecordType) -> Reading {
        let mut silent = self.config.servers.clone();
        let mut worst = Answer::fault(owner.clone(), rtype, Fault::Unreachable);
        for attempt in 1..=self.attempts() {
            let way = self.way(attempt);
            for server in std::mem::take(&mut silent) {
                let reading = self.resolve_at(server, owner, rtype, way).await;
                let Some(fault) = reading.answer.failed() else {
                    return reading;
                };
                // RFC 4035 §5.5: what fails validation is not used, whoever else gives it.
                if fault == Fault::Bogus {
                    return reading;
                }
                if fault == Fault::Timeout {
                    silent.push(server);
                }
                if worst
                    .failed()
                    .is_none_or(|known| known.weight() <= fault.weight())
                {
                    worst = reading.answer;
                }
            }
        }
        Reading {
            answer: worst,
            ad: false,
            stops_short: false,
        }
    }

    /// Asks one resolver, and settles what is known of the answer's security.
    pub(super) async fn resolve_at(
        &self,
        server: SocketAddr,
        owner: &Owner,
        rtype: RecordType,
        way: Way,
    ) -> Reading {
        let result = match &self.validator {
            Some(validator) => self.validated(validator, server, owner, rtype, way).await,
            None => self.by_ad(server, owner, rtype, way).await,
        };
        let mut reading = result.unwrap_or_else(|fault| Reading {
            answer: Answer::fault(owner.clone(), rtype, fault),
            ad: false,
            stops_short: false,
        });
        reading.answer.server = Some(server);
        reading
    }

    async fn by_ad(
        &self,
        server: SocketAddr,
        owner: &Owner,
        rtype: RecordType,
        way: Way,
    ) -> Result<Reading, Fault> {
        let bits = Bits {
            rd: true,
            ad: true,
            ..Bits::default()
        };
        let (mut reading, _) = self.read_from(server, owner, rtype, bits, way).await?;
        let trusted = self.proofs.counts(server, &self.config).await;
        if reading.answer.failed() == Some(Fault::ServFail)
            && trusted
            && self.is_held_back(server, owner, rtype).await
        {
            // Once more, since a failure may pass while one asks.
            (reading, _) = self.read_from(server, owner, rtype, bits, way).await?;
            if reading.answer.failed() == Some(Fault::ServFail) {
                reading.answer.outcome = Outcome::Fault(Fault::Bogus);
            }
        }
        if reading.answer.failed().is_none() && trusted {
            reading.answer.secure = if reading.ad {
                Secure::Secure
            } else {
                Secure::Insecure
            };
        }
        Ok(reading)
    }

    /// Whether a validator holds an answer back. RFC 4035 §3.2.2: it gives it where checking is
    /// off. From a resolver that does not validate, this tells nothing.
    async fn is_held_back(&self, server: SocketAddr, owner: &Owner, rtype: RecordType) -> bool {
        let bits = Bits {
            rd: true,
            ad: true,
            cd: true,
            ..Bits::default()
        };
        let unchecked = self.read_from(server, owner, rtype, bits, Way::Udp).await;
        unchecked.is_ok_and(|(unchecked, _)| unchecked.answer.failed().is_none())
    }

    async fn validated(
        &self,
        validator: &Validator,
        server: SocketAddr,
        owner: &Owner,
        rtype: RecordType,
        way: Way,
    ) -> Result<Reading, Fault> {
        let bits = Bits {
            rd: true,
            ad: false,
            cd: true,
            dnssec_ok: true,
            plain: false,
        };
        let (mut reading, octets) = self.read_from(server, owner, rtype, bits, way).await?;
        if reading.answer.failed().is_some() {
            return Ok(reading);
        }
        match validator.validate(&octets).await {
            Ok(secure) => reading.answer.secure = secure,
            Err((fault, ede)) => {
                reading.stops_short = false;
                reading.answer.outcome = Outcome::Fault(fault);
                reading.answer.ttl = 0;
                reading.answer.ede.extend(ede);
            }
        }
        Ok(reading)
    }

    pub(super) async fn read_from(
        &self,
        server: SocketAddr,
        owner: &Owner,
        rtype: RecordType,
        bits: Bits,
        way: Way,
    ) -> Result<(Reading, Vec<u8>), Fault> {
        let place = self.places.acquire().await;
        let query = question(owner, rtype, bits)?;
        let mut octets = exchange(server, &query, way, self.config.timeout).await?;
        let mut reading = read(&octets, owner, rtype)?;
        // RFC 6891 §7: FORMERR may only mean that the server does not know EDNS.
        if reading.answer.failed() == Some(Fault::Other(1)) && !bits.dnssec_ok {
            let query = question(
                owner,
                rtype,
                Bits {
                    plain: true,
                    ..bits
                },
            )?;
            octets = exchange(server, &query, way, self.config.timeout).await?;
            reading = read(&octets, owner, rtype)?;
        }
        drop(place);
        Ok((reading, octets))
    }
}
