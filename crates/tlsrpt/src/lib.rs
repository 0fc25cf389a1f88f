//! SMTP TLS Reporting (RFC 8460) records and reports: parse, lint, merge, write, unpack
