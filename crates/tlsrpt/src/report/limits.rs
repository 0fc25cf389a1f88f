/// How much is read and kept of reports. The defaults read a report of a million failures in less
/// than 16 MiB of heap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of JSON that are read of one text.
    pub bytes: u64,
    /// Reports in one text.
    pub reports: usize,
    /// Policies of one report that are kept.
    pub policies: usize,
    /// Failure rows of one policy that are kept one by one; the rest is added up by result type,
    /// reason and MX host.
    pub details: usize,
    /// Strings in one list of strings (policy lines, MX patterns).
    pub lines: usize,
    /// Bytes of one string.
    pub text: usize,
    /// Bytes of all that is kept of one text.
    pub kept: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 1 << 30,
            reports: 1_000,
            policies: 10_000,
            details: 1_000,
            lines: 1_000,
            text: 64 * 1024,
            kept: 8 << 20,
        }
    }
}
