//! A real nginx before the portal, over loopback and over a socket.

use std::path::PathBuf;

use axum::http::StatusCode;

use crate::client::{ADDRESS, AGENT, PASSWORD, Person, Way, enrolled_handler};
use crate::installation::{Installation, Serving};
use crate::nginx::{Nginx, free_port};
use crate::patience::until;
use crate::support::REPORTER_HOST;
use crate::support::browser::Upload;
use crate::support::pictures::photo;
use crate::support::planted::TOKEN;
use crate::traces::{files, holding, open_files};

/// Headers that nginx sets itself, whatever stands behind it.
const OF_NGINX: [&str; 3] = ["server", "date", "connection"];
const STORY: &str = "Kanariefugl i lageret: tre fakturaer uden varer.";
const NAME: &str = "kanarie fra Anna Berg.jpg";

struct Behind {
    installation: Installation,
    serving: Serving,
    nginx: Nginx,
    /// Through the proxy.
    way: Way,
    /// Past it.
    direct: Way,
    /// Holds the socket, if there is one.
    _run: Option<tempfile::TempDir>,
}

fn behind_loopback() -> Behind {
    let port = free_port();
    let listen = format!("127.0.0.1:{port}");
    let installation = Installation::new(&listen);
    let serving = installation.serve();
    let nginx = Nginx::before(&format!("http://{listen}"));
    let way = Way::tls(nginx.port, &nginx.certificate.chain);
    Behind { installation, serving, nginx, way, direct: Way::Plain(port), _run: None }
}

fn behind_socket() -> Behind {
    let run = tempfile::tempdir().unwrap();
    // As the unit's RuntimeDirectoryMode: others may pass through, and not look.
    std::fs::set_permissions(run.path(), std::os::unix::fs::PermissionsExt::from_mode(0o711))
        .unwrap();
    let socket: PathBuf = run.path().join("mirror.sock");
    let listen = socket.to_str().unwrap();
    let installation = Installation::new(listen);
    let serving = installation.serve();
    let nginx = Nginx::before(&format!("http://unix:{listen}:"));
    let way = Way::tls(nginx.port, &nginx.certificate.chain);
    Behind { installation, serving, nginx, way, direct: Way::Socket(socket), _run: Some(run) }
}

/// A report with a photograph, from the first page to the answer.
fn report_and_answer(behind: &Behind) {
    let mut anna = enrolled_handler(&behind.way, &behind.installation.link);
    let mut reporter = Person::new(&behind.way, REPORTER_HOST);
    reporter.get("/report");
    let photo = photo();
    let check = reporter.upload("/report", STORY, &[Upload { name: NAME, bytes: &photo }]);
    assert_eq!(check.path, "/report/check", "{}", check.text());
    assert!(!check.has(".files__refused"), "{}", check.text());
    let code = reporter.submit("/report/send", &[]).code();
    let kept = reporter.submit("/receipt", &[("code", &code)]);
    assert_eq!(kept.path, "/receipt/kept", "{}", kept.text());

    let inbox = anna.get("/");
    let case = inbox.attributes("a[href^='/cases/']", "href")[0].clone();
    let page = anna.get(&case);
    assert!(page.text().contains(STORY), "{}", page.text());
    let file = page.attributes("a[href*='/files/']", "href")[0].clone();
    assert!(anna.get(&file).has("img[src^='data:image/png;base64,']"));
    let clean = anna.get(&format!("{file}/download"));
    assert_eq!(clean.headers["content-type"], "image/jpeg");
    assert!(image::load_from_memory(&clean.body).is_ok());
    anna.get(&case);
    anna.submit(&case, &[("text", "Tak. Kanariesvar.")]);

    let mut later = Person::new(&behind.way, REPORTER_HOST);
    later.get("/sign-in");
    let page = later.submit("/sign-in", &[("code", &code)]);
    assert!(page.text().contains("Kanariesvar"), "{}", page.text());
}

fn leaves_no_trace(behind: Behind) {
    let Behind { installation, serving, nginx, .. } = behind;
    let workers = nginx.workers();
    assert!(!workers.is_empty());
    for worker in workers {
        let open = open_files(worker, nginx.folder());
        assert!(open.is_empty(), "nginx has open {open:?}");
    }
    let log = serving.stop();
    std::fs::write(installation.folder.path().join("said"), log).unwrap();
    let address = ADDRESS.to_string();
    let ours = installation.folder.path();
    let [nginx_logs, nginx_state] = ["/var/log/nginx", "/var/lib/nginx"].map(PathBuf::from);
    for folder in [ours, nginx.folder(), &nginx_logs, &nginx_state] {
        for trace in [STORY, "Kanarie", "kanarie", TOKEN, NAME, PASSWORD, AGENT, &address] {
            let found = holding(folder, trace);
            assert!(found.is_empty(), "`{trace}` is in {found:?}");
        }
    }
    let known = ["nginx.conf", "nginx.pid", "sluse.cnf", "sluse.crt", "sluse.key"];
    for file in files(nginx.folder()) {
        let name = file.file_name().unwrap().to_str().unwrap();
        assert!(known.contains(&name), "nginx wrote {}", file.display());
    }
    // The search finds what is there.
    std::fs::write(nginx.folder().join("control"), format!("a {address} b")).unwrap();
    assert_eq!(holding(nginx.folder(), &address), [nginx.folder().join("control")]);
}

#[test]
fn a_report_through_a_proxy_on_loopback_leaves_no_trace_of_the_reporter() {
    let behind = behind_loopback();
    report_and_answer(&behind);
    leaves_no_trace(behind);
}

#[test]
fn a_report_through_a_proxy_on_a_socket_leaves_no_trace_of_the_reporter() {
    let behind = behind_socket();
    report_and_answer(&behind);
    leaves_no_trace(behind);
}

#[test]
fn only_what_nginx_adds_itself_differs_behind_it() {
    let behind = behind_socket();
    for path in ["/", "/guide", "/nowhere", "/case", "/report"] {
        let through = Person::new(&behind.way, REPORTER_HOST).get(path);
        let direct = Person::new(&behind.direct, REPORTER_HOST).get(path);
        assert_eq!(through.status, direct.status, "{path}");
        assert_eq!(through.body.len(), direct.body.len(), "{path}");
        let headers = |mut page: crate::support::Page| {
            for name in OF_NGINX {
                page.headers.remove(name);
            }
            // Every visit gets a cookie of its own.
            let cookie = page.headers.remove("set-cookie").is_some();
            (cookie, page.headers)
        };
        // It says its name and no version.
        assert_eq!(through.headers["server"], "nginx", "{path}");
        assert_eq!(headers(through), headers(direct), "{path}");
    }
}

#[test]
fn a_wrong_host_gets_our_refusal_through_the_proxy() {
    let behind = behind_loopback();
    for (asked, expected) in [
        (REPORTER_HOST, StatusCode::OK),
        ("evil.example", StatusCode::MISDIRECTED_REQUEST),
        ("127.0.0.1:8080", StatusCode::MISDIRECTED_REQUEST),
        ("report.example.evil.example", StatusCode::MISDIRECTED_REQUEST),
    ] {
        let mut begun = Person::new(&behind.way, REPORTER_HOST).connect();
        let request = format!("GET / HTTP/1.1\r\nHost: {asked}\r\nConnection: close\r\n\r\n");
        begun.send(request.as_bytes());
        let page = begun.answer("/");
        assert_eq!(page.status, expected, "{asked}");
        assert!(page.headers.contains_key("content-security-policy"), "the page is ours");
    }
}

/// Bytes that do not fit between two sockets: what was sent was read by nginx.
fn much() -> Vec<u8> {
    b"En lang tekst om kanariefugle.\n".repeat((24 << 20) / 31)
}

/// What nginx has open in its folders while most of an upload has come.
fn open_while_held(nginx: &Nginx) -> Vec<PathBuf> {
    let way = Way::tls(nginx.port, &nginx.certificate.chain);
    let mut reporter = Person::new(&way, REPORTER_HOST);
    reporter.get("/report");
    let much = much();
    let form = reporter.form("/report", STORY, &[Upload { name: NAME, bytes: &much }]);
    let held = reporter.begin_upload("/report", &form, form.len() - 1000);
    let open = nginx.workers().into_iter().flat_map(|worker| open_files(worker, nginx.folder()));
    let open: Vec<PathBuf> = open.collect();
    drop(held);
    open
}

#[test]
fn an_upload_waits_on_no_disk_of_the_proxy() {
    let behind = behind_loopback();
    let open = open_while_held(&behind.nginx);
    assert!(open.is_empty(), "nginx wrote {open:?}");
    // With its ordinary buffering it does, and this test sees it.
    let Way::Plain(port) = behind.direct else { unreachable!() };
    let careless = Nginx::changed(&format!("http://127.0.0.1:{port}"), |shipped| {
        shipped.replace("proxy_request_buffering off;", "")
    });
    assert!(!open_while_held(&careless).is_empty(), "this test can fail");
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    let behind = behind_loopback();
    let mut reporter = Person::new(&behind.way, REPORTER_HOST);
    reporter.get("/report");
    let much = much();
    let files_sent = [Upload { name: NAME, bytes: &much }];
    let form = reporter.form("/report", STORY, &files_sent);
    let held = reporter.begin_upload("/report", &form, form.len() - 1000);
    let spool = behind.installation.data().join("spool");
    let portal = behind.serving.process.id();
    until("the upload arrives in the spool", || !open_files(portal, &spool).is_empty());
    assert!(files(&spool).is_empty(), "what waits in the spool has no name");
    drop(held);
    until("the spool lets go of it", || open_files(portal, &spool).is_empty());
    assert!(files(&behind.installation.data().join("objects")).is_empty());
    // The words came before the file, and are kept for the reporter alone.
    assert!(reporter.get("/report/story").all("textarea")[0].contains(STORY));
    assert!(holding(&behind.installation.data(), STORY).is_empty());
}
