//! The programs that these tests need. They are looked for, never installed from here.

use std::{
    env,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Programs on the path, and what brings them on Debian.
const PROGRAMS: [(&str, &str); 6] = [
    ("unshare", "util-linux"),
    ("mount", "mount"),
    ("ip", "iproute2"),
    ("openssl", "openssl"),
    ("postfix", "postfix"),
    ("posttls-finger", "postfix"),
];
/// Users that the servers give up root for.
const USERS: [&str; 2] = ["postfix", "Debian-exim"];
const MEND: &str = "`cargo xtask test` installs what the tests need and runs them; `cargo xtask \
                    setup` only installs. Then a plain `cargo test` finds it too.";

/// Panics where something is missing, and says what and who brings it: a test that cannot run has
/// not passed.
pub(crate) fn require() {
    let mut missing: Vec<String> = PROGRAMS
        .iter()
        .filter(|(name, _)| find(name).is_none())
        .map(|(name, package)| format!("the program `{name}` (Debian package {package})"))
        .collect();
    if !exim().is_file() {
        missing.push(format!("Exim, unpacked at {}", exim().display()));
    }
    let users = USERS.iter().filter(|user| !has_user(user));
    missing.extend(users.map(|user| format!("the system user `{user}`")));
    assert!(
        missing.is_empty(),
        "real mail servers cannot be tested here, these are missing:\n  {}\n{MEND}",
        missing.join("\n  ")
    );
}

/// A program of the path, which must be there.
pub(crate) fn path(name: &str) -> PathBuf {
    find(name).unwrap_or_else(|| panic!("the program `{name}` is missing. {MEND}"))
}

/// Exim, where `cargo xtask` unpacks it: its package and Postfix's exclude one another.
pub(crate) fn exim() -> PathBuf {
    let tools = match env::var_os("POSTSEAL_TOOLS") {
        Some(folder) => PathBuf::from(folder),
        // Beside the folder that cargo keeps for tests, in the one it builds in.
        None => Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("tools"),
    };
    tools.join("exim/usr/sbin/exim4")
}

/// A command that runs as root: by ourselves, or through sudo where it asks nothing.
pub(crate) fn root(program: &str) -> Command {
    let program = path(program);
    if answer(Command::new("id").arg("-u")).is_some_and(|id| id.trim() == "0") {
        return Command::new(program);
    }
    assert!(
        answer(Command::new("sudo").args(["-n", "true"])).is_some(),
        "real mail servers need a private network and users of their own, and so root: run the \
         tests as root, or as a user whose sudo asks for no password now (`sudo true` first)"
    );
    let mut command = Command::new("sudo");
    command.arg("-n").arg(program);
    command
}

/// Runs a program to its good end.
pub(crate) fn done(command: &mut Command) {
    fed(command, b"");
}

/// Runs a program with this on standard input to its good end, and gives back what it wrote.
pub(crate) fn fed(command: &mut Command, input: &[u8]) -> Vec<u8> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
    // A program that reads nothing may have closed its end: no failure of ours.
    drop(child.stdin.take().expect("stdin is piped").write_all(input));
    let output = child.wait_with_output().expect("the program ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{name} ended with {}: {stderr}",
        output.status
    );
    output.stdout
}

fn find(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&folders)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

fn has_user(name: &str) -> bool {
    answer(Command::new("id").args(["-u", name])).is_some()
}

fn answer(command: &mut Command) -> Option<String> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(text)
}
