//! The settings of every tor in the network.
//!
//! Each group of lines avoids a way in which a young and tiny network fails. None of
//! them makes sense outside a test.

use std::fmt::Write;
use std::path::Path;
use std::process;

use crate::keys::Authority;

/// How the authorities come to their first consensus.
///
/// tor publishes a consensus at whole multiples of the interval since midnight. The
/// offset moves this grid so that it begins at the start of the processes: nobody
/// waits for a round second, and the relays have nearly the whole interval to tell
/// the authorities of themselves. Who comes too late is missing for half an hour.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Voting {
    /// Seconds from start to the first consensus. Must divide half an hour.
    pub(crate) interval: u64,
    /// Seconds by which the grid is moved.
    pub(crate) offset: u64,
}

/// What every tor needs.
///
/// - `PathsNeededToBuildCircuits`: with eight relays one missing descriptor is
///   already more than the usual share.
/// - `V3AuthNIntervalsValid 3`: the consensus outlives the longest test run.
/// - `LearnCircuitBuildTimeout 0`: circuits on loopback take a millisecond. A tor
///   that learns from that gives up on circuits under load and hangs for a minute.
/// - `__OwningControllerProcess`: a tor ends when the program that started it is
///   gone, should it be killed before it could take the control connection.
/// - `ShutdownWaitLength 0`: no half minute of farewell at the end of each test.
pub(crate) fn common(
    name: &str,
    folder: &Path,
    control_port: u16,
    authorities: &[Authority],
) -> String {
    let mut text = format!(
        "TestingTorNetwork 1
Nickname {name}
DataDirectory {folder}
Log notice stdout
RunAsDaemon 0
Sandbox 0
ShutdownWaitLength 0
ControlPort 127.0.0.1:{control_port}
CookieAuthentication 1
__OwningControllerProcess {owner}
PathsNeededToBuildCircuits 0.67
V3AuthNIntervalsValid 3
LearnCircuitBuildTimeout 0
CircuitBuildTimeout 30
",
        folder = folder.display(),
        owner = process::id(),
    );
    for Authority { name, or_port, dir_port, v3_ident, rsa_identity, .. } in authorities {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "DirAuthority {name} orport={or_port} no-v2 v3ident={v3_ident} \
             127.0.0.1:{dir_port} {rsa_identity}"
        );
    }
    text
}

/// What authorities and relays need beyond [`common`].
///
/// - `AssumeReachable 1`: a relay otherwise tests itself first, through circuits that
///   cannot exist yet, and misses the first consensus.
/// - `ExitPolicy*`, `ServerDNS*`: no relay asks a name server for anything.
/// - `DoS*`: all clients of a load test come from one address.
/// - `TestingServerConsensusDownloadInitialDelay`: who asks for the consensus before
///   there is one is told to come back later, and later, at growing random intervals.
pub(crate) fn relay(or_port: u16, dir_port: u16, interval: u64) -> String {
    format!(
        "SocksPort 0
Address 127.0.0.1
ORPort 127.0.0.1:{or_port} IPv4Only
DirPort 127.0.0.1:{dir_port}
ContactInfo none
AssumeReachable 1
NumCPUs 1
ExitPolicyRejectPrivate 0
ExitPolicy accept *:*
ServerDNSDetectHijacking 0
ServerDNSTestAddresses
ServerDNSResolvConfFile /dev/null
DoSConnectionEnabled 0
DoSCircuitCreationEnabled 0
TestingServerConsensusDownloadInitialDelay {first_look}
",
        first_look = interval + 1,
    )
}

/// Lets the ordinary relays be exits: tor counts paths to exits when it judges
/// whether it knows enough of the network, even if none is ever used.
pub(crate) const EXIT: &str = "ExitRelay 1\n";

/// What authorities need beyond [`relay`].
///
/// - `TestingDirAuthVote*`: young relays without measured bandwidth get their flags.
/// - First interval short, the others half an hour: one consensus lasts a test run,
///   and a busy machine cannot miss the signatures of a second one.
/// - `hsdir_interval=720`: a testing tor takes 24 voting intervals as the time period
///   of onion services and ignores this parameter, arti obeys it. If the two differ,
///   services publish where clients never look (24 x 1800 s = 720 min).
pub(crate) fn authority(Voting { interval, offset }: Voting) -> String {
    format!(
        "ExitRelay 0
AuthoritativeDirectory 1
V3AuthoritativeDirectory 1
TestingDirAuthVoteExit *
TestingDirAuthVoteGuard *
TestingDirAuthVoteHSDir *
TestingMinExitFlagThreshold 0
TestingV3AuthInitialVotingInterval {interval}
TestingV3AuthInitialVoteDelay 2
TestingV3AuthInitialDistDelay 2
TestingV3AuthVotingStartOffset {offset}
V3AuthVotingInterval 1800
V3AuthVoteDelay 30
V3AuthDistDelay 30
ConsensusParams hsdir_interval=720
"
    )
}

/// What the client needs beyond [`common`].
///
/// - `ExtendedErrors` says why an onion service could not be reached, so that a test
///   can tell a missing client key from a service that is down.
/// - `ClientOnionAuthDir`: tor forgets keys that it does not keep there whenever it is
///   asked for new circuits, and does that up to ten seconds after it was asked.
pub(crate) fn client(socks_port: u16, keys: &Path) -> String {
    format!(
        "SocksPort 127.0.0.1:{socks_port} ExtendedErrors\nClientOnionAuthDir {}\n",
        keys.display()
    )
}

/// What a tor that offers an onion service needs beyond [`common`].
pub(crate) fn onion_service(service: &Path, app_port: u16) -> String {
    format!(
        "SocksPort 0
HiddenServiceDir {}
HiddenServicePort 80 127.0.0.1:{app_port}
",
        service.display()
    )
}
