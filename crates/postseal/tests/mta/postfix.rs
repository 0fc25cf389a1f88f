//! A Postfix with folders of its own.

use std::{fs, path::Path, process::Command};

use crate::{server::Server, tools, world::Host};

/// No more services than receiving needs.
const SERVICES: &str = "\
postlog    unix-dgram n - n - 1 postlogd
anvil      unix - - n - 1 anvil
tlsmgr     unix - - n 1000? 1 tlsmgr
rewrite    unix - - n - - trivial-rewrite
proxymap   unix - - n - - proxymap
cleanup    unix n - n - 0 cleanup
qmgr       unix n - n 300 1 qmgr
";

/// Starts one in `dir`, where the host's `chain.pem` and `key.pem` are.
pub(crate) fn start(host: &Host, dir: &Path) -> Server {
    let [config, queue, data] = ["etc", "queue", "data"].map(|folder| dir.join(folder));
    for folder in [&config, &queue, &data] {
        fs::create_dir(folder).expect("a folder of Postfix");
    }
    tools::done(Command::new("chown").arg("postfix").arg(&data));
    fs::write(config.join("main.cf"), main_cf(host, dir)).expect("main.cf is written");
    // Bound here: `inet_interfaces` takes only addresses that an interface lists one by one.
    let master = format!("{}:25 inet n - n - - smtpd\n{SERVICES}", host.address);
    fs::write(config.join("master.cf"), master).expect("master.cf is written");
    let mut command = Command::new(tools::path("postfix"));
    command.arg("-c").arg(&config).arg("start-fg");
    let pid_file = queue.join("pid/master.pid");
    Server::start(&mut command, host.address, pid_file, vec![dir.join("log")])
}

fn main_cf(host: &Host, dir: &Path) -> String {
    let dir = dir.display();
    format!(
        "compatibility_level = 3.6
queue_directory = {dir}/queue
data_directory = {dir}/data
maillog_file = /dev/stdout
myhostname = {name}
mydestination = {domain}
inet_interfaces = loopback-only
inet_protocols = ipv4
mynetworks = 127.255.255.255/32
local_recipient_maps =
alias_maps =
smtpd_peername_lookup = no
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_protocols = >=TLSv1.2
smtpd_tls_cert_file = {dir}/chain.pem
smtpd_tls_key_file = {dir}/key.pem
",
        name = host.name(),
        domain = host.domain,
    )
}
