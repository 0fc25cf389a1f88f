//! Whether a session with an MX host satisfies its plan: deliver, refuse or defer, and what TLS
//! reporting hears of it.

mod outlook;

pub use outlook::{Class, Expect, HostOutlook, Outlook, outlook};

use serde::Serialize;

use crate::{
    Reason,
    facts::{DaneOutcome, SessionOutcome, Starttls, TlsFact},
    plan::{Action, By, HostPlan, StsRule},
};

/// What a sender does after a session.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// What to do.
    pub outcome: Outcome,
    /// Why. Never empty.
    pub reasons: Vec<Reason>,
    /// What failed and changes nothing: under `testing`, or of MTA-STS where DANE decides. It is
    /// reported all the same (RFC 8461 §5, RFC 8460 §4.3).
    pub notes: Vec<Reason>,
}

/// What a sender does with the mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It goes to this host.
    Deliver {
        /// Over TLS.
        encrypted: bool,
        /// Whose rules authenticated the host; empty: nobody's.
        authenticated: Vec<By>,
    },
    /// Not to this host; on to the next one, as if this one were unreachable (RFC 8461 §5,
    /// RFC 7672 §2.2).
    Refuse {
        /// Whether the mail may be returned now.
        permanent: bool,
    },
    /// Not to this host now: it cannot be reached, or something could not be learned.
    Defer,
}

impl Verdict {
    /// The result type of TLS reporting for this session: of what decided, else of what was noted;
    /// none for a success and for what RFC 8460 §4.3 has no type for.
    pub fn result_type(&self) -> Option<&'static str> {
        let failed = !matches!(self.outcome, Outcome::Deliver { .. });
        let decided = self.reasons.iter().filter(|_| failed);
        decided.chain(&self.notes).find_map(Reason::result_type)
    }

    /// Whether the mail goes to the host.
    pub fn delivers(&self) -> bool {
        matches!(self.outcome, Outcome::Deliver { .. })
    }
}

/// Whether `session` satisfies `plan`, as a sender with our TLS library has it. What senders with
/// older libraries make of the same host, [`outlook`] says.
pub fn judge(plan: &HostPlan, session: &SessionOutcome) -> Verdict {
    let starttls = match (&plan.action, session) {
        (Action::Refuse { permanent }, _) => {
            return planned(
                plan,
                Outcome::Refuse {
                    permanent: *permanent,
                },
            );
        }
        (Action::Defer, _) => return planned(plan, Outcome::Defer),
        (_, SessionOutcome::Smtp { starttls, .. }) => starttls,
        // RFC 5321 §4.5.4.1: no policy is broken where nothing was reached.
        (_, session) => return unreachable(session),
    };
    match established(starttls) {
        Ok(tls) => over_tls(plan, tls),
        Err(reason) => in_clear(plan, reason),
    }
}

/// The plan keeps the mail away from this host, whatever a session shows. Without a session there
/// is nothing more to report.
fn planned(plan: &HostPlan, outcome: Outcome) -> Verdict {
    Verdict {
        outcome,
        reasons: plan.reasons.clone(),
        notes: Vec::new(),
    }
}

fn unreachable(session: &SessionOutcome) -> Verdict {
    let reasons = vec![Reason::Unreachable(describe(session))];
    Verdict {
        outcome: Outcome::Defer,
        reasons,
        notes: Vec::new(),
    }
}

/// The plan's notes that are failures.
fn failures(plan: &HostPlan) -> Vec<Reason> {
    plan.notes
        .iter()
        .filter(|note| note.result_type().is_some())
        .cloned()
        .collect()
}

fn established(starttls: &Starttls) -> Result<&TlsFact, Reason> {
    match starttls {
        Starttls::Established(tls) => Ok(tls),
        Starttls::Missing => Err(Reason::StarttlsMissing),
        Starttls::Refused { code, .. } => Err(Reason::StarttlsRefused(*code)),
        Starttls::Failed(fault) => Err(Reason::HandshakeFailed(fault.clone())),
    }
}

/// There is no TLS: mail goes in clear where nothing is required.
fn in_clear(plan: &HostPlan, reason: Reason) -> Verdict {
    let mut notes = failures(plan);
    if plan.action == (Action::Opportunistic { encrypt: false }) {
        if matches!(plan.sts, StsRule::Note { .. }) {
            notes.push(reason.clone());
        }
        let outcome = Outcome::Deliver {
            encrypted: false,
            authenticated: Vec::new(),
        };
        return Verdict {
            outcome,
            reasons: vec![Reason::Opportunistic, reason],
            notes,
        };
    }
    // RFC 8461 §4.2, RFC 7672 §2.2: no TLS, no delivery.
    let mut reasons = vec![reason];
    reasons.extend(plan.reasons.iter().cloned());
    Verdict {
        outcome: Outcome::Refuse { permanent: false },
        reasons,
        notes,
    }
}

/// TLS stands: do those whose rules must hold accept the certificate?
fn over_tls(plan: &HostPlan, tls: &TlsFact) -> Verdict {
    let by: &[By] = match &plan.action {
        Action::Require { by } => by,
        Action::Opportunistic { .. } | Action::Refuse { .. } | Action::Defer => &[],
    };
    let mut notes = failures(plan);
    let mut failed = Vec::new();
    let mut accepted = Vec::new();
    if by.contains(&By::Dane) {
        match dane(tls) {
            Ok(()) => accepted.push(Reason::DaneMatch),
            Err(reason) => failed.push(reason),
        }
    }
    if by.contains(&By::Sts) {
        // RFC 8461 §4.2: what a valid certificate is, MTA-STS says for itself alone; under
        // DANE-EE neither name nor date counts (RFC 7672 §3.1.1).
        match pkix(tls) {
            faults if faults.is_empty() => accepted.push(Reason::CertificateValid),
            faults => failed.extend(faults),
        }
    } else if matches!(plan.sts, StsRule::Note { .. }) {
        notes.extend(pkix(tls));
    }
    if !failed.is_empty() {
        return Verdict {
            outcome: Outcome::Refuse { permanent: false },
            reasons: failed,
            notes,
        };
    }
    if accepted.is_empty() {
        accepted.clone_from(&plan.reasons);
    }
    let outcome = Outcome::Deliver {
        encrypted: true,
        authenticated: by.to_vec(),
    };
    Verdict {
        outcome,
        reasons: accepted,
        notes,
    }
}

/// RFC 7672 §3.1: at least one usable record must match. A chain that nobody compared matches
/// nothing.
fn dane(tls: &TlsFact) -> Result<(), Reason> {
    match &tls.dane {
        Some(DaneOutcome::Match { .. }) => Ok(()),
        Some(DaneOutcome::NoMatch) => Err(Reason::DaneNoMatch),
        Some(DaneOutcome::TaNotSent) => Err(Reason::DaneTaNotSent),
        Some(DaneOutcome::TaInvalid(what)) => Err(Reason::DaneTaInvalid(what.clone())),
        None => Err(Reason::DaneNotCompared),
    }
}

fn pkix(tls: &TlsFact) -> Vec<Reason> {
    tls.faults
        .iter()
        .cloned()
        .map(Reason::Certificate)
        .collect()
}

/// How far a session went that did not come to `STARTTLS`, in words.
fn describe(session: &SessionOutcome) -> String {
    match session {
        SessionOutcome::Reserved => "the address is of special use".to_owned(),
        SessionOutcome::Refused => "connection refused".to_owned(),
        SessionOutcome::ConnectTimeout => "no connection in time".to_owned(),
        SessionOutcome::Unreachable(what) => what.clone(),
        SessionOutcome::Timeout(step) => format!("nothing came in time: {step}"),
        SessionOutcome::Greeting { code, text } => format!("the host greets with {code} {text}"),
        SessionOutcome::Protocol(what) => format!("no SMTP: {what}"),
        SessionOutcome::Smtp { .. } => String::new(),
    }
}
