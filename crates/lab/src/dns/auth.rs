use std::{collections::BTreeMap, sync::Arc};

use aws_lc_rs::error::Unspecified;

use super::{
    name::Name,
    record::Record,
    rtype,
    sign::{Signatures, Signer},
    wire::{Query, Rcode, Reply},
    zone::{Cut, Denial, Step, Zone},
};

/// The longest chain of aliases a server follows within one answer.
const MAX_ALIASES: usize = 12;

/// How a zone is to be signed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signing {
    pub(crate) denial: Denial,
    pub(crate) signatures: Signatures,
    /// Owner and type of single record sets whose signature does not verify.
    pub(crate) broken: Vec<(String, u16)>,
    pub(crate) ds: Ds,
}

/// What the parent says of a signed zone's key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Ds {
    /// The key's own digest.
    #[default]
    Right,
    /// Some other key's.
    Wrong,
    /// Nothing.
    Absent,
}

/// One zone to be served.
#[derive(Clone, Debug)]
pub(crate) struct ZoneSpec {
    pub(crate) apex: String,
    pub(crate) records: Vec<Record>,
    /// What the second server has instead, where the two disagree.
    pub(crate) second: Option<Vec<Record>>,
    pub(crate) signing: Option<Signing>,
}

/// A server that does not do its work for some names.
#[derive(Clone, Debug)]
pub(crate) struct DnsFault {
    /// The name and everything below it.
    pub(crate) name: String,
    /// Only this type.
    pub(crate) rtype: Option<u16>,
    /// Only the first (0) or second (1) server.
    pub(crate) server: Option<usize>,
    pub(crate) kind: DnsFaultKind,
}

/// What it does instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DnsFaultKind {
    /// Nothing: the query is lost.
    Drop,
    /// SERVFAIL.
    ServFail,
    /// REFUSED.
    Refused,
}

/// All zones, as two servers serve them.
pub(crate) struct Authority {
    zones: BTreeMap<Name, [Arc<Zone>; 2]>,
    faults: Vec<(Name, DnsFault)>,
    root: Arc<Signer>,
}

impl Authority {
    /// Signs and links the zones. The first must be the root, signed; every zone's parent must be
    /// among them.
    pub(crate) fn build(
        specs: &[ZoneSpec],
        servers: &[Name],
        faults: Vec<DnsFault>,
        now: i64,
    ) -> Result<Self, Unspecified> {
        let mut signers: BTreeMap<Name, Arc<Signer>> = BTreeMap::new();
        for spec in specs {
            let Some(signing) = &spec.signing else {
                continue;
            };
            let apex = Name::new(&spec.apex);
            let broken = &signing.broken;
            let broken = broken
                .iter()
                .map(|(name, kind)| (Name::new(name), *kind))
                .collect();
            let signer = Signer::generate(&apex, signing.signatures, broken, now)?;
            signers.insert(apex, Arc::new(signer));
        }
        let root = signers.get(&Name::root()).cloned().ok_or(Unspecified)?;
        let apexes: Vec<Name> = specs.iter().map(|spec| Name::new(&spec.apex)).collect();
        let mut cuts: BTreeMap<Name, Vec<Cut>> = BTreeMap::new();
        for (spec, apex) in specs.iter().zip(&apexes) {
            let above = (0..apex.depth()).rev().map(|depth| apex.ancestor(depth));
            let parent = above.into_iter().find(|name| apexes.contains(name));
            let Some(parent) = parent else { continue };
            let ds = spec.signing.as_ref().zip(signers.get(apex));
            let ds = ds.and_then(|(signing, signer)| signing.ds.record(signer));
            cuts.entry(parent).or_default().push(Cut {
                child: apex.clone(),
                ds,
            });
        }
        let zones = specs.iter().zip(&apexes).map(|(spec, apex)| {
            let build = |records: &[Record]| {
                let signing = signers.get(apex).cloned().zip(spec.signing.as_ref());
                let signing = signing.map(|(signer, signing)| (signer, signing.denial));
                let cuts = cuts.get(apex).map_or(&[][..], Vec::as_slice);
                Arc::new(Zone::build(apex, records, servers, cuts, signing))
            };
            let first = build(&spec.records);
            let second = spec
                .second
                .as_deref()
                .map_or_else(|| Arc::clone(&first), build);
            (apex.clone(), [first, second])
        });
        let zones = zones.collect();
        let faults = faults
            .into_iter()
            .map(|fault| (Name::new(&fault.name), fault))
            .collect();
        Ok(Self {
            zones,
            faults,
            root,
        })
    }

    /// The root's DNSKEY and DS records, as text.
    pub(crate) fn trust_anchor(&self) -> [String; 2] {
        self.root.anchor()
    }

    /// What the server answers; none where it says nothing at all.
    pub(crate) fn answer(&self, server: usize, query: &Query) -> Option<Reply> {
        if !query.is_standard() {
            return Some(Reply::bare(Rcode::NotImp));
        }
        let mut reply = Reply {
            authoritative: true,
            ..Reply::bare(Rcode::NoError)
        };
        let mut name = query.name.clone();
        for _ in 0..=MAX_ALIASES {
            match self.fault(server, &name, query.rtype) {
                Some(DnsFaultKind::Drop) => return None,
                Some(DnsFaultKind::ServFail) => return Some(Reply::bare(Rcode::ServFail)),
                Some(DnsFaultKind::Refused) => return Some(Reply::bare(Rcode::Refused)),
                None => {}
            }
            let Some(zone) = self.zone(server, &name, query.rtype) else {
                return Some(Reply::bare(Rcode::Refused));
            };
            match zone.answer(&name, query.rtype, query.wants_dnssec(), &mut reply) {
                Step::Done => break,
                // A loop: what was found is the answer.
                Step::Follow(target) if reply.answer.iter().any(|rr| rr.owner == target) => break,
                Step::Follow(target) => name = target,
            }
        }
        Some(reply)
    }

    fn fault(&self, server: usize, name: &Name, rtype: u16) -> Option<DnsFaultKind> {
        let applies = |(at, fault): &&(Name, DnsFault)| {
            name.is_within(at)
                && fault.rtype.is_none_or(|only| only == rtype)
                && fault.server.is_none_or(|only| only == server)
                // The parent's servers still say that the zone is signed.
                && !(rtype == rtype::DS && name == at)
        };
        self.faults
            .iter()
            .find(applies)
            .map(|(_, fault)| fault.kind)
    }

    /// The zone that answers for a name: the closest one, but for DS the one above the cut
    /// (RFC 4035 §3.1.4.1).
    fn zone(&self, server: usize, name: &Name, rtype: u16) -> Option<&Arc<Zone>> {
        let above = usize::from(rtype == rtype::DS && name.depth() > 0);
        let deepest = name.depth() - above;
        let found = (0..=deepest)
            .rev()
            .find_map(|depth| self.zones.get(&name.ancestor(depth)));
        found.and_then(|views| views.get(server))
    }
}

impl Ds {
    fn record(self, signer: &Signer) -> Option<Vec<u8>> {
        let mut data = signer.ds();
        match self {
            Self::Right => Some(data),
            Self::Absent => None,
            Self::Wrong => {
                if let Some(last) = data.last_mut() {
                    *last ^= 0xff;
                }
                Some(data)
            }
        }
    }
}

impl ZoneSpec {
    /// An unsigned zone without records so far.
    pub(crate) fn unsigned(apex: &str) -> Self {
        Self {
            signing: None,
            ..Self::signed(apex, Vec::new())
        }
    }

    /// A signed zone of these records.
    pub(crate) fn signed(apex: &str, records: Vec<Record>) -> Self {
        let signing = Some(Signing::default());
        Self {
            apex: apex.to_owned(),
            records,
            second: None,
            signing,
        }
    }
}
