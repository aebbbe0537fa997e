//! The map of the modules, and other rules that a compiler does not know.
//!
//! Imports go one way: `transport → web → domain → {vault, store}`. Plain text cannot
//! reach SQL, a page cannot open a seal and a parser cannot reach a database only as long
//! as nobody takes a short cut; this is what finds the short cut.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that cannot go on says where it stopped"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Which parts of the portal each of its modules may name, besides itself.
///
/// What is not in the table may name everything: `main`, `lib`, and the command line.
const MAP: [(&str, &[&str]); 15] = [
    (
        "serve",
        &[
            "transport",
            "web",
            "domain",
            "store",
            "status",
            "checks",
            "installation",
            "machine",
            "config",
            "clock",
            "limits",
        ],
    ),
    ("status", &["checks", "transport", "web", "domain", "config"]),
    (
        "checks",
        &[
            "installation",
            "machine",
            "domain",
            "store",
            "config",
            "clock",
            "limits",
            "sluse_sanitizers",
        ],
    ),
    ("installation", &["machine", "domain", "store", "vault", "config", "clock"]),
    ("machine", &["domain", "vault"]),
    ("transport", &["web", "config", "clock", "limits", "log", "stack"]),
    ("web", &["domain", "config", "clock", "limits", "log"]),
    (
        "domain",
        &["vault", "store", "config", "clock", "limits", "log", "stack", "sluse_sanitizers"],
    ),
    ("store", &["vault", "clock", "limits"]),
    ("vault", &["limits"]),
    ("config", &["clock", "limits", "sluse_sanitizers"]),
    ("clock", &[]),
    ("limits", &[]),
    ("log", &[]),
    ("stack", &[]),
];

/// What `store` may name of `vault`: what is sealed, and what is public anyway. With a
/// key or an opened value in this list, plain text could reach SQL.
const SEALED: [&str; 11] = [
    "Sealed",
    "Stored",
    "Wrap",
    "PublicKey",
    "LookupId",
    "Verifier",
    "Cost",
    "InstanceId",
    "vouch::Vouch",
    "vouch::VoucherKey",
    "chunked::Ciphertext",
];

/// Names that the map forbids and that are allowed all the same: file, name, why.
const EXCEPTIONS: [(&str, &str, &str); 3] = [
    (
        "src/transport/lanes.rs",
        "domain::TokenKey",
        "the keyed hash of an address is made before anything but the transport has seen it",
    ),
    (
        "src/transport/onion/clients.rs",
        "domain::random_bytes",
        "a key for a client is random, and random numbers have one source",
    ),
    ("src/store/ids.rs", "vault::random", "ids are random, and random numbers have one source"),
];

/// Crates that belong to some modules alone: crate, who may name it.
const CRATES: [(&str, &[&str]); 7] = [
    ("sqlx", &["store"]),
    ("object_store", &["store"]),
    ("axum", &["web"]),
    ("arti_client", &["transport"]),
    ("tor_hsservice", &["transport"]),
    ("rustls", &["transport", "machine"]),
    ("std::net", &["transport", "command"]),
];

/// What `vault` must not name: it is tested with vectors because it does no input or
/// output at all.
const IO: [&str; 8] =
    ["std::fs", "std::net", "std::env", "std::process", "std::io", "tokio", "sqlx", "rustix"];

/// What the sanitizers must not be built with, however far away: they run on strangers'
/// files and have nothing to say to anybody.
const NOT_IN_SANITIZERS: [&str; 8] =
    ["sluse", "axum", "hyper", "sqlx", "tokio", "arti-client", "tor-hsservice", "rustls"];

const LONGEST_FILE: usize = 600;

/// Files under `templates` that no program reads, and why they are there.
const KEPT: [(&str, &str); 3] = [
    ("static/README.md", "how the style sheet was made"),
    ("static/LICENSE-govuk-frontend", "its licence, which has to come with it"),
    ("static/govuk.scss", "its source"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, by its path from the root.
fn files(folder: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                let bytes = std::fs::read(&path).unwrap();
                found.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
    }
    assert!(!found.is_empty(), "{folder} is empty");
    found
}

/// The program text of a folder: without comments, without what is only for tests.
fn sources(folder: &str) -> BTreeMap<String, String> {
    let is_program = |name: &String| {
        Path::new(name).extension().is_some_and(|extension| extension == "rs")
            && !name.ends_with("/tests.rs")
    };
    let all = files(folder).into_iter().filter(|(name, _)| is_program(name));
    all.map(|(name, text)| (name, program(&text))).collect()
}

/// Blanks comments and everything from the module of unit tests on; lines keep
/// their numbers.
fn program(text: &str) -> String {
    let until = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let without_comment = |line: &'_ str| {
        let is_comment = line.trim_start().starts_with("//");
        let code = if is_comment { "" } else { line.split(" // ").next().unwrap_or_default() };
        code.to_owned()
    };
    text[..until].lines().map(without_comment).collect::<Vec<_>>().join("\n")
}

/// The top-level module a file belongs to.
fn module(file: &str) -> &str {
    let inside = file.strip_prefix("src/").unwrap();
    inside.split(['/', '.']).next().unwrap()
}

/// Every path in a text that begins with `start`, with its line; `{a, b::C}` is taken
/// apart.
fn paths(text: &str, start: &str) -> Vec<(usize, String)> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (at, _) in text.match_indices(start) {
        if text[..at].ends_with(is_name) {
            continue;
        }
        let line = text[..at].matches('\n').count() + 1;
        let rest = &text[at + start.len()..];
        let length = rest.find(|c| !is_name(c) && c != ':').unwrap_or(rest.len());
        let (path, after) = rest.split_at(length);
        let path = path.trim_end_matches(':');
        match after.strip_prefix('{') {
            None => found.push((line, path.to_owned())),
            Some(group) => {
                let names = members(group);
                let join = |name: &str| {
                    let separator = if path.is_empty() { "" } else { "::" };
                    format!("{path}{separator}{name}")
                };
                found.extend(names.iter().map(|name| (line, join(name))));
            }
        }
    }
    found
}

/// The lines on which a text names a crate or a module of the standard library.
fn lines_with(text: &str, name: &str) -> Vec<usize> {
    let (start, inner) = name.split_once("::").unwrap_or((name, ""));
    let is_meant = |path: &str| {
        let rest = path.strip_prefix(inner);
        rest.is_some_and(|rest| inner.is_empty() || rest.is_empty() || rest.starts_with("::"))
    };
    let found = paths(text, &format!("{start}::")).into_iter();
    found.filter(|(_, path)| is_meant(path)).map(|(line, _)| line).collect()
}

/// The members of a `{…}` group, without what stands inside a group in it.
fn members(group: &str) -> Vec<String> {
    let mut depth = 1;
    let mut names = vec![String::new()];
    for c in group.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(String::new()),
            c if depth == 1 && !c.is_whitespace() => names.last_mut().unwrap().push(c),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Every name of another module in `src`: file, line, and the name.
fn imports() -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    for (file, text) in sources("src") {
        let ours = paths(&text, "crate::").into_iter();
        let cleaners = paths(&text, "sluse_sanitizers").into_iter();
        let cleaners = cleaners.map(|(line, _)| (line, "sluse_sanitizers".to_owned()));
        found.extend(ours.chain(cleaners).map(|(line, path)| (file.clone(), line, path)));
    }
    found
}

fn is_exception(file: &str, path: &str) -> bool {
    EXCEPTIONS.iter().any(|(allowed, name, _)| *allowed == file && *name == path)
}

#[test]
fn imports_go_one_way() {
    let map = BTreeMap::from(MAP);
    let wrong: Vec<_> = imports()
        .into_iter()
        .filter(|(file, _, path)| {
            let (from, to) = (module(file), path.split("::").next().unwrap());
            let Some(allowed) = map.get(from) else { return false };
            from != to && !allowed.contains(&to) && !is_exception(file, path)
        })
        .collect();
    assert!(wrong.is_empty(), "against the map: {wrong:#?}");
}

#[test]
fn the_store_names_of_the_vault_only_what_is_sealed_or_public() {
    let wrong: Vec<_> = imports()
        .into_iter()
        .filter(|(file, _, path)| {
            let name = path.strip_prefix("vault::");
            let is_open = |name: &str| !SEALED.contains(&name) && !is_exception(file, path);
            module(file) == "store" && name.is_some_and(is_open)
        })
        .collect();
    assert!(wrong.is_empty(), "not sealed: {wrong:#?}");
}

/// The policy, and nothing else, goes into the database as it is.
#[test]
fn one_module_alone_hands_the_store_a_text() {
    let names = |text: &str| text.contains("PublicText") || text.contains("policies::put");
    let sources = sources("src");
    let naming = sources.iter().filter(|(file, text)| module(file) != "store" && names(text));
    let naming: Vec<&str> = naming.map(|(file, _)| file.as_str()).collect();
    assert_eq!(naming, ["src/domain/policy.rs"]);
}

#[test]
fn every_exception_is_still_needed() {
    let imports = imports();
    for (file, name, why) in EXCEPTIONS {
        let used = imports.iter().any(|(from, _, path)| from == file && path == name);
        assert!(used, "{file} no longer names {name} ({why})");
    }
}

#[test]
fn the_map_has_every_module_and_no_other() {
    let text = &sources("src")["src/lib.rs"];
    let declared: BTreeSet<&str> =
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let mapped = MAP.iter().map(|(name, _)| *name);
    assert_eq!(declared, mapped.chain(["command"]).collect());
}

/// `super::super` could leave a module without the map noticing.
#[test]
fn nobody_climbs_out_of_a_module() {
    for (file, text) in sources("src") {
        assert!(!text.contains("super::super"), "{file}");
        let is_top = file.matches('/').count() == 1
            || file.ends_with("/mod.rs") && file.matches('/').count() == 2;
        let climbs = paths(&text, "super::");
        assert!(!is_top || climbs.is_empty(), "{file}: {climbs:?} is `crate::` in this file");
    }
}

#[test]
fn a_crate_with_a_place_is_named_nowhere_else() {
    for (file, text) in sources("src") {
        for (name, places) in CRATES {
            let found = lines_with(&text, name);
            assert!(
                found.is_empty() || places.contains(&module(&file)),
                "{file} names {name}: {found:?}"
            );
        }
    }
}

#[test]
fn the_vault_does_no_input_or_output() {
    for (file, text) in sources("src/vault") {
        for name in IO {
            let found = lines_with(&text, name);
            assert!(found.is_empty(), "{file} names {name} on {found:?}");
        }
    }
}

#[test]
fn the_sanitizers_name_nothing_of_the_portal() {
    for (file, text) in sources("sanitizers/src") {
        assert!(paths(&text, "sluse::").is_empty(), "{file}");
    }
}

#[test]
fn the_sanitizers_are_built_without_network_database_or_portal() {
    let lock = std::fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let mut needs: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock.split("[[package]]").skip(1) {
        let name = package.lines().find_map(|line| line.strip_prefix("name = \"")).unwrap();
        let of = needs.entry(name.trim_end_matches('"')).or_default();
        let listed = package.lines().filter_map(|line| line.trim_start().strip_prefix('"'));
        of.extend(listed.filter_map(|line| line.split([' ', '"']).next()));
    }
    let mut built = BTreeSet::new();
    let mut left = vec!["sluse-sanitizers"];
    while let Some(name) = left.pop() {
        if built.insert(name) {
            left.extend(&needs[name]);
        }
    }
    assert!(built.contains("png"), "the walk found {built:?}");
    for name in NOT_IN_SANITIZERS {
        assert!(!built.contains(name), "{name}");
    }
}

/// What is in the table of routes is served, and nothing else.
#[test]
fn routes_are_made_in_one_place() {
    for (file, text) in sources("src") {
        for call in [".route(", ".route_service(", ".nest(", ".nest_service(", ".merge("] {
            let is_table = file == "src/web/routes.rs" && call == ".route(";
            assert!(is_table || !text.contains(call), "{file} calls {call}…)");
        }
    }
    assert!(sources("src")["src/web/routes.rs"].contains(".route("));
}

#[test]
fn every_migration_is_there_for_both_engines() {
    let names = |engine: &str| -> BTreeSet<String> {
        let files = files(&format!("migrations/{engine}")).into_keys();
        files.map(|file| file.rsplit('/').next().unwrap().to_owned()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
}

#[test]
fn no_source_file_is_too_long_to_hold_in_the_head() {
    for (file, text) in files("src") {
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{file} has {lines} lines");
    }
}

/// The templates, by the names under which they are rendered.
fn templates() -> BTreeMap<String, String> {
    let all = files("templates").into_iter();
    let name = |(file, text): (String, String)| {
        (file.strip_prefix("templates/").unwrap().to_owned(), text)
    };
    all.map(name).collect()
}

fn pages() -> BTreeMap<String, String> {
    let mut all = templates();
    all.retain(|name, _| Path::new(name).extension().is_some_and(|extension| extension == "html"));
    all
}

#[test]
fn a_template_holds_no_script_no_drawing_and_no_style() {
    for (name, text) in pages() {
        let text = text.to_lowercase();
        for tag in ["script", "svg", "style", "iframe srcdoc", "object", "embed", "base"] {
            assert!(!text.contains(&format!("<{tag}")), "{name} has <{tag}");
        }
        for attribute in attributes(&text) {
            assert!(attribute != "style", "{name} has an attribute style");
            assert!(!attribute.starts_with("on"), "{name} has a handler {attribute}");
        }
    }
}

/// Every attribute name: the word before a `=`.
fn attributes(text: &str) -> BTreeSet<&str> {
    let name = |(at, _)| {
        let before = &text[..at];
        let start = before.rfind(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        &before[start.map_or(0, |start| start + 1)..]
    };
    text.match_indices('=').map(name).collect()
}

/// What a person typed must never be markup.
#[test]
fn a_template_trusts_no_value() {
    for (name, text) in pages() {
        let dense: String = text.split_whitespace().collect();
        for way_out in ["|safe", "autoescapefalse", "{%raw"] {
            assert!(!dense.contains(way_out), "{name} has {way_out}");
        }
    }
}

/// Opening a page must ask nobody else for anything, and no link leads away.
#[test]
fn a_template_points_to_this_site_alone() {
    let mut seen = 0;
    for (name, text) in pages() {
        let text = text.to_lowercase();
        for attribute in ["href", "src", "srcset", "action", "formaction", "poster", "data"] {
            for (at, _) in text.match_indices(&format!(" {attribute}=\"")) {
                let value = &text[at + attribute.len() + 3..];
                let value = &value[..value.find('"').unwrap()];
                seen += 1;
                let is_away = value.contains("//") || value.starts_with("javascript:");
                assert!(!is_away, "{name}: {attribute} leads to {value}");
            }
        }
        assert!(!text.contains("http://") && !text.contains("https://"), "{name}");
    }
    assert!(seen > 30, "only {seen} addresses were looked at");
}

#[test]
fn every_file_among_the_templates_is_used() {
    let (templates, mut users) = (templates(), String::new());
    for (file, text) in sources("src") {
        // The list from which templates are compiled is no use of them.
        let list = text.find("templates! {").filter(|_| file == "src/web/page.rs");
        users.push_str(&text[..list.unwrap_or(text.len())]);
        let after = list.and_then(|at| Some(at + text[at..].find("\n}\n")?));
        users.push_str(after.map_or("", |at| &text[at..]));
    }
    for (name, text) in &templates {
        if Path::new(name).extension().is_some_and(|extension| extension == "html") {
            users.push_str(text);
        }
    }
    for name in templates.keys() {
        let kept = KEPT.iter().any(|(kept, _)| kept == name);
        let used = users.contains(&format!("\"{name}\"")) || users.contains(&format!("/{name}\""));
        // Parts are components: called by their names, not by that of their file.
        let part = name.starts_with("parts/") && components_of(&templates[name], &users);
        // Pages to read are taken by a list of their names, without the language.
        let page = name.strip_prefix("pages/").and_then(|path| path.split_once('/'));
        let page = page.and_then(|(_, file)| file.strip_suffix(".md"));
        let page = page.is_some_and(|page| users.contains(&format!("    \"{page}\",\n")));
        assert!(kept || used || part || page, "nothing uses templates/{name}");
    }
}

/// Whether every component that a part defines is called somewhere.
fn components_of(part: &str, users: &str) -> bool {
    let names: Vec<&str> = part
        .match_indices("{% component ")
        .filter_map(|(at, start)| part[at + start.len()..].split(['(', ' ']).next())
        .collect();
    !names.is_empty() && names.iter().all(|name| users.contains(&format!("<{name}")))
}
