//! `net` against real servers on loopback, started by the tests.

mod certs;
mod dns_limits;
mod https;
mod real_dns;
mod smtp;
mod special_use;
mod tls;
