//! MTA-STS (RFC 8461) records and policies: parse, lint, match, write
