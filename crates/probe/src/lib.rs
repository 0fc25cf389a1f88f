//! Look-ups into facts: what DNS, HTTPS and SMTP say about a domain, each part under a deadline
