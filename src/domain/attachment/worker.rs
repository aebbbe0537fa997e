//! The portal's end of the pipes to a worker.
//!
//! A worker is this program once more, for one file, with an empty environment and no
//! way out but two pipes. It parses what may be hostile, so nothing it says is believed
//! beyond the protocol: lengths are bounded, the clock runs, and only a verdict followed
//! by a clean end counts.

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{ExitStatus, Stdio};

use bytes::Buf;
use rustix::pipe::fcntl_setpipe_size;
use sluse_sanitizers::Refusal;
use sluse_sanitizers::protocol::{self, Broken, FromWorker, HEAD, Head, Task, Verdict};
use sluse_sanitizers::refusal::Limit;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use zeroize::Zeroizing;

use super::object::{Download, ObjectSink};
use super::spool::Spooled;
use crate::domain::Failure;
use crate::limits::WORKER_TIME;

/// Signals of a worker that ran into a limit.
const SIGXCPU: i32 = 24;
const SIGABRT: i32 = 6;
const SIGKILL: i32 = 9;

/// Where a worker's bytes come from.
pub(super) enum Source<'a> {
    Spool(&'a mut Spooled),
    Object(&'a Download),
}

/// Where a worker's bytes go.
pub(super) enum Sink<'a> {
    Object(&'a mut ObjectSink),
    Memory(&'a mut Zeroizing<Vec<u8>>),
}

/// Why a worker gave no verdict.
#[derive(Debug)]
pub(super) enum Ended {
    /// It died or broke the rules: a refusal.
    Refused(Refusal),
    /// Our own side failed.
    Failed(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Ended::Failed(failure)
    }
}

impl From<std::io::Error> for Ended {
    fn from(error: std::io::Error) -> Self {
        Ended::Failed(error.into())
    }
}

/// Runs one worker to its end.
pub(super) async fn run(
    program: &Path,
    task: &Task,
    source: Source<'_>,
    sink: Sink<'_>,
    most: u64,
) -> Result<Verdict, Ended> {
    let mut worker = Command::new(program)
        .arg("worker")
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    // A worker that a file took over may give its verdict and stay: the clock runs until it
    // has ended.
    let whole = async {
        let said = converse(&mut worker, task, source, sink, most).await;
        if matches!(said, Err(Talk::Broken | Talk::Ours(_))) {
            // It may be waiting for us; whatever it still does is not wanted.
            let _ = worker.start_kill();
        }
        drop(worker.stdin.take());
        worker.wait().await.map(|status| (said, status))
    };
    let Ok(ended) = tokio::time::timeout(WORKER_TIME, whole).await else {
        worker.kill().await?;
        return Err(Ended::Refused(Refusal::Limit(Limit::Time)));
    };
    let (said, status) = ended?;
    match said {
        Ok(verdict @ Verdict::Refused(_)) => Ok(verdict),
        Ok(verdict) if status.success() => Ok(verdict),
        Ok(_) | Err(Talk::Broken | Talk::Silent) => Err(Ended::Refused(refusal_of(status))),
        Err(Talk::Ours(failure)) => Err(Ended::Failed(failure)),
    }
}

/// How a conversation ends without a verdict.
enum Talk {
    /// A frame broke the rules.
    Broken,
    /// The pipe was closed.
    Silent,
    /// Our own side failed.
    Ours(Failure),
}

impl From<Broken> for Talk {
    fn from(_: Broken) -> Self {
        Talk::Broken
    }
}

/// Answers until the verdict.
async fn converse(
    worker: &mut Child,
    task: &Task,
    mut source: Source<'_>,
    mut sink: Sink<'_>,
    most: u64,
) -> Result<Verdict, Talk> {
    let (Some(input), Some(output)) = (worker.stdin.as_mut(), worker.stdout.as_mut()) else {
        return Err(Talk::Silent);
    };
    // Only faster so.
    let _ = fcntl_setpipe_size(&*input, protocol::PIPE);
    let _ = fcntl_setpipe_size(&*output, protocol::PIPE);
    send(input, &protocol::task(task)?, &[]).await?;
    let mut received = 0u64;
    loop {
        match receive(output).await? {
            FromWorker::Need { offset, length } => {
                let range = source.read(offset, length).await.map_err(Talk::Ours)?;
                send(input, &protocol::bytes_head(range.len())?, &range).await?;
            }
            FromWorker::Clean(piece) => {
                received += piece.len() as u64;
                if received > most {
                    return Err(Talk::Broken);
                }
                sink.write(&Zeroizing::new(piece)).await.map_err(Talk::Ours)?;
            }
            FromWorker::Verdict(verdict) => return Ok(verdict),
        }
    }
}

async fn send(input: &mut ChildStdin, head: &[u8], payload: &[u8]) -> Result<(), Talk> {
    input.write_all_buf(&mut Buf::chain(head, payload)).await.map_err(|_| Talk::Silent)
}

async fn receive(output: &mut ChildStdout) -> Result<FromWorker, Talk> {
    let mut head = [0u8; HEAD];
    output.read_exact(&mut head).await.map_err(|_| Talk::Silent)?;
    let head = Head::parse(head)?;
    let mut payload = vec![0u8; head.length()];
    output.read_exact(&mut payload).await.map_err(|_| Talk::Silent)?;
    Ok(head.from_worker(payload)?)
}

impl Source<'_> {
    async fn read(&mut self, offset: u64, length: usize) -> Result<Zeroizing<Vec<u8>>, Failure> {
        match self {
            Source::Spool(spool) => spool.read(offset, length).await,
            Source::Object(object) => object.read(offset, length).await,
        }
    }
}

impl Sink<'_> {
    async fn write(&mut self, piece: &[u8]) -> Result<(), Failure> {
        match self {
            Sink::Object(object) => object.write(piece).await,
            Sink::Memory(memory) => {
                memory.extend_from_slice(piece);
                Ok(())
            }
        }
    }
}

/// Why a worker ended without a verdict that counts.
fn refusal_of(status: ExitStatus) -> Refusal {
    match status.signal() {
        Some(SIGXCPU) => Refusal::Limit(Limit::Time),
        Some(SIGABRT | SIGKILL) => Refusal::Limit(Limit::Memory),
        _ => Refusal::Internal,
    }
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::Arc;
    use std::time::Duration;

    use sluse_sanitizers::Limits;
    use sluse_sanitizers::protocol::Verb;

    use super::super::Spool;
    use super::*;
    use crate::vault::{Context, InstanceId};

    #[tokio::test]
    async fn a_worker_that_says_its_verdict_and_stays_is_ended_in_time() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        // What a file that took its worker over could make it do.
        std::fs::write(
            at("verdict"),
            protocol::verdict(&Verdict::Refused(Refusal::Internal)).unwrap(),
        )
        .unwrap();
        let script = format!(
            "#!/bin/sh\n/bin/cat {0}/verdict\n: > {0}/said\nexec /bin/sleep 600\n",
            folder.path().display()
        );
        std::fs::write(at("program"), script).unwrap();
        std::fs::set_permissions(at("program"), Permissions::from_mode(0o700)).unwrap();

        let context = Context::new("sluse/test", InstanceId([0; 16]));
        let spool = Spool::create(folder.path(), &context, &Arc::default()).unwrap();
        let mut source = spool.finish().await.unwrap();
        let task = Task { verb: Verb::Clean, page: 1, source_bytes: 0, limits: Limits::default() };
        let program = at("program");
        let running = tokio::spawn(async move {
            let mut sink = Zeroizing::new(Vec::new());
            let (from, into) = (Source::Spool(&mut source), Sink::Memory(&mut sink));
            run(&program, &task, from, into, 0).await
        });
        while !at("said").exists() {
            tokio::task::yield_now().await;
        }
        // It has been heard by now; only its end is waited for.
        for _ in 0..1_000 {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        tokio::time::advance(WORKER_TIME).await;
        tokio::time::resume();
        let ended = tokio::time::timeout(Duration::from_secs(20), running).await;
        let ended = ended.expect("it is not waited for").unwrap();
        assert!(matches!(ended, Err(Ended::Refused(Refusal::Limit(Limit::Time)))), "{ended:?}");
    }
}
