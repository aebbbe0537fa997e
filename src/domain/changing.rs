//! Another code for the same case.
//!
//! Somebody who thinks that their code was seen must be able to change the lock, and must
//! not stand outside if the connection breaks meanwhile. So the new code is shown first,
//! and opens nothing; only when it was typed back does it take the place of the old one, in
//! one transaction. Until then it is in the session alone: sealed under a key of which half
//! is in the cookie, and gone with the session.

use super::derivations::Class;
use super::intake::NewCode;
use super::session::{CodeInUse, Owner, Sessions, SignedIn, id_of};
use super::turns::Lane;
use super::waiting::{Alone, Progress};
use super::{CaseId, CodeLength, Failure, Portal, ReceiptCode, Ticket};
use crate::store::{ReporterId, StoreError, drafts, reporters};
use crate::vault::{LookupId, Sealed};

/// A new code that was not typed back yet: what its slow derivation gave is used up already,
/// for a row that nobody has written.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    code: Sealed,
    lookup: LookupId,
    seed: Sealed,
}

/// What came of asking for a new code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proposed {
    /// It is there, to be shown and typed back.
    Ready,
    /// The session ended meanwhile.
    SignedOut,
}

/// What came of typing it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is the code of the case now, and the old one is none.
    Done,
    /// Something else was typed.
    Wrong,
    /// There is no new code.
    NoProposal,
    /// The code was changed in another session: this one is over.
    SignedOut,
}

/// A session, by its ticket and the place where it holds.
pub type At<'a> = (&'a Ticket, &'static str);

impl Portal {
    /// Begins to make a new code; see [`Portal::propose_code`].
    pub async fn begin_proposal(
        &self,
        (session, place): At<'_>,
        length: CodeLength,
        class: Class,
        lane: Lane,
    ) -> Progress<Proposed> {
        let (portal, ticket) = (self.clone(), session.clone());
        let work = async move { portal.propose_code((&ticket, place), length, class, lane).await };
        self.parts().proposals.start(session, Alone::Ends, work).await
    }

    /// Whether the new code of this session has been made meanwhile.
    pub async fn proposal_progress(&self, session: &Ticket) -> Progress<Proposed> {
        self.parts().proposals.ask(session).await
    }

    /// Makes a new code for the reporter of a session. Who asks twice gets one code.
    pub async fn propose_code(
        &self,
        session: At<'_>,
        length: CodeLength,
        class: Class,
        lane: Lane,
    ) -> Result<Proposed, Failure> {
        if self.proposed_code(session).is_some() {
            return Ok(Proposed::Ready);
        }
        let new = self.new_code(length, class, lane).await?;
        // Only now, with keys for a moment: the queue may have been long.
        let Some(who) = self.sessions().resume(session.0, session.1) else {
            return Ok(Proposed::SignedOut);
        };
        let Some((reporter, ..)) = reporter(&who) else { return Ok(Proposed::SignedOut) };
        let context = self.contexts().reporter_seed(reporter);
        let seed = Sealed::key(&new.keys.key, &context, who.keys.seed());
        let kept = self.sessions().propose(session, &new, seed);
        Ok(if kept { Proposed::Ready } else { Proposed::SignedOut })
    }

    /// The new code of a session, until it was typed back.
    pub fn proposed_code(&self, session: At<'_>) -> Option<ReceiptCode> {
        let proposal = self.sessions().proposal(session)?;
        self.sessions().open_proposal(session.0, &proposal)
    }

    /// Puts the new code in the place of the old one, if it was typed back rightly.
    pub async fn change_code(
        &self,
        who: &SignedIn,
        session: At<'_>,
        typed: &str,
    ) -> Result<Changed, Failure> {
        let Some((reporter, case, old)) = reporter(who) else { return Ok(Changed::SignedOut) };
        let Some(proposal) = self.sessions().proposal(session) else {
            // A second click, whose first one was not answered.
            let is_done = self.sessions().has_new_code(session);
            return Ok(if is_done { Changed::Done } else { Changed::NoProposal });
        };
        let code = self.sessions().open_proposal(session.0, &proposal);
        let typed = ReceiptCode::parse(typed).ok();
        let Some(code) = code.filter(|code| typed.is_some_and(|typed| typed.is(code))) else {
            return Ok(Changed::Wrong);
        };
        let mut transaction = self.parts().store.begin().await?;
        let (both, seed) = ((&old.lookup, &proposal.lookup), &proposal.seed);
        if !reporters::change_code(&mut transaction, reporter, both, seed).await? {
            let found = reporters::find(&mut transaction, &proposal.lookup).await?;
            if found.is_some_and(|row| row.id == reporter) {
                // It was changed, and the answer was lost before others were signed out.
                let code = CodeInUse { lookup: proposal.lookup, length: code.length() };
                self.sessions().take_new_code(session.0, reporter, code);
                return Ok(Changed::Done);
            }
            self.sessions().end(session.0);
            return Ok(Changed::SignedOut);
        }
        // A receipt that was left open would go on showing a code that opens nothing.
        drafts::erase_receipt(&mut transaction, case).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        let code = CodeInUse { lookup: proposal.lookup, length: code.length() };
        self.sessions().take_new_code(session.0, reporter, code);
        self.forget_erased().await;
        Ok(Changed::Done)
    }

    /// Keeps the old code.
    pub fn drop_proposal(&self, session: &Ticket) {
        if let Some(session) = self.sessions().lock().get_mut(&id_of(session)) {
            session.proposal = None;
        }
    }
}

impl SignedIn {
    /// How long the code is that a reporter signed in with.
    pub fn code_length(&self) -> Option<CodeLength> {
        reporter(self).map(|(.., code)| code.length)
    }
}

fn reporter(who: &SignedIn) -> Option<(ReporterId, CaseId, CodeInUse)> {
    match &who.owner {
        Owner::Reporter { reporter, case, code, .. } => Some((*reporter, *case, *code)),
        Owner::Handler { .. } => None,
    }
}

impl Sessions {
    /// Keeps a new code in its session, unless there is one: whoever wrote down what the first
    /// of two clicks made must not be told that it is wrong. False if the session is over.
    fn propose(&self, (ticket, place): At<'_>, new: &NewCode, seed: Sealed) -> bool {
        let context = self.contexts.proposed_code();
        let code = Sealed::new(&self.key_of(ticket), &context, new.code.padded().as_bytes());
        let now = self.clock.now();
        let mut sessions = self.lock();
        let session = sessions.get_mut(&id_of(ticket));
        let Some(session) = session.filter(|s| s.place == place && s.holds(now)) else {
            return false;
        };
        session.proposal.get_or_insert(Proposal { code, lookup: new.keys.lookup, seed });
        session.has_new_code = false;
        true
    }

    fn proposal(&self, (ticket, place): At<'_>) -> Option<Proposal> {
        let now = self.clock.now();
        let sessions = self.lock();
        let session = sessions.get(&id_of(ticket));
        session.filter(|s| s.place == place && s.holds(now))?.proposal.clone()
    }

    fn open_proposal(&self, ticket: &Ticket, proposal: &Proposal) -> Option<ReceiptCode> {
        let sealed = proposal.code.clone().into_stored();
        let digits = sealed.open(&self.key_of(ticket), &self.contexts.proposed_code()).ok()?;
        ReceiptCode::parse(std::str::from_utf8(&digits).ok()?).ok()
    }

    fn has_new_code(&self, (ticket, place): At<'_>) -> bool {
        let sessions = self.lock();
        sessions.get(&id_of(ticket)).is_some_and(|s| s.place == place && s.has_new_code)
    }

    /// Goes on with the new code, and signs everybody else out who came with the old one:
    /// that may be the one who saw it.
    fn take_new_code(&self, ticket: &Ticket, reporter: ReporterId, new: CodeInUse) {
        let mine = id_of(ticket);
        let is_theirs = |owner: &Owner| matches!(owner, Owner::Reporter { reporter: id, .. } if *id == reporter);
        let mut sessions = self.lock();
        sessions.retain(|id, session| *id == mine || !is_theirs(&session.owner));
        if let Some(session) = sessions.get_mut(&mine) {
            if let Owner::Reporter { code, .. } = &mut session.owner {
                *code = new;
            }
            session.proposal = None;
            session.has_new_code = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;
    use crate::clock::Clock;
    use crate::limits::SESSION_IDLE;
    use crate::vault::{Cost, InstanceId, Key, KeyPair, Pepper};

    const PLACE: &str = "onion reporter";

    fn new_code() -> NewCode {
        let code = ReceiptCode::random_of(CodeLength::Long);
        let keys = code.derive(&Pepper::random(), &[0; 16], Cost { memory_kib: 64, passes: 1 });
        NewCode { code, keys }
    }

    fn seed() -> Sealed {
        Sealed::key(
            &Key::random(),
            &crate::vault::Context::new("test", InstanceId([0; 16])),
            &Key::random(),
        )
    }

    fn signed_in(sessions: &Sessions, reporter: ReporterId) -> Ticket {
        let lookup = Ticket::random().id("test");
        let code = CodeInUse { lookup, length: CodeLength::Usual };
        let owner = Owner::Reporter { reporter, case: CaseId::random(), code, last: None };
        sessions.begin(Some(owner), PLACE, &KeyPair::random())
    }

    #[test]
    fn the_first_of_two_new_codes_is_kept() {
        let sessions = Sessions::new(InstanceId([0; 16]), Clock::system());
        let ticket = signed_in(&sessions, ReporterId::random());
        let (first, second) = (new_code(), new_code());
        assert!(sessions.propose((&ticket, PLACE), &first, seed()));
        assert!(sessions.propose((&ticket, PLACE), &second, seed()));
        let kept = sessions.proposal((&ticket, PLACE)).unwrap();
        assert!(sessions.open_proposal(&ticket, &kept).unwrap().is(&first.code));
    }

    #[test]
    fn a_new_code_belongs_to_one_session_at_one_place_and_opens_with_its_cookie_alone() {
        let sessions = Sessions::new(InstanceId([0; 16]), Clock::system());
        let reporter = ReporterId::random();
        let (mine, other) = (signed_in(&sessions, reporter), signed_in(&sessions, reporter));
        assert!(!sessions.propose((&mine, "mirror reporter"), &new_code(), seed()));
        assert!(!sessions.propose((&Ticket::random(), PLACE), &new_code(), seed()));
        assert!(sessions.propose((&mine, PLACE), &new_code(), seed()));
        assert!(sessions.proposal((&other, PLACE)).is_none());
        assert!(sessions.proposal((&mine, "mirror reporter")).is_none());
        let stolen = sessions.proposal((&mine, PLACE)).unwrap();
        assert!(sessions.open_proposal(&other, &stolen).is_none());
        let long_ago = Instant::now().checked_sub(SESSION_IDLE).unwrap();
        sessions.lock().get_mut(&id_of(&mine)).unwrap().touched = long_ago;
        assert!(sessions.proposal((&mine, PLACE)).is_none(), "the session is over");
        assert!(!sessions.propose((&mine, PLACE), &new_code(), seed()));
    }

    #[test]
    fn a_changed_code_signs_out_who_came_with_the_old_one_and_nobody_else() {
        let sessions = Sessions::new(InstanceId([0; 16]), Clock::system());
        let reporter = ReporterId::random();
        let (mine, thief) = (signed_in(&sessions, reporter), signed_in(&sessions, reporter));
        let stranger = signed_in(&sessions, ReporterId::random());
        let new = CodeInUse { lookup: Ticket::random().id("new"), length: CodeLength::Long };
        sessions.take_new_code(&mine, reporter, new);
        assert!(sessions.resume(&thief, PLACE).is_none());
        assert!(sessions.resume(&stranger, PLACE).is_some());
        assert_eq!(sessions.resume(&mine, PLACE).unwrap().code_length(), Some(CodeLength::Long));
    }
}
