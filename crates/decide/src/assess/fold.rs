//! Findings of several addresses of one host, put together.

use std::net::IpAddr;

use findings::{Code, Finding, Subject};

/// One finding about the host where all of its `total` addresses have the same fault, else one an
/// address.
pub(super) fn fold(host: &str, total: usize, hits: &[(IpAddr, Finding)], out: &mut Vec<Finding>) {
    let mut done: Vec<Code> = Vec::new();
    for (_, first) in hits {
        if done.contains(&first.code()) {
            continue;
        }
        done.push(first.code());
        let group: Vec<_> = hits
            .iter()
            .filter(|(_, hit)| hit.code() == first.code())
            .collect();
        let mut addresses: Vec<IpAddr> = group.iter().map(|(address, _)| *address).collect();
        addresses.dedup();
        if addresses.len() >= total {
            let list = addresses
                .iter()
                .map(IpAddr::to_string)
                .collect::<Vec<_>>()
                .join(", ");
            out.push(
                first
                    .clone()
                    .about(Subject::Name(host.to_owned()))
                    .arg("host", host)
                    .arg("address", list),
            );
            continue;
        }
        for (address, hit) in group {
            out.push(
                hit.clone()
                    .about(Subject::Address(host.to_owned(), *address))
                    .arg("host", host)
                    .arg("address", address),
            );
        }
    }
}
