//! The command line: each file beside this one is a story of commands in a new folder.
//!
//! `[[run]]` runs `sluse` with `args`, after what stands under `before`; `says` are lines
//! that the output begins with, `exactly` is all of it. A command succeeds unless `fails`
//! is true, and then it has changed no file.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on says where it stopped"
)]

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde::Deserialize;

/// No command here may take longer: a server that starts where it should refuse is ended.
const SECONDS: &str = "60";
/// Lines that only a program with an onion service prints begin with this.
const ONION: &str = "[onion]";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    args: Vec<String>,
    #[serde(default)]
    before: Vec<Change>,
    #[serde(default)]
    fails: bool,
    #[serde(default)]
    changes: bool,
    #[serde(default)]
    says: Vec<String>,
    exactly: Option<String>,
}

/// What happens to a file before a command.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: PathBuf,
    /// New permissions, in octal.
    mode: Option<String>,
    /// New content.
    write: Option<String>,
    /// A text and what it becomes.
    replace: Option<[String; 2]>,
}

impl Change {
    fn make(&self, folder: &Path) {
        let file = folder.join(&self.file);
        if let Some(text) = &self.write {
            std::fs::write(&file, text).unwrap();
        }
        if let Some([from, to]) = &self.replace {
            let text = std::fs::read_to_string(&file).unwrap();
            assert!(text.contains(from), "{} has no {from}", self.file.display());
            std::fs::write(&file, text.replace(from, to)).unwrap();
        }
        if let Some(mode) = &self.mode {
            let mode = u32::from_str_radix(mode, 8).unwrap();
            std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        }
    }
}

impl Run {
    fn hold(&self, folder: &Path) {
        for change in &self.before {
            change.make(folder);
        }
        let before = files(folder);
        let output = sluse(&self.args, folder);
        let text = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        let text = text.concat();
        let command = self.args.join(" ");
        assert_eq!(output.status.success(), !self.fails, "sluse {command}:\n{text}");
        assert_ne!(output.status.code(), Some(124), "sluse {command} does not end:\n{text}");
        for said in &self.says {
            let found = text.lines().any(|line| line.trim_start().starts_with(said));
            assert!(found, "sluse {command} does not say `{said}`:\n{text}");
        }
        if let Some(exactly) = &self.exactly {
            assert_eq!(text.trim(), of_this_build(exactly).trim(), "sluse {command}");
        }
        assert!(self.exactly.is_some() || !self.says.is_empty(), "sluse {command} says nothing");
        if self.fails && !self.changes {
            assert_eq!(files(folder), before, "sluse {command} was refused and changed files");
        }
    }
}

fn sluse(args: &[String], folder: &Path) -> Output {
    Command::new("timeout")
        .args(["--kill-after=5", SECONDS, env!("CARGO_BIN_EXE_sluse")])
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// The lines that this build prints.
fn of_this_build(text: &str) -> String {
    let lines = text.lines().filter_map(|line| match line.strip_prefix(ONION) {
        Some(line) => cfg!(feature = "onion").then_some(line),
        None => Some(line),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Every file and what is in it. The database is looked at through the program only: to
/// open it makes files beside it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_database = path.file_name().unwrap().to_str().unwrap().starts_with("sluse.db");
            if path.is_dir() {
                folders.push(path);
            } else if !is_database {
                found.insert(path.clone(), std::fs::read(path).unwrap());
            }
        }
    }
    found
}

fn hold(story: &str) {
    let story: Story = toml::from_str(story).unwrap();
    let folder = tempfile::tempdir().unwrap();
    for run in &story.run {
        run.hold(folder.path());
    }
}

macro_rules! stories {
    ($($name:ident)*) => {
        $(#[test] fn $name() { hold(include_str!(concat!(stringify!($name), ".toml"))); })*

        #[test]
        fn every_story_is_told() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
            let names = std::fs::read_dir(folder).unwrap().filter_map(|file| {
                let name = file.unwrap().file_name().into_string().unwrap();
                Some(name.strip_suffix(".toml")?.to_owned())
            });
            let mut names: Vec<String> = names.collect();
            names.sort();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

stories! {
    a_handler_is_added
    a_look_that_nobody_could_read_is_refused
    a_mirror_is_open_to_this_machine_or_has_tls
    an_installation_is_made_once
    help_says_what_there_is
    others_on_this_machine_see_nothing
    questions_are_checked_with_their_place
    settings_are_checked_by_name
    the_pepper_belongs_to_its_installation
    without_a_door_nothing_is_served
}
