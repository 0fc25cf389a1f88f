use std::fmt;

use jiff::{Timestamp, civil, fmt::rfc2822};
use serde::{Serialize, Serializer};

/// A moment in a report. Written as RFC 3339 in UTC; a text that is no time is kept as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// A time.
    At(Timestamp),
    /// What stands in its place.
    Text(String),
}

/// How a text was read as a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// RFC 3339, as RFC 8460 §4.4 wants it.
    Strict,
    /// Another form, or no zone, which is read as UTC.
    Loose,
    /// A date without a time: its first second.
    Day,
    /// No time at all.
    None,
}

impl When {
    /// The time, where it is one.
    pub fn timestamp(&self) -> Option<Timestamp> {
        match self {
            Self::At(at) => Some(*at),
            Self::Text(_) => None,
        }
    }

    /// Reads a time as reports hold them: RFC 3339, without zone (UTC), a date only, seconds or
    /// milliseconds since 1970, or the form of mail headers.
    pub fn parse(text: &str) -> Self {
        Self::read(text).0
    }

    pub(super) fn read(text: &str) -> (Self, Form) {
        let clean = text.trim();
        if let Ok(at) = clean.parse::<Timestamp>() {
            let strict = clean.len() == text.len() && is_rfc3339(clean);
            return (
                Self::At(at),
                if strict { Form::Strict } else { Form::Loose },
            );
        }
        let utc = |date: civil::DateTime| date.to_zoned(jiff::tz::TimeZone::UTC).ok();
        if let Ok(date) = clean.parse::<civil::Date>()
            && clean.len() <= 10
            && let Some(day) = utc(date.to_datetime(civil::Time::midnight()))
        {
            return (Self::At(day.timestamp()), Form::Day);
        }
        let at = epoch(clean)
            .or_else(|| utc(clean.parse().ok()?).map(|zoned| zoned.timestamp()))
            .or_else(|| rfc2822::parse(clean).ok().map(|zoned| zoned.timestamp()));
        match at {
            Some(at) => (Self::At(at), Form::Loose),
            None => (Self::Text(text.to_owned()), Form::None),
        }
    }
}

/// RFC 3339 §5.6 `date-time`, which is narrower than what the library reads.
fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| {
        bytes
            .get(range)
            .is_some_and(|part| part.iter().all(u8::is_ascii_digit))
    };
    let mark = |at: usize, marks: &[u8]| bytes.get(at).is_some_and(|byte| marks.contains(byte));
    let offset = |tail: &[u8]| match tail {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => [h1, h2, m1, m2].iter().all(|b| b.is_ascii_digit()),
        _ => false,
    };
    let tail = bytes.get(19..).unwrap_or_default();
    let fraction = match tail.split_first() {
        Some((b'.', rest)) => 1 + rest.iter().take_while(|byte| byte.is_ascii_digit()).count(),
        _ => 0,
    };
    digits(0..4)
        && mark(4, b"-")
        && digits(5..7)
        && mark(7, b"-")
        && digits(8..10)
        && mark(10, b"Tt")
        && digits(11..13)
        && mark(13, b":")
        && digits(14..16)
        && mark(16, b":")
        && digits(17..19)
        && fraction != 1
        && offset(tail.get(fraction..).unwrap_or_default())
}

/// Seconds since 1970, or milliseconds where the number is too large for seconds.
fn epoch(text: &str) -> Option<Timestamp> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    if whole.len() < 9 || !whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    if number > 99_999_999_999 {
        Timestamp::from_millisecond(number).ok()
    } else {
        Timestamp::from_second(number).ok()
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => at.fmt(f),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
