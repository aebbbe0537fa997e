//! What must be true of the machine, checked at start, by `doctor`, and for the handlers'
//! status page.

use std::borrow::Cow;
use std::process::Command;

use serde::{Deserialize, Serialize};
use sluse_sanitizers::sandbox;

use crate::clock::Day;
use crate::config::Config;
use crate::domain::sweep::Swept;
use crate::domain::{HandlerName, Portal};
use crate::limits::{OPEN_FILES, READERS_LEFT, REVIEW_DAYS};
use crate::store::handlers::{HandlerRow, HandlerState};
use crate::{installation, machine};

/// How one check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works, and somebody should look at it.
    Warn,
    /// It does not work, or is not safe.
    Fail,
}

/// One line of a status: what, how, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// A word that the pages have a text for.
    pub name: Cow<'static, str>,
    /// How it ended.
    pub state: State,
    /// More about it; empty if there is nothing to say.
    pub detail: String,
}

impl Check {
    /// A check that was made elsewhere.
    pub fn new(name: &'static str, state: State, detail: impl Into<String>) -> Self {
        Check { name: Cow::Borrowed(name), state, detail: detail.into() }
    }

    fn of(name: &'static str, result: anyhow::Result<String>) -> Self {
        match result {
            Ok(detail) => Check::new(name, State::Ok, detail),
            Err(error) => Check::new(name, State::Fail, format!("{error:#}")),
        }
    }
}

/// Whether this kernel jails the workers: tried, not asked.
pub fn worker() -> Check {
    let outcomes = sandbox::self_test(|name| {
        let mut command = Command::new(machine::OURSELVES);
        command.args(["sandbox-probe", name]);
        command
    });
    let open: Vec<&str> =
        outcomes.iter().filter(|(_, held)| !held).map(|(probe, _)| probe.name()).collect();
    if open.is_empty() {
        Check::new("worker", State::Ok, "")
    } else {
        let detail = format!("the kernel does not stop a worker from: {}", open.join(", "));
        Check::new("worker", State::Fail, detail)
    }
}

/// Whether memory can reach a disk in the clear.
pub fn swap() -> Check {
    let detail = match machine::plain_swap() {
        Ok(plain) if plain.is_empty() => return Check::new("swap", State::Ok, ""),
        Ok(plain) => format!(
            "swap on {} is not encrypted: what people type could be written to it. Switch it off \
             (swapoff) or encrypt it",
            plain.join(", ")
        ),
        Err(error) => format!("cannot see whether there is swap (/proc/swaps): {error}"),
    };
    Check::new("swap", State::Fail, detail)
}

/// How much room is left for files.
pub fn free_space(config: &Config) -> Check {
    let free = match machine::free_mib(&config.data) {
        Ok(free) => free,
        Err(error) => return Check::new("free-space", State::Fail, error.to_string()),
    };
    let state = match config.storage.free {
        floor if free <= floor => State::Fail,
        floor if free <= floor.saturating_mul(2) => State::Warn,
        _ => State::Ok,
    };
    Check::new("free-space", state, format!("{free} MiB"))
}

/// Whether the folders are there and closed to others.
pub fn objects(config: &Config) -> Check {
    let folders = [config.data.clone(), config.objects(), config.spool()];
    let closed = folders.iter().try_for_each(|folder| installation::only_ours(folder));
    Check::of("objects", closed.map(|()| String::new()))
}

/// Whether the database opens and the pepper belongs to it.
pub async fn database(config: &Config) -> Check {
    let opened = async {
        let pepper = installation::read_pepper(&config.pepper)?;
        let store = installation::open_store(config).await?;
        let instance = crate::domain::portal::read_instance(&store, &pepper).await;
        store.close().await;
        instance?;
        Ok(String::new())
    };
    Check::of("database", opened.await)
}

fn is_vouched(handler: &HandlerRow) -> bool {
    handler.state == HandlerState::Vouched
}

/// Whether anybody could read a report that came now.
pub async fn handlers(config: &Config) -> Check {
    let counted = async {
        let store = installation::open_store(config).await?;
        let all = crate::store::handlers::all(&mut *store.connect().await?).await;
        store.close().await;
        let readers = all?.iter().filter(|one| is_vouched(one)).count();
        anyhow::ensure!(
            readers > 0,
            "nobody can read reports: open the link that `sluse init` printed, or make a new one with \
             `sluse handler add NAME`"
        );
        Ok(readers)
    };
    match counted.await {
        // One reader who loses the password loses every case with it.
        Ok(1) => Check::new("handlers", State::Warn, "only one handler can read reports"),
        Ok(readers) => Check::new("handlers", State::Ok, readers.to_string()),
        Err(error) => Check::new("handlers", State::Fail, format!("{error:#}")),
    }
}

/// Whether the unit has opened the portal.
pub async fn opening(config: &Config) -> Check {
    let opened = async {
        let store = installation::open_store(config).await?;
        let opened = crate::store::instance::opened_on(&mut *store.connect().await?).await;
        store.close().await;
        anyhow::Ok(opened?)
    };
    match opened.await {
        Ok(Some(_)) => Check::new("opening", State::Ok, ""),
        Ok(None) => Check::new(
            "opening",
            State::Warn,
            "no reports are taken yet: a handler opens the portal from the list of cases",
        ),
        Err(error) => Check::new("opening", State::Fail, format!("{error:#}")),
    }
}

/// Whether policy, privacy notices and impact assessment are to be looked at again.
pub fn review(config: &Config, today: Day) -> Check {
    let Some(by) = config.review_by.as_deref().and_then(Day::parse) else {
        let detail = "`review_by` is not set: nobody is reminded to look again at policy, privacy \
                      notices and impact assessment";
        return Check::new("review", State::Warn, detail);
    };
    let day = by.date();
    if by > today.plus_days(REVIEW_DAYS) {
        return Check::new("review", State::Ok, day.to_string());
    }
    let detail = format!(
        "policy, privacy notices and impact assessment are to be looked at by {day}; then set a \
         new day as `review_by`"
    );
    Check::new("review", State::Warn, detail)
}

/// Whether the site's questions can be asked, and whom its settings show to reporters are
/// handlers.
pub async fn questions(config: &Config) -> Check {
    if let Err(error) = installation::questionnaire(config) {
        return Check::new("questions", State::Fail, format!("{error:#}"));
    }
    let known = async {
        let store = installation::open_store(config).await?;
        let all = crate::store::handlers::all(&mut *store.connect().await?).await;
        store.close().await;
        let all = all?;
        let names: Vec<String> = all.iter().map(|one| one.name.as_str().to_owned()).collect();
        anyhow::Ok((names, all.iter().filter(|one| is_vouched(one)).count()))
    };
    // A database that cannot be read has a check of its own.
    let Ok((known, readers)) = known.await else { return Check::new("questions", State::Ok, "") };
    let is_known = |name: &str| {
        HandlerName::parse(name).is_some_and(|name| known.iter().any(|one| one == name.as_str()))
    };
    let strangers = config.readers.iter().filter(|one| !is_known(&one.handler));
    let strangers: Vec<String> = strangers
        .map(|one| format!("[[reader]] {} is no handler: nobody is kept out", one.handler))
        .collect();
    if !strangers.is_empty() {
        return Check::new("questions", State::Fail, strangers.join("; "));
    }
    if config.readers.is_empty() && readers > READERS_LEFT {
        let detail = "no [[reader]]: whoever reports somebody of the unit cannot leave them out";
        return Check::new("questions", State::Warn, detail);
    }
    if !config.readers.is_empty() && readers <= READERS_LEFT {
        let detail = format!(
            "[[reader]]: nobody can be left out while {readers} handlers can read, since \
             {READERS_LEFT} must stay"
        );
        return Check::new("questions", State::Warn, detail);
    }
    Check::new("questions", State::Ok, "")
}

/// Whether a crowd at the mirror leaves files for the rest of this process.
pub fn connections() -> Check {
    let open = machine::open_files();
    if open >= OPEN_FILES {
        return Check::new("connections", State::Ok, "");
    }
    let detail = format!(
        "{open} files and connections may be open at once, {OPEN_FILES} are needed: raise the hard \
         limit (LimitNOFILE= in the unit, or ulimit -Hn)"
    );
    Check::new("connections", State::Warn, detail)
}

/// Whether the files belong to the database, as far as a sweep can tell.
pub fn sweep(swept: &Swept) -> Check {
    if swept.doubtful == 0 {
        return Check::new("sweep", State::Ok, "");
    }
    let detail = format!(
        "{} stored files, more than half, belong to nothing in this database, so none is erased. \
         Put the newest database back; or, if this is the right one, set \
         dangerously_erase_unknown_files = true under [storage] and start once more",
        swept.doubtful
    );
    Check::new("sweep", State::Fail, detail)
}

/// Everything that can be checked beside a running server, or without one.
pub async fn all(config: &Config) -> Vec<Check> {
    vec![
        worker(),
        swap(),
        database(config).await,
        handlers(config).await,
        opening(config).await,
        review(config, config.clock().today()),
        objects(config),
        free_space(config),
    ]
}

/// What is looked at again and again while the portal runs. The workers' jail was tried
/// once, at start: trying it starts processes.
pub async fn of_running(config: &Config, portal: &Portal, worker: &Check) -> Vec<Check> {
    let found = portal.has_readers().await;
    let readers = if matches!(found, Ok(true)) { State::Ok } else { State::Fail };
    let database = found.map(|_| String::new()).map_err(anyhow::Error::from);

    vec![
        worker.clone(),
        swap(),
        Check::of("database", database),
        Check::new("handlers", readers, ""),
        review(config, portal.clock().today()),
        objects(config),
        free_space(config),
    ]
}

/// Refuses to start on a machine that is not safe, unless the settings say so. Returns
/// what was found about the workers' jail.
pub fn refuse_unsafe(config: &Config) -> anyhow::Result<Check> {
    let (allowed, worker) = (&config.machine, worker());
    for (check, allowed, key) in [
        (worker.clone(), allowed.dangerously_allow_open_sandbox, "dangerously_allow_open_sandbox"),
        (swap(), allowed.dangerously_allow_plain_swap, "dangerously_allow_plain_swap"),
    ] {
        if check.state == State::Fail {
            anyhow::ensure!(allowed, "{} ([machine] {key} = true starts anyway)", check.detail);
            tracing::warn!(target: "sluse::serve", "{}", check.detail);
        }
    }
    Ok(worker)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_runs_the_portal_is_told_when_policy_and_assessment_are_to_be_looked_at() {
        let settings = |line: &str| {
            let least = "organisation = \"A\"\noperator = \"B\"\ndata = \".\"\npepper = \"p\"\n";
            Config::parse(&format!("{least}{line}"), std::path::Path::new("/"))
        };
        let by = settings("review_by = \"2027-11-29\"\n").unwrap();
        let day = Day::parse("2027-11-29").unwrap();
        for (left, state) in [
            (REVIEW_DAYS + 1, State::Ok),
            (REVIEW_DAYS, State::Warn),
            (0, State::Warn),
            (-400, State::Warn),
        ] {
            assert_eq!(review(&by, day.plus_days(-left)).state, state, "{left} days before");
        }
        assert_eq!(review(&settings("").unwrap(), day).state, State::Warn, "nobody is reminded");
        assert!(settings("review_by = \"next year\"\n").is_err());
    }

    #[test]
    fn a_sweep_that_left_files_because_they_are_so_many_has_failed() {
        let (quiet, doubtful) = (Swept::default(), Swept { doubtful: 101, ..Swept::default() });
        assert_eq!(sweep(&quiet).state, State::Ok);
        let failed = sweep(&doubtful);
        assert_eq!(failed.state, State::Fail);
        assert!(failed.detail.contains("dangerously_erase_unknown_files"), "{}", failed.detail);
    }
}
