//! The command line, for `sluse-sanitize` and for programs that carry it inside.
//!
//! This process opens the files and reads no format. The parsing is done by a second
//! process, which can do nothing but read one pipe and write another.
//!
//! Exit codes: 0 done, 2 wrong use, 10 refused, 20 a limit was reached, 30 the clean
//! copy did not pass verification, 70 internal failure.

mod arguments;
mod files;
mod words;

use std::io::{self, Write};
use std::process::{Command, ExitCode};

pub use arguments::Arguments;
use files::{Part, Trouble};

use crate::{Kind, Limits, explain, host, sandbox};

/// Wrong use, as `clap` reports it.
const USAGE: u8 = 2;
const INTERNAL: u8 = 70;

/// How the program that carries this starts itself once more.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// Its file, also when that was replaced in the meantime.
    pub file: &'static str,
    /// First argument of the process that parses: it calls
    /// [`worker::run`](crate::worker::run).
    pub worker: &'static str,
    /// First argument of a process that tries the sandbox: it calls
    /// [`sandbox::probe`] with the second.
    pub probe: &'static str,
}

/// Does what the arguments ask for.
pub fn run(arguments: &Arguments, program: Program) -> ExitCode {
    let outcome = if arguments.self_test_sandbox {
        self_test(program)
    } else if let Some(format) = arguments.explain {
        explain_format(format)
    } else {
        clean(arguments, program)
    };
    outcome.unwrap_or_else(|trouble| trouble.report(arguments.language()))
}

fn clean(arguments: &Arguments, program: Program) -> Result<ExitCode, Trouble> {
    let limits = Limits::default();
    let mut source = files::open(arguments.file.as_deref(), &limits)?;
    files::refuse_overwriting(
        arguments.file.as_deref(),
        arguments.output.as_deref(),
        arguments.report.as_deref(),
    )?;
    let mut clean_into = |sink: &mut dyn Write| {
        let command = &mut Command::new(program.file);
        host::make(command.arg(program.worker), &mut *source, sink, arguments.policy, &limits)
    };
    let mut part = arguments.output.as_deref().map(Part::create).transpose()?;
    let outcome = match &mut part {
        Some(part) => clean_into(part),
        None if arguments.inspect => clean_into(&mut io::sink()),
        None => clean_into(&mut io::stdout().lock()),
    };
    if let Some(path) = &arguments.report {
        files::write_whole(path, &files::json(&outcome)?)?;
    }
    let report = outcome.map_err(Trouble::Refused)?;
    if let Some(part) = part {
        part.keep()?;
    }
    if arguments.inspect {
        say(&words::describe(&report, arguments.language()))?;
    }
    io::stdout().flush()?;
    Ok(ExitCode::SUCCESS)
}

fn explain_format(format: Kind) -> Result<ExitCode, Trouble> {
    say(&explain(format))?;
    Ok(ExitCode::SUCCESS)
}

fn self_test(program: Program) -> Result<ExitCode, Trouble> {
    let command = |name: &str| {
        let mut command = Command::new(program.file);
        command.args([program.probe, name]);
        command
    };
    let outcomes = sandbox::self_test(command);
    let held = outcomes.iter().all(|(_, held)| *held);
    let line = |(probe, held): &(sandbox::Probe, bool)| {
        format!("{:<10} {}", probe.name(), if *held { "held" } else { "NOT HELD" })
    };
    let level = sandbox::landlock(command).map_or("unknown", sandbox::Landlock::name);
    let mut lines: Vec<String> = outcomes.iter().map(line).collect();
    lines.push(format!("{:<10} {level}", "landlock"));
    say(&lines)?;
    Ok(if held { ExitCode::SUCCESS } else { INTERNAL.into() })
}

fn say(lines: &[String]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(output, "{line}"))
}
