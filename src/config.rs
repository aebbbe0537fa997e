//! The settings file: one TOML file, unknown keys refused, secrets in files beside it.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use ipnet::IpNet;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use sluse_sanitizers::Kind;

use crate::clock::{Clock, Day};
use crate::limits::{DRAFT_DAYS, MOST_DRAFT_DAYS};

/// The whole settings file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Name of the organisation, as reporters read it.
    pub organisation: String,
    /// Who runs the machine, in one line on the front page.
    pub operator: String,
    /// Language for those whose browser asks for neither Danish nor English: `da` or `en`.
    #[serde(default = "danish")]
    pub language: String,
    /// Where days begin, and with them the time that the law gives: `Europe/Copenhagen`.
    #[serde(
        default = "copenhagen",
        with = "jiff::fmt::serde::tz::required",
        skip_serializing_if = "is_copenhagen"
    )]
    pub time_zone: TimeZone,
    /// Folder of everything that is stored. Relative to this file.
    pub data: PathBuf,
    /// File with the pepper. Keep a copy elsewhere; it is in no backup.
    pub pepper: PathBuf,
    /// Another database than SQLite in the data folder: `postgres://…`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// The clearnet mirror.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mirror: Option<Mirror>,
    /// The onion service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onion: Option<Onion>,
    /// Folder with information pages in the site's own words: `da/policy.md`. Relative to this
    /// file. What is not there is said in the words of this program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<PathBuf>,
    /// File with the questions of a report in the site's own words. Relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questionnaire: Option<PathBuf>,
    /// Handlers whom reporters can keep out of their case, as reporters know them.
    #[serde(default, rename = "reader", skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<Reader>,
    /// How the whistleblower unit is reached outside the portal, as the privacy, policy and
    /// routes pages say it: lines of text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The same of the data protection officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_protection_officer: Option<String>,
    /// Whether there is a page on Tor Browser, and ways to it. Without it, fewer people will
    /// hide that they were here: the mirror then shows them to whoever watches their network.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub tor_guide: bool,
    /// A picture in the place of the organisation's name at the top of each page: PNG, JPEG,
    /// WebP or GIF. Relative to this file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<PathBuf>,
    /// Of buttons and links, as `#0b5458`: with a contrast of at least 4.5:1 against white.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colour: Option<String>,
    /// Formats of files that are taken, by the names of `sluse sanitize --explain`. All if
    /// it is not said. What is taken is always cleaned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formats: Option<Vec<Kind>>,
    /// What people should know before they come: when the portal will be closed, perhaps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
    /// Whether every new receipt code has 24 digits. With 16, somebody who takes the machine
    /// with its pepper can try to guess codes, at great cost; with 24 nobody can. Reporters can
    /// choose 24 for themselves in any case.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub long_codes: bool,
    /// Days for which a draft is kept after it was last changed or opened, so that a reporter
    /// can go on later.
    #[serde(default = "one_day", skip_serializing_if = "is_one_day")]
    pub draft_days: i64,
    /// The day by which policy, privacy notices and impact assessment are to be looked at again,
    /// as `2027-11-29`. Handlers and `sluse doctor` are told when it comes near.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_by: Option<String>,
    /// Storage limits.
    #[serde(default)]
    pub storage: Storage,
    /// What the portal accepts of the machine.
    #[serde(default)]
    pub machine: Machine,
}

/// A handler whom reporters can keep out of their case.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reader {
    /// The name the handler signs in with.
    pub handler: String,
    /// How reporters know them, in Danish: a position, or a name if the site publishes it.
    pub da: String,
    /// In English.
    pub en: String,
    /// Whether this is somebody from outside, who reads what all others must not see. One of
    /// them is always left.
    #[serde(default)]
    pub outside: bool,
}

/// Words at the top of the front page and of that for signing in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// In Danish.
    pub da: String,
    /// In English.
    pub en: String,
    /// The last day on which they are shown, as `2026-12-24`; without it they stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_day: Option<String>,
}

/// What the portal accepts of the machine it runs on.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Machine {
    /// Start although the kernel cannot jail the workers that open strangers' files.
    pub dangerously_allow_open_sandbox: bool,
    /// Start although memory can be swapped to a disk in the clear.
    pub dangerously_allow_plain_swap: bool,
}

/// The onion service.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Onion {
    /// Whether it runs.
    pub enabled: bool,
    /// Whether the handlers' address can be found only with a key that
    /// `sluse onion client add` let in.
    pub restrict_handlers: bool,
    /// Whether relays are also reached by IPv6. Only where IPv6 has a route.
    pub ipv6: bool,
    /// Seconds between two looks at our own front page through Tor.
    pub probe_seconds: u64,
    /// A file with arti's settings for another Tor network than the public one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tor_network: Option<PathBuf>,
}

impl Default for Onion {
    fn default() -> Self {
        let (enabled, restrict_handlers, ipv6) = (true, true, false);
        Onion { enabled, restrict_handlers, ipv6, probe_seconds: 300, tor_network: None }
    }
}

/// The mirror.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mirror {
    /// Host name of the reporters' pages.
    pub reporter_host: String,
    /// Host name of the handlers' pages, if they are on the mirror at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handler_host: Option<String>,
    /// Address and port, or a path beginning with `/` for a socket.
    pub listen: String,
    /// Certificate chain, PEM. Without it a proxy on this machine must end TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PathBuf>,
    /// Private key, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PathBuf>,
    /// Whether every connection comes from a proxy that passes TCP through without ending
    /// TLS: then no address says anything about who is behind it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub passed_through: bool,
    /// Networks of the organisation itself, as `192.0.2.0/24`. Who comes from one is told
    /// so before reporting or signing in. Not behind a proxy, where no address is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_networks: Vec<IpNet>,
}

/// What may be stored, in MiB, and erased.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Storage {
    /// One file that is no film.
    pub file: u64,
    /// One film.
    pub film: u64,
    /// All files of one report or message.
    pub draft: u64,
    /// All drafts together.
    pub drafts: u64,
    /// What must stay free on the disk.
    pub free: u64,
    /// Erase files that nothing in the database names also when they are most of all
    /// files: then the database may not be the right one.
    pub dangerously_erase_unknown_files: bool,
}

impl Default for Storage {
    fn default() -> Self {
        let dangerously_erase_unknown_files = false;
        let (file, film, draft, drafts, free) = (50, 500, 600, 5 << 10, 1 << 10);
        Storage { file, film, draft, drafts, free, dangerously_erase_unknown_files }
    }
}

fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_true(value: &bool) -> bool {
    *value
}

fn one_day() -> i64 {
    DRAFT_DAYS
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_one_day(days: &i64) -> bool {
    *days == DRAFT_DAYS
}

fn danish() -> String {
    "da".to_owned()
}

fn copenhagen() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}

fn is_copenhagen(zone: &TimeZone) -> bool {
    *zone == copenhagen()
}

impl Config {
    /// Settings that say no more than they must.
    pub fn new(organisation: &str, operator: &str, data: PathBuf, pepper: PathBuf) -> Config {
        Config {
            organisation: organisation.to_owned(),
            operator: operator.to_owned(),
            language: danish(),
            time_zone: copenhagen(),
            data,
            pepper,
            database: None,
            mirror: None,
            onion: None,
            pages: None,
            questionnaire: None,
            readers: Vec::new(),
            contact: None,
            data_protection_officer: None,
            tor_guide: true,
            logo: None,
            colour: None,
            formats: None,
            notice: None,
            long_codes: false,
            draft_days: DRAFT_DAYS,
            review_by: None,
            storage: Storage::default(),
            machine: Machine::default(),
        }
    }

    /// Reads a settings file; paths in it become absolute.
    pub fn read(path: &Path) -> anyhow::Result<Config> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the settings file {}", path.display()))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Config::parse(&text, folder).with_context(|| format!("in {}", path.display()))
    }

    /// The machine's clock, with days that begin where the site is.
    pub fn clock(&self) -> Clock {
        Clock::system().in_zone(self.time_zone.clone())
    }

    /// Reads settings whose paths are relative to `folder`.
    pub fn parse(text: &str, folder: &Path) -> anyhow::Result<Config> {
        let mut config: Config = toml::from_str(text)?;
        config.data = folder.join(&config.data);
        config.pepper = folder.join(&config.pepper);
        config.pages = config.pages.take().map(|path| folder.join(path));
        config.questionnaire = config.questionnaire.take().map(|path| folder.join(path));
        config.logo = config.logo.take().map(|path| folder.join(path));
        if let Some(mirror) = &mut config.mirror {
            mirror.certificate = mirror.certificate.take().map(|path| folder.join(path));
            mirror.key = mirror.key.take().map(|path| folder.join(path));
            // Under one name only one of the two could be reached.
            anyhow::ensure!(
                mirror
                    .handler_host
                    .as_ref()
                    .is_none_or(|host| !host.eq_ignore_ascii_case(&mirror.reporter_host)),
                "`reporter_host` and `handler_host` are two names, not both `{}`",
                mirror.reporter_host
            );
        }
        if let Some(onion) = &mut config.onion {
            onion.tor_network = onion.tor_network.take().map(|path| folder.join(path));
            anyhow::ensure!(onion.probe_seconds > 0, "`probe_seconds` is at least 1");
        }
        anyhow::ensure!(
            (1..=MOST_DRAFT_DAYS).contains(&config.draft_days),
            "`draft_days` is 1 to {MOST_DRAFT_DAYS}, not {}",
            config.draft_days
        );
        if let Some(last) = config.notice.as_ref().and_then(|notice| notice.last_day.as_ref()) {
            anyhow::ensure!(
                Day::parse(last).is_some(),
                "`last_day` of the notice is a date as 2026-12-24, not `{last}`"
            );
        }
        if let Some(review) = &config.review_by {
            anyhow::ensure!(
                Day::parse(review).is_some(),
                "`review_by` is a date as 2027-11-29, not `{review}`"
            );
        }
        anyhow::ensure!(
            matches!(config.language.as_str(), "da" | "en"),
            "language is `da` or `en`, not `{}`",
            config.language
        );
        Ok(config)
    }

    /// The networks of the organisation itself.
    pub fn own_networks(&self) -> &[IpNet] {
        self.mirror.as_ref().map_or(&[], |mirror| &mirror.own_networks)
    }

    /// Where the database is.
    pub fn database_url(&self) -> String {
        let file = self.database_file();
        self.database.clone().unwrap_or_else(|| format!("sqlite://{}", file.display()))
    }

    /// The file of SQLite, unless the settings name another database.
    pub fn database_file(&self) -> PathBuf {
        self.data.join("sluse.db")
    }

    /// The folder of sealed attachments.
    pub fn objects(&self) -> PathBuf {
        self.data.join("objects")
    }

    /// The folder of everything that belongs to Tor.
    pub fn tor(&self) -> PathBuf {
        self.data.join("tor")
    }

    /// arti's state: keys, guards, replay logs. Not to be copied into a backup.
    pub fn tor_state(&self) -> PathBuf {
        self.tor().join("state")
    }

    /// The public keys of those who may find the handlers' onion service.
    pub fn onion_clients(&self) -> PathBuf {
        self.tor().join("clients")
    }

    /// The folder of the copy that a backup reads; empty but for that moment.
    pub fn copy(&self) -> PathBuf {
        self.data.join("copy")
    }

    /// Locked as long as a server runs on this data.
    pub fn lock(&self) -> PathBuf {
        self.data.join("lock")
    }

    /// The folder in which uploads wait, sealed, for their worker.
    pub fn spool(&self) -> PathBuf {
        self.data.join("spool")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAST: &str = "organisation = \"A\"\noperator = \"B\"\ndata = \"d\"\npepper = \"p\"\n";

    #[test]
    fn paths_are_relative_to_the_file() {
        let config = Config::parse(LEAST, Path::new("/etc/sluse")).unwrap();
        assert_eq!(config.data, Path::new("/etc/sluse/d"));
        assert_eq!(config.pepper, Path::new("/etc/sluse/p"));
    }

    #[test]
    fn an_unknown_key_is_refused_by_name() {
        let error = Config::parse(&format!("{LEAST}[storage]\nfiel = 3\n"), Path::new("/"));
        assert!(error.unwrap_err().to_string().contains("fiel"));
        let error = Config::parse(&format!("{LEAST}[onion]\nprot = 80\n"), Path::new("/"));
        assert!(error.unwrap_err().to_string().contains("prot"));
        let error = Config::parse(&format!("color = 1\n{LEAST}"), Path::new("/"));
        assert!(error.unwrap_err().to_string().contains("color"));
    }

    #[test]
    fn only_formats_that_there_are_can_be_chosen() {
        let of =
            |formats: &str| Config::parse(&format!("formats = {formats}\n{LEAST}"), Path::new("/"));
        assert_eq!(of("[\"jpeg\", \"pdf\"]").unwrap().formats, Some(vec![Kind::Jpeg, Kind::Pdf]));
        assert!(of("[\"jpeg\", \"exe\"]").unwrap_err().to_string().contains("exe"));
        assert!(Config::parse(LEAST, Path::new("/")).unwrap().formats.is_none());
    }

    #[test]
    fn an_onion_section_hides_the_handlers_unless_it_says_otherwise() {
        let config = Config::parse(&format!("{LEAST}[onion]\n"), Path::new("/")).unwrap();
        let onion = config.onion.unwrap();
        assert!(onion.enabled && onion.restrict_handlers && !onion.ipv6);
        let never = format!("{LEAST}[onion]\nprobe_seconds = 0\n");
        assert!(Config::parse(&never, Path::new("/")).is_err());
    }

    #[test]
    fn one_name_for_both_surfaces_is_refused() {
        let mirror = |handlers: &str| {
            let hosts = format!("reporter_host = \"a.example\"\nhandler_host = \"{handlers}\"\n");
            Config::parse(
                &format!("{LEAST}[mirror]\nlisten = \"[::]:443\"\n{hosts}"),
                Path::new("/"),
            )
        };
        assert!(mirror("b.example").is_ok());
        for same in ["a.example", "A.Example"] {
            let refusal = mirror(same).unwrap_err().to_string();
            assert!(refusal.contains("handler_host"), "{refusal}");
        }
    }

    #[test]
    fn drafts_are_kept_for_one_day_unless_the_settings_say_up_to_fourteen() {
        let days = |line: &str| {
            Config::parse(&format!("{line}\n{LEAST}"), Path::new("/")).map(|c| c.draft_days)
        };
        assert_eq!(days("").unwrap(), 1);
        assert_eq!(days("draft_days = 1").unwrap(), 1);
        assert_eq!(days("draft_days = 14").unwrap(), 14);
        for wrong in ["0", "15", "-1"] {
            let refusal = days(&format!("draft_days = {wrong}")).unwrap_err().to_string();
            assert!(refusal.contains("1 to 14"), "{refusal}");
        }
    }

    #[test]
    fn a_notice_ends_on_a_date_or_never() {
        let notice = |line: &str| {
            let words = format!("[notice]\nda = \"Lukket\"\nen = \"Closed\"\n{line}\n");
            Config::parse(&format!("{LEAST}{words}"), Path::new("/"))
        };
        assert!(notice("").is_ok() && notice("last_day = \"2026-12-24\"").is_ok());
        let refusal = notice("last_day = \"24.12.\"").unwrap_err().to_string();
        assert!(refusal.contains("24.12."), "{refusal}");
    }

    #[test]
    fn a_language_we_do_not_speak_is_refused() {
        assert!(Config::parse(&format!("language = \"de\"\n{LEAST}"), Path::new("/")).is_err());
    }
}
