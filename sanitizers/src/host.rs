//! The other end of the pipes, for programs that may wait.
//!
//! This side never parses what it hands to the worker. It answers questions for
//! ranges, hands on the pieces of the clean copy within the limit, and believes in
//! them only after the verdict and a clean end of the process.

use std::io::{self, Read, SeekFrom, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::pipe::fcntl_setpipe_size;

use crate::protocol::{self, Broken, FromWorker, HEAD, Head, Task, Verdict};
use crate::refusal::Limit;
use crate::{Limits, Policy, ReadSeek, Refusal, Report};

/// Has `source` cleaned by the worker that `command` starts, into `sink`.
///
/// What is in the sink after a refusal is a part of a verified copy, and not to be used.
pub fn clean(
    command: &mut Command,
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    limits: &Limits,
) -> Result<Report, Refusal> {
    make(command, source, sink, Policy::Strip, limits)
}

/// The same, for a copy of either kind.
pub fn make(
    command: &mut Command,
    source: &mut dyn ReadSeek,
    sink: &mut dyn Write,
    policy: Policy,
    limits: &Limits,
) -> Result<Report, Refusal> {
    let source_bytes = crate::length(source)?;
    if source_bytes > limits.film_bytes.max(limits.input_bytes) {
        return Err(Refusal::Limit(Limit::InputBytes));
    }
    let mut worker = command
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Refusal::Internal)?;
    let task = Task { verb: policy.into(), page: 1, source_bytes, limits: *limits };
    let most = limits.bytes_of(policy, source_bytes);
    let outcome = converse(&mut worker, &task, source, (sink, most));
    if outcome.is_err() {
        // It may be waiting for us; whatever it still does is not wanted.
        drop(worker.kill());
    }
    drop(worker.stdin.take());
    let status = worker.wait().map_err(|_| Refusal::Internal)?;
    match outcome {
        Ok((written, Verdict::Done(report)))
            if status.success() && written == report.output_bytes =>
        {
            Ok(report)
        }
        Ok((_, Verdict::Refused(refusal))) => Err(refusal),
        _ => Err(refusal_of(status)),
    }
}

/// Answers until the verdict. Says how many bytes of the copy came, which are at most
/// `most`.
fn converse(
    worker: &mut Child,
    task: &Task,
    source: &mut dyn ReadSeek,
    (sink, most): (&mut dyn Write, u64),
) -> Result<(u64, Verdict), Broken> {
    let input = worker.stdin.as_mut().ok_or(Broken)?;
    let output = worker.stdout.as_mut().ok_or(Broken)?;
    // Only faster so.
    fcntl_setpipe_size(&*input, protocol::PIPE).ok();
    fcntl_setpipe_size(&*output, protocol::PIPE).ok();
    let (mut written, mut range, mut piece) = (0, Vec::new(), Vec::new());
    write(input, &protocol::task(task)?, &[])?;
    loop {
        match receive(output, &mut piece)? {
            FromWorker::Need { offset, length } => {
                read(source, task.source_bytes, (offset, length), &mut range)
                    .map_err(|_| Broken)?;
                write(input, &protocol::bytes_head(range.len())?, &range)?;
            }
            FromWorker::Clean(clean) => {
                written += clean.len() as u64;
                if written > most {
                    return Err(Broken);
                }
                sink.write_all(&clean).map_err(|_| Broken)?;
                piece = clean;
            }
            FromWorker::Verdict(verdict) => return Ok((written, verdict)),
        }
    }
}

/// Waits for a frame. Its payload comes in memory that is no longer needed.
fn receive(output: &mut dyn Read, memory: &mut Vec<u8>) -> Result<FromWorker, Broken> {
    let mut head = [0; HEAD];
    output.read_exact(&mut head).map_err(|_| Broken)?;
    let head = Head::parse(head)?;
    let mut payload = std::mem::take(memory);
    payload.resize(head.length(), 0);
    output.read_exact(&mut payload).map_err(|_| Broken)?;
    head.from_worker(payload)
}

fn write(input: &mut dyn Write, head: &[u8], payload: &[u8]) -> Result<(), Broken> {
    protocol::write(input, [head, payload]).map_err(|_| Broken)
}

fn read(
    source: &mut dyn ReadSeek,
    source_bytes: u64,
    (offset, length): (u64, usize),
    range: &mut Vec<u8>,
) -> io::Result<()> {
    let left = usize::try_from(source_bytes.saturating_sub(offset)).unwrap_or(usize::MAX);
    range.resize(length.min(left), 0);
    source.seek(SeekFrom::Start(offset))?;
    source.read_exact(range)
}

/// Why a worker ended without a verdict that counts.
fn refusal_of(status: ExitStatus) -> Refusal {
    match status.signal() {
        Some(libc::SIGXCPU) => Refusal::Limit(Limit::Time),
        Some(libc::SIGABRT) => Refusal::Limit(Limit::Memory),
        _ => Refusal::Internal,
    }
}
