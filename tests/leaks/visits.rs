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
    reporter.submit("/sign-out", &[]).await;
    unchanged("a reporter's sign-in, reading and sign-out", data, &before);
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

fn unchanged(
    what: &str,
    data: &std::path::Path,
    before: &std::collections::BTreeMap<String, (u64, i64, i64, u64)>,
) {
    assert_eq!(disk::changed(data, before), [""; 0], "{what} changes nothing");
    println!("leaks: {what} changes no file");
}
