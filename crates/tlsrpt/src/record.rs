//! The DNS record (RFC 8460 §3): which TXT records of a set count, and what the one left says.
//!
//! ```
//! let set = tlsrpt::record::parse_set(&["v=TLSRPTv1; rua=mailto:tls@example.com"]);
//! let record = set.outcome.record().unwrap();
//! assert_eq!(record.rua[0].as_str(), "mailto:tls@example.com");
//! assert!(set.findings.is_empty());
//! ```

mod fields;
mod rua;
mod uri;

use std::fmt;

use findings::{Code, Finding, Subject};
use names::Span;
use serde::Serialize;

pub use rua::{Kind, Rua};

/// The version field, exactly (RFC 8460 §3: `%s"v=TLSRPTv1"`).
const VERSION: &[u8] = b"v=TLSRPTv1";

/// Versions of other things that are published as TXT.
const OTHERS: [&[u8]; 5] = [b"v=spf", b"v=dmarc", b"v=dkim", b"v=bimi", b"v=sts"];

/// What a set of TXT records says, and every remark on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSet {
    /// What a conforming sender takes from it.
    pub outcome: RecordOutcome,
    /// Everything worth saying; a [`Span`] counts in the record that [`Subject::Txt`] names.
    pub findings: Vec<Finding>,
}

/// What a conforming sender takes from a set of TXT records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordOutcome {
    /// The one record, with at least one usable destination.
    Record(Record),
    /// No record: none is recognisable as one, or more than one is (RFC 8460 §3).
    None,
    /// The only record left is malformed or has no usable destination.
    Invalid,
}

/// A TLSRPT record with at least one destination that reports can be sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The usable destinations in the order published; those of several `rua` fields add up.
    pub rua: Vec<Rua>,
    /// The other fields as published, the first of each name, never a later `v`.
    pub extensions: Vec<(String, String)>,
}

impl RecordOutcome {
    /// The record, where there is one.
    pub fn record(&self) -> Option<&Record> {
        match self {
            Self::Record(record) => Some(record),
            Self::None | Self::Invalid => None,
        }
    }

    /// The word for it in outputs: `record`, `none`, `invalid`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Record(_) => "record",
            Self::None => "none",
            Self::Invalid => "invalid",
        }
    }
}

/// Reads the TXT records found at `_smtp._tls` below the policy domain. Each element is one TXT
/// record, its strings joined with nothing between (RFC 8460 §3).
pub fn parse_set<T: AsRef<[u8]>>(set: &[T]) -> RecordSet {
    let mut findings = Vec::new();
    let mut kept = Vec::new();
    for (index, txt) in set.iter().enumerate() {
        let txt = txt.as_ref();
        if counts(txt, set.len() > 1) {
            kept.push((index, txt));
        } else {
            findings.push(refused(txt).about(Subject::Txt(index)));
        }
    }
    let outcome = match kept.as_slice() {
        [] => {
            findings.push(Finding::new(Code::TlsrptMissing));
            RecordOutcome::None
        }
        [(index, txt)] => {
            let (record, remarks) = fields::parse(txt);
            findings.extend(remarks.into_iter().map(|f| f.about(Subject::Txt(*index))));
            record.map_or(RecordOutcome::Invalid, RecordOutcome::Record)
        }
        // RFC 8460 §3: if the number of resulting records is not one, there is no TLSRPT.
        several => {
            for (index, txt) in several {
                let (_, remarks) = fields::parse(txt);
                findings.push(
                    Finding::new(Code::TlsrptMultiple)
                        .arg("count", several.len())
                        .span(Span::new(0, VERSION.len()))
                        .about(Subject::Txt(*index)),
                );
                findings.extend(remarks.into_iter().map(|f| f.about(Subject::Txt(*index))));
            }
            RecordOutcome::None
        }
    };
    RecordSet { outcome, findings }
}

/// Whether a TXT record takes part. RFC 8460 §3: of several, those that do not begin with
/// `v=TLSRPTv1;` are dropped, even where the grammar allows white space before the semicolon. A
/// single one is not filtered: it is judged as a record where it can be recognised as one.
fn counts(txt: &[u8], several: bool) -> bool {
    match txt.strip_prefix(VERSION) {
        Some([b';', ..]) => true,
        _ => !several && is_meant(txt),
    }
}

/// Whether somebody meant a TLSRPT record: the version in any case, at any place, of any number, or
/// a `rua` with no version in front.
fn is_meant(txt: &[u8]) -> bool {
    let has = |word: &[u8]| {
        txt.windows(word.len())
            .any(|part| part.eq_ignore_ascii_case(word))
    };
    let start = txt.trim_ascii_start();
    // `v=spf1 include:tlsrptv1.example` is SPF.
    let other = OTHERS.iter().any(|other| {
        start
            .get(..other.len())
            .is_some_and(|version| version.eq_ignore_ascii_case(other))
    });
    has(b"v=tlsrpt")
        || has(b"v= tlsrpt")
        || has(b"tlsrptv1") && !other
        || start.starts_with(b"rua=")
}

/// The remark on a TXT record that does not take part: a broken version, or other data.
fn refused(txt: &[u8]) -> Finding {
    if is_meant(txt) {
        let end = txt
            .iter()
            .position(|byte| *byte == b';')
            .unwrap_or(txt.len());
        Finding::new(Code::TlsrptSyntax)
            .arg("detail", fields::VERSION_FIRST)
            .span(Span::new(0, end))
    } else {
        let text = String::from_utf8_lossy(txt);
        Finding::new(Code::TlsrptUnrelatedTxt)
            .arg("value", text)
            .span(Span::new(0, txt.len()))
    }
}

/// Writes a record (RFC 8460 §3): version, one `rua` with all destinations, then the extensions.
impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("v=TLSRPTv1; rua=")?;
        for (index, rua) in self.rua.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            f.write_str(rua.as_str())?;
        }
        for (name, value) in &self.extensions {
            write!(f, "; {name}={value}")?;
        }
        Ok(())
    }
}
