//! Reports as RFC 8460 has them: what is written is complete and strict, or is not written.

use std::{fmt::Write as _, io::Write as _};

use flate2::{Compression, GzBuilder};
use names::Domain;
use thiserror::Error;

use super::{DateRange, PolicyReport, PolicyType, Report, When, types::address};

/// Why a report cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WriteError {
    /// A field that RFC 8460 §4.4 demands.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A date that is no time.
    #[error("`{0}` is not a time")]
    NotATime(&'static str),
    /// The end is before the start.
    #[error("the period ends before it begins")]
    Range,
    /// `contact-info` names no domain.
    #[error("`contact-info` is not a mail address")]
    Contact,
    /// RFC 8460 §4.4: `tlsa`, `sts` or `no-policy-found`.
    #[error("the policy type `{0}` is unknown")]
    PolicyType(String),
    /// RFC 8460 §4.4: an A-label form of a domain.
    #[error("`policy-domain` is not a domain: `{0}`")]
    PolicyDomain(String),
    /// RFC 8460 §4.4: `mx-host` belongs to `sts` alone.
    #[error("`mx-host` stands in a policy that is not MTA-STS")]
    MxHost,
    /// An address that is none.
    #[error("`{0}` is not an IP address: `{1}`")]
    Address(&'static str, String),
}

impl Report {
    /// The report as JSON (RFC 8460 §4.4). Addresses are written as RFC 5952 has them.
    pub fn to_json(&self) -> Result<Vec<u8>, WriteError> {
        self.check()?;
        let mut strict = self.clone();
        for detail in strict
            .policies
            .iter_mut()
            .flat_map(|policy| &mut policy.failure_details)
        {
            for text in [&mut detail.sending_mta_ip, &mut detail.receiving_ip] {
                *text = text
                    .as_deref()
                    .and_then(address)
                    .map(|ip| ip.to_canonical().to_string());
            }
        }
        // Texts and numbers alone: there is nothing that could fail.
        Ok(serde_json::to_vec(&strict).unwrap_or_default())
    }

    /// The report as gzip (RFC 8460 §5.2). The same report gives the same bytes.
    pub fn to_gzip(&self) -> Result<Vec<u8>, WriteError> {
        let json = self.to_json()?;
        let mut writer = GzBuilder::new()
            .mtime(0)
            .write(Vec::new(), Compression::default());
        // A vector takes every byte.
        Ok(writer
            .write_all(&json)
            .and_then(|()| writer.finish())
            .unwrap_or_default())
    }

    /// The domain of `contact-info`, which stands for the sender (RFC 8460 §5.1, §5.3).
    pub fn submitter(&self) -> Result<Domain, WriteError> {
        let contact = self
            .contact_info
            .as_deref()
            .ok_or(WriteError::Missing("contact-info"))?;
        let (local, domain) = contact.rsplit_once('@').ok_or(WriteError::Contact)?;
        if local.is_empty() || local.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(WriteError::Contact);
        }
        Domain::parse(domain).map_err(|_| WriteError::Contact)
    }

    /// The report's file name (RFC 8460 §5.1): `sender!policy-domain!begin!end[!unique].json[.gz]`.
    /// Of `unique` the letters and digits count.
    pub fn file_name(
        &self,
        domain: &Domain,
        unique: Option<&str>,
        gzip: bool,
    ) -> Result<String, WriteError> {
        let (begin, end) = range(&self.date_range)?;
        let mut name = format!("{}!{domain}!{begin}!{end}", self.submitter()?);
        let unique: String = unique
            .unwrap_or_default()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        if !unique.is_empty() {
            name.push('!');
            name.push_str(&unique);
        }
        name.push_str(if gzip { ".json.gz" } else { ".json" });
        Ok(name)
    }

    /// The subject of the mail that brings the report (RFC 8460 §5.3):
    /// `Report Domain: D Submitter: S Report-ID: <left@right>`.
    pub fn subject(&self, domain: &Domain) -> Result<String, WriteError> {
        let submitter = self.submitter()?;
        let id = self
            .report_id
            .as_deref()
            .ok_or(WriteError::Missing("report-id"))?;
        let (left, right) = match id.rsplit_once('@') {
            Some((left, right)) => (left, Domain::parse(right).ok()),
            None => (id, None),
        };
        let right = right.unwrap_or_else(|| submitter.clone());
        let mut subject = format!("Report Domain: {domain} Submitter: {submitter} Report-ID: <");
        let mut dot = true;
        for c in left.chars() {
            // RFC 5322 §3.2.3 `dot-atom-text`: anything else becomes a dot, none doubled or in front.
            let atom = c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
            if atom {
                subject.push(c);
            } else if !dot {
                subject.push('.');
            }
            dot = !atom;
        }
        if dot {
            subject.push('0');
        }
        // A string takes every character.
        let written = write!(subject, "@{right}>");
        debug_assert!(written.is_ok());
        Ok(subject)
    }

    fn check(&self) -> Result<(), WriteError> {
        self.organization_name
            .as_ref()
            .ok_or(WriteError::Missing("organization-name"))?;
        self.report_id
            .as_ref()
            .ok_or(WriteError::Missing("report-id"))?;
        range(&self.date_range)?;
        self.submitter()?;
        if self.policies.is_empty() {
            return Err(WriteError::Missing("policies"));
        }
        self.policies.iter().try_for_each(check_policy)
    }
}

/// RFC 8460 §4.4, field by field.
fn check_policy(report: &PolicyReport) -> Result<(), WriteError> {
    let policy = &report.policy;
    match policy
        .policy_type
        .as_ref()
        .ok_or(WriteError::Missing("policy-type"))?
    {
        PolicyType::Other(word) => return Err(WriteError::PolicyType(word.clone())),
        PolicyType::Sts => {}
        PolicyType::Tlsa | PolicyType::NoPolicyFound if policy.mx_host.is_empty() => {}
        PolicyType::Tlsa | PolicyType::NoPolicyFound => return Err(WriteError::MxHost),
    }
    let domain = policy
        .policy_domain
        .as_ref()
        .ok_or(WriteError::Missing("policy-domain"))?;
    if Domain::parse_strict(domain).is_err() {
        return Err(WriteError::PolicyDomain(domain.clone()));
    }
    let missing = |count: Option<u64>, name| count.ok_or(WriteError::Missing(name));
    missing(report.summary.successful, "total-successful-session-count")?;
    missing(report.summary.failed, "total-failure-session-count")?;
    for detail in &report.failure_details {
        detail
            .result_type
            .as_ref()
            .ok_or(WriteError::Missing("result-type"))?;
        missing(detail.failed_session_count, "failed-session-count")?;
        for (text, name) in [
            (&detail.sending_mta_ip, "sending-mta-ip"),
            (&detail.receiving_ip, "receiving-ip"),
        ] {
            if let Some(text) = text
                && address(text).is_none()
            {
                return Err(WriteError::Address(name, text.clone()));
            }
        }
    }
    Ok(())
}

/// Begin and end in seconds since 1970.
fn range(range: &DateRange) -> Result<(i64, i64), WriteError> {
    let second = |when: &Option<When>, name| match when {
        None => Err(WriteError::Missing(name)),
        Some(When::Text(_)) => Err(WriteError::NotATime(name)),
        Some(When::At(at)) => Ok(at.as_second()),
    };
    let begin = second(&range.start, "start-datetime")?;
    let end = second(&range.end, "end-datetime")?;
    if end < begin {
        Err(WriteError::Range)
    } else {
        Ok((begin, end))
    }
}
