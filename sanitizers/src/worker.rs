//! The process that does the work, seen from inside.
//!
//! It lives for one file. Before it reads a byte it walls itself in ([`sandbox`]);
//! after that it can only ask for ranges of the source and hand out bytes. If it
//! panics, is killed or falls silent, there is no verdict, and no verdict means
//! refusal.

mod source;

use std::fs;
use std::io::{self, IoSlice, Read, Write};
use std::process::ExitCode;

use crate::protocol::{self, Broken, HEAD, Head, MAX_PAYLOAD, Task, ToWorker, Verb, Verdict};
use crate::sandbox;
use rustix::stdio::stdout;
use source::Source;

/// Exit code when the walls could not be put up or the starter broke the protocol.
const FAILED: u8 = 70;

/// Lives a worker's life over standard input and output.
pub fn run() -> ExitCode {
    // A message of a panic could quote the file.
    std::panic::set_hook(Box::new(|_| ()));
    // When memory runs out, the kernel shall take this process and not the portal.
    // Where that is not allowed, the limit of memory still holds.
    drop(fs::write("/proc/self/oom_score_adj", "1000"));
    if sandbox::enter().is_err() {
        return FAILED.into();
    }
    match serve(&mut io::stdin().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Broken) => FAILED.into(),
    }
}

fn serve(input: &mut dyn Read) -> Result<(), Broken> {
    let ToWorker::Task(Task { verb, page, source_bytes, limits }) = receive(input, Vec::new())?
    else {
        return Err(Broken);
    };
    let mut source = Source::new(input, source_bytes);
    let outcome = match verb {
        Verb::Clean => crate::sanitize(&mut source, &mut Pieces, &limits).map(Verdict::Done),
        Verb::Flatten => crate::flatten(&mut source, &mut Pieces, &limits).map(Verdict::Done),
        Verb::View => {
            crate::view::view(&mut source, &mut Pieces, page, &limits).map(Verdict::Viewed)
        }
    };
    send(&protocol::verdict(&outcome.unwrap_or_else(Verdict::Refused))?, &[])
}

/// Waits for a frame. Its payload comes in `memory` that is no longer needed.
fn receive(input: &mut dyn Read, mut memory: Vec<u8>) -> Result<ToWorker, Broken> {
    let mut head = [0; HEAD];
    input.read_exact(&mut head).map_err(|_| Broken)?;
    let head = Head::parse(head)?;
    memory.resize(head.length(), 0);
    input.read_exact(&mut memory).map_err(|_| Broken)?;
    head.to_worker(memory)
}

fn send(head: &[u8], payload: &[u8]) -> Result<(), Broken> {
    protocol::write(&mut Output, [head, payload]).map_err(|_| Broken)
}

/// Standard output, without the library's search for ends of lines.
struct Output;

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(rustix::io::write(stdout(), bytes)?)
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        Ok(rustix::io::writev(stdout(), slices)?)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The clean copy leaves in pieces that fit a frame.
struct Pieces;

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let piece = bytes.get(..MAX_PAYLOAD).unwrap_or(bytes);
        let head = protocol::clean_head(piece.len()).map_err(io::Error::other)?;
        send(&head, piece).map_err(io::Error::other)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
