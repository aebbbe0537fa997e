//! Everything a process has in memory that it can write.

use std::fs::File;
use std::os::unix::fs::FileExt;

use crate::canaries::{Canaries, Found};

const PAGE: usize = 4096;
/// Pages that are read at once.
const PIECE: usize = 256 * PAGE;

/// The pages of a process that are not zero, mapping by mapping.
pub struct Memory(Vec<(String, Vec<u8>)>);

impl Memory {
    /// Reads `/proc/PID/mem`. The portal is not dumpable; root reads it all the same.
    pub fn of(pid: u32) -> Memory {
        let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).unwrap();
        let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
        let writable = maps.lines().filter(|line| line.contains(" rw"));
        Memory(writable.map(|line| (line.to_owned(), read(&memory, line))).collect())
    }

    /// How many bytes were looked at.
    pub fn bytes(&self) -> usize {
        self.0.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    pub fn find(&self, canaries: &Canaries) -> Found {
        let mut found = Found::new();
        for (mapping, bytes) in &self.0 {
            canaries.find(mapping, bytes, &mut found);
        }
        found
    }
}

fn read(memory: &File, mapping: &str) -> Vec<u8> {
    let (range, _) = mapping.split_once(' ').unwrap();
    let (start, end) = range.split_once('-').unwrap();
    let address = |text| u64::from_str_radix(text, 16).unwrap();
    let (mut at, end) = (address(start), address(end));
    let mut pages = Vec::new();
    let (mut piece, zeros) = (vec![0; PIECE], [0; PAGE]);
    while at < end {
        let length = usize::try_from(end - at).unwrap().min(PIECE);
        // A thread that ends takes its stack along.
        let Ok(got) = memory.read_at(&mut piece[..length], at) else { break };
        if got == 0 {
            break;
        }
        pages.extend(piece[..got].chunks(PAGE).filter(|page| *page != zeros).flatten());
        at += got as u64;
    }
    pages
}
