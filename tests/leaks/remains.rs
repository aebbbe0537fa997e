//! After a whole scenario, and again after the program has stopped.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use crate::canaries::{Canaries, Found};
use crate::disk;
use crate::memory::Memory;
use crate::scenario::{Scenario, begin_form};
use crate::support::CHEAP;
use crate::support::program::{Installation, Running, until};

/// Calls that give a file a name or open it.
const OPENING: &str = "trace=open,openat,openat2,creat,mkdir,mkdirat,rename,renameat,renameat2,\
                       link,linkat,symlink,symlinkat,mknod,mknodat";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_people_typed_is_left_on_disk_in_output_or_in_memory() {
    let begun = Instant::now();
    let installation = Installation::new(CHEAP, |_| {}).await;
    // Beside the folder of the installation: what the tracer writes is not the program's.
    let outside = tempfile::tempdir().unwrap();
    let trace = outside.path().join("trace");
    let running = installation.start_traced(OPENING, &trace).await;
    let mut scenario = Scenario::new(&installation);
    let left = scenario.run().await;
    let mut canaries = scenario.canaries;

    let held = held_request_shows(&installation, &running, &mut canaries, &left.reporter).await;
    assert!(canaries.len() >= 200, "{} canaries", canaries.len());
    idle(&running).await;
    let memory = Memory::of(running.pid());
    let found = memory.find(&canaries);
    println!(
        "leaks: {} canaries; {} MiB of memory of the idle portal hold {}; during a held request {held}",
        canaries.len(),
        memory.bytes() >> 20,
        found.len(),
    );
    none("in the memory of the idle portal", &found);
    nothing_on_disk(&canaries, installation.folder.path(), "while it runs");
    running.stop().await;
    nothing_on_disk(&canaries, installation.folder.path(), "after it stopped");
    nothing_outside(&canaries, installation.folder.path());
    let places = written_places(&trace, installation.config.data.to_str().unwrap());
    println!("leaks: files were opened for writing in {places:?} only");
    println!("leaks: the scenario took {:.0?}", begun.elapsed());
}

/// The positive control: while a request stands still its text must be found, or
/// searching memory proves nothing. Afterwards it must be gone like everything else.
async fn held_request_shows(
    installation: &Installation,
    running: &Running,
    canaries: &mut Canaries,
    browser: &crate::support::Browser,
) -> usize {
    let mut now = Canaries::default();
    let text = now.words("held", 5);
    let connection = begin_form(installation.port, browser, &text).await;
    until("the held text is in memory", || !Memory::of(running.pid()).find(&now).is_empty()).await;
    let found = Memory::of(running.pid()).find(&now)["held"].len();
    drop(connection);
    for word in text.split(' ') {
        canaries.text("a request that stood still", word);
    }
    found
}

/// Waits until no connection is open any more.
async fn idle(running: &Running) {
    let fds = format!("/proc/{}/fd", running.pid());
    let sockets = || {
        let open = std::fs::read_dir(&fds).unwrap().flatten();
        let names = open.filter_map(|fd| std::fs::read_link(fd.path()).ok());
        let own: BTreeSet<String> = names
            .filter_map(|name| Some(name.to_str()?.strip_prefix("socket:[")?.replace(']', "")))
            .collect();
        let tcp = std::fs::read_to_string(format!("/proc/{}/net/tcp", running.pid())).unwrap();
        let established = tcp.lines().filter(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            words.get(3) != Some(&"0A") && words.get(9).is_some_and(|inode| own.contains(*inode))
        });
        established.count()
    };
    until("every connection is closed", || sockets() == 0).await;
}

fn none(place: &str, found: &Found) {
    let lines: Vec<String> = found
        .iter()
        .map(|(what, places)| {
            format!("{what}, {} times: {:#?}", places.len(), &places[..places.len().min(4)])
        })
        .collect();
    assert!(found.is_empty(), "found {place}:\n{}", lines.join("\n"));
}

fn nothing_on_disk(canaries: &Canaries, folder: &Path, when: &str) {
    let files = disk::entries(folder).len();
    none(when, &disk::find(canaries, folder));
    println!("leaks: {when}, {files} files, output included, hold none");
}

/// Files of others in the folder for temporary files are theirs; ours would hold canaries.
fn nothing_outside(canaries: &Canaries, folder: &Path) {
    let since = std::fs::metadata(folder.join("sluse.toml")).unwrap().modified().unwrap();
    let mut searched = 0;
    for path in disk::entries(&std::env::temp_dir()) {
        let Ok(meta) = std::fs::symlink_metadata(&path) else { continue };
        let newer = meta.is_file() && meta.modified().is_ok_and(|time| time >= since);
        if newer && meta.len() < 64 << 20 && !path.starts_with(folder) {
            let mut found = Found::new();
            let bytes = std::fs::read(&path).unwrap_or_default();
            canaries.find(&path.display().to_string(), &bytes, &mut found);
            none("among temporary files", &found);
            searched += 1;
        }
    }
    println!("leaks: {searched} temporary files of this time hold none");
}

/// Every place in which something was opened for writing, made or renamed.
fn written_places(trace: &Path, data: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(trace).unwrap();
    let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "mkdir", "rename", "link", "mknod", "creat("];
    let mut places = BTreeSet::new();
    for line in text.lines().filter(|line| !line.contains("ENOENT")) {
        if !writes.iter().any(|word| line.contains(word)) {
            continue;
        }
        let path = line.split('"').nth(1).unwrap_or_default();
        let known = match path.strip_prefix(data) {
            Some(inside) => {
                let folder = inside.trim_start_matches('/').split('/').next().unwrap();
                ["lock", "objects", "spool", "sluse.db", "sluse.db-wal", "sluse.db-shm"]
                    .contains(&folder)
            }
            // A worker asks to be the first that goes when memory runs out.
            None => ["/dev/null", "/proc/self/oom_score_adj"].contains(&path),
        };
        assert!(known, "opened for writing: {line}");
        let place = path
            .strip_prefix(data)
            .map_or(path, |inside| inside.trim_start_matches('/').split('/').next().unwrap());
        places.insert(place.to_owned());
    }
    assert!(places.contains("objects") && places.contains("spool"), "the trace shows the scenario");
    places
}
