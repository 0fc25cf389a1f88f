//! The wire's words into facts, one to one.

mod dns;
mod tls;

pub(crate) use dns::{aliases, answer, hosts, mx, texts, tlsa, v4, v6};
pub(crate) use tls::{handshake, presented, tls};
