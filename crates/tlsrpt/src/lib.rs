//! SMTP TLS Reporting (RFC 8460): the record by which a domain asks for reports, and the reports.

pub mod record;
pub mod report;
