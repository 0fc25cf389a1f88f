//! A network and a mount table for one test alone.

use std::{
    env,
    ffi::OsString,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use crate::tools;

/// Set in the process that runs inside, to the folder that it may use.
const INSIDE: &str = "POSTSEAL_PRIVATE_NETWORK";
/// What the system's resolver functions are told: the lab, whose AD bit counts.
const RESOLV_CONF: &str = "nameserver 127.0.0.1\noptions edns0 trust-ad\n";

/// Runs `test`, which is called `name` in this binary, in a private network with nothing but
/// loopback, and gives it a folder that every user may enter.
///
/// The binary starts itself again, inside, for this one test. Its processes have numbers of their
/// own as well: whatever the test leaves behind ends with it.
pub(crate) fn network(name: &str, test: impl FnOnce(&Path)) {
    if let Some(dir) = env::var_os(INSIDE) {
        inside(Path::new(&dir), test);
        return;
    }
    tools::require();
    let dir = tempfile::Builder::new()
        .prefix("postseal-mta-")
        // Not where TMPDIR says: the servers' users may have no way in there.
        .tempdir_in("/tmp")
        .expect("a folder for temporary files");
    let mut command = tools::root("unshare");
    command.args(["--net", "--mount", "--pid", "--fork", "--kill-child", "--"]);
    // Named one by one: sudo passes no environment on.
    command
        .arg("env")
        .arg(format!("{INSIDE}={}", dir.path().display()));
    for name in ["PATH", "POSTSEAL_TOOLS", "RUST_BACKTRACE"] {
        if let Some(value) = env::var_os(name) {
            let mut pair = OsString::from(format!("{name}="));
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

fn inside(dir: &Path, test: impl FnOnce(&Path)) {
    let mount = || Command::new(tools::path("mount"));
    // In memory, and seen by nobody outside: it is gone with the last process in here, whoever
    // owns the files and whatever is still written.
    tools::done(
        mount()
            .args(["-t", "tmpfs", "-o", "mode=755", "tmpfs"])
            .arg(dir),
    );
    let resolv_conf = dir.join("resolv.conf");
    fs::write(&resolv_conf, RESOLV_CONF).expect("resolv.conf is written");
    tools::done(
        mount()
            .arg("--bind")
            .arg(&resolv_conf)
            .arg("/etc/resolv.conf"),
    );
    tools::done(Command::new(tools::path("ip")).args(["link", "set", "dev", "lo", "up"]));
    test(dir);
}
