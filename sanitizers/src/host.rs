//! The other end of the pipes, for programs that may wait.
//!
//! This side never parses what it hands to the worker. It answers questions for
//! ranges, collects the pieces of the clean copy within the limit, and believes in
//! them only after the verdict and a clean end of the process.

use std::io::{self, Read, SeekFrom, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};

use crate::protocol::{self, Broken, FromWorker, HEAD, Head, Task, Verb, Verdict};
use crate::refusal::Limit;
use crate::{Limits, ReadSeek, Refusal, Report};

/// Has `source` cleaned by the worker that `command` starts.
pub fn clean(
    command: &mut Command,
    source: &mut dyn ReadSeek,
    limits: &Limits,
) -> Result<(Vec<u8>, Report), Refusal> {
    let source_bytes = crate::length(source)?;
    if source_bytes > limits.input_bytes {
        return Err(Refusal::Limit(Limit::InputBytes));
    }
    let mut worker = command
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Refusal::Internal)?;
    let task = Task { verb: Verb::Clean, source_bytes, limits: *limits };
    let outcome = converse(&mut worker, &task, source);
    if outcome.is_err() {
        // It may be waiting for us; whatever it still does is not wanted.
        drop(worker.kill());
    }
    drop(worker.stdin.take());
    let status = worker.wait().map_err(|_| Refusal::Internal)?;
    match outcome {
        Ok((copy, Verdict::Done(report))) if status.success() => Ok((copy, report)),
        Ok((_, Verdict::Refused(refusal))) => Err(refusal),
        _ => Err(refusal_of(status)),
    }
}

/// Answers until the verdict.
fn converse(
    worker: &mut Child,
    task: &Task,
    source: &mut dyn ReadSeek,
) -> Result<(Vec<u8>, Verdict), Broken> {
    let input = worker.stdin.as_mut().ok_or(Broken)?;
    let output = worker.stdout.as_mut().ok_or(Broken)?;
    let most = task.limits.output_bytes(task.source_bytes);
    let mut copy = Vec::new();
    write(input, &protocol::task(task)?)?;
    loop {
        match receive(output)? {
            FromWorker::Need { offset, length } => {
                let range = range(source, offset, length).map_err(|_| Broken)?;
                write(input, &protocol::bytes(&range)?)?;
            }
            FromWorker::Clean(piece) => {
                copy.extend(piece);
                if u64::try_from(copy.len()).map_err(|_| Broken)? > most {
                    return Err(Broken);
                }
            }
            FromWorker::Verdict(verdict) => return Ok((copy, verdict)),
        }
    }
}

fn receive(output: &mut dyn Read) -> Result<FromWorker, Broken> {
    let mut head = [0; HEAD];
    output.read_exact(&mut head).map_err(|_| Broken)?;
    let head = Head::parse(head)?;
    let mut payload = vec![0; head.length()];
    output.read_exact(&mut payload).map_err(|_| Broken)?;
    head.from_worker(payload)
}

fn write(input: &mut dyn Write, frame: &[u8]) -> Result<(), Broken> {
    input.write_all(frame).and_then(|()| input.flush()).map_err(|_| Broken)
}

fn range(source: &mut dyn ReadSeek, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    source.seek(SeekFrom::Start(offset))?;
    let mut bytes = Vec::with_capacity(length);
    source.take(u64::try_from(length).map_err(io::Error::other)?).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a worker ended without a verdict that counts.
fn refusal_of(status: ExitStatus) -> Refusal {
    match status.signal() {
        Some(libc::SIGXCPU) => Refusal::Limit(Limit::Time),
        Some(libc::SIGABRT) => Refusal::Limit(Limit::Memory),
        _ => Refusal::Internal,
    }
}
