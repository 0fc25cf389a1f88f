use super::{name::Name, rtype};

/// The response codes the lab gives (RFC 1035 §4.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rcode {
    NoError = 0,

    ServFail = 2,
    NxDomain = 3,
    NotImp = 4,
    Refused = 5,
}

/// One record on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rr {
    pub(crate) owner: Name,
    pub(crate) rtype: u16,
    pub(crate) ttl: u32,
    pub(crate) rdata: Vec<u8>,
}

/// What a query asks.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    id: u16,
    flags: u16,
    /// The question as it came, repeated octet by octet in the answer (its case may be a nonce).
    question: Vec<u8>,
    pub(crate) name: Name,
    pub(crate) rtype: u16,
    /// The EDNS payload size and whether DNSSEC records are wanted (RFC 6891, RFC 3225).
    edns: Option<(u16, bool)>,
}

/// What a server answers.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) rcode: Rcode,
    pub(crate) authoritative: bool,
    pub(crate) answer: Vec<Rr>,
    pub(crate) authority: Vec<Rr>,
}

const OPCODE: u16 = 0x7800;
const QR: u16 = 0x8000;
const AA: u16 = 0x0400;
const TC: u16 = 0x0200;
const RD: u16 = 0x0100;
/// Recursion available: in the second octet of the flags.
const RA: u8 = 0x80;
const CD: u16 = 0x0010;

impl Query {
    /// Reads a query; none for what is no query with one question.
    pub(crate) fn read(wire: &[u8]) -> Option<Self> {
        let word = |at: usize| Some(u16::from_be_bytes([*wire.get(at)?, *wire.get(at + 1)?]));
        let flags = word(2)?;
        if flags & QR != 0 || word(4)? != 1 {
            return None;
        }
        let (name, length) = Name::read(wire.get(12..)?)?;
        let end = 12 + length + 4;
        let question = wire.get(12..end)?.to_vec();
        let edns = match (word(6)?, word(8)?, word(10)?) {
            (0, 0, 1..) => read_opt(wire.get(end..)?),
            _ => None,
        };
        Some(Self {
            id: word(0)?,
            flags,
            question,
            name,
            rtype: word(12 + length)?,
            edns,
        })
    }

    /// Whether the opcode is QUERY.
    pub(crate) fn is_standard(&self) -> bool {
        self.flags & OPCODE == 0
    }

    /// Whether signatures and denials are to come along.
    pub(crate) fn wants_dnssec(&self) -> bool {
        self.edns.is_some_and(|(_, wanted)| wanted)
    }

    /// Whether the asker speaks EDNS.
    pub(crate) fn has_edns(&self) -> bool {
        self.edns.is_some()
    }

    /// How long a datagram in answer may be: what the asker says, but no more than 1232 octets.
    pub(crate) fn datagram_limit(&self) -> usize {
        self.edns
            .map_or(512, |(size, _)| usize::from(size).clamp(512, 1232))
    }

    /// An answer of no records by a resolver: a code, an extended error (RFC 8914) where the asker
    /// speaks EDNS, or TC where the whole answer is too long for a datagram.
    pub(crate) fn refuse(&self, rcode: Rcode, reason: Option<u16>, truncated: bool) -> Vec<u8> {
        let mut out = self.build(&Reply::bare(rcode), truncated);
        if let Some(flags) = out.get_mut(3) {
            *flags |= RA;
        }
        if let (Some(reason), Some(_)) = (reason, self.edns) {
            // The OPT record stands last: its data grows by one option.
            out.truncate(out.len() - 2);
            out.extend_from_slice(&[0, 6, 0, 15, 0, 2]);
            out.extend_from_slice(&reason.to_be_bytes());
        }
        out
    }

    /// The identifier, and the flags RD and CD, for an answer made elsewhere.
    pub(crate) fn stamp(&self, answer: &mut [u8]) {
        if let [high, low, flags, more, ..] = answer {
            [*high, *low] = self.id.to_be_bytes();
            let [asked, asked_more] = (self.flags & (RD | CD)).to_be_bytes();
            *flags = (*flags & !0x05) | 0x80 | asked;
            *more = (*more & !0x10) | 0x80 | asked_more;
        }
    }

    /// The reply in wire form.
    pub(crate) fn encode(&self, reply: &Reply) -> Vec<u8> {
        self.build(reply, false)
    }

    /// The reply in wire form, cut to an empty one with TC where it is longer than `limit`.
    pub(crate) fn encode_within(&self, reply: &Reply, limit: usize) -> Vec<u8> {
        let whole = self.build(reply, false);
        if whole.len() <= limit {
            return whole;
        }
        let empty = Reply {
            answer: Vec::new(),
            authority: Vec::new(),
            ..reply.clone()
        };
        self.build(&empty, true)
    }

    fn build(&self, reply: &Reply, truncated: bool) -> Vec<u8> {
        let mut flags = QR | (self.flags & (OPCODE | RD | CD)) | reply.rcode as u16;
        if reply.authoritative {
            flags |= AA;
        }
        if truncated {
            flags |= TC;
        }
        let count = |records: &[Rr]| u16::try_from(records.len()).unwrap_or(u16::MAX);
        let counts = [
            1,
            count(&reply.answer),
            count(&reply.authority),
            u16::from(self.edns.is_some()),
        ];
        let mut out = Vec::with_capacity(512);
        for word in [self.id, flags].into_iter().chain(counts) {
            out.extend_from_slice(&word.to_be_bytes());
        }
        out.extend_from_slice(&self.question);
        for rr in reply.answer.iter().chain(&reply.authority) {
            rr.write(&mut out);
        }
        if let Some((_, dnssec)) = self.edns {
            // The root, OPT, 1232 octets, no extended code, version 0, the DO bit echoed, no data.
            out.extend_from_slice(&[0, 0, 41, 0x04, 0xd0, 0, 0, u8::from(dnssec) << 7, 0, 0, 0]);
        }
        out
    }
}

impl Reply {
    /// A reply without records.
    pub(crate) fn bare(rcode: Rcode) -> Self {
        Self {
            rcode,
            authoritative: false,
            answer: Vec::new(),
            authority: Vec::new(),
        }
    }
}

impl Rr {
    fn write(&self, out: &mut Vec<u8>) {
        self.owner.write(out);
        out.extend_from_slice(&self.rtype.to_be_bytes());
        out.extend_from_slice(&1_u16.to_be_bytes());
        out.extend_from_slice(&self.ttl.to_be_bytes());
        out.extend_from_slice(
            &u16::try_from(self.rdata.len())
                .unwrap_or(u16::MAX)
                .to_be_bytes(),
        );
        out.extend_from_slice(&self.rdata);
    }
}

/// An OPT record at the start of the additional section.
fn read_opt(wire: &[u8]) -> Option<(u16, bool)> {
    match wire {
        [0, high, low, size_high, size_low, _, _, flags, ..]
            if u16::from_be_bytes([*high, *low]) == rtype::OPT =>
        {
            Some((
                u16::from_be_bytes([*size_high, *size_low]),
                flags & 0x80 != 0,
            ))
        }
        _ => None,
    }
}
