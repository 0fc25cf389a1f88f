//! The failure rows of one policy: the first ones as they are, the rest added up.

use std::collections::HashMap;

use super::{FailureDetail, Limits, ResultType};

/// Rows by result type alone, once the sums have too many distinct ones.
const MAX_TYPES: usize = 100;

/// The texts of one failure, as they were read, in the order of [`FIELDS`].
#[derive(Debug, Default)]
pub(super) struct Row {
    pub(super) texts: [Text; FIELDS.len()],
    pub(super) count: Option<u64>,
}

/// One text of a row; its memory is used again for the next row.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    pub(super) present: bool,
}

impl Text {
    /// The text, which was made UTF-8 before.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or_default()
    }
}

/// The texts of a failure row by their key, in the order that they have in [`Row`].
pub(super) const FIELDS: [&str; 7] = [
    "result-type",
    "receiving-mx-hostname",
    "failure-reason-code",
    "sending-mta-ip",
    "receiving-mx-helo",
    "receiving-ip",
    "additional-information",
];
/// How many of them a sum keeps.
const KEY: usize = 3;

impl Row {
    /// Makes room for the next row.
    #[inline]
    pub(super) fn clear(&mut self) {
        for text in &mut self.texts {
            text.present = false;
            text.bytes.clear();
        }
        self.count = None;
    }

    /// Whether nothing was read.
    pub(super) fn is_empty(&self) -> bool {
        self.count.is_none() && self.texts.iter().all(|text| !text.present)
    }

    fn text(&self, index: usize) -> Option<String> {
        let text = self.texts.get(index).filter(|text| text.present)?;
        Some(text.as_str().to_owned())
    }

    /// The row with its first `keep` texts.
    fn detail(&self, keep: usize) -> FailureDetail {
        let text = |index: usize| self.text(index).filter(|_| index < keep);
        FailureDetail {
            result_type: text(0).map(|word| ResultType::from(word.as_str())),
            receiving_mx_hostname: text(1),
            failure_reason_code: text(2),
            sending_mta_ip: text(3),
            receiving_mx_helo: text(4),
            receiving_ip: text(5),
            additional_information: text(6),
            failed_session_count: self.count,
        }
    }

    /// What the first `keep` texts cost in memory.
    fn cost(&self, keep: usize) -> usize {
        let texts: usize = self
            .texts
            .iter()
            .take(keep)
            .map(|text| text.bytes.len())
            .sum();
        size_of::<FailureDetail>() + texts
    }
}

/// Collects the rows of one policy.
#[derive(Debug, Default)]
pub(super) struct Fold {
    rows: Vec<FailureDetail>,
    sums: Vec<FailureDetail>,
    index: HashMap<Vec<u8>, usize>,
    key: Vec<u8>,
    /// Rows that were added up.
    pub(super) folded: u64,
    /// All failed sessions of the rows.
    pub(super) total: u64,
}

/// Where a row went.
pub(super) enum Kept {
    /// It stands as it is.
    Row,
    /// It is part of a sum.
    Sum,
}

impl Fold {
    /// Takes a row; `budget` is what memory is left for texts.
    #[inline]
    pub(super) fn add(&mut self, row: &Row, limits: &Limits, budget: &mut usize) -> Kept {
        self.total = self.total.saturating_add(row.count.unwrap_or(0));
        let all = FIELDS.len();
        if self.rows.len() < limits.details && self.folded == 0 && spend(budget, row.cost(all)) {
            self.rows.push(row.detail(all));
            return Kept::Row;
        }
        self.folded += 1;
        for keep in [KEY, 1, 0] {
            if self.sum(row, keep, limits, budget) {
                break;
            }
        }
        Kept::Sum
    }

    /// Adds the row to the sum of those that are alike in the first `keep` texts. False where that
    /// would be one sum too many.
    #[inline]
    fn sum(&mut self, row: &Row, keep: usize, limits: &Limits, budget: &mut usize) -> bool {
        self.key.clear();
        for text in row.texts.iter().take(keep) {
            // Neither byte stands in UTF-8.
            self.key.push(if text.present { 0xff } else { 0xfe });
            self.key.extend_from_slice(&text.bytes);
        }
        if let Some(sum) = self
            .index
            .get(&self.key)
            .and_then(|index| self.sums.get_mut(*index))
        {
            if let Some(count) = row.count {
                let sum = sum.failed_session_count.get_or_insert(0);
                *sum = sum.saturating_add(count);
            }
            return true;
        }
        let most = match keep {
            KEY => limits.details,
            1 => limits.details.saturating_add(MAX_TYPES),
            _ => usize::MAX,
        };
        // A sum is held twice: as a row and as a key. The last one, of everything, is free.
        let cost = row.cost(keep) * 2;
        if self.sums.len() >= most || (keep > 0 && !spend(budget, cost)) {
            return false;
        }
        self.index.insert(self.key.clone(), self.sums.len());
        self.sums.push(row.detail(keep));
        true
    }

    pub(super) fn finish(mut self) -> Vec<FailureDetail> {
        self.rows.append(&mut self.sums);
        self.rows
    }
}

/// Takes from the budget what fits.
pub(super) fn spend(budget: &mut usize, cost: usize) -> bool {
    match budget.checked_sub(cost) {
        Some(left) => {
            *budget = left;
            true
        }
        None => false,
    }
}
