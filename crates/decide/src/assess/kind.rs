//! How a policy's patterns miss an MX host, as the measurement studies name it.

use names::{Host, MxPattern};
use serde::{Serialize, Serializer};

/// How a pattern misses a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Another domain altogether.
    Domain,
    /// The same name under another public suffix.
    Tld,
    /// The same registrable domain, other labels below it.
    ThirdLevel,
    /// A slip of the pen.
    Typo,
}

/// How the patterns miss one host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classified<'p> {
    /// The kind that the code is named after.
    pub kind: Kind,
    /// By the rule of the studies alone: an edit distance of at most 3, a difference in the public
    /// suffix excluded, is a typo.
    pub paper_kind: Kind,
    /// The pattern that comes nearest.
    pub nearest: &'p MxPattern,
    /// The same registrable domain, and a slip of the pen as well.
    pub typo: bool,
    /// A wildcard that would have to span two labels.
    pub too_short: Option<&'p MxPattern>,
}

/// The most edits that a slip of the pen has.
const MAX_EDITS: usize = 3;

/// Says how `patterns` miss `host`; none where one matches or there are none.
///
/// In this order: a pattern of the same registrable domain; one that differs in the public suffix
/// only; one at most `MAX_EDITS` away; else another domain. A slip of the pen also needs at least
/// half of the longer differing label to be right, so `mail` for `mx1` is none.
pub fn classify<'p>(host: &Host, patterns: &'p [MxPattern]) -> Option<Classified<'p>> {
    if patterns.iter().any(|pattern| pattern.matches(host)) {
        return None;
    }
    let name = host.as_str();
    let nearest = |fits: &dyn Fn(&str) -> bool| {
        patterns
            .iter()
            .filter(|pattern| fits(pattern.base().as_str()))
            .min_by_key(|pattern| distance(pattern.base().as_str(), name))
    };
    let typo = |base: &str| is_typo(base, name);
    let (kind, nearest) = if let Some(found) = nearest(&|base| same_registrable(base, name)) {
        (Kind::ThirdLevel, found)
    } else if let Some(found) = nearest(&|base| differs_in_suffix(base, name)) {
        (Kind::Tld, found)
    } else if let Some(found) = nearest(&typo) {
        (Kind::Typo, found)
    } else {
        (Kind::Domain, nearest(&|_| true)?)
    };
    let close = patterns
        .iter()
        .map(|pattern| pattern.base().as_str())
        .any(|base| {
            !differs_in_suffix(base, name) && (1..=MAX_EDITS).contains(&distance(base, name))
        });
    let same_and_typo = kind == Kind::ThirdLevel
        && patterns
            .iter()
            .map(|pattern| pattern.base().as_str())
            .any(|base| same_registrable(base, name) && is_typo(base, name));
    Some(Classified {
        kind,
        paper_kind: if close {
            Kind::Typo
        } else {
            without_typo(kind)
        },
        nearest,
        typo: same_and_typo,
        too_short: patterns.iter().find(|pattern| is_too_short(pattern, name)),
    })
}

/// A typo by our rule is one by the studies' as well, so only the others are left.
fn without_typo(kind: Kind) -> Kind {
    if kind == Kind::Typo {
        Kind::Domain
    } else {
        kind
    }
}

/// The registrable domain by the public suffix list; the whole name where it has none.
pub(super) fn registrable(name: &str) -> &str {
    psl::domain_str(name).unwrap_or(name)
}

fn same_registrable(base: &str, name: &str) -> bool {
    registrable(base) == registrable(name)
}

/// What stands before the public suffix and its dot.
fn before_suffix(name: &str) -> Option<&str> {
    let suffix = psl::suffix_str(name)?;
    name.strip_suffix(suffix)?.strip_suffix('.')
}

fn differs_in_suffix(base: &str, name: &str) -> bool {
    matches!((before_suffix(base), before_suffix(name)), (Some(a), Some(b)) if a == b)
        && base != name
}

/// Few edits, and at least half of the longer differing label is right.
fn is_typo(base: &str, name: &str) -> bool {
    let edits = distance(base, name);
    edits > 0 && edits <= MAX_EDITS && 2 * edits <= longest_difference(base, name)
}

/// The length of the longest label in which the names differ, label by label from the right.
fn longest_difference(base: &str, name: &str) -> usize {
    let (mut a, mut b) = (base.rsplit('.'), name.rsplit('.'));
    let mut longest = 0;
    loop {
        match (a.next(), b.next()) {
            (None, None) => return longest,
            (x, y) if x == y => {}
            (x, y) => {
                let len = |label: Option<&str>| label.map_or(0, str::len);
                longest = longest.max(len(x)).max(len(y));
            }
        }
    }
}

/// Whether the wildcard's `*` would have to stand for two labels.
fn is_too_short(pattern: &MxPattern, name: &str) -> bool {
    let MxPattern::Wildcard(base) = pattern else {
        return false;
    };
    name.strip_suffix(base.as_str())
        .and_then(|rest| rest.strip_suffix('.'))
        .is_some_and(|rest| rest.split('.').count() == 2)
}

/// The edit distance (Levenshtein) of two names of at most 253 octets.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (y, above) in b.bytes().zip(row.iter().skip(1)) {
            let replaced = diagonal + usize::from(x != y);
            diagonal = *above;
            left = replaced.min(left + 1).min(above + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(a.len())
}

impl Kind {
    /// The word that the code of this kind ends with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Tld => "tld",
            Self::ThirdLevel => "3ld",
            Self::Typo => "typo",
        }
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
