//! Nothing is acknowledged before it is on the disk: the order of system calls.
//!
//! A killed process loses nothing that the kernel has; a power cut does. So the order is
//! read from the calls themselves: object, name, folder, database, answer.

use crate::sending::Sending;
use crate::support::CHEAP;
use crate::support::program::{Installation, Tracer};
use crate::trace::{self, Call};

const SYNC: [&str; 2] = ["fsync", "fdatasync"];
const SEND: [&str; 3] = ["sendto", "writev", "write"];
const RENAME: [&str; 3] = ["rename", "renameat", "renameat2"];

#[tokio::test(flavor = "multi_thread")]
async fn object_folder_and_database_are_synced_in_this_order_before_the_receipt() {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let running = installation.start().await;
    let path = installation.folder.path().join("order");
    let all = [&SYNC[..], &SEND, &RENAME, &["pwrite64"]].concat().join(",");
    let arguments = ["-s", "64", "-e", &format!("trace={all}")];
    let tracer = Tracer::attach(&running, &arguments, &path).await;
    let text = "Først på disken, så kvitteringen.".to_owned();
    Sending::new(&installation, text, true).run().await.unwrap();
    tracer.detach().await;
    running.stop().await;

    let calls = trace::read(&path);
    let objects = installation.config.objects();
    let objects = objects.to_str().unwrap();
    let named = only(&calls, |call| call.is(&RENAME, objects));
    let folder = format!("<{objects}>");
    let bytes = last_before(&calls, named.begun, |c| c.is(&["fsync"], &format!("<{objects}/")));
    let written = last_before(&calls, named.begun, |c| c.is(&["write"], &format!("<{objects}/")));
    assert!(written.ended < bytes.begun, "the object is synced after its last byte");
    let folder = first_after(&calls, named.ended, |c| c.is(&["fsync"], &folder));

    let answers: Vec<&Call> = calls.iter().filter(|c| c.is(&SEND, "HTTP/1.1 303")).collect();
    let [saved, sent, _] = answers[..] else { panic!("three answers: {answers:?}") };
    for answer in [saved, sent] {
        let frame = last_before(&calls, answer.begun, |c| c.is(&["pwrite64"], "sluse.db-wal>"));
        let commit = last_before(&calls, answer.begun, |c| c.is(&SYNC, "sluse.db-wal>"));
        assert!(frame.ended < commit.begun, "every row is synced before the answer");
        assert!(commit.begun > folder.ended, "the database names an object that is there");
        assert_eq!(commit.result, "0");
    }
    let between = |c: &Call| c.is(&SYNC, "sluse.db-wal>") && c.begun > saved.ended;
    let report = only_before(&calls, sent.begun, between);
    assert!(report > 0, "the report has a commit of its own");
    println!(
        "faults: object (line {}), name ({}), folder ({}), report's commit, receipt ({}): in this order",
        bytes.begun, named.begun, folder.begun, sent.begun
    );
}

fn only(calls: &[Call], is: impl Fn(&Call) -> bool) -> &Call {
    let found: Vec<&Call> = calls.iter().filter(|call| is(call)).collect();
    let [one] = found[..] else { panic!("one call and not {found:?}") };
    one
}

fn last_before(calls: &[Call], line: usize, is: impl Fn(&Call) -> bool) -> &Call {
    calls.iter().rfind(|call| call.begun < line && is(call)).expect("a call before")
}

fn first_after(calls: &[Call], line: usize, is: impl Fn(&Call) -> bool) -> &Call {
    calls.iter().find(|call| call.begun > line && is(call)).expect("a call after")
}

fn only_before(calls: &[Call], line: usize, is: impl Fn(&Call) -> bool) -> usize {
    calls.iter().filter(|call| call.ended < line && is(call)).count()
}
