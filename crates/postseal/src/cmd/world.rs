//! The world that `check` and `explain` look at: adapters made from what was typed.

use anyhow::{Context as _, anyhow};
use decide::facts::Facts;
use jiff::Timestamp;
use names::Domain;
use net::{
    clock::{Clock as _, SystemClock},
    dial::{Allow, Dialler},
    dns::{Dns, DnsConfig, Trust, TrustAd},
    tls::Roots,
};
use probe::{Depth, Observer, Options, Probe};

use crate::cli::WorldArgs;

/// Connections open at a time.
const PLACES: usize = 64;
/// What a file of trust anchors may have.
const MAX_ANCHORS: u64 = 64 * 1024;

/// Looks at domains as of one point in time.
#[derive(Debug)]
pub(crate) struct World {
    dns: Dns,
    probe: Probe,
    now: Timestamp,
}

impl World {
    /// The world that was asked for.
    pub(crate) fn new(args: &WorldArgs) -> anyhow::Result<Self> {
        let allow = if args.allow_reserved {
            Allow::Everything
        } else {
            Allow::Public
        };
        let dns = Dns::new(dns_config(args, &allow)?).context("DNS")?;
        let roots = match &args.ca_file {
            Some(file) => Roots::from_pem_file(file)
                .with_context(|| format!("--ca-file `{}`", file.display()))?,
            None => Roots::system(),
        };
        let options = Options {
            https_port: args.https_port,
            smtp_port: args.smtp_port,
            ns_port: args.ns_port,
            timeout: args.timeout,
            ehlo: args.ehlo.clone(),
            active: args.active,
        };
        let probe = Probe::new(dns.clone(), Dialler::new(allow, PLACES), roots, options);
        Ok(Self {
            dns,
            probe,
            now: args.now.unwrap_or_else(|| SystemClock.now()),
        })
    }

    /// The point in time.
    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// How far this resolver's word on DNSSEC goes.
    pub(crate) async fn trust(&self) -> Trust {
        self.dns.trust().await
    }

    /// Everything that can be seen of the domain.
    pub(crate) async fn look(&self, domain: &Domain, observer: Observer<'_>) -> Facts {
        self.probe
            .look(domain, Depth::Check, self.now, None, observer)
            .await
    }
}

fn dns_config(args: &WorldArgs, allow: &Allow) -> anyhow::Result<DnsConfig> {
    let mut config = if args.dns.is_empty() {
        DnsConfig::system().context("no --dns given")?
    } else {
        DnsConfig::new(args.dns.clone())
    };
    config.allow = allow.clone();
    if args.trust_ad {
        config.trust_ad = TrustAd::Always;
    }
    // Two attempts fit into what a connection may take.
    config.attempts = 2;
    config.timeout = config.timeout.min(args.timeout / 2);
    config.anchors = match &args.trust_anchor {
        Some(file) => Some(anchors(file)?),
        None => None,
    };
    Ok(config)
}

fn anchors(file: &std::path::Path) -> anyhow::Result<String> {
    use std::io::Read as _;
    let place = || format!("--trust-anchor `{}`", file.display());
    let mut text = String::new();
    std::fs::File::open(file)
        .and_then(|file| file.take(MAX_ANCHORS).read_to_string(&mut text))
        .with_context(place)?;
    if text.trim().is_empty() {
        return Err(anyhow!("the file is empty")).with_context(place);
    }
    Ok(text)
}

/// Runs a command's look-ups to their end.
pub(crate) fn block_on<T>(future: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the runtime")?
        .block_on(future)
}
