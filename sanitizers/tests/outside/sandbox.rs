//! The walls around a worker, tried from inside, and what happens when it breaks.

use std::io::{self, Cursor, Read, Seek, SeekFrom, Write, sink};
use std::process::{Command, Stdio};

use sluse_sanitizers::protocol::{self, HEAD, Head, Task, Verb};
use sluse_sanitizers::refusal::{Limit, Refusal};
use sluse_sanitizers::sandbox::{Landlock, Probe, self_test};
use sluse_sanitizers::{Limits, host};

const PROGRAM: &str = env!("CARGO_BIN_EXE_sluse-sanitize");

fn worker() -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("--worker");
    command
}

#[test]
fn nothing_can_be_opened_connected_started_or_allocated_from_inside() {
    let outcomes = self_test(|name| {
        let mut command = Command::new(PROGRAM);
        command.args(["--sandbox-probe", name]);
        command
    });
    assert_eq!(outcomes.len(), Probe::ALL.len());
    for (probe, held) in outcomes {
        assert!(held, "{probe:?}");
    }
}

#[test]
fn a_test_of_the_sandbox_that_does_not_run_is_a_failure() {
    for (probe, held) in self_test(|_| Command::new("/bin/true")) {
        assert!(!held, "{probe:?}");
    }
    for (probe, held) in self_test(|_| Command::new("/nonexistent")) {
        assert!(!held, "{probe:?}");
    }
}

#[test]
fn the_self_test_has_a_verb_of_its_own() {
    let done = Command::new(PROGRAM).arg("--self-test-sandbox").output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    let text = String::from_utf8(done.stdout).unwrap();
    assert!(!text.contains("NOT HELD"));
    assert!(
        Landlock::ALL.iter().any(|level| text.contains(&format!("landlock   {}", level.name())))
    );
}

#[test]
fn a_worker_that_dies_or_talks_nonsense_is_a_refusal() {
    let limits = Limits::default();
    for program in ["/bin/true", "/bin/false", "/bin/cat", "/nonexistent"] {
        let mut source = Cursor::new(b"\xFF\xD8\xFF\xE0".to_vec());
        let outcome = host::clean(&mut Command::new(program), &mut source, &mut sink(), &limits);
        assert_eq!(outcome, Err(Refusal::Internal), "{program}");
    }
}

#[test]
fn pieces_without_a_verdict_are_no_copy() {
    // A piece of three bytes in a valid frame, and then the end.
    let mut command = Command::new("/usr/bin/printf");
    command.arg(r"\004\000\000\000\003abc");
    let mut source = Cursor::new(b"\xFF\xD8\xFF\xE0".to_vec());
    let outcome = host::clean(&mut command, &mut source, &mut sink(), &Limits::default());
    assert_eq!(outcome, Err(Refusal::Internal));
}

#[test]
fn a_worker_whose_source_ends_too_early_gives_no_copy() {
    let mut child = worker()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let task = Task { verb: Verb::Clean, page: 1, source_bytes: 100, limits: Limits::default() };
    let mut input = child.stdin.take().unwrap();
    input.write_all(&protocol::task(&task).unwrap()).unwrap();
    let mut head = [0; HEAD];
    child.stdout.as_mut().unwrap().read_exact(&mut head).unwrap();
    assert_eq!(Head::parse(head).unwrap().length(), 12);
    drop(input);
    let mut rest = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(br#"{"refused":{"refusal":"internal"}}"#));
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_worker_that_is_told_nonsense_ends_without_a_verdict() {
    let mut child = worker()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&[1, 0xFF, 0xFF, 0xFF, 0xFF]).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(70));
    assert!(done.stdout.is_empty());
}

#[test]
fn a_worker_killed_for_time_or_memory_is_a_limit() {
    let ended_by = |signal: &str| {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", &format!("kill -{signal} $$")]);
        let mut source = Cursor::new(b"\xFF\xD8\xFF\xE0".to_vec());
        host::clean(&mut command, &mut source, &mut sink(), &Limits::default()).unwrap_err()
    };
    assert_eq!(ended_by("XCPU"), Refusal::Limit(Limit::Time));
    assert_eq!(ended_by("ABRT"), Refusal::Limit(Limit::Memory));
    assert_eq!(ended_by("SYS"), Refusal::Internal);
    assert_eq!(ended_by("SEGV"), Refusal::Internal);
}

/// A source that says it is 3 GiB long.
struct Huge(Cursor<Vec<u8>>);

impl Read for Huge {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(buffer)?;
        buffer[count..].fill(0);
        Ok(buffer.len())
    }
}

impl Seek for Huge {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::End(0) => Ok(3 << 30),
            to => self.0.seek(to),
        }
    }
}

#[test]
fn a_worker_that_runs_out_of_memory_is_a_limit() {
    let limits = Limits { input_bytes: u64::MAX, ..Limits::default() };
    let mut source = Huge(Cursor::new(b"\xFF\xD8\xFF\xE0".to_vec()));
    let outcome = host::clean(&mut worker(), &mut source, &mut sink(), &limits);
    assert_eq!(outcome, Err(Refusal::Limit(Limit::Memory)));
}
