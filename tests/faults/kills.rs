//! Ending the program by force at every step of intake.
//!
//! One report is sent under `strace`, which counts the system calls of each thread. Then
//! for each call that touches a disk or the network, and for each of its turns, another
//! report is sent and the program is killed when a thread enters that call. After every
//! kill the program starts again on the same folder, the reporter comes back, and what
//! was acknowledged must be there and whole.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use crate::sending::Sending;
use crate::storage;
use crate::support::CHEAP;
use crate::support::pictures::photo;
use crate::support::program::{Installation, Running, Tracer, until};
use crate::trace;

/// Calls by which a report comes in, reaches the disk, and its receipt the network.
const CALLS: [&str; 17] = [
    "pwrite64",
    "fsync",
    "write",
    "sendto",
    "writev",
    "rename",
    "unlink",
    "ftruncate",
    "openat",
    "fcntl",
    "lseek",
    "utimensat",
    "pread64",
    "recvfrom",
    "statx",
    "close",
    "clone3",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_whole_or_unsent_wherever_the_program_is_killed() {
    kill_at_every_step(false, 80).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_with_a_file_is_whole_or_unsent_wherever_the_program_is_killed() {
    kill_at_every_step(true, 120).await;
}

/// At least so many times a report of one kind is interrupted: two hundred together.
async fn kill_at_every_step(with_file: bool, kills: usize) {
    let begun = Instant::now();
    let installation = Installation::new(CHEAP, |_| {}).await;
    let mut running = installation.start().await;
    let turns = turns(&installation, &running, with_file).await;
    let (mut killed, mut codes) = (BTreeMap::new(), BTreeMap::new());
    let (mut tried, mut refused) = (0, 0);
    for (call, turn) in plan(&turns, 2 * kills) {
        tried += 1;
        let text = format!("Rapport {tried}: {call} nr. {turn}, æøå.");
        let mut sending = Sending::new(&installation, text, with_file);
        if is_killed(&installation, &mut running, &mut sending, call, turn).await {
            *killed.entry(call).or_insert(0usize) += 1;
        }
        running.kill();
        running = installation.start().await;
        let code = sending.settle(&installation).await;
        storage::is_whole(&installation).await;
        refused += usize::from(sending.refused());
        codes.insert(code, sending.text);
    }
    all_are_there(&installation, &codes).await;
    running.stop().await;
    let all: usize = killed.values().sum();
    println!(
        "faults: {all} kills with{} a file in {:.0?}, every acknowledged report whole; of {tried} \
         tries {refused} hit the worker instead: {killed:?}",
        if with_file { "" } else { "out" },
        begun.elapsed(),
    );
    assert!(all >= kills, "{all} kills");
}

/// How often one thread makes each call while a report is sent.
async fn turns(
    installation: &Installation,
    running: &Running,
    with_file: bool,
) -> BTreeMap<&'static str, usize> {
    let path = installation.folder.path().join("turns");
    let expression = format!("trace={},execve", CALLS.join(","));
    let tracer = Tracer::attach(running, &["-e", &expression], &path).await;
    Sending::new(installation, "En prøve.".to_owned(), with_file).run().await.unwrap();
    tracer.detach().await;
    let calls = trace::read(&path);
    // A cleaning process is not the portal.
    let workers: BTreeSet<u32> =
        calls.iter().filter(|call| call.name == "execve").map(|call| call.thread).collect();
    let mut counts: BTreeMap<(&str, u32), usize> = BTreeMap::new();
    for call in calls.iter().filter(|call| !workers.contains(&call.thread)) {
        *counts.entry((call.name.as_str(), call.thread)).or_default() += 1;
    }
    let most = |name: &str| {
        counts.iter().filter(|((call, _), _)| *call == name).map(|(_, count)| *count).max()
    };
    CALLS.into_iter().filter_map(|name| Some((name, most(name)?))).collect()
}

/// Every turn of rare calls, and turns spread evenly over frequent ones.
fn plan(turns: &BTreeMap<&'static str, usize>, wanted: usize) -> Vec<(&'static str, usize)> {
    let mut most = 1;
    let size = |most: usize| turns.values().map(|count| (*count).min(most)).sum::<usize>();
    let all = size(usize::MAX);
    while size(most) < wanted.min(all) {
        most += 1;
    }
    let spread = |count: usize| {
        let taken = count.min(most);
        (0..taken).map(move |nth| 1 + nth * count / taken)
    };
    turns.iter().flat_map(|(call, count)| spread(*count).map(move |turn| (*call, turn))).collect()
}

/// Sends a report to a program that is killed at the given turn of a call.
async fn is_killed(
    installation: &Installation,
    running: &mut Running,
    sending: &mut Sending,
    call: &str,
    turn: usize,
) -> bool {
    let path = installation.folder.path().join("kill");
    let trace = format!("trace={call}");
    let inject = format!("inject={call}:signal=KILL:when={turn}");
    let arguments = ["-e", &trace, "-e", &inject];
    let _tracer = Tracer::attach(running, &arguments, &path).await;
    if sending.run().await.is_err() {
        // A broken connection comes from a kill and from nothing else.
        until("the program is dead", || !running.lives()).await;
    }
    !running.lives()
}

/// Every code opens its report still, and the handler reads as many.
async fn all_are_there(installation: &Installation, codes: &BTreeMap<String, String>) {
    let mut handler = installation.signed_in(&installation.anna).await;
    let photo = image::load_from_memory(&photo()).unwrap();
    let mut texts = BTreeSet::new();
    let mut next = vec!["/".to_owned()];
    while let Some(address) = next.pop() {
        let page = handler.get(&address).await;
        next.extend(page.attributes("a[rel=next]", "href"));
        for case in page.attributes("a[href^='/cases/']", "href") {
            let case = handler.get(&case).await;
            texts.insert(case.all(".dialogue .typed").concat());
            for file in case.attributes("a[href*='/files/']", "href") {
                let page = handler.get(&format!("{file}/download")).await;
                let picture = image::load_from_memory(&page.body).unwrap();
                assert_eq!(picture, photo, "a picture came through whole");
            }
        }
    }
    let lost: Vec<&String> = codes.values().filter(|text| !texts.contains(*text)).collect();
    assert!(lost.is_empty(), "acknowledged and not with the handler: {lost:?}");
}
