//! Who is signed in: in memory only, and even there nothing that opens anything.
//!
//! A session is split. The cookie holds one half, this table a seed sealed under that
//! half and a key of this process; between two requests no usable key is in memory. A
//! restart signs everybody out, drafts stay.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::changing::Proposal;
use super::contexts::Contexts;
use super::{CaseId, CodeLength, HandlerId, HandlerName};
use crate::clock::{Clock, Day};
use crate::limits::{SESSION_IDLE, SESSION_TOTAL, SESSIONS};
use crate::store::ReporterId;
use crate::store::cases::ReaderId;
use crate::vault::token::Ticket;
use crate::vault::{InstanceId, Key, KeyPair, LookupId, Sealed};

/// Whose session it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A reporter, and the one case the code opens.
    Reporter {
        /// Who.
        reporter: ReporterId,
        /// Their case.
        case: CaseId,
        /// The code that opened it.
        code: CodeInUse,
        /// The day on which it was last used before, if this process saw it.
        last: Option<Day>,
    },
    /// A handler.
    Handler {
        /// Who.
        handler: HandlerId,
        /// Their name.
        name: HandlerName,
    },
}

/// What a session knows of the code it was begun with: nothing that opens anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeInUse {
    pub(super) lookup: LookupId,
    pub(super) length: CodeLength,
}

/// Somebody who is signed in, with keys for this one request.
#[derive(Debug)]
pub struct SignedIn {
    /// Whose session it is.
    pub owner: Owner,
    pub(super) keys: KeyPair,
}

impl SignedIn {
    /// Under which id wraps are kept for this person.
    pub(super) fn reader(&self) -> ReaderId {
        match &self.owner {
            Owner::Reporter { reporter, .. } => *reporter.as_bytes(),
            Owner::Handler { handler, .. } => *handler.as_bytes(),
        }
    }

    /// The one case of a reporter.
    pub fn reporters_case(&self) -> Option<CaseId> {
        match &self.owner {
            Owner::Reporter { case, .. } => Some(*case),
            Owner::Handler { .. } => None,
        }
    }

    /// On which day a reporter's code was last used before, if this process saw it.
    pub fn last_sign_in(&self) -> Option<Day> {
        match &self.owner {
            Owner::Reporter { last, .. } => *last,
            Owner::Handler { .. } => None,
        }
    }

    /// Whether this is a handler.
    pub fn is_handler(&self) -> bool {
        matches!(self.owner, Owner::Handler { .. })
    }
}

#[derive(Debug)]
pub(super) struct Session {
    pub(super) owner: Owner,
    /// Door and surface the session was made at; it holds nowhere else.
    pub(super) place: &'static str,
    seed: Sealed,
    begun: Instant,
    pub(super) touched: Instant,
    /// A new code that was not typed back yet.
    pub(super) proposal: Option<Proposal>,
    /// Whether a new code was typed back.
    pub(super) has_new_code: bool,
}

/// All sessions of this process.
#[derive(Debug)]
pub struct Sessions {
    pub(super) contexts: Contexts,
    pub(super) clock: Clock,
    /// Half of every session's key; the other half is in the cookie.
    process: Key,
    table: Mutex<HashMap<[u8; 32], Session>>,
}

impl Sessions {
    /// No sessions yet.
    pub fn new(instance: InstanceId, clock: Clock) -> Self {
        let (contexts, process) = (Contexts(instance), Key::random());
        Sessions { contexts, clock, process, table: Mutex::default() }
    }

    /// Signs somebody in at a place: returns the ticket for the cookie. For nobody it does the
    /// same, but that the ticket opens nothing and no session has to end for it.
    pub(super) fn begin(
        &self,
        owner: Option<Owner>,
        place: &'static str,
        keys: &KeyPair,
    ) -> Ticket {
        let ticket = Ticket::random();
        let seed = Sealed::key(&self.key_of(&ticket), &self.contexts.session(), keys.seed());
        let now = self.clock.now();
        let (begun, touched) = (now, now);
        let (proposal, has_new_code) = (None, false);
        let session = owner.map(|owner| Session {
            owner,
            place,
            seed,
            begun,
            touched,
            proposal,
            has_new_code,
        });
        let mut sessions = self.lock();
        sessions.retain(|_, session| session.holds(now));
        let id = id_of(&ticket);
        let is_full = sessions.len() >= SESSIONS;
        let idle = sessions.iter().filter(|_| is_full).min_by_key(|(_, session)| session.touched);
        let idle = idle.map(|(id, _)| *id);
        let Some(session) = session else { return ticket };
        idle.and_then(|id| sessions.remove(&id));
        sessions.insert(id, session);
        ticket
    }

    /// Who holds this ticket at this place, with keys for one request.
    pub fn resume(&self, ticket: &Ticket, place: &'static str) -> Option<SignedIn> {
        let now = self.clock.now();
        let (owner, seed) = {
            let mut sessions = self.lock();
            let session =
                sessions.get_mut(&id_of(ticket)).filter(|session| session.place == place)?;
            if !session.holds(now) {
                sessions.remove(&id_of(ticket));
                return None;
            }
            session.touched = now;
            (session.owner.clone(), session.seed.clone())
        };
        let seed =
            seed.into_stored().open_key(&self.key_of(ticket), &self.contexts.session()).ok()?;
        Some(SignedIn { owner, keys: KeyPair::from_seed(seed) })
    }

    /// Whether somebody is signed in with this ticket at this place.
    pub fn holds(&self, ticket: &Ticket, place: &'static str) -> bool {
        let now = self.clock.now();
        let sessions = self.lock();
        sessions.get(&id_of(ticket)).is_some_and(|s| s.place == place && s.holds(now))
    }

    /// How long somebody stays signed in from this moment, if nothing more comes from them.
    pub fn rest(&self, ticket: &Ticket, place: &'static str) -> Option<Duration> {
        let now = self.clock.now();
        let sessions = self.lock();
        let session = sessions.get(&id_of(ticket)).filter(|s| s.place == place && s.holds(now))?;
        let in_all = SESSION_TOTAL.saturating_sub(now.duration_since(session.begun));
        Some(in_all.min(SESSION_IDLE))
    }

    /// Counts a byte that arrived as a sign of life: a slow upload must not end in a
    /// sign-in page.
    pub fn touch(&self, ticket: &Ticket) {
        let now = self.clock.now();
        if let Some(session) = self.lock().get_mut(&id_of(ticket)).filter(|s| s.holds(now)) {
            session.touched = now;
        }
    }

    /// Signs out.
    pub fn end(&self, ticket: &Ticket) {
        self.lock().remove(&id_of(ticket));
    }

    pub(super) fn key_of(&self, ticket: &Ticket) -> Key {
        let cookie = ticket.key("sluse/session/cookie-half");
        let mut both = zeroize::Zeroizing::new([0u8; 32]);
        crate::vault::secret::expand(
            self.process.expose(),
            &[b"sluse/session/key", &cookie.expose()[..]].concat(),
            &mut *both,
        );
        Key::from_bytes(*both)
    }

    pub(super) fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Session>> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Whether it has not ended by itself.
    pub(super) fn holds(&self, now: Instant) -> bool {
        now.duration_since(self.touched) < SESSION_IDLE
            && now.duration_since(self.begun) < SESSION_TOTAL
    }
}

pub(super) fn id_of(ticket: &Ticket) -> [u8; 32] {
    let id: LookupId = ticket.id("sluse/session/id");
    *id.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> Owner {
        let lookup = Ticket::random().id("test");
        let code = CodeInUse { lookup, length: CodeLength::Usual };
        Owner::Reporter { reporter: ReporterId::random(), case: CaseId::random(), code, last: None }
    }

    #[test]
    fn a_session_holds_at_the_place_it_was_made_at_until_it_is_ended() {
        let sessions = Sessions::new(InstanceId([0; 16]), Clock::system());
        let (owner, keys) = (owner(), KeyPair::random());
        let ticket = sessions.begin(Some(owner.clone()), "onion reporter", &keys);
        let signed_in = sessions.resume(&ticket, "onion reporter").unwrap();
        assert_eq!(signed_in.owner, owner);
        assert_eq!(signed_in.keys.seed().expose(), keys.seed().expose());
        assert!(sessions.resume(&ticket, "mirror reporter").is_none());
        sessions.end(&ticket);
        assert!(sessions.resume(&ticket, "onion reporter").is_none());
    }

    #[test]
    fn a_ticket_nobody_signed_in_with_is_no_session() {
        let sessions = Sessions::new(InstanceId([0; 16]), Clock::system());
        assert!(sessions.resume(&Ticket::random(), "onion reporter").is_none());
    }

    /// Or wrong codes would sign people out.
    #[test]
    fn nobody_is_signed_in_and_nobody_is_signed_out_for_it() {
        let sessions = Sessions::new(InstanceId([0; 16]), Clock::system());
        for _ in 0..SESSIONS {
            sessions.begin(Some(owner()), "onion reporter", &KeyPair::random());
        }
        let ticket = sessions.begin(None, "onion reporter", &KeyPair::random());
        assert!(sessions.resume(&ticket, "onion reporter").is_none());
        assert_eq!(sessions.lock().len(), SESSIONS);
    }

    #[test]
    fn a_session_says_how_long_it_goes_on_and_no_longer_than_it_may_in_all() {
        let clock = Clock::fixed(0);
        let sessions = Sessions::new(InstanceId([0; 16]), clock.clone());
        let ticket = sessions.begin(Some(owner()), "onion reporter", &KeyPair::random());
        let rest = || sessions.rest(&ticket, "onion reporter");
        assert_eq!(rest(), Some(SESSION_IDLE));
        assert_eq!(sessions.rest(&ticket, "mirror reporter"), None);
        let (step, last) = (Duration::from_mins(25), Duration::from_mins(5));
        for _ in 0..SESSION_TOTAL.saturating_sub(last).as_secs() / step.as_secs() {
            clock.pass(step);
            assert!(sessions.resume(&ticket, "onion reporter").is_some());
        }
        assert_eq!(rest(), Some(last));
        clock.pass(last.saturating_sub(Duration::from_secs(1)));
        assert!(sessions.holds(&ticket, "onion reporter"));
        clock.pass(Duration::from_secs(1));
        assert_eq!(rest(), None);
        assert!(sessions.resume(&ticket, "onion reporter").is_none());
    }

    #[test]
    fn a_session_ends_when_nobody_comes_and_not_before() {
        let clock = Clock::fixed(0);
        let sessions = Sessions::new(InstanceId([0; 16]), clock.clone());
        let ticket = sessions.begin(Some(owner()), "onion reporter", &KeyPair::random());
        for _ in 0..2 {
            clock.pass(SESSION_IDLE.saturating_sub(Duration::from_secs(1)));
            sessions.touch(&ticket);
        }
        // The calendar may be put right meanwhile.
        clock.advance(86_400);
        assert!(sessions.holds(&ticket, "onion reporter"));
        clock.pass(SESSION_IDLE);
        assert!(!sessions.holds(&ticket, "onion reporter"));
        sessions.touch(&ticket);
        assert!(sessions.resume(&ticket, "onion reporter").is_none(), "nor does it come back");
    }

    #[test]
    fn the_table_alone_opens_no_session() {
        let sessions = Sessions::new(InstanceId([0; 16]), Clock::system());
        let ticket = sessions.begin(Some(owner()), "onion reporter", &KeyPair::random());
        let stolen = sessions.lock().remove(&id_of(&ticket)).unwrap().seed.into_stored();
        let without_cookie = sessions.key_of(&Ticket::random());
        assert!(stolen.open_key(&without_cookie, &sessions.contexts.session()).is_err());
        assert!(stolen.open_key(&sessions.process, &sessions.contexts.session()).is_err());
    }
}
