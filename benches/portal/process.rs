//! A running process as the kernel counts it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// Between two looks at how much memory is in use.
const LOOK: Duration = Duration::from_millis(5);

/// CPU time of the process itself. Its workers are processes of their own.
pub fn cpu(pid: u32) -> Duration {
    let line = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    // The name in brackets may have spaces; user and system time are fields 14 and 15.
    let after = line.rsplit_once(") ").unwrap().1;
    let ticks: u64 = after.split(' ').skip(11).take(2).map(|n| n.parse::<u64>().unwrap()).sum();
    let per_second = rustix::param::clock_ticks_per_second();
    Duration::from_millis(ticks * 1000 / per_second)
}

/// Bytes that are resident now.
pub fn memory(pid: u32) -> u64 {
    let line = std::fs::read_to_string(format!("/proc/{pid}/statm")).unwrap();
    let pages: u64 = line.split(' ').nth(1).unwrap().parse().unwrap();
    pages * rustix::param::page_size() as u64
}

/// Remembers the most memory that a process had in use.
pub struct Peak {
    end: Arc<AtomicBool>,
    looking: JoinHandle<u64>,
}

impl Peak {
    pub fn of(pid: u32) -> Peak {
        let end = Arc::new(AtomicBool::new(false));
        let ended = end.clone();
        let looking = std::thread::spawn(move || {
            let mut most = 0;
            while !ended.load(Ordering::Relaxed) {
                most = most.max(memory(pid));
                std::thread::sleep(LOOK);
            }
            most
        });
        Peak { end, looking }
    }

    pub fn bytes(self) -> u64 {
        self.end.store(true, Ordering::Relaxed);
        self.looking.join().unwrap()
    }
}
