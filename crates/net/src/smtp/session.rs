use std::time::Duration;

use super::{Probe, Smtp, SmtpError, SmtpFacts, SmtpFailure, SmtpStage, Starttls};
use crate::tls::{TlsVersion, legacy};

pub(super) async fn probe(smtp: &Smtp, probe: &Probe) -> SmtpFacts {
    let _ = (&smtp.dialler, &smtp.ehlo_name);
    SmtpFacts {
        addr: probe.addr,
        banner: None,
        ehlo: None,
        starttls: Starttls::Unknown,
        early: 0,
        tls: None,
        ehlo_tls: None,
        injected: None,
        bare_lf: false,
        failure: None,
        elapsed: Duration::ZERO,
    }
}

pub(super) async fn legacy(
    smtp: &Smtp,
    probe: &Probe,
    max: TlsVersion,
) -> Result<legacy::Answered, SmtpFailure> {
    let _ = (smtp, probe, max);
    Err(SmtpFailure {
        stage: SmtpStage::Connect,
        error: SmtpError::Timeout,
    })
}
