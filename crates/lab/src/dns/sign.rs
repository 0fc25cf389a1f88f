use std::fmt::Write as _;

use aws_lc_rs::{
    digest,
    error::Unspecified,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _},
};
use domain::utils::base64;

use super::{name::Name, rtype, zone::RrSet};

/// ECDSA P-256 with SHA-256 (RFC 6605).
const ALGORITHM: u8 = 13;
/// Zone key and secure entry point: one key signs everything (RFC 4034 §2.1.1).
const KEY_FLAGS: u16 = 257;
const DAY: i64 = 86_400;

/// What is wrong with a zone's signatures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Signatures {
    /// Nothing.
    #[default]
    Good,
    /// They do not verify.
    Broken,
    /// They ended two days ago.
    Expired,
    /// They begin in two days.
    NotYet,
}

/// A zone's key.
pub(crate) struct Signer {
    apex: Name,
    key: EcdsaKeyPair,
    dnskey: Vec<u8>,
    tag: u16,
    signatures: Signatures,
    /// Single record sets whose signature is broken where the rest of the zone is good.
    broken: Vec<(Name, u16)>,
    now: i64,
}

impl Signer {
    /// A new key for this zone. The signatures are valid around `now`.
    pub(crate) fn generate(
        apex: &Name,
        signatures: Signatures,
        broken: Vec<(Name, u16)>,
        now: i64,
    ) -> Result<Self, Unspecified> {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)?;
        let mut dnskey = KEY_FLAGS.to_be_bytes().to_vec();
        dnskey.extend_from_slice(&[3, ALGORITHM]);
        // RFC 6605 §4: the point without the octet that says it is uncompressed.
        dnskey.extend(key.public_key().as_ref().iter().skip(1));
        let tag = key_tag(&dnskey);
        Ok(Self {
            apex: apex.clone(),
            key,
            dnskey,
            tag,
            signatures,
            broken,
            now,
        })
    }

    /// The data of the zone's DNSKEY record.
    pub(crate) fn dnskey(&self) -> Vec<u8> {
        self.dnskey.clone()
    }

    /// The data of the DS record for the parent (RFC 4034 §5.1), with SHA-256.
    pub(crate) fn ds(&self) -> Vec<u8> {
        let mut input = self.apex.wire();
        input.extend_from_slice(&self.dnskey);
        let mut out = self.tag.to_be_bytes().to_vec();
        out.extend_from_slice(&[ALGORITHM, 2]);
        out.extend_from_slice(digest::digest(&digest::SHA256, &input).as_ref());
        out
    }

    /// The DNSKEY and the DS record in the form of zone files.
    pub(crate) fn anchor(&self) -> [String; 2] {
        let key = base64::encode_string(self.dnskey.get(4..).unwrap_or_default());
        let ds = self.ds();
        let digest = ds.iter().skip(4).fold(String::new(), |mut text, octet| {
            // A string takes whatever is written.
            let _written = write!(text, "{octet:02x}");
            text
        });
        let (apex, tag) = (&self.apex, self.tag);
        [
            format!("{apex} 300 IN DNSKEY {KEY_FLAGS} 3 {ALGORITHM} {key}\n"),
            format!("{apex} 300 IN DS {tag} {ALGORITHM} 2 {digest}\n"),
        ]
    }

    /// The data of the RRSIG over an RRset (RFC 4034 §3.1.8.1); `owner` is the name in the zone, a
    /// wildcard included.
    pub(crate) fn sign(&self, owner: &Name, rtype: u16, set: &RrSet) -> Vec<u8> {
        let labels = owner.depth() - usize::from(owner.is_wildcard());
        let (from, until) = match self.signatures {
            Signatures::Expired if rtype != rtype::DNSKEY => {
                (self.now - 20 * DAY, self.now - 2 * DAY)
            }
            Signatures::NotYet if rtype != rtype::DNSKEY => {
                (self.now + 2 * DAY, self.now + 30 * DAY)
            }
            _ => (self.now - DAY, self.now + 30 * DAY),
        };
        let mut rdata = rtype.to_be_bytes().to_vec();
        rdata.extend_from_slice(&[ALGORITHM, u8::try_from(labels).unwrap_or(0)]);
        rdata.extend_from_slice(&set.ttl.to_be_bytes());
        rdata.extend_from_slice(&serial_time(until).to_be_bytes());
        rdata.extend_from_slice(&serial_time(from).to_be_bytes());
        rdata.extend_from_slice(&self.tag.to_be_bytes());
        self.apex.write(&mut rdata);
        let mut input = rdata.clone();
        for data in &set.rdata {
            owner.write(&mut input);
            input.extend_from_slice(&rtype.to_be_bytes());
            input.extend_from_slice(&1_u16.to_be_bytes());
            input.extend_from_slice(&set.ttl.to_be_bytes());
            input.extend_from_slice(&u16::try_from(data.len()).unwrap_or(0).to_be_bytes());
            input.extend_from_slice(data);
        }
        if self.breaks(owner, rtype) {
            input.push(0);
        }
        if let Ok(signature) = self.key.sign(&SystemRandom::new(), &input) {
            rdata.extend_from_slice(signature.as_ref());
        }
        rdata
    }

    fn breaks(&self, owner: &Name, rtype: u16) -> bool {
        let single = self
            .broken
            .iter()
            .any(|(name, kind)| name == owner && *kind == rtype);
        single || (self.signatures == Signatures::Broken && rtype != rtype::DNSKEY)
    }
}

/// Seconds since 1970 modulo 2^32 (RFC 4034 §3.1.5).
fn serial_time(seconds: i64) -> u32 {
    u32::try_from(seconds.rem_euclid(1 << 32)).unwrap_or(0)
}

/// RFC 4034 appendix B.
fn key_tag(dnskey: &[u8]) -> u16 {
    let sum: u32 = dnskey
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u32::from(u16::from_be_bytes([*high, *low])),
            [high] => u32::from(*high) << 8,
            _ => 0,
        })
        .sum();
    let folded = sum + (sum >> 16);
    u16::try_from(folded & 0xffff).unwrap_or(0)
}
