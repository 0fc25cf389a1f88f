//! The TXT record at `_mta-sts.DOMAIN` (RFC 8461 §3.1).

mod parse;
mod set;

use findings::Finding;
use serde::Serialize;

use crate::{PolicyId, grammar};

pub use parse::parse;
pub use set::parse_set;

/// A usable record: the domain has a policy, and this is its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Names this instance of the policy.
    pub id: PolicyId,
    /// The other fields, the first of each name, as published. Senders ignore them.
    pub extensions: Vec<(String, String)>,
}

/// All TXT data at `_mta-sts.DOMAIN`, as a sender sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordSet {
    /// What a sender takes from it.
    pub outcome: RecordOutcome,
    /// What there is to say. A finding about one TXT has `Subject::Txt` with its place in the set
    /// and a span that counts in its bytes.
    pub findings: Vec<Finding>,
}

/// What a sender takes from the TXT data at `_mta-sts.DOMAIN` (RFC 8461 §3.1). To a sender, `None`
/// and `Invalid` are one thing: it goes on as though the domain had no policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordOutcome {
    /// Exactly one record, and it is well-formed.
    Record(Record),
    /// Nothing that is recognisable as a record, or several records.
    None,
    /// Only one, and it is malformed.
    Invalid,
}

impl RecordSet {
    /// The record, where there is a usable one.
    pub fn record(&self) -> Option<&Record> {
        match &self.outcome {
            RecordOutcome::Record(record) => Some(record),
            RecordOutcome::None | RecordOutcome::Invalid => None,
        }
    }
}

impl Record {
    /// A record that holds nothing but the id.
    pub fn new(id: PolicyId) -> Self {
        Self {
            id,
            extensions: Vec::new(),
        }
    }

    /// The record as TXT data. Extensions that the grammar has no place for are left out.
    pub fn write(&self) -> String {
        let mut text = format!("v=STSv1; id={};", self.id);
        for (name, value) in &self.extensions {
            let free = !matches!(name.as_str(), "v" | "id");
            if free && grammar::is_name(name.as_bytes()) && parse::is_value(value.as_bytes()) {
                text.extend([" ", name, "=", value, ";"]);
            }
        }
        text
    }
}
