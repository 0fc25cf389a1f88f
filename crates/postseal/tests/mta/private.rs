//! A network and a mount table for one test alone.

use std::{
    env, fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Stdio},
};

use crate::tools;

/// Set in the process that runs inside.
const INSIDE: &str = "POSTSEAL_PRIVATE_NETWORK";
/// What the system's resolver functions are told: the lab, whose AD bit counts.
const RESOLV_CONF: &str = "nameserver 127.0.0.1\noptions edns0 trust-ad\n";

/// Runs `test`, which is called `name` in this binary, in a private network with nothing but
/// loopback, and gives it a folder that every user may enter.
///
/// The binary starts itself again, inside, for this one test. Its processes have numbers of their
/// own as well: whatever the test leaves behind ends with it.
pub(crate) fn network(name: &str, test: impl FnOnce(&Path)) {
    if env::var_os(INSIDE).is_some() {
        inside(test);
        return;
    }
    tools::require();
    let mut command = tools::root("unshare");
    command.args(["--net", "--mount", "--pid", "--fork", "--kill-child", "--"]);
    // Named one by one: sudo passes no environment on.
    command.args(["env", &format!("{INSIDE}=1")]);
    for name in ["PATH", "TMPDIR", "POSTSEAL_TOOLS", "RUST_BACKTRACE"] {
        if let Some(value) = env::var_os(name) {
            let mut pair = std::ffi::OsString::from(format!("{name}="));
            pair.push(value);
            command.arg(pair);
        }
    }
    command.arg(env::current_exe().expect("this binary has a path"));
    command.args(["--exact", name, "--nocapture", "--test-threads=1"]);
    let output = command
        .stdin(Stdio::null())
        .output()
        .expect("unshare starts");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    // A name that fits no test would pass as well, with no test run.
    assert!(
        output.status.success() && stdout.contains("test result: ok. 1 passed"),
        "in the private network (made by `unshare`, as root): {}\n{stdout}\n{stderr}",
        output.status,
    );
}

fn inside(test: impl FnOnce(&Path)) {
    let dir = tempfile::Builder::new()
        .prefix("postseal-mta-")
        .permissions(fs::Permissions::from_mode(0o755))
        .tempdir()
        .expect("a folder for temporary files");
    let resolv_conf = dir.path().join("resolv.conf");
    fs::write(&resolv_conf, RESOLV_CONF).expect("resolv.conf is written");
    tools::done(Command::new(tools::path("ip")).args(["link", "set", "dev", "lo", "up"]));
    let mut mount = Command::new(tools::path("mount"));
    tools::done(
        mount
            .arg("--bind")
            .arg(&resolv_conf)
            .arg("/etc/resolv.conf"),
    );
    test(dir.path());
}
