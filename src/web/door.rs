//! How somebody came, as far as a page may know it.
//!
//! The transport turns an address into these few words when it accepts a connection, and
//! drops the address. Nothing behind it can log what it does not have.

use crate::domain::derivations::Class;
use crate::domain::turns::Lane;

/// The onion service or the mirror.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// The onion service.
    Onion,
    /// The clearnet mirror.
    Mirror,
}

/// Whose pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surface {
    /// Reporters' pages.
    Reporter,
    /// Handlers' pages.
    Handler,
}

/// From which kind of network somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// By the onion address.
    Onion,
    /// By the mirror, through a Tor exit.
    TorExit,
    /// By the mirror, from a network the organisation declared as its own.
    OwnNetwork,
    /// By the mirror, from anywhere else.
    OpenNet,
    /// Behind a proxy: the pages claim nothing.
    Unknown,
}

impl Arrival {
    /// The word in templates; none where the pages claim nothing.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Arrival::Onion => "onion",
            Arrival::TorExit => "tor-exit",
            Arrival::OwnNetwork => "own-network",
            Arrival::OpenNet => "open-net",
            Arrival::Unknown => "",
        }
    }
}

/// What the transport says about a connection.
#[derive(Clone, Copy, Debug)]
pub struct Front {
    /// By which door.
    pub door: Door,
    /// The one surface behind an onion service. Without it, whoever knows the handlers'
    /// onion address could ask for their pages through the reporters' service, past the
    /// client authorisation. None at the mirror, where the host decides.
    pub only: Option<Surface>,
    /// Whether the browser speaks TLS, with us or with the proxy before us.
    pub secure: bool,
    /// From which kind of network.
    pub arrival: Arrival,
    /// With whom this connection shares its turns.
    pub lane: Lane,
}

impl Front {
    /// The class of a reporter who signs in.
    pub(crate) fn reporter_class(&self) -> Class {
        match self.door {
            Door::Onion => Class::OnionReporter,
            Door::Mirror => Class::MirrorReporter,
        }
    }

    /// The class of a report that is sent.
    pub(crate) fn report_class(&self) -> Class {
        match self.door {
            Door::Onion => Class::OnionReport,
            Door::Mirror => Class::MirrorReport,
        }
    }

    /// The class of a handler.
    pub(crate) fn handler_class(&self) -> Class {
        match self.door {
            Door::Onion => Class::OnionHandler,
            Door::Mirror => Class::MirrorHandler,
        }
    }
}

impl Surface {
    /// The word in cookies and templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Surface::Reporter => "reporter",
            Surface::Handler => "handler",
        }
    }
}

/// Where cookies and sessions hold: one surface at one door.
pub(crate) fn place(surface: Surface, door: Door) -> &'static str {
    match (surface, door) {
        (Surface::Reporter, Door::Onion) => "reporter-onion",
        (Surface::Reporter, Door::Mirror) => "reporter-mirror",
        (Surface::Handler, Door::Onion) => "handler-onion",
        (Surface::Handler, Door::Mirror) => "handler-mirror",
    }
}
