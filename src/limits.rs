//! Every limit of the portal, in one place.
//!
//! Limits of single files (pixels, pages, nesting) are in
//! [`sluse_sanitizers::Limits`]; those that a site may change are in [`crate::config`], and
//! two that are the text of a statement in [`crate::store`].

use std::time::Duration;

/// Characters in one message, or in the story of a report. All answers of a report together
/// fit the largest padded size: the questionnaire is refused otherwise.
pub const MESSAGE_CHARACTERS: usize = 15_000;
/// Characters of an answer of many lines, if its question does not say otherwise.
pub const WORDS_CHARACTERS: usize = 2000;
/// Characters of an answer of one line, if its question does not say otherwise.
pub const LINE_CHARACTERS: usize = 200;
/// Handlers who must be able to read a report whatever its reporter asks: one alone could
/// let it lie.
pub const READERS_LEFT: usize = 2;
/// Attachments of one report or message.
pub const FILES: usize = 20;
/// Files that were refused and are still on the list of a draft, with their reasons.
pub const REFUSED: usize = 40;
/// Files of a draft that are shown with all that was found in each. Of more one at a time is: a
/// page of so many words would be slow to come, and slow to read.
pub const FILES_IN_FULL: usize = 10;
/// Characters of a file's name that are kept while it is in a draft.
pub const FILE_NAME_CHARACTERS: usize = 80;
/// Bytes of a form without files.
pub const FORM_BYTES: usize = 256 << 10;
/// Bytes of one text field in a form with files.
pub const FIELD_BYTES: usize = 128 << 10;
/// Fields of one form with files.
pub const FIELDS: usize = 100;
/// Bytes of a form with files that are in no field: boundaries, headers, and what came
/// in between. Until a field begins, all that came is held in memory.
pub const FRAME_BYTES: usize = 128 << 10;
/// Days after which a one-time link for enrolment no longer works.
pub const LINK_DAYS: i64 = 7;
/// Days for which a draft is kept after it was last changed or opened: until the end of the
/// next one, unless the site says otherwise.
pub const DRAFT_DAYS: i64 = 1;
/// The longest that a site can say. A draft is a danger to whoever wrote it, and to nobody
/// of use.
pub const MOST_DRAFT_DAYS: i64 = 14;
/// Drafts at once; further ones are refused, and those that are there go on. At the
/// longest text each, they fit into what stays free on the disk by default.
pub const DRAFTS: i64 = 8000;
/// The same, with those for files that wait in a case until they are sent, and one for each
/// browser that lists them: a flood of reports that are not sent keeps nobody from going on
/// with a case.
pub const DRAFTS_WITH_CASES: i64 = 10_000;
/// Browsers in which one person begins to choose files for a case in a day.
pub const BROWSERS_WITH_FILES: usize = 20;
/// Visits left by the quick exit whose last form is not shown again.
pub const LEFT_VISITS: usize = 10_000;
/// Days after sending for which the receipt can be loaded again, if its code was not
/// typed back.
pub const RECEIPT_DAYS: i64 = 7;
/// Characters of a handler's password at least.
/// Length is what counts (NIST SP 800-63B).
pub const PASSWORD_CHARACTERS: usize = 12;
/// Bytes of a password at most, checked before any derivation.
pub const PASSWORD_BYTES: usize = 256;
/// Days before feedback is due on which the inbox says so.
pub const SOON_DAYS: i64 = 14;
/// Days before policy and impact assessment are to be looked at again on which somebody is told.
pub const REVIEW_DAYS: i64 = 30;
/// Earlier versions of the policy to which its page leads.
pub const POLICIES_SHOWN: usize = 20;
/// Messages and attachments on one page of a case: each is opened, and all are in memory
/// while the page is made.
pub const ITEMS_PER_PAGE: i64 = 50;
/// The same of what a reporter wrote on a page of theirs, whose line may be slow.
pub const ITEMS_PER_REPORTERS_PAGE: usize = 30;
/// Short items of a case among which is looked for what was done with a button, where the
/// case has more than a page: each is opened.
pub const EVENTS_SEARCHED: i64 = 500;
/// Messages and attachments of one case in a day; with more, its reporter is asked to wait
/// until tomorrow. A report with all its files and eight messages with as many fit.
pub const ITEMS_PER_DAY: i64 = 200;
/// Cases on one page of the inbox.
pub const CASES_PER_PAGE: i64 = 50;

/// A session ends after this long without a byte from its owner.
pub const SESSION_IDLE: Duration = Duration::from_mins(30);
/// So long before that a page with a form shows a way to go on.
pub const SESSION_WARNING: Duration = Duration::from_mins(5);
/// A session ends after this long in any case.
pub const SESSION_TOTAL: Duration = Duration::from_hours(8);
/// Sessions at once; above that the one that was idle longest ends.
pub const SESSIONS: usize = 10_000;

/// Reporters of whom the day of the last sign-in is remembered, in memory; above that, the one
/// whose day is longest ago is forgotten.
pub const LAST_SIGN_INS: usize = 10_000;

/// How many may wait for a turn in one lane; further ones are told to come back.
pub const WAITING_PER_LANE: usize = 8;
/// How many may wait in all lanes of one queue.
pub const WAITING: usize = 512;
/// How long a page waits for its derivation before it shows that it is waiting.
pub const DERIVATION_PATIENCE: Duration = Duration::from_secs(6);
/// How long a result is kept for a page that does not come back for it, and how long a
/// place in the queue: waiting pages ask every few seconds.
pub const DERIVATION_KEPT: Duration = Duration::from_mins(2);
/// The longest pause after wrong passwords for one account.
pub const PASSWORD_PAUSE: Duration = Duration::from_secs(20);

/// One-time codes that are tried with the right password in one step of 30 seconds. Three
/// of a million are right at any time: guessing one takes a month on average.
pub const CODES_PER_STEP: u32 = 3;

/// Bytes of the file of the organisation's logo.
pub const LOGO_BYTES: u64 = 256 << 10;
/// Pixels of the logo along a side: it is shown 224 wide at most.
pub const LOGO_SIDE: u32 = 1_000;
/// Bytes of the logo as pages show it: a first visit fetches them, over Tor too.
pub const LOGO_SHOWN_BYTES: u64 = 48 << 10;

/// How long a worker may take for one file.
pub const WORKER_TIME: Duration = Duration::from_mins(1);
/// How long a file waits for a worker before its sender is asked to try again later. A
/// proxy gives up a little later.
pub const CLEANING_PATIENCE: Duration = Duration::from_mins(2);
/// How long a reporter waits for a safe view; without one they can still have the file.
pub const VIEW_PATIENCE: Duration = Duration::from_secs(20);
/// Bytes of a safe view.
pub const VIEW_BYTES: u64 = 16 << 20;
/// Bytes of text in a safe view: what is behind them is in the file.
pub const VIEW_TEXT_BYTES: usize = 256 << 10;
/// Views of reporters that are made or not read to their end yet, one of a case: each is held
/// in memory for as long as a slow line takes.
pub const VIEWS_OF_REPORTERS: usize = 8;
/// How long an upload, or whoever reads an answer, may stand still.
pub const UPLOAD_IDLE: Duration = Duration::from_mins(2);
/// Bytes in a second that have to come, or be taken, on average over the time in which we
/// wait for them. Tor is twenty times as fast on a bad day; a place at a door that is held
/// by less is held to keep others out.
pub const LEAST_RATE: u64 = 1 << 10;
/// How long somebody may be slower than that at first.
pub const LEAST_RATE_GRACE: Duration = Duration::from_mins(5);
/// Bytes of a refused request that are read and thrown away, so that the person sees
/// the answer and not a broken connection.
pub const DRAIN_BYTES: u64 = 64 << 20;
/// How long that may take.
pub const DRAIN_TIME: Duration = Duration::from_secs(30);
/// Connections that may be drained at once.
pub const DRAINS: usize = 32;

/// Connections at once at the mirror, and at the onion service of each surface: whoever
/// fills one closes no other.
pub const CONNECTIONS: usize = 1024;
/// Files and connections that the process should be able to hold open: a crowd at the
/// mirror must leave some for the database, uploads and workers.
pub const OPEN_FILES: u64 = 2 * CONNECTIONS as u64;
/// Connections at once from one lane of the mirror, where that is a network.
pub const LANE_CONNECTIONS: usize = 64;
/// Lanes of the mirror: buckets of a keyed hash of the address's network.
pub const LANES: u64 = 256;
/// How long that key is used.
pub const LANE_KEY_TIME: Duration = Duration::from_hours(1);
/// How long a TLS handshake may take.
pub const HANDSHAKE_TIME: Duration = Duration::from_secs(15);
/// How long the head of a request may take.
pub const HEAD_TIME: Duration = Duration::from_mins(1);
/// Bytes of the head of a request.
pub const HEAD_BYTES: usize = 32 << 10;
/// What arti may hold in queues; above that it closes circuits.
#[cfg(feature = "onion")]
pub const ONION_MEMORY: &str = "512 MiB";
/// Rendezvous circuits at once, at one onion service.
#[cfg(feature = "onion")]
pub const ONION_CIRCUITS: usize = 4096;
/// Streams in one rendezvous circuit; one more ends it. Tor Browser opens about six.
#[cfg(feature = "onion")]
pub const ONION_STREAMS: u32 = 64;
/// How long a rendezvous circuit may stay without a stream.
#[cfg(feature = "onion")]
pub const ONION_CIRCUIT_IDLE: Duration = Duration::from_mins(10);
/// How long a look at our own front page through Tor may take.
#[cfg(feature = "onion")]
pub const ONION_PROBE_TIME: Duration = Duration::from_secs(90);
/// How long a stopped onion service may hold what its successor needs.
#[cfg(feature = "onion")]
pub const ONION_RELAUNCH_TIME: Duration = Duration::from_secs(10);
/// Connections to PostgreSQL. To SQLite there is one: it writes one after the other in any
/// case, and a second one would forget its pages each time the first has written.
pub const DATABASE_CONNECTIONS: u32 = 4;
/// How long a request waits for one of them before it gets an error page.
pub const DATABASE_PATIENCE: Duration = Duration::from_secs(20);
/// Objects that no row names and that are erased even if they are more than half of all.
/// More than that at once may be a sign that the database is not the right one.
pub const DOUBTFUL_OBJECTS: usize = 100;
/// How often expired drafts and needless objects are swept.
pub const SWEEP: Duration = Duration::from_hours(1);
/// How long requests may go on when the portal is told to stop.
pub const STOP_TIME: Duration = Duration::from_secs(20);
