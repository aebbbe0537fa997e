//! Opens clean copies where every packet is counted: none may leave.
//!
//! Programs run in a network of their own in which every name and every address leads to
//! an interface that only counts. The planted originals are opened first: they must be
//! heard, or nothing was listening.

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use super::{Outcome, Token, clean, rows};
use crate::Kind;

/// Runs `$1…` in the empty network and prints how many packets it tried to send.
const COUNTED: &str = r#"
set -e
ip link set lo up
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
ip link add sink type veth peer name drain
ip address add 198.51.100.1/24 dev sink
ip link set drain up
ip link set sink up
ip neighbour add 198.51.100.2 lladdr 02:00:00:00:00:02 dev sink
ip route add default via 198.51.100.2
printf 'nameserver 198.51.100.2\noptions timeout:1 attempts:1\n' > "$HOME/resolv.conf"
mount --bind "$HOME/resolv.conf" /etc/resolv.conf
sent() { awk '$1 == "sink:" { print $11 }' /proc/net/dev; }
before=$(sent)
"$@" > "$HOME/log" 2>&1 || true
echo $(($(sent) - before))
"#;

/// How many packets leave while a program runs.
fn packets(home: &Path, program: &[&str]) -> u64 {
    // An ordinary person has such rights only in a namespace of users.
    let user: &[&str] =
        if rustix::process::getuid().is_root() { &[] } else { &["--map-root-user"] };
    let output = Command::new("unshare")
        .args(user)
        .args(["--net", "--mount", "sh", "-c", COUNTED, "sh", "timeout", "300"])
        .args(program)
        .env("HOME", home)
        // Lets the profile say where Firefox asks for its own settings: nowhere.
        .env("MOZ_REMOTE_SETTINGS_DEVTOOLS", "1")
        .output()
        .expect("unshare should be there (Debian package util-linux)");
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    said.parse().unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// Names of namespaces look like addresses, and nobody goes there.
const NAMESPACES: [&str; 5] =
    ["schemas.", "www.w3.org/", "purl.org/", "www.idpf.org/", "www.daisy.org/"];

/// Whether there is an address in a file, or in a part of it.
fn calls_out(file: &[u8]) -> bool {
    let mut text = String::from_utf8_lossy(file).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(file)) {
        for number in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(number).unwrap().read_to_end(&mut part).unwrap();
            text.push_str(&String::from_utf8_lossy(&part));
        }
    }
    let mut addresses = text.split("://").skip(1);
    text.contains("\\\\")
        || text.contains("DDE")
        || addresses.any(|behind| !NAMESPACES.iter().any(|name| behind.starts_with(name)))
}

/// Writes the planted files of these formats and their clean copies into two folders.
fn written(home: &Path, kinds: &[Kind]) -> usize {
    let [originals, copies] = ["originals", "copies"].map(|name| home.join(name));
    fs::create_dir(&originals).unwrap();
    fs::create_dir(&copies).unwrap();
    let rows = rows();
    let chosen = rows.iter().enumerate().filter(|(_, row)| kinds.contains(&row.kind));
    let mut count = 0;
    for (number, row) in chosen.filter(|(_, row)| !matches!(row.outcome, Outcome::Refused(_))) {
        let name = format!("{number:04}.{}", row.kind.extension());
        let file = (row.plant)(&Token::new(number));
        if !calls_out(&file) {
            continue;
        }
        fs::write(copies.join(&name), clean(&file).expect(row.place).0).unwrap();
        fs::write(originals.join(&name), file).unwrap();
        count += 1;
    }
    count
}

/// Opens every file of a folder in `LibreOffice`, as somebody does who prints it.
fn printed(home: &Path, folder: &str) -> u64 {
    let mut files: Vec<_> = fs::read_dir(home.join(folder)).unwrap().collect();
    files.sort_by_key(|file| file.as_ref().unwrap().path());
    let profile = format!("-env:UserInstallation=file://{}/office", home.display());
    let into = home.join(format!("{folder}-printed")).display().to_string();
    let mut words = vec!["soffice", &profile, "--headless", "--convert-to", "pdf", "--outdir"];
    words.push(&into);
    let paths: Vec<String> =
        files.into_iter().map(|file| file.unwrap().path().display().to_string()).collect();
    words.extend(paths.iter().map(String::as_str));
    let heard = packets(home, &words);
    let printed = fs::read_dir(&into).map_or(0, Iterator::count);
    let log = fs::read_to_string(home.join("log")).unwrap_or_default();
    // Of the originals some are built so oddly that it takes them for damaged.
    let wanted = if folder == "copies" { paths.len() * 9 / 10 } else { 1 };
    assert!(printed >= wanted, "{folder}: {printed} of {}: {log}", paths.len());
    heard
}

/// Opens every file of a folder in Firefox, each in a frame of one page.
fn browsed(home: &Path, folder: &str) -> u64 {
    let profile = home.join(format!("{folder}-firefox"));
    fs::create_dir(&profile).unwrap();
    fs::write(profile.join("user.js"), SILENT_FIREFOX).unwrap();
    let frames: String = fs::read_dir(home.join(folder))
        .unwrap()
        .map(|file| format!("<iframe src=\"{}\"></iframe>", file.unwrap().path().display()))
        .collect();
    let page = home.join(format!("{folder}.html"));
    fs::write(&page, format!("<!DOCTYPE html><title>-</title>{frames}")).unwrap();
    let picture = home.join(format!("{folder}.png"));
    let (profile, page) = (profile.display().to_string(), format!("file://{}", page.display()));
    let shot = picture.display().to_string();
    let words = [
        "firefox-esr",
        "--headless",
        "--no-remote",
        "--profile",
        &profile,
        "--screenshot",
        &shot,
        &page,
    ];
    let heard = packets(home, &words);
    // It waits for what nobody answers, and may give up on the originals.
    assert!(folder != "copies" || picture.exists(), "Firefox should have drawn the page");
    heard
}

/// Firefox without a word of its own: what it sends is what a page makes it send.
const SILENT_FIREFOX: &str = r#"
user_pref("app.normandy.enabled", false);
user_pref("app.update.enabled", false);
user_pref("browser.region.network.url", "");
user_pref("browser.safebrowsing.downloads.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.healthreport.uploadEnabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("dom.push.enabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("media.gmp-manager.url", "");
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.trr.mode", 5);
user_pref("services.settings.server", "http://127.0.0.1:9/v1");
user_pref("toolkit.telemetry.enabled", false);
user_pref("toolkit.telemetry.server", "");
"#;

#[test]
fn nothing_leaves_when_a_copy_is_opened_in_libreoffice() {
    let kinds = [
        Kind::Docx,
        Kind::Xlsx,
        Kind::Pptx,
        Kind::Odt,
        Kind::Ods,
        Kind::Odp,
        Kind::Odg,
        Kind::Csv,
        Kind::Html,
        Kind::Svg,
    ];
    let home = tempfile::tempdir().unwrap();
    assert!(written(home.path(), &kinds) > 20);
    assert!(printed(home.path(), "originals") > 0, "the planted files should be heard");
    assert_eq!(printed(home.path(), "copies"), 0);
}

#[test]
fn nothing_leaves_when_a_copy_is_opened_in_firefox() {
    let home = tempfile::tempdir().unwrap();
    assert!(written(home.path(), &[Kind::Html, Kind::Svg]) > 20);
    assert!(browsed(home.path(), "originals") > 0, "the planted files should be heard");
    assert_eq!(browsed(home.path(), "copies"), 0);
}
