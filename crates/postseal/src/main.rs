//! Postseal: MTA-STS, SMTP TLS Reporting and DANE beside any mail server.
//!
//! A thin program: [`cli`] says what can be typed, [`cmd`] has one file a subcommand, [`mod@print`] is
//! the only place that writes to the terminal, [`exit`] says what the exit codes mean.

mod cli;
mod cmd;
mod exit;
mod print;

use std::{io, process::ExitCode};

use clap::Parser;

use crate::{cli::Cli, exit::Exit, print::Printer};

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let printer = Printer::new(cli.format);
    match cmd::run(cli, &printer) {
        Ok(exit) => exit.into(),
        // Whoever reads our output may stop reading: `postseal check … | head`.
        Err(error) if is_broken_pipe(&error) => Exit::Good.into(),
        Err(error) => {
            printer.error(&error);
            Exit::CouldNotCheck.into()
        }
    }
}

/// Help and version are no errors; everything else that clap refuses is a mistake of usage.
fn usage(error: &clap::Error) -> ExitCode {
    let exit = match error.print() {
        _ if error.use_stderr() => Exit::Usage,
        Ok(()) => Exit::Good,
        Err(closed) if closed.kind() == io::ErrorKind::BrokenPipe => Exit::Good,
        Err(_) => Exit::CouldNotCheck,
    };
    exit.into()
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
