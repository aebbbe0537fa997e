//! What may be logged: the machine, never a visit.
//!
//! No line because a request came, succeeded or failed in the ordinary way: the time of
//! such a line is data about a person. No address, no file name, no id, no text that
//! somebody typed. Only our own targets and arti's warnings pass, whatever `RUST_LOG`
//! says; nobody reads that variable here.

use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Targets of ours begin with this.
const OURS: &str = "sluse";
/// Crates of arti whose warnings concern the operator.
const ARTI: [&str; 2] = ["tor_hsservice", "tor_dirmgr"];

/// Starts the log on standard error and makes a panic say its place and nothing else.
pub fn start() {
    let arti = ARTI.map(|target| (target, Level::WARN));
    let targets = Targets::new().with_target(OURS, Level::INFO).with_targets(arti);
    let lines = tracing_subscriber::fmt::layer()
        .without_time()
        .with_ansi(false)
        .with_writer(std::io::stderr)
        .with_filter(targets);
    // A second call, in a test, changes nothing.
    let _ = tracing_subscriber::registry().with(lines).try_init();
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic can quote what was being worked on: it stays unsaid.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let thread = std::thread::current();
        let thread = thread.name().unwrap_or("unnamed");
        tracing::error!(target: "sluse::panic", thread, "panic at {place}");
    }));
}
