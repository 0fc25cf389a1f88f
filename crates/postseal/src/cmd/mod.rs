//! One file a subcommand.

mod check;
mod explain;
mod lab;
mod lint;
mod r#match;
mod world;

use crate::{
    cli::{Cli, Command},
    exit::Exit,
    print::Printer,
};

/// Does what was typed.
pub(crate) fn run(cli: Cli, printer: &Printer) -> anyhow::Result<Exit> {
    match cli.command {
        Command::Check(args) => check::run(args, printer),
        Command::Explain(args) => explain::run(&args, printer),
        Command::Lint(command) => lint::run(&command, printer),
        Command::Match(args) => r#match::run(&args, printer),
        Command::Lab(args) => lab::run(args, printer),
    }
}
