//! A mail server that runs: waited for, its log shown where a test fails, stopped by its number.

use std::{
    fs,
    io::Read as _,
    net::{Ipv4Addr, TcpStream},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a server may take to start: a busy machine counts in it.
const PATIENCE: Duration = Duration::from_secs(90);
/// Between two looks at whether it answers.
const LOOK: Duration = Duration::from_millis(20);

/// A mail server. It is stopped when it is dropped.
pub(crate) struct Server {
    child: Child,
    logs: Vec<PathBuf>,
    pid_file: PathBuf,
}

impl Server {
    /// Starts `command`, which stays in the foreground, writes all it says to the first of `logs`,
    /// and leaves the number of the process to stop in `pid_file`; then waits for its greeting.
    pub(crate) fn start(
        command: &mut Command,
        address: Ipv4Addr,
        pid_file: PathBuf,
        logs: Vec<PathBuf>,
    ) -> Self {
        let log = fs::File::create(&logs[0]).expect("a log");
        let child = command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("the log again"))
            .stderr(log)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
        let mut server = Self {
            child,
            logs,
            pid_file,
        };
        server.wait(address);
        server
    }

    fn wait(&mut self, address: Ipv4Addr) {
        let until = Instant::now() + PATIENCE;
        while !greets(address) {
            let ended = self.child.try_wait().expect("a child can be asked after");
            assert!(ended.is_none(), "the server at {address} ended: {ended:?}");
            assert!(
                Instant::now() < until,
                "the server at {address} does not answer"
            );
            thread::sleep(LOOK);
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Only at the test's end, and where it failed.
        if thread::panicking() {
            for log in &self.logs {
                let text = fs::read_to_string(log).unwrap_or_default();
                eprintln!("--- {}\n{text}", log.display());
            }
        }
        let pid = fs::read_to_string(&self.pid_file).unwrap_or_default();
        // The number stands behind blanks; without one nothing runs but what we started.
        let asked = match pid.trim().parse::<u32>() {
            Ok(pid) => {
                let kill = Command::new("sh")
                    .args(["-c", &format!("kill -TERM {pid}")])
                    .status();
                kill.is_ok_and(|status| status.success())
            }
            Err(_) => false,
        };
        if !asked {
            drop(self.child.kill());
        }
        drop(self.child.wait());
    }
}

fn greets(address: Ipv4Addr) -> bool {
    let mut code = [0; 3];
    TcpStream::connect((address, 25)).is_ok_and(|mut stream| {
        let timed = stream.set_read_timeout(Some(Duration::from_secs(5)));
        timed.and_then(|()| stream.read_exact(&mut code)).is_ok() && &code == b"220"
    })
}
