use std::collections::{BTreeMap, BTreeSet};

use aws_lc_rs::digest;

use super::{
    name::Name,
    rtype,
    wire::Rr,
    zone::{RrSet, Zone, type_bitmap},
};

/// The hashed names of a zone in order, each with its NSEC3 record (RFC 5155): SHA-1, no further
/// iteration, no salt (RFC 9276 §3.1).
pub(crate) struct Chain(BTreeMap<[u8; 20], (Name, RrSet)>);

impl Chain {
    /// The chain over every name of the zone, empty non-terminals included (RFC 5155 §7.1).
    pub(crate) fn over(zone: &Zone, ttl: u32) -> Self {
        let mut hashed: BTreeMap<[u8; 20], Vec<u8>> = BTreeMap::new();
        for (name, node) in zone.nodes() {
            let mut types: BTreeSet<u16> = node.keys().copied().collect();
            let delegation = types.contains(&rtype::NS) && name != zone.apex();
            // RFC 5155 §7.1: an unsigned delegation has no signature.
            if !delegation || types.contains(&rtype::DS) {
                types.insert(rtype::RRSIG);
            }
            hashed.insert(hash(name), type_bitmap(&types));
            for depth in zone.apex().depth() + 1..name.depth() {
                hashed.entry(hash(&name.ancestor(depth))).or_default();
            }
        }
        let mut next: Vec<[u8; 20]> = hashed.keys().copied().skip(1).collect();
        next.extend(hashed.keys().next());
        let records = hashed.into_iter().zip(next).map(|((hash, bitmap), next)| {
            let owner = zone.apex().child(&base32hex(&hash));
            let mut rdata = vec![1, 0, 0, 0, 0, 20];
            rdata.extend_from_slice(&next);
            rdata.extend_from_slice(&bitmap);
            (
                hash,
                (
                    owner,
                    RrSet {
                        ttl,
                        rdata: vec![rdata],
                    },
                ),
            )
        });
        Self(records.collect())
    }

    /// The record whose hash is that of this name.
    pub(crate) fn matching(&self, name: &Name) -> Option<&(Name, RrSet)> {
        self.0.get(&hash(name))
    }

    /// The record whose span holds this name's hash.
    pub(crate) fn covering(&self, name: &Name) -> Option<&(Name, RrSet)> {
        let before = self.0.range(..hash(name)).next_back();
        before
            .or_else(|| self.0.iter().next_back())
            .map(|(_, record)| record)
    }
}

/// The NSEC3PARAM record that says how the names are hashed.
pub(crate) fn parameters() -> Vec<u8> {
    vec![1, 0, 0, 0, 0]
}

/// An NSEC3 record as it goes out.
pub(crate) fn as_rr(record: &(Name, RrSet)) -> Rr {
    let rdata = record.1.rdata.first().cloned().unwrap_or_default();
    Rr {
        owner: record.0.clone(),
        rtype: rtype::NSEC3,
        ttl: record.1.ttl,
        rdata,
    }
}

fn hash(name: &Name) -> [u8; 20] {
    let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &name.wire());
    digest.as_ref().try_into().unwrap_or([0; 20])
}

/// RFC 4648 §7, in lower case; 20 octets need no padding.
fn base32hex(octets: &[u8; 20]) -> String {
    let groups = octets.chunks(5).map(|five| {
        let number = five
            .iter()
            .fold(0_u64, |sum, octet| sum << 8 | u64::from(*octet));
        (0..8).rev().map(move |at| {
            let digit = u32::try_from(number >> (at * 5) & 31).unwrap_or(0);
            char::from_digit(digit, 32).unwrap_or('0')
        })
    });
    groups.flatten().collect()
}
