//! Postseal: MTA-STS, SMTP TLS Reporting and DANE beside any mail server.
fn main() {}
