//! A visit changes nothing on the disk: names, sizes and times of all files.

use crate::disk;
use crate::scenario::Scenario;
use crate::support::CHEAP;
use crate::support::program::Installation;

/// The database and its log.
const DATABASE: [&str; 3] = ["sluse.db", "sluse.db-shm", "sluse.db-wal"];

#[tokio::test(flavor = "multi_thread")]
async fn a_visit_a_wrong_code_and_a_reader_change_nothing_on_the_disk() {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let running = installation.start().await;
    let left = Scenario::new(&installation).run().await;
    let data = &installation.config.data;

    let before = disk::snapshot(data);
    let mut reporter = installation.reporter();
    for path in ["/", "/guide", "/report", "/sign-in", "/signed-out", "/nowhere", "/leave"] {
        let request = reporter.build(axum::http::Method::GET, path);
        reporter.request(request.body(axum::body::Body::empty()).unwrap()).await;
    }
    unchanged("a visit", data, &before);
    reporter.get("/sign-in").await;
    reporter.submit("/sign-in", &[("code", "0000 0000 0000 0000")]).await;
    unchanged("a wrong code", data, &before);
    reporter.submit("/sign-in", &[("code", &left.code)]).await;
    assert_eq!(reporter.get("/case").await.path, "/case");
    reporter.sign_out().await;
    unchanged("a reporter's sign-in, reading and sign-out", data, &before);
    // The second time the page knows the day of the first: from memory.
    reporter.get("/sign-in").await;
    let case = reporter.submit("/sign-in", &[("code", &left.code)]).await;
    assert!(!case.text().contains("Det ved vi ikke"), "{}", case.text());
    reporter.sign_out().await;
    unchanged("the day of a reporter's last sign-in", data, &before);
    let mut handler = left.handler;
    let inbox = handler.get("/").await;
    let case = inbox.attributes("a[href^='/cases/']", "href")[0].clone();
    let page = handler.get(&case).await;
    for file in page.attributes("a[href*='/files/']", "href") {
        handler.get(&file).await;
        handler.get(&format!("{file}/download")).await;
    }
    unchanged("a handler's reading", data, &before);
    let mut stranger = installation.handler();
    stranger.get("/sign-in").await;
    let fields = [("name", "anna"), ("password", "en forkert adgangskode"), ("code", "000000")];
    stranger.submit("/sign-in", &fields).await;
    unchanged("a handler's wrong password", data, &before);

    // What must change, and where.
    installation.signed_in(&installation.anna).await;
    let changed = disk::changed(data, &before);
    assert!(changed.iter().all(|name| DATABASE.contains(&name.as_str())), "{changed:?}");
    println!("leaks: a handler's sign-in writes its last one-time password: {changed:?}");

    let before = disk::snapshot(data);
    let mut writer = installation.reporter();
    writer.get("/report").await;
    unchanged("a form", data, &before);
    writer.upload("/report", &[("text", "Et udkast.")], &[]).await;
    let changed = disk::changed(data, &before);
    assert!(!changed.is_empty());
    assert!(changed.iter().all(|name| DATABASE.contains(&name.as_str())), "{changed:?}");
    println!("leaks: a saved draft changes {changed:?} only");
    running.stop().await;
}

/// Most file systems note once a day when a file was read. The program asks them not to;
/// where a file system knows no such request, the documentation's `noatime` is what helps,
/// and this test can only say so.
#[tokio::test(flavor = "multi_thread")]
async fn no_file_tells_when_it_was_read() {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let running = installation.start().await;
    let left = Scenario::new(&installation).run().await;
    let data = &installation.config.data;
    let mut reporter = installation.reporter();
    let mut handler = left.handler;

    disk::age_read_times(data);
    let before = disk::read_times(data);
    reporter.get("/").await;
    reporter.get("/sign-in").await;
    reporter.submit("/sign-in", &[("code", &left.code)]).await;
    assert_eq!(reporter.get("/case").await.path, "/case");
    let inbox = handler.get("/").await;
    let case = inbox.attributes("a[href^='/cases/']", "href")[0].clone();
    for file in handler.get(&case).await.attributes("a[href*='/files/']", "href") {
        handler.get(&format!("{file}/download")).await;
    }
    let read = disk::differing(&before, &disk::read_times(data));
    if disk::takes_requests(installation.folder.path()) {
        assert_eq!(read, [""; 0], "reading leaves no time");
        println!("leaks: visits, cases and downloads leave no time of reading");
    } else {
        println!("leaks: KNOWN: this file system notes when these were read: {read:?}");
    }
    running.stop().await;
}

/// What an attachment's file tells to whoever has the disk. The time of its content is a
/// day; the times that the file system keeps of the file itself cannot be set by anyone.
#[tokio::test(flavor = "multi_thread")]
async fn the_time_of_an_attachment_is_a_day() {
    let installation = Installation::new(CHEAP, |_| {}).await;
    let running = installation.start().await;
    Scenario::new(&installation).run().await;
    let objects = disk::snapshot(&installation.config.objects());
    assert!(!objects.is_empty());
    for (name, (_, [seconds, nanoseconds, ..], _)) in &objects {
        assert_eq!((seconds % 86_400, *nanoseconds), (0, 0), "{name}");
    }
    println!(
        "leaks: attachments carry a day; KNOWN: the times of birth and of change of their inodes, \
         and the times of change of both folders and the database's log, are the file system's"
    );
    running.stop().await;
}

fn unchanged(what: &str, data: &std::path::Path, before: &disk::Snapshot) {
    let after = disk::snapshot(data);
    let changed = disk::differing(before, &after);
    let how: Vec<_> = changed.iter().map(|name| (before.get(name), after.get(name))).collect();
    assert_eq!(changed, [""; 0], "{what} changes nothing: {how:?}");
    println!("leaks: {what} changes no file");
}
