//! The outside world: DNS, one dialler, policy fetch, TLS inspection and the SMTP wire
