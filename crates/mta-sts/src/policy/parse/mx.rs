use findings::Code;
use names::{MxPattern, NameError};

use super::Reader;
use crate::grammar::Piece;

/// Up to this many mx lines, each is compared with each.
const FEW: usize = 16;

impl<'t> Reader<'_, 't> {
    /// RFC 8461 §3.2: `*.` or nothing, then a domain in A-labels.
    pub(super) fn mx(&mut self, value: Piece<'t>) {
        let pattern = std::str::from_utf8(value.text).map_err(|_| NameError::BadCharacter);
        match pattern.and_then(MxPattern::parse) {
            Ok(pattern) => self.good_mx(pattern, value),
            Err(error) => self.bad_mx(value, error),
        }
    }

    fn good_mx(&mut self, pattern: MxPattern, value: Piece<'t>) {
        if self.repeats(&pattern) {
            let finding = self.bad(Code::StsPolicyMxDuplicate, value);
            self.notes.note(finding.arg("pattern", &pattern));
        }
        let labels = pattern.base().as_str();
        let single = !labels.contains('.');
        let code = match (&pattern, single) {
            (MxPattern::Wildcard(_), true) => Some(Code::StsPolicyMxOverbroad),
            (MxPattern::Exact(_), true) => Some(Code::StsPolicyMxSingleLabel),
            _ if labels.split('.').any(|label| label == "mta-sts") => {
                Some(Code::StsPolicyMxPolicyHost)
            }
            _ => None,
        };
        if let Some(code) = code {
            let finding = self.bad(code, value);
            self.notes
                .note(finding.arg("pattern", &pattern).arg("host", &pattern));
        }
        self.mx.push(pattern);
    }

    /// Whether the pattern was there before. A set is kept only once comparing with each of the
    /// others would cost.
    fn repeats(&mut self, pattern: &MxPattern) -> bool {
        if self.mx.len() < FEW {
            return self.mx.contains(pattern);
        }
        let seen = self
            .seen_mx
            .get_or_insert_with(|| self.mx.iter().cloned().collect());
        !seen.insert(pattern.clone())
    }

    /// The line is dropped; what that means for the policy shows at the end.
    fn bad_mx(&mut self, value: Piece<'t>, error: NameError) {
        if self.escaped(value) {
            self.mx_hidden = true;
            return;
        }
        let code = match error {
            NameError::IpLiteral => Code::StsPolicyMxIpLiteral,
            _ if !value.text.is_ascii() => Code::StsPolicyMxUlabel,
            _ => Code::StsPolicyMxInvalid,
        };
        let finding = self.bad(code, value).arg("pattern", value.shown());
        let error = if value.text.is_empty() {
            NameError::Empty
        } else {
            error
        };
        let finding = finding.arg("reason", error);
        self.notes.note(match a_label(value) {
            Some(a_label) => finding.arg("expected", a_label),
            None => finding,
        });
    }
}

/// The A-label form of an mx value, where it has one.
fn a_label(value: Piece<'_>) -> Option<String> {
    let text = std::str::from_utf8(value.text)
        .ok()
        .filter(|text| !text.is_ascii())?;
    let (star, base) = match text.strip_prefix("*.") {
        Some(base) => ("*.", base),
        None => ("", text),
    };
    Some(format!("{star}{}", names::Domain::parse(base).ok()?))
}
