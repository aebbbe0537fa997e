//! A film of the size that is allowed, in a worker with little memory.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use sluse_sanitizers::{Limits, host};

use crate::programs::run;

/// KiB that the worker may take.
pub(crate) const MOST: u64 = 128 << 10;

/// Counts the copy, and looks now and then how much memory the worker had.
#[derive(Default)]
pub(crate) struct Watch {
    pub(crate) bytes: u64,
    pieces: u64,
    pub(crate) peak: u64,
}

impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes += bytes.len() as u64;
        self.pieces += 1;
        // Cleaning and verifying are over when the first piece comes.
        if self.pieces % 512 == 1 {
            self.peak = self.peak.max(peak_of_child());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The most memory that the largest worker of this process has had, in KiB.
fn peak_of_child() -> u64 {
    let own = format!("PPid:\t{}\n", std::process::id());
    let all = fs::read_dir("/proc").unwrap().filter_map(Result::ok);
    let all = all.filter_map(|entry| fs::read_to_string(entry.path().join("status")).ok());
    let workers = all.filter(|status| status.contains(&own) && status.contains("sluse-sanit"));
    let peak = |status: String| {
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    };
    workers.filter_map(peak).max().unwrap_or_default()
}

/// Makes ten seconds of film.
fn short(folder: &Path, size: &str, rate: &str) {
    let pictures = format!("testsrc2=size={size}:rate=30:duration=10,noise=alls=20:allf=t");
    let tone = "aevalsrc=0.4*sin(440*2*PI*t):d=10:s=48000";
    let coded = "-c:v libx264 -preset ultrafast -bf 2 -x264-params aud=1 -c:a aac short.mp4";
    let sources = ["-v", "error", "-y", "-f", "lavfi", "-i", &pictures, "-f", "lavfi", "-i", tone];
    let arguments: Vec<&str> =
        sources.into_iter().chain(["-b:v", rate]).chain(coded.split(' ')).collect();
    run("ffmpeg", "ffmpeg", &arguments, folder);
}

#[test]
fn a_film_of_half_a_gigabyte_takes_little_memory_wherever_its_index_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let limits = Limits::default();
    // Eight minutes of large pictures, and two hours of small ones.
    let (large, small) = (("1280x720", "8M"), ("320x180", "420k"));
    let forms = [
        (large, "+faststart"),
        (large, "+frag_keyframe+empty_moov"),
        (small, "+disable_chpl"),
        (small, "+dash"),
    ];
    for ((size, rate), form) in forms {
        short(folder, size, rate);
        let short = fs::metadata(folder.join("short.mp4")).unwrap().len();
        // As often as it fits.
        let times = (limits.film_bytes / short - 2).to_string();
        let looped = ["-v", "error", "-y", "-stream_loop", &times, "-i", "short.mp4", "-c", "copy"];
        let arguments = [&looped[..], &["-movflags", form, "long.mp4"]].concat();
        run("ffmpeg", "ffmpeg", &arguments, folder);
        let mut film = File::open(folder.join("long.mp4")).unwrap();
        let length = film.metadata().unwrap().len();
        assert!((440 << 20..=limits.film_bytes).contains(&length), "{form}: {length}");
        let mut worker = Command::new(env!("CARGO_BIN_EXE_sluse-sanitize"));
        worker.arg("--worker");
        let mut watch = Watch::default();
        let report = host::clean(&mut worker, &mut film, &mut watch, &limits).unwrap();
        assert_eq!(report.output_bytes, watch.bytes, "{form}");
        assert!(watch.bytes > length * 9 / 10, "{form}");
        println!("{form}: {} KiB for {length} bytes", watch.peak);
        assert!(watch.peak > 0 && watch.peak < MOST, "{form}: {} KiB", watch.peak);
    }
}
