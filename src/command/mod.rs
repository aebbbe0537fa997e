//! The command line.

#[cfg(feature = "onion")]
mod backup;
mod demo;
mod doctor;
mod handler;
mod init;
#[cfg(feature = "onion")]
mod onion;
#[cfg(feature = "onion")]
mod passphrase;
mod test_report;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sluse_sanitizers::cli::Program;

use crate::config::Config;
use crate::web::Surface;
use crate::{log, machine, serve};

/// A whistleblowing portal: an onion service and a clearnet mirror in one binary.
#[derive(Debug, Parser)]
#[command(name = "sluse", version)]
pub struct CommandLine {
    /// The settings file.
    #[arg(long, global = true, default_value = "sluse.toml")]
    config: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try the whole portal on this machine, with throw-away data.
    Demo(demo::Demo),
    /// Make a new installation: settings, folders, pepper, database, first handler.
    Init(init::Init),
    /// Run the portal.
    Serve,
    /// Say what is wrong and how to cure it.
    Doctor(doctor::Doctor),
    /// Handlers.
    Handler {
        #[command(subcommand)]
        command: handler::HandlerCommand,
    },
    /// Send a report that says it is a test, to see that reports arrive.
    TestReport,
    /// Clean one file and say what was found, as the portal would.
    Sanitize(sluse_sanitizers::cli::Arguments),
    /// Write database and onion keys to one sealed file. Works beside a running server.
    #[cfg(feature = "onion")]
    Backup(backup::BackupFile),
    /// Put a backup into an empty data folder.
    #[cfg(feature = "onion")]
    Restore(backup::BackupFile),
    /// The onion service.
    #[cfg(feature = "onion")]
    Onion {
        #[command(subcommand)]
        command: onion::OnionCommand,
    },
    /// Clean one file for the portal, over standard input and output.
    #[command(hide = true)]
    Worker,
    /// Try one thing that the sandbox must not allow.
    #[command(hide = true)]
    SandboxProbe {
        /// Which.
        name: String,
    },
}

/// How this program starts itself once more for the work in a jail.
const OURSELVES: Program =
    Program { file: machine::OURSELVES, worker: "worker", probe: "sandbox-probe" };

/// Runs a command; an error is printed with its whole story.
pub fn run(line: CommandLine) -> ExitCode {
    // A worker parses hostile bytes: before it, nothing of ours runs.
    match &line.command {
        Command::Worker => return sluse_sanitizers::worker::run(),
        Command::SandboxProbe { name } => return sluse_sanitizers::sandbox::probe(name),
        Command::Sanitize(arguments) => return sluse_sanitizers::cli::run(arguments, OURSELVES),
        _ => {}
    }
    log::start();
    match dispatch(line) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do if standard error is closed.
            let _ = writeln!(std::io::stderr(), "sluse: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(line: CommandLine) -> anyhow::Result<()> {
    machine::harden()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(async {
        match line.command {
            Command::Demo(demo) => demo.run().await,
            Command::Init(init) => init.run(&line.config).await,
            Command::Serve => run_server(&Config::read(&line.config)?).await,
            Command::Doctor(doctor) => doctor.run(&Config::read(&line.config)?).await,
            Command::Handler { command } => command.run(&Config::read(&line.config)?).await,
            Command::TestReport => test_report::run(&Config::read(&line.config)?).await,
            #[cfg(feature = "onion")]
            Command::Backup(file) => backup::write(&Config::read(&line.config)?, &file).await,
            #[cfg(feature = "onion")]
            Command::Restore(file) => backup::restore(&Config::read(&line.config)?, &file),
            #[cfg(feature = "onion")]
            Command::Onion { command } => command.run(&Config::read(&line.config)?),
            Command::Sanitize(_) | Command::Worker | Command::SandboxProbe { .. } => Ok(()),
        }
    });
    // arti's tasks panic when the runtime is taken away under them. The process ends
    // now; nothing waits for them.
    std::mem::forget(runtime);
    done
}

/// Opens the doors, says where they are, and serves until it is told to stop.
async fn run_server(config: &Config) -> anyhow::Result<()> {
    let serving = serve::open(config).await?;
    print_addresses(&serving.addresses)?;
    serving.run().await
}

/// Prints a line for whoever typed the command.
fn say(line: &str) -> anyhow::Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// Prints onion addresses, for whoever started the program.
fn print_addresses(addresses: &[(Surface, String)]) -> anyhow::Result<()> {
    addresses.iter().try_for_each(|(surface, address)| print_address(*surface, address))
}

/// Prints one onion address.
fn print_address(surface: Surface, address: &str) -> anyhow::Result<()> {
    let whose = match surface {
        Surface::Reporter => "Reporters:",
        Surface::Handler => "Handlers:",
    };
    say(&format!("{whose:<12}http://{address}/"))
}
