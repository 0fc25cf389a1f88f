//! Look-ups against a scripted server: every kind of failure, chains, limits.

use std::{net::SocketAddr, sync::Arc};

use names::Owner;
use net::{
    dial::Allow,
    dns::{
        Dns, DnsConfig, DnsConfigError, Fault, MAX_CHAIN, MAX_RECORDS, Outcome, Record, RecordType,
        Secure, Trust, TrustAd, read_answer,
    },
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, UdpSocket},
    time::{Duration, Instant},
};

const A: u16 = 1;
const NS: u16 = 2;
const CNAME: u16 = 5;
const SOA: u16 = 6;
const TXT: u16 = 16;

type Rr = (String, u16, u32, Vec<u8>);

#[derive(Default)]
struct Reply {
    rcode: u8,
    ad: bool,
    aa: bool,
    tc: bool,
    answer: Vec<Rr>,
    authority: Vec<Rr>,
    ede: Option<(u16, &'static [u8])>,
}

struct Asked {
    name: String,
    cd: bool,
    edns: bool,
    rd: bool,
    tcp: bool,
}

type Handler = Arc<dyn Fn(&Asked) -> Option<Reply> + Send + Sync>;

fn wire(name: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    for label in name.split('.').filter(|label| !label.is_empty()) {
        octets.push(u8::try_from(label.len()).unwrap());
        octets.extend_from_slice(label.as_bytes());
    }
    octets.push(0);
    octets
}

fn rr((name, rtype, ttl, data): &Rr) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [
        &wire(name)[..],
        &rtype.to_be_bytes(),
        &1_u16.to_be_bytes(),
        &ttl.to_be_bytes(),
        &length.to_be_bytes(),
        data,
    ]
    .concat()
}

fn read_question(query: &[u8], tcp: bool) -> (Asked, Vec<u8>) {
    let (mut at, mut labels) = (12, Vec::new());
    while query[at] != 0 {
        let length = usize::from(query[at]);
        labels.push(String::from_utf8(query[at + 1..=at + length].to_vec()).unwrap());
        at += length + 1;
    }
    let name = labels.join(".").to_ascii_lowercase();
    let (rd, cd) = (query[2] & 1 != 0, query[3] & 0x10 != 0);
    let edns = query[11] != 0;
    (
        Asked {
            name,
            cd,
            edns,
            rd,
            tcp,
        },
        query[12..at + 5].to_vec(),
    )
}

fn write(query: &[u8], question: &[u8], reply: &Reply) -> Vec<u8> {
    let high = 0x80 | u8::from(reply.tc) << 1 | u8::from(reply.aa) << 2 | query[2] & 1;
    let low = 0x80 | u8::from(reply.ad) << 5 | reply.rcode;
    let count = |records: &Vec<Rr>| u16::try_from(records.len()).unwrap().to_be_bytes();
    let mut octets = [&query[..2], &[high, low, 0, 1][..]].concat();
    octets.extend(count(&reply.answer));
    octets.extend(count(&reply.authority));
    octets.extend([0, u8::from(reply.ede.is_some())]);
    octets.extend_from_slice(question);
    octets.extend(reply.answer.iter().flat_map(rr));
    octets.extend(reply.authority.iter().flat_map(rr));
    if let Some((code, text)) = reply.ede {
        let length = u8::try_from(text.len() + 2).unwrap();
        let data = [&[0, 15, 0, length][..], &code.to_be_bytes(), text].concat();
        octets.extend([
            0,
            0,
            41,
            4,
            208,
            0,
            0,
            0,
            0,
            0,
            u8::try_from(data.len()).unwrap(),
        ]);
        octets.extend(data);
    }
    octets
}

async fn serve(handler: Handler) -> SocketAddr {
    let (udp, tcp) = loop {
        let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
            break (udp, tcp);
        }
    };
    let addr = udp.local_addr().unwrap();
    let over_udp = Arc::clone(&handler);
    tokio::spawn(async move {
        let mut buffer = vec![0; 2048];
        loop {
            let (length, from) = udp.recv_from(&mut buffer).await.unwrap();
            let query = &buffer[..length];
            let (asked, question) = read_question(query, false);
            if let Some(reply) = over_udp(&asked) {
                // A stranger's answer first: another id.
                let mut octets = write(query, &question, &Reply::default());
                octets[0] ^= 0xff;
                udp.send_to(&octets, from).await.unwrap();
                let octets = write(query, &question, &reply);
                udp.send_to(&octets, from).await.unwrap();
            }
        }
    });
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = tcp.accept().await.unwrap();
            let handler = Arc::clone(&handler);
            tokio::spawn(async move {
                let length = stream.read_u16().await.unwrap();
                let mut query = vec![0; length.into()];
                stream.read_exact(&mut query).await.unwrap();
                let (asked, question) = read_question(&query, true);
                let Some(reply) = handler(&asked) else {
                    return tokio::time::sleep(Duration::from_mins(1)).await;
                };
                let octets = write(&query, &question, &reply);
                let length = u16::try_from(octets.len()).unwrap().to_be_bytes();
                let _ = stream.write_all(&[&length[..], &octets].concat()).await;
            });
        }
    });
    addr
}

fn address(name: &str) -> Rr {
    (name.to_owned(), A, 300, vec![192, 0, 2, 1])
}

fn alias(name: &str, target: &str) -> Rr {
    (name.to_owned(), CNAME, 60, wire(target))
}

fn soa(ttl: u32, minimum: u32) -> Rr {
    let mut data = [wire("ns.example"), wire("host.example")].concat();
    for number in [1, 3600, 900, 86400, minimum] {
        data.extend(u32::to_be_bytes(number));
    }
    ("example".to_owned(), SOA, ttl, data)
}

/// `cN.example` is an alias for `cN-1.example`, `c0.example` has an address.
fn chain(name: &str, whole: bool) -> Reply {
    let mut number: usize = name[1..].split('.').next().unwrap().parse().unwrap();
    let mut answer = Vec::new();
    while number > 0 {
        let next = format!("{}{}.example", &name[..1], number - 1);
        answer.push(alias(&format!("{}{number}.example", &name[..1]), &next));
        number -= 1;
        if !whole {
            return Reply {
                answer,
                ..Reply::default()
            };
        }
    }
    answer.push(address(&format!("{}0.example", &name[..1])));
    Reply {
        answer,
        ..Reply::default()
    }
}

fn script(asked: &Asked) -> Option<Reply> {
    let base = Reply::default();
    let name = asked.name.as_str();
    let label = name.split('.').next().unwrap_or_default();
    Some(match label {
        "" => Reply {
            ad: true,
            answer: vec![(String::new(), SOA, 300, soa(300, 300).3)],
            ..base
        },
        "here" => Reply {
            ad: true,
            answer: vec![address(name)],
            ..base
        },
        "unsigned" => Reply {
            answer: vec![address(name)],
            ..base
        },
        "nodata" => Reply {
            authority: vec![soa(300, 60)],
            ..base
        },
        "nxdomain" => Reply {
            rcode: 3,
            authority: vec![soa(30, 60)],
            ..base
        },
        "servfail" => Reply {
            rcode: 2,
            ede: Some((23, b"net\x1b[0m")),
            ..base
        },
        "refused" => Reply { rcode: 5, ..base },
        "notimp" => Reply { rcode: 4, ..base },
        "bogus" => Reply {
            rcode: 2,
            ede: Some((6, b"")),
            ..base
        },
        "quietbogus" if asked.cd => Reply {
            answer: vec![address(name)],
            ..base
        },
        "quietbogus" => Reply { rcode: 2, ..base },
        "badrdata" => Reply {
            answer: vec![(name.to_owned(), A, 300, vec![1, 2, 3])],
            ..base
        },
        "contradiction" => Reply {
            rcode: 3,
            answer: vec![address(name)],
            ..base
        },
        "tc" if !asked.tcp => Reply { tc: true, ..base },
        "tc" => Reply {
            answer: vec![address(name)],
            ..base
        },
        "tcponly" if !asked.tcp => return None,
        "tcponly" => Reply {
            answer: vec![address(name)],
            ..base
        },
        "old" if asked.edns => Reply { rcode: 1, ..base },
        "old" => Reply {
            answer: vec![address(name)],
            ..base
        },
        "formerr" => Reply { rcode: 1, ..base },
        "silent" => return None,
        "loop" => Reply {
            answer: vec![alias(name, "pool.example")],
            ..base
        },
        "pool" => Reply {
            answer: vec![alias(name, "loop.example")],
            ..base
        },
        "self" => Reply {
            answer: vec![alias(name, name)],
            ..base
        },
        "dangling" => Reply {
            rcode: 3,
            answer: vec![alias(name, "gone.example")],
            authority: vec![soa(300, 60)],
            ..base
        },
        "txt" => Reply {
            answer: vec![(name.to_owned(), TXT, 300, b"\x03v=S\x00\x05TSv1;".to_vec())],
            ..base
        },
        "many" if !asked.tcp => Reply { tc: true, ..base },
        "many" => Reply {
            answer: vec![address(name); MAX_RECORDS + 44],
            ..base
        },
        "strange" => Reply {
            answer: vec![(name.to_owned(), NS, 300, b"\x03a\x00b\x00".to_vec())],
            ..base
        },
        "lame" => Reply {
            authority: vec![("example".to_owned(), NS, 300, wire("ns.example"))],
            ..base
        },
        "rd" => Reply {
            rcode: if asked.rd { 0 } else { 5 },
            answer: vec![address(name)],
            ..base
        },
        _ if label.starts_with('c') => chain(name, true),
        _ if label.starts_with('s') => chain(name, false),
        _ => Reply { rcode: 3, ..base },
    })
}

fn config(servers: Vec<SocketAddr>) -> DnsConfig {
    let mut config = DnsConfig::new(servers);
    config.timeout = Duration::from_millis(300);
    config.attempts = 1;
    config
}

async fn dns() -> Dns {
    Dns::new(config(vec![serve(Arc::new(script)).await])).unwrap()
}

fn owner(name: &str) -> Owner {
    Owner::parse(name).unwrap()
}

/// [D-18] NXDOMAIN, NODATA, SERVFAIL, a timeout and a bogus answer are five different things, and
/// none of the failures is an absence.
#[tokio::test]
async fn every_outcome_is_told_from_the_others() {
    let dns = dns().await;
    let records = Outcome::Records(vec![Record::A([192, 0, 2, 1].into())]);
    let fault = Outcome::Fault;
    let table: Vec<(&str, Outcome, Secure, u32)> = vec![
        ("here", records.clone(), Secure::Secure, 300),
        ("unsigned", records.clone(), Secure::Insecure, 300),
        ("tc", records.clone(), Secure::Insecure, 300),
        ("tcponly", records.clone(), Secure::Insecure, 300),
        ("old", records.clone(), Secure::Insecure, 300),
        ("formerr", fault(Fault::Other(1)), Secure::Unknown, 0),
        ("nodata", Outcome::NoData, Secure::Insecure, 60),
        ("nxdomain", Outcome::NxDomain, Secure::Insecure, 30),
        ("servfail", fault(Fault::ServFail), Secure::Unknown, 0),
        ("refused", fault(Fault::Refused), Secure::Unknown, 0),
        ("notimp", fault(Fault::Other(4)), Secure::Unknown, 0),
        ("bogus", fault(Fault::Bogus), Secure::Unknown, 0),
        ("quietbogus", fault(Fault::Bogus), Secure::Unknown, 0),
        ("silent", fault(Fault::Timeout), Secure::Unknown, 0),
        ("badrdata", fault(Fault::Malformed), Secure::Unknown, 0),
        ("contradiction", fault(Fault::Malformed), Secure::Unknown, 0),
        ("loop", fault(Fault::Loop), Secure::Unknown, 0),
        ("self", fault(Fault::Loop), Secure::Unknown, 0),
    ];
    for (name, outcome, secure, ttl) in table {
        let answer = dns
            .query(&owner(&format!("{name}.example")), RecordType::A)
            .await;
        assert_eq!(answer.outcome, outcome, "{name}");
        assert_eq!(
            answer.is_absent(),
            ttl > 0 && answer.records().is_empty(),
            "{name}"
        );
        if answer.failed().is_none() {
            assert_eq!((answer.secure, answer.ttl), (secure, ttl), "{name}");
        }
    }
    let answer = dns.query(&owner("servfail.example"), RecordType::A).await;
    assert_eq!(
        (answer.ede[0].code, answer.ede[0].text.as_str()),
        (23, "net\u{fffd}[0m")
    );
}

/// [D-14] Aliases are followed, in one answer or over several, up to eight.
#[tokio::test]
async fn aliases_are_followed_to_a_bound() {
    let dns = dns().await;
    for kind in ["c", "s"] {
        for length in [0, 1, 2, MAX_CHAIN] {
            let name = format!("{kind}{length}.example");
            let answer = dns.query(&owner(&name), RecordType::A).await;
            assert_eq!(answer.records().len(), 1, "{name}: {answer:?}");
            assert_eq!(answer.cname.len(), length, "{name}");
            assert_eq!(answer.owner, owner(&format!("{kind}0.example")));
            assert_eq!(answer.ttl, if length == 0 { 300 } else { 60 });
        }
        let name = format!("{kind}{}.example", MAX_CHAIN + 1);
        let answer = dns.query(&owner(&name), RecordType::A).await;
        assert_eq!(answer.failed(), Some(Fault::Loop), "{name}");
    }
    let answer = dns.query(&owner("dangling.example"), RecordType::A).await;
    assert_eq!(
        (answer.outcome, answer.cname),
        (Outcome::NxDomain, vec![owner("gone.example")])
    );
    let answer = dns.query_cname(&owner("c2.example")).await;
    assert_eq!(answer.records(), [Record::Cname(owner("c1.example"))]);
    assert!(answer.cname.is_empty());
}

/// A chain of slow links takes no longer than servers that say nothing.
#[tokio::test]
async fn a_slow_chain_ends_in_time() {
    let asked = std::sync::atomic::AtomicUsize::new(0);
    // Only the third datagram of each question is answered: two thirds of the time a link.
    let slow = move |question: &Asked| {
        let third = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 3 == 2;
        if question.name.is_empty() || third() {
            script(question)
        } else {
            None
        }
    };
    let dns = Dns::new(config(vec![serve(Arc::new(slow)).await])).unwrap();
    let answer = dns.query(&owner("s1.example"), RecordType::A).await;
    assert_eq!(answer.records().len(), 1, "{answer:?}");
    let start = Instant::now();
    let answer = dns.query(&owner("s8.example"), RecordType::A).await;
    assert_eq!(answer.failed(), Some(Fault::Timeout));
    // One attempt over UDP, one over TCP, one for the proof: three times 300 ms.
    assert!(start.elapsed() < Duration::from_millis(1400));
}

/// [D-13] The character-strings of a TXT record are joined with nothing between.
#[tokio::test]
async fn character_strings_are_joined() {
    let answer = dns()
        .await
        .query(&owner("txt.example"), RecordType::Txt)
        .await;
    assert_eq!(answer.records(), [Record::Txt(b"v=STSv1;".to_vec())]);
}

#[tokio::test]
async fn answers_are_bounded() {
    let dns = dns().await;
    let answer = dns.query(&owner("many.example"), RecordType::A).await;
    assert_eq!((answer.records().len(), answer.skipped), (MAX_RECORDS, 44));
    let answer = dns.query(&owner("strange.example"), RecordType::Ns).await;
    assert!(
        answer.records().len() + answer.skipped as usize == 1,
        "{answer:?}"
    );
    // A name that cannot be written is a failure, not a panic.
    let answer = dns.query(&owner("a\\"), RecordType::A).await;
    assert_eq!(answer.failed(), Some(Fault::BadName));
    let started = Instant::now();
    assert_eq!(
        dns.query(&owner("silent.example"), RecordType::A)
            .await
            .failed(),
        Some(Fault::Timeout)
    );
    assert!(started.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn servers_are_asked_in_turn() {
    let good = serve(Arc::new(script)).await;
    let failing = serve(Arc::new(|_: &Asked| {
        Some(Reply {
            rcode: 2,
            ..Reply::default()
        })
    }))
    .await;
    let silent = serve(Arc::new(|_: &Asked| None)).await;
    let closed = {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        socket.local_addr().unwrap()
    };
    let name = owner("here.example");
    for first in [failing, silent, closed] {
        let answer = Dns::new(config(vec![first, good]))
            .unwrap()
            .query(&name, RecordType::A)
            .await;
        assert_eq!((answer.records().len(), answer.server), (1, Some(good)));
    }
    let both = Dns::new(config(vec![failing, silent, closed])).unwrap();
    assert_eq!(
        both.query(&name, RecordType::A).await.failed(),
        Some(Fault::ServFail)
    );
    let none = Dns::new(config(vec![closed])).unwrap();
    assert_eq!(
        none.query(&name, RecordType::A).await.failed(),
        Some(Fault::Unreachable)
    );
}

/// [N-01] AD counts only from a resolver that is trusted and has shown AD for the root; else
/// nothing is known.
#[tokio::test]
async fn ad_counts_only_where_it_was_proven() {
    let shows = serve(Arc::new(script)).await;
    let never: Handler = Arc::new(|asked| {
        let reply = script(asked)?;
        Some(Reply {
            ad: reply.ad && !asked.name.is_empty(),
            ..reply
        })
    });
    let never = serve(never).await;
    let table = [
        (shows, TrustAd::Loopback, Secure::Secure, Trust::TrustedAd),
        (shows, TrustAd::Always, Secure::Secure, Trust::TrustedAd),
        (shows, TrustAd::Never, Secure::Unknown, Trust::Untrusted),
        (never, TrustAd::Loopback, Secure::Unknown, Trust::Untrusted),
        (never, TrustAd::Always, Secure::Unknown, Trust::Untrusted),
    ];
    for (server, trust_ad, secure, trust) in table {
        let dns = Dns::new(DnsConfig {
            trust_ad,
            ..config(vec![server])
        })
        .unwrap();
        let answer = dns.query(&owner("here.example"), RecordType::A).await;
        assert_eq!(answer.secure, secure, "{trust_ad:?}");
        let unsigned = dns.query(&owner("unsigned.example"), RecordType::A).await;
        assert_ne!(unsigned.secure, Secure::Secure);
        assert_eq!(dns.trust().await, trust);
    }
}

/// [D-18] [N-07] What one validator holds back is not taken from another resolver; what a resolver
/// without validation fails to answer is no fault of DNSSEC; nor is a failure that passes.
#[tokio::test]
async fn bogus_stays_bogus_and_nothing_else_becomes_it() {
    let validates = serve(Arc::new(script)).await;
    let gullible = serve(Arc::new(|asked: &Asked| {
        Some(Reply {
            answer: vec![address(&asked.name)],
            ..Reply::default()
        })
    }))
    .await;
    let never = serve(Arc::new(|asked: &Asked| {
        let reply = script(asked)?;
        Some(Reply { ad: false, ..reply })
    }))
    .await;
    let failures = std::sync::atomic::AtomicUsize::new(0);
    let passing = serve(Arc::new(move |asked: &Asked| {
        let first = asked.name == "here.example"
            && !asked.cd
            && failures.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 0;
        let reply = script(asked)?;
        Some(if first {
            Reply {
                rcode: 2,
                ..Reply::default()
            }
        } else {
            reply
        })
    }))
    .await;
    let ask = async |servers: Vec<SocketAddr>, name: &str| {
        let dns = Dns::new(config(servers)).unwrap();
        dns.query(&owner(name), RecordType::A).await
    };
    for name in ["quietbogus.example", "bogus.example"] {
        let answer = ask(vec![validates, gullible], name).await;
        assert_eq!(answer.failed(), Some(Fault::Bogus), "{name}");
    }
    let answer = ask(vec![never], "quietbogus.example").await;
    assert_eq!(answer.failed(), Some(Fault::ServFail));
    let answer = ask(vec![passing], "here.example").await;
    assert_eq!((answer.failed(), answer.secure), (None, Secure::Secure));
}

#[tokio::test]
async fn one_server_is_asked_without_recursion() {
    let server = serve(Arc::new(script)).await;
    let dns = Dns::new(DnsConfig {
        allow: Allow::Everything,
        ..config(vec![server])
    })
    .unwrap();
    let ask = async |name: &str| dns.ask(server, &owner(name), RecordType::A).await;
    let answer = ask("here.example").await;
    assert_eq!(
        (answer.records().len(), answer.secure),
        (1, Secure::Unknown)
    );
    assert_eq!(ask("rd.example").await.failed(), Some(Fault::Refused));
    assert_eq!(ask("lame.example").await.failed(), Some(Fault::Lame));
    let answer = ask("s2.example").await;
    assert_eq!(
        (answer.outcome, answer.cname),
        (Outcome::NoData, vec![owner("s1.example")])
    );
    let public = Dns::new(config(vec![server])).unwrap();
    let answer = public
        .ask(server, &owner("here.example"), RecordType::A)
        .await;
    assert_eq!(answer.failed(), Some(Fault::Reserved));
}

#[test]
fn any_octets_are_an_answer_or_a_fault() {
    let name = owner("c3.example");
    let question = [&wire("c3.example")[..], &[0, 1, 0, 1]].concat();
    let octets = write(&[0; 12], &question, &chain("c3.example", true));
    assert_eq!(
        read_answer(&octets, &name, RecordType::A).records().len(),
        1
    );
    for cut in 0..octets.len() {
        assert!(
            read_answer(&octets[..cut], &name, RecordType::A)
                .failed()
                .is_some(),
            "{cut}"
        );
    }
    for at in 0..octets.len() {
        for value in [0, 1, 0x3f, 0x40, 0xc0, 0xff] {
            let mut changed = octets.clone();
            changed[at] = value;
            let answer = read_answer(&changed, &name, RecordType::A);
            assert!(answer.cname.len() <= MAX_CHAIN);
        }
    }
}

#[test]
fn resolv_conf_is_read() {
    let text = "# x\nsearch a\nnameserver 192.0.2.1\nnameserver fe80::1%eth0\nnameserver junk\n\
                options timeout:2 attempts:9 trust-ad\n";
    let config = DnsConfig::from_resolv_conf(text);
    let servers: Vec<String> = config.servers.iter().map(ToString::to_string).collect();
    assert_eq!(servers, ["192.0.2.1:53", "[fe80::1]:53"]);
    assert_eq!(
        (config.timeout, config.attempts),
        (Duration::from_secs(2), 5)
    );
    assert_eq!(config.trust_ad, TrustAd::Loopback);
    let config = DnsConfig::from_resolv_conf("");
    assert_eq!(config.servers, ["127.0.0.1:53".parse().unwrap()]);
    assert_eq!(
        DnsConfig::from_resolv_conf(&"nameserver ::1\n".repeat(99))
            .servers
            .len(),
        8
    );
    let none = Dns::new(DnsConfig::new(Vec::new()));
    assert!(matches!(none, Err(DnsConfigError::NoServers)));
    for anchors in ["", "nonsense", ". 300 IN A 192.0.2.1"] {
        let anchors = Some(anchors.to_owned());
        let dns = Dns::new(DnsConfig {
            anchors,
            ..DnsConfig::from_resolv_conf("")
        });
        assert!(matches!(dns, Err(DnsConfigError::Anchors)));
    }
}
