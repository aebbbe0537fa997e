//! The files of a case, both ways.

use super::attachment::{Manifest, Underway};
use super::dialogue::{Added, Content, Writing};
use super::incoming::{Incoming, Outcome, Received, shown_name};
use super::session::SignedIn;
use super::turns::Lane;
use super::{CaseId, Failure, ItemId, Portal};
use crate::store::cases::Compartment;
use crate::vault::Fingerprint;

impl Portal {
    /// Cleans a file that was received whole and adds it to a case, at once: what breaks off
    /// behind it takes nothing away. `once` comes from the form, so that the same file from
    /// the same page is one file, however often it is sent.
    ///
    /// Nothing is added of a file that was refused.
    pub async fn add_file(
        &self,
        who: &SignedIn,
        case: CaseId,
        once: ItemId,
        name: &str,
        incoming: Incoming,
        lane: Lane,
    ) -> Result<(Received, Added), Failure> {
        let fingerprint = incoming.fingerprint();
        let (outcome, kept) = self.clean_incoming(incoming, lane).await?;
        let received = Received { name: shown_name(name), outcome };
        let added = match (&received.outcome, kept, fingerprint) {
            (Outcome::Cleaned { manifest, .. }, Some((object, _)), Some(fingerprint)) => {
                let id = self.file_id(fingerprint, once, name);
                self.add_object(who, case, id, manifest, object).await?
            }
            _ => Added::Before,
        };
        Ok((received, added))
    }

    /// The number of a form is stored nowhere: nobody can try whether a file they have is one
    /// that somebody sent.
    fn file_id(&self, fingerprint: Fingerprint, once: ItemId, name: &str) -> ItemId {
        ItemId::from_bytes(fingerprint.id(self.tokens(), &[once.as_bytes(), name.as_bytes()]))
    }

    async fn add_object(
        &self,
        who: &SignedIn,
        case: CaseId,
        id: ItemId,
        manifest: &Manifest,
        object: Underway,
    ) -> Result<Added, Failure> {
        let writing = Writing {
            id,
            compartment: Compartment::Content,
            by: who.author(),
            content: Content::Attachment(Box::new(manifest.clone())),
            object: Some(object.id),
        };
        let added = self.write(who, case, writing).await?;
        // After an error nobody knows whether the row is there: the sweep will.
        if added != Added::Written {
            self.erase_objects([object.id]).await?;
        }
        Ok(added)
    }
}
