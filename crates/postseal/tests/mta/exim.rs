//! An Exim with folders of its own.

use std::{fs, path::Path, process::Command};

use crate::{server::Server, tools, world::Host};

/// Whom Exim gives up root for.
const USER: &str = "Debian-exim";

/// Starts one in `dir`, where the host's `chain.pem` and `key.pem` are.
pub(crate) fn start(host: &Host, dir: &Path) -> Server {
    let (spool, log) = (dir.join("spool"), dir.join("log"));
    for folder in [&spool, &log] {
        fs::create_dir(folder).expect("a folder of Exim");
    }
    // It reads the key when a client comes, no longer as root.
    let mut chown = Command::new("chown");
    tools::done(chown.arg(USER).args([&spool, &log, &dir.join("key.pem")]));
    let config = dir.join("exim.conf");
    fs::write(&config, conf(host, dir)).expect("exim.conf is written");
    let mut command = Command::new(tools::exim());
    command.arg("-C").arg(&config).arg("-bdf");
    let logs = ["out", "log/mainlog", "log/paniclog", "log/rejectlog"].map(|log| dir.join(log));
    Server::start(&mut command, host.address, dir.join("pid"), logs.to_vec())
}

fn conf(host: &Host, dir: &Path) -> String {
    let (name, domain, address) = (host.name(), host.domain, host.address);
    let exim = tools::exim();
    let (exim, dir) = (exim.display(), dir.display());
    // `+tls_...` selectors are on by default; TLS 1.0 is too, which `check` would warn of.
    format!(
        "primary_hostname = {name}
exim_path = {exim}
spool_directory = {dir}/spool
log_file_path = {dir}/log/%slog
pid_file_path = {dir}/pid
local_interfaces = {address}
daemon_smtp_ports = 25
keep_environment =
tls_advertise_hosts = *
tls_certificate = {dir}/chain.pem
tls_privatekey = {dir}/key.pem
tls_require_ciphers = NORMAL:-VERS-TLS1.0:-VERS-TLS1.1
acl_smtp_rcpt = rcpt

begin acl
rcpt:
  accept domains = {domain}
  deny message = relay not permitted
"
    )
}
