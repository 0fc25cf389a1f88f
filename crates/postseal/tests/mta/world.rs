//! The lab on the well-known ports, with real servers beside its own.

use std::{
    fs,
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::Command,
};

use lab::{Data, ExtraPolicy, ExtraZone, Issue, Lab, LabConfig, Ports, Record};

use crate::{exim, postfix, server::Server, tools};

/// Reports go to the lab's own mail host: they must not wait for what they are about.
const REPORTS: &str = "v=TLSRPTv1; rua=mailto:tls@reports.example";

/// A real MX host.
pub(crate) struct Host {
    /// The domain whose zone it is in, and whose mail it takes.
    pub(crate) domain: &'static str,
    /// Where it listens: not the addresses of the lab's own hosts, 127.25.0.0/16.
    pub(crate) address: Ipv4Addr,
    /// How good its certificate is.
    pub(crate) issue: Issue,
    /// What it is.
    pub(crate) program: Program,
}

/// What a real MX host runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Program {
    Postfix,
    Exim,
}

/// A mail domain: its MX hosts, the most preferred first.
pub(crate) struct Mail {
    pub(crate) domain: &'static str,
    pub(crate) mx: Vec<String>,
}

/// Everything that runs. It stops when it is dropped, the servers first.
pub(crate) struct World {
    _servers: Vec<Server>,
    pub(crate) lab: Lab,
    pub(crate) dir: PathBuf,
    keys: Vec<Key>,
}

/// A server's key: what it needs, and what TLSA pins.
struct Key {
    pem: String,
    spki_sha256: Vec<u8>,
    /// Of the key to come, which is published beside the present one (RFC 7671 §8.1).
    next_sha256: Vec<u8>,
}

impl Host {
    pub(crate) fn name(&self) -> String {
        format!("mx1.{}", self.domain)
    }
}

impl World {
    /// Keys, then the zones that pin them, then certificates for them, then the servers.
    pub(crate) fn start(dir: &Path, hosts: &[Host], mail: &[Mail]) -> Self {
        let keys: Vec<Key> = hosts.iter().map(|_| Key::generate()).collect();
        let mut config = LabConfig::new(dir.join("lab"));
        config.ports = Some(Ports {
            dns: 53,
            ns: 53,
            https: 443,
            smtp: 25,
        });
        for mail in mail {
            config.policies.push(mail.policy());
            let here = hosts
                .iter()
                .zip(&keys)
                .filter(|(host, _)| host.domain == mail.domain);
            let mut records: Vec<Record> = here.flat_map(|(host, key)| host.records(key)).collect();
            records.extend(mail.records());
            let apex = mail.domain.to_owned();
            config.zones.push(ExtraZone {
                apex,
                signed: true,
                records,
            });
        }
        let lab = Lab::start(config).expect("the lab starts on ports 25, 53 and 443");
        let servers = hosts
            .iter()
            .zip(&keys)
            .map(|(host, key)| host.start(&lab, key, dir));
        Self {
            _servers: servers.collect(),
            lab,
            dir: dir.to_owned(),
            keys,
        }
    }

    /// The SHA-256 digest of the key of the host of this number, as facts have it.
    pub(crate) fn spki_sha256(&self, host: usize) -> String {
        let octets = self.keys[host].spki_sha256.iter();
        octets
            .map(|octet| format!("{octet:02x}"))
            .collect::<Vec<_>>()
            .concat()
    }
}

impl Host {
    fn start(&self, lab: &Lab, key: &Key, dir: &Path) -> Server {
        let dir = dir.join(self.domain);
        fs::create_dir(&dir).expect("a folder for the server");
        let chain = lab
            .issue(&key.pem, &[&self.name()], self.issue)
            .expect("a certificate");
        fs::write(dir.join("chain.pem"), chain).expect("the chain is written");
        fs::write(dir.join("key.pem"), &key.pem).expect("the key is written");
        match self.program {
            Program::Postfix => postfix::start(self, &dir),
            Program::Exim => exim::start(self, &dir),
        }
    }

    fn records(&self, key: &Key) -> Vec<Record> {
        let name = self.name();
        let tlsa = |digest: &[u8]| {
            let data = Data::Tlsa(3, 1, 1, digest.to_vec());
            Record::new(format!("_25._tcp.{name}"), data)
        };
        vec![
            tlsa(&key.spki_sha256),
            tlsa(&key.next_sha256),
            Record::txt(format!("_smtp._tls.{name}"), REPORTS),
            Record::new(name, Data::A(self.address)),
        ]
    }
}

impl Mail {
    fn records(&self) -> Vec<Record> {
        let domain = self.domain;
        let mx = self
            .mx
            .iter()
            .zip(1..)
            .map(|(host, number)| Record::mx(domain, number * 10, host));
        let mut records: Vec<Record> = mx.collect();
        records.push(Record::txt(
            format!("_mta-sts.{domain}"),
            "v=STSv1; id=20261121T000000;",
        ));
        records.push(Record::new(
            format!("mta-sts.{domain}"),
            Data::A(Lab::policy_host()),
        ));
        records.push(Record::txt(format!("_smtp._tls.{domain}"), REPORTS));
        records
    }

    fn policy(&self) -> ExtraPolicy {
        let mx: Vec<String> = self
            .mx
            .iter()
            .map(|host| format!("mx: {host}\r\n"))
            .collect();
        let mx = mx.concat();
        let body = format!("version: STSv1\r\nmode: enforce\r\n{mx}max_age: 1209600\r\n");
        ExtraPolicy {
            domain: self.domain.to_owned(),
            body: body.into_bytes(),
        }
    }
}

impl Key {
    fn generate() -> Self {
        let pem = new_key();
        let spki_sha256 = digest_of(&pem);
        Self {
            pem: String::from_utf8(pem).expect("PEM is text"),
            spki_sha256,
            next_sha256: digest_of(&new_key()),
        }
    }
}

/// Made and measured by OpenSSL, so that no code of ours vouches for itself.
fn new_key() -> Vec<u8> {
    let curve = "ec_paramgen_curve:P-256";
    openssl(&["genpkey", "-algorithm", "EC", "-pkeyopt", curve], b"")
}

fn digest_of(key: &[u8]) -> Vec<u8> {
    let spki = openssl(&["pkey", "-pubout", "-outform", "DER"], key);
    let digest = openssl(&["dgst", "-sha256", "-binary"], &spki);
    assert_eq!(digest.len(), 32, "a SHA-256 digest");
    digest
}

fn openssl(args: &[&str], input: &[u8]) -> Vec<u8> {
    tools::fed(Command::new(tools::path("openssl")).args(args), input)
}
