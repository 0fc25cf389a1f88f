use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Bound,
    sync::{Arc, Mutex},
};

use super::{
    name::Name,
    nsec3::{self, Chain},
    record::{Record, TTL},
    rtype,
    sign::Signer,
    wire::{Rcode, Reply, Rr},
};

/// How long a denial may be kept, in seconds.
const NEGATIVE_TTL: u32 = 60;

/// The records of one name and type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RrSet {
    pub(crate) ttl: u32,
    /// In canonical order, no two alike (RFC 4034 §6.3).
    pub(crate) rdata: Vec<Vec<u8>>,
}

/// The records of one name, by type.
pub(crate) type Node = BTreeMap<u16, RrSet>;

/// How a signed zone denies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Denial {
    /// RFC 4034 §4.
    #[default]
    Nsec,
    /// RFC 5155.
    Nsec3,
}

/// One zone as one server serves it.
pub(crate) struct Zone {
    apex: Name,
    nodes: BTreeMap<Name, Node>,
    signer: Option<Arc<Signer>>,
    chain: Option<Chain>,
    made: Mutex<HashMap<(Name, u16), Vec<u8>>>,
}

/// A zone cut below: the child's apex and its DS data, none for an unsigned child.
pub(crate) struct Cut {
    pub(crate) child: Name,
    pub(crate) ds: Option<Vec<u8>>,
}

/// Where an answer goes on.
pub(crate) enum Step {
    /// It is complete.
    Done,
    /// At the target of an alias.
    Follow(Name),
}

impl Zone {
    /// A zone of these records, its SOA, NS, keys and denials added.
    pub(crate) fn build(
        apex: &Name,
        records: &[Record],
        servers: &[Name],
        cuts: &[Cut],
        signing: Option<(Arc<Signer>, Denial)>,
    ) -> Self {
        let mut zone = Self {
            apex: apex.clone(),
            nodes: BTreeMap::new(),
            signer: signing.as_ref().map(|(signer, _)| Arc::clone(signer)),
            chain: None,
            made: Mutex::default(),
        };
        for record in records {
            let owner = Name::new(&record.owner);
            zone.add(&owner, record.data.rtype(), record.ttl, record.data.wire());
        }
        zone.add(apex, rtype::SOA, TTL, start_of_authority(servers));
        for server in servers {
            zone.add(apex, rtype::NS, TTL, server.wire());
        }
        for cut in cuts {
            for server in servers {
                zone.add(&cut.child, rtype::NS, TTL, server.wire());
            }
            if let Some(ds) = &cut.ds {
                zone.add(&cut.child, rtype::DS, TTL, ds.clone());
            }
        }
        if let Some((signer, denial)) = signing {
            zone.add(apex, rtype::DNSKEY, TTL, signer.dnskey());
            match denial {
                Denial::Nsec => zone.add_nsec(),
                Denial::Nsec3 => {
                    zone.add(apex, rtype::NSEC3PARAM, 0, nsec3::parameters());
                    zone.chain = Some(Chain::over(&zone, NEGATIVE_TTL));
                }
            }
        }
        zone
    }

    /// The zone's own name.
    pub(crate) fn apex(&self) -> &Name {
        &self.apex
    }

    /// Every name with records, in canonical order.
    pub(crate) fn nodes(&self) -> impl Iterator<Item = (&Name, &Node)> {
        self.nodes.iter()
    }

    fn add(&mut self, owner: &Name, rtype: u16, ttl: u32, rdata: Vec<u8>) {
        let node = self.nodes.entry(owner.clone()).or_default();
        let set = node.entry(rtype).or_insert(RrSet {
            ttl,
            rdata: Vec::new(),
        });
        if let Err(at) = set.rdata.binary_search(&rdata) {
            set.rdata.insert(at, rdata);
        }
    }

    fn add_nsec(&mut self) {
        let mut next: Vec<Name> = self.nodes.keys().skip(1).cloned().collect();
        next.push(self.apex.clone());
        for (node, next) in self.nodes.values_mut().zip(next) {
            let mut types: BTreeSet<u16> = node.keys().copied().collect();
            types.extend([rtype::NSEC, rtype::RRSIG]);
            let mut rdata = next.wire();
            rdata.extend_from_slice(&type_bitmap(&types));
            node.insert(
                rtype::NSEC,
                RrSet {
                    ttl: NEGATIVE_TTL,
                    rdata: vec![rdata],
                },
            );
        }
    }

    /// Adds what this zone knows of a name and type to the reply (RFC 1034 §4.3.2).
    pub(crate) fn answer(&self, name: &Name, rtype: u16, dnssec: bool, reply: &mut Reply) -> Step {
        if self.nodes.contains_key(name) {
            return self.answer_from(name, name, rtype, dnssec, reply);
        }
        if self.has_below(name) {
            return self.deny(name, None, dnssec, reply);
        }
        let encloser = self.closest_encloser(name);
        let wildcard = encloser.child("*");
        if !self.nodes.contains_key(&wildcard) {
            reply.rcode = Rcode::NxDomain;
            return self.deny(name, Some(&encloser), dnssec, reply);
        }
        if dnssec {
            // RFC 4035 §3.1.3.3: that the name itself does not exist is part of the answer.
            let next = name.ancestor(encloser.depth() + 1);
            self.prove_absent(name, &next, reply);
        }
        self.answer_from(name, &wildcard, rtype, dnssec, reply)
    }

    /// Answers `name` with the records of `source`: the same name, or the wildcard above it.
    fn answer_from(
        &self,
        name: &Name,
        source: &Name,
        rtype: u16,
        dnssec: bool,
        reply: &mut Reply,
    ) -> Step {
        let Some(node) = self.nodes.get(source) else {
            return Step::Done;
        };
        if rtype == rtype::ANY {
            for (kind, set) in node {
                push(&mut reply.answer, name, *kind, set);
            }
            return Step::Done;
        }
        if let Some(set) = node.get(&rtype) {
            push(&mut reply.answer, name, rtype, set);
            self.push_signature(dnssec, name, source, rtype, &mut reply.answer);
            return Step::Done;
        }
        if let Some(set) = node.get(&rtype::CNAME).filter(|_| rtype != rtype::NSEC) {
            push(&mut reply.answer, name, rtype::CNAME, set);
            self.push_signature(dnssec, name, source, rtype::CNAME, &mut reply.answer);
            let target = set.rdata.first().and_then(|rdata| Name::read(rdata));
            return target.map_or(Step::Done, |(target, _)| Step::Follow(target));
        }
        self.deny(source, None, dnssec, reply)
    }

    /// The negative answer: SOA, and with DNSSEC the proof. With an encloser the name does not
    /// exist, without one it does but not this type.
    fn deny(&self, name: &Name, encloser: Option<&Name>, dnssec: bool, reply: &mut Reply) -> Step {
        let soa = self
            .nodes
            .get(&self.apex)
            .and_then(|node| node.get(&rtype::SOA));
        if let Some(set) = soa {
            push(&mut reply.authority, &self.apex, rtype::SOA, set);
            let apex = &self.apex;
            self.push_signature(dnssec, apex, apex, rtype::SOA, &mut reply.authority);
        }
        if !dnssec || self.signer.is_none() {
            return Step::Done;
        }
        if let Some(encloser) = encloser {
            let next = name.ancestor(encloser.depth() + 1);
            self.prove_absent(name, &next, reply);
            self.prove_absent(&encloser.child("*"), &encloser.child("*"), reply);
        } else {
            self.prove_no_type(name, reply);
        }
        Step::Done
    }

    /// Adds the record that shows the types of an existing name (RFC 4035 §3.1.3.1), or for an
    /// empty non-terminal, which has no NSEC, the one that spans it.
    fn prove_no_type(&self, name: &Name, reply: &mut Reply) {
        if let Some(chain) = &self.chain {
            let record = chain.matching(name);
            self.push_proof(record.map(nsec3::as_rr), reply);
        } else if self.nodes.contains_key(name) {
            self.push_proof(self.nsec_at(name), reply);
        } else {
            self.push_proof(self.nsec_before(name), reply);
        }
    }

    /// Adds the records that show that `name` does not exist. `next` is the next closer name
    /// (RFC 5155 §1.3), whose parent does exist.
    fn prove_absent(&self, name: &Name, next: &Name, reply: &mut Reply) {
        if let Some(chain) = &self.chain {
            let encloser = next.ancestor(next.depth().saturating_sub(1));
            self.push_proof(chain.matching(&encloser).map(nsec3::as_rr), reply);
            self.push_proof(chain.covering(next).map(nsec3::as_rr), reply);
        } else if self.signer.is_some() {
            self.push_proof(self.nsec_before(name), reply);
        }
    }

    fn nsec_at(&self, name: &Name) -> Option<Rr> {
        let set = self.nodes.get(name)?.get(&rtype::NSEC)?;
        let rdata = set.rdata.first()?.clone();
        Some(Rr {
            owner: name.clone(),
            rtype: rtype::NSEC,
            ttl: set.ttl,
            rdata,
        })
    }

    fn nsec_before(&self, name: &Name) -> Option<Rr> {
        let before = self.nodes.range(..name).next_back().map(|(name, _)| name);
        self.nsec_at(before?)
    }

    fn push_proof(&self, proof: Option<Rr>, reply: &mut Reply) {
        let Some(rr) = proof.filter(|rr| !reply.authority.contains(rr)) else {
            return;
        };
        let set = RrSet {
            ttl: rr.ttl,
            rdata: vec![rr.rdata.clone()],
        };
        let signature = self.signature(&rr.owner, rr.rtype, &set);
        let owner = rr.owner.clone();
        reply.authority.push(rr);
        reply
            .authority
            .extend(signature.map(|rdata| signed(&owner, set.ttl, rdata)));
    }

    fn push_signature(
        &self,
        dnssec: bool,
        name: &Name,
        source: &Name,
        rtype: u16,
        section: &mut Vec<Rr>,
    ) {
        let set = self.nodes.get(source).and_then(|node| node.get(&rtype));
        if let Some(set) = set.filter(|_| dnssec) {
            let rdata = self.signature(source, rtype, set);
            section.extend(rdata.map(|rdata| signed(name, set.ttl, rdata)));
        }
    }

    /// The RRSIG over a set, made once. A delegation's NS set has none (RFC 4035 §2.2).
    fn signature(&self, owner: &Name, rtype: u16, set: &RrSet) -> Option<Vec<u8>> {
        let signer = self.signer.as_ref()?;
        if rtype == rtype::NS && owner != &self.apex {
            return None;
        }
        let mut made = self.made.lock().ok()?;
        let key = (owner.clone(), rtype);
        Some(
            made.entry(key)
                .or_insert_with(|| signer.sign(owner, rtype, set))
                .clone(),
        )
    }

    /// Whether names lie below this one, so that it exists without records (RFC 4592 §2.2.2).
    fn has_below(&self, name: &Name) -> bool {
        let after = (Bound::Excluded(name), Bound::Unbounded);
        self.nodes
            .range::<Name, _>(after)
            .next()
            .is_some_and(|(below, _)| below.is_within(name))
    }

    /// RFC 4592 §3.3.1.
    fn closest_encloser(&self, name: &Name) -> Name {
        let depths = (self.apex.depth()..name.depth()).rev();
        let mut ancestors = depths.map(|depth| name.ancestor(depth));
        ancestors
            .find(|ancestor| self.nodes.contains_key(ancestor) || self.has_below(ancestor))
            .unwrap_or_else(|| self.apex.clone())
    }
}

fn push(section: &mut Vec<Rr>, owner: &Name, rtype: u16, set: &RrSet) {
    section.extend(set.rdata.iter().map(|rdata| Rr {
        owner: owner.clone(),
        rtype,
        ttl: set.ttl,
        rdata: rdata.clone(),
    }));
}

fn signed(owner: &Name, ttl: u32, rdata: Vec<u8>) -> Rr {
    Rr {
        owner: owner.clone(),
        rtype: rtype::RRSIG,
        ttl,
        rdata,
    }
}

fn start_of_authority(servers: &[Name]) -> Vec<u8> {
    let primary = servers.first().cloned().unwrap_or_else(Name::root);
    let mut out = primary.wire();
    primary.write(&mut out);
    for number in [1, 3600, 900, 86_400, NEGATIVE_TTL] {
        out.extend_from_slice(&u32::to_be_bytes(number));
    }
    out
}

/// RFC 4034 §4.1.2.
pub(crate) fn type_bitmap(types: &BTreeSet<u16>) -> Vec<u8> {
    let mut windows: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
    for kind in types {
        let [window, low] = kind.to_be_bytes();
        let bits = windows.entry(window).or_default();
        let at = usize::from(low / 8);
        if bits.len() <= at {
            bits.resize(at + 1, 0);
        }
        if let Some(octet) = bits.get_mut(at) {
            *octet |= 0x80 >> (low % 8);
        }
    }
    windows
        .into_iter()
        .fold(Vec::new(), |mut out, (window, bits)| {
            out.extend_from_slice(&[window, u8::try_from(bits.len()).unwrap_or(32)]);
            out.extend_from_slice(&bits);
            out
        })
}
