//! Sealing what is stored, against the plain cipher of another library: AES-256-GCM of
//! `openssl speed`, on chunks of the same size, in turns.

use std::process::Command;
use std::time::{Duration, Instant};

use sluse::vault::chunked::{CHUNK, Ciphertext, Sealer};
use sluse::vault::{Key, random};

use crate::table::Table;

const ROUNDS: usize = 5;
const SECOND: Duration = Duration::from_secs(1);
/// What an upload hands over at once.
const PIECE: usize = 64 << 10;

pub fn measure(table: &mut Table) {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(seal());
        theirs.push(openssl());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = theirs / ours;
    table.line("AES-256-GCM of openssl", &format!("{:.2} GB/s", theirs / 1e9), None);
    table.line("sealing an attachment", &format!("{:.2} GB/s", ours / 1e9), None);
    let goal = Some(("at most 1.0", ratio <= 1.0));
    table.line("time of sealing, in times of openssl", &format!("{ratio:.2}"), goal);
}

/// Bytes in a second.
fn seal() -> f64 {
    let key = Key::random();
    let plain = random::<PIECE>();
    let mut out = Ciphertext::default();
    let mut sealer = Sealer::new(&key, b"benchmark", &mut out);
    let (begun, mut bytes) = (Instant::now(), 0);
    while begun.elapsed() < SECOND {
        for _ in 0..64 {
            sealer.update(&plain, &mut out);
            drop(out.take());
            bytes += PIECE;
        }
    }
    bytes as f64 / begun.elapsed().as_secs_f64()
}

fn openssl() -> f64 {
    let chunk = CHUNK.to_string();
    let done = Command::new("openssl")
        .args(["speed", "-mr", "-elapsed", "-seconds", "1", "-bytes", &chunk, "-evp"])
        .arg("aes-256-gcm")
        .output()
        .expect("`openssl`: install the Debian package openssl");
    let said = String::from_utf8(done.stdout).unwrap();
    let line = said.lines().find(|line| line.starts_with("+F:")).expect("a figure");
    line.rsplit(':').next().unwrap().parse().unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
