//! What every sealed value is bound to, on one page.
//!
//! An object is bound to its own id only, because a draft's file becomes a case's file
//! without being written again. Case, item, compartment, epoch and position are bound
//! in the wrap of the item's key.

use crate::store::cases::{Compartment, ReaderId};
use crate::store::{CaseId, FileId, HandlerId, ItemId, ObjectId, ReporterId};
use crate::vault::{Context, InstanceId, LookupId};

/// The contexts of one installation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contexts(pub(super) InstanceId);

/// Where an item stands in its case.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) case: CaseId,
    pub(super) compartment: Compartment,
    pub(super) epoch: i64,
    pub(super) position: i64,
}

impl Contexts {
    /// Of what is made for somebody who does not exist, and opened by nobody.
    pub(super) fn nobody() -> Context {
        Context::new("sluse/nobody", InstanceId([0; 16]))
    }

    /// The seed of an epoch, wrapped to a reader.
    pub(super) fn epoch(
        self,
        case: CaseId,
        compartment: Compartment,
        epoch: i64,
        reader: ReaderId,
    ) -> Context {
        self.of("sluse/epoch/v1")
            .with(case.as_bytes())
            .with(compartment.as_str().as_bytes())
            .with_number(epoch)
            .with(&reader)
    }

    /// The key of an item, wrapped to an epoch.
    pub(super) fn item_key(self, item: ItemId, place: Place) -> Context {
        self.of("sluse/item-key/v1")
            .with(item.as_bytes())
            .with(place.case.as_bytes())
            .with(place.compartment.as_str().as_bytes())
            .with_number(place.epoch)
            .with_number(place.position)
    }

    /// The body of an item, under the item's key.
    pub(super) fn item_body(self, item: ItemId) -> Context {
        self.of("sluse/item-body/v1").with(item.as_bytes())
    }

    /// A sealed attachment, under the key in its manifest.
    pub(super) fn object(self, object: ObjectId) -> Context {
        self.of("sluse/object/v1").with(object.as_bytes())
    }

    /// A spooled upload, under a key that exists in one request only.
    pub(super) fn spool(self) -> Context {
        self.of("sluse/spool/v1")
    }

    /// The text of a draft.
    pub(super) fn draft_body(self, draft: &LookupId) -> Context {
        self.of("sluse/draft-body/v1").with(draft.as_bytes())
    }

    /// The manifest of a draft's file.
    pub(super) fn draft_file(self, draft: &LookupId, file: FileId) -> Context {
        self.of("sluse/draft-file/v1").with(draft.as_bytes()).with(file.as_bytes())
    }

    /// The code of a sent draft, until it was typed back.
    pub(super) fn draft_code(self, draft: &LookupId) -> Context {
        self.of("sluse/draft-code/v1").with(draft.as_bytes())
    }

    /// The cookie's value of a draft that was saved for later, under the code's key.
    pub(super) fn saved_draft(self, draft: &LookupId) -> Context {
        self.of("sluse/saved-draft/v1").with(draft.as_bytes())
    }

    /// A reporter's seed, under the code's key.
    pub(super) fn reporter_seed(self, reporter: ReporterId) -> Context {
        self.of("sluse/reporter-seed/v1").with(reporter.as_bytes())
    }

    /// A handler's seed, under the password's key.
    pub(super) fn handler_seed(self, handler: HandlerId) -> Context {
        self.of("sluse/handler-seed/v1").with(handler.as_bytes())
    }

    /// A handler's second factor, under the password's key.
    pub(super) fn second_factor(self, handler: HandlerId) -> Context {
        self.of("sluse/second-factor/v1").with(handler.as_bytes())
    }

    /// A signature over a handler's public key.
    pub(super) fn vouch(self, handler: HandlerId) -> Context {
        self.of("sluse/vouch/v1").with(handler.as_bytes())
    }

    /// A seed in a session, under the cookie's key.
    pub(super) fn session(self) -> Context {
        self.of("sluse/session/v1")
    }

    /// A code that was not typed back yet, under the cookie's key.
    pub(super) fn proposed_code(self) -> Context {
        self.of("sluse/proposed-code/v1")
    }

    fn of(self, purpose: &'static str) -> Context {
        Context::new(purpose, self.0)
    }
}
