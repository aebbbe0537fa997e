//! Cookies the server recognises as its own, and form tokens bound to them.
//!
//! A cookie that somebody else planted must never become a session, and a form on
//! another site must never be accepted as ours. Both are decided by a keyed hash,
//! without a row in a table that would show that somebody was here.

use data_encoding::BASE64URL_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::context::Context;
use super::sealed::{CannotOpen, Sealed, Stored};
use super::secret::{Key, expand, random};

/// Random bytes in a ticket.
const RANDOM: usize = 32;
/// Bytes of the tag that shows a ticket to be ours.
const TAG: usize = 16;

/// A random value in a cookie, which this server made.
#[derive(Clone)]
pub struct Ticket(Key);

impl Ticket {
    /// Makes a new ticket.
    pub fn random() -> Self {
        Ticket(Key::from_bytes(random::<RANDOM>()))
    }

    /// Reads a cookie; none if this server did not make it for this purpose.
    pub fn parse(cookie: &str, purpose: &str, tokens: &Key) -> Option<Self> {
        let bytes = Zeroizing::new(BASE64URL_NOPAD.decode(cookie.as_bytes()).ok()?);
        let (value, tag) = bytes.split_at_checked(RANDOM)?;
        let ticket = Ticket(Key::from_slice(value)?);
        bool::from(ticket.tag(purpose, tokens).ct_eq(tag)).then_some(ticket)
    }

    /// The cookie's value.
    pub fn to_cookie(&self, purpose: &str, tokens: &Key) -> String {
        let tag = self.tag(purpose, tokens);
        BASE64URL_NOPAD.encode(&Zeroizing::new([&self.0.expose()[..], &tag].concat()))
    }

    /// Compares without telling how much agrees.
    pub fn is(&self, other: &Ticket) -> bool {
        self.0.expose().ct_eq(other.0.expose()).into()
    }

    /// Seals it, so that whoever has `under` can hold it again.
    pub fn seal(&self, under: &Key, context: &Context) -> Sealed {
        Sealed::key(under, context, &self.0)
    }

    /// Opens what [`Ticket::seal`] made.
    pub fn open(under: &Key, context: &Context, stored: &Stored) -> Result<Self, CannotOpen> {
        stored.open_key(under, context).map(Ticket)
    }

    /// The key that only whoever holds this cookie has.
    pub fn key(&self, purpose: &'static str) -> Key {
        self.0.derive(purpose)
    }

    /// A key that only whoever holds this cookie and the other ticket has.
    pub fn key_with(&self, other: &Ticket, purpose: &'static str) -> Key {
        let mut key = Zeroizing::new([0; RANDOM]);
        let info = Zeroizing::new([purpose.as_bytes(), other.0.expose()].concat());
        expand(self.0.expose(), &info, &mut *key);
        Key::from_bytes(*key)
    }

    /// A ticket that only whoever holds this one can make, for one purpose among `parts`.
    #[must_use]
    pub fn within(&self, purpose: &'static str, parts: &[&[u8]]) -> Ticket {
        Ticket(Key::from_bytes(mac(&self.key(purpose), parts)))
    }

    /// An id for this ticket that does not tell the ticket.
    pub fn id(&self, purpose: &'static str) -> super::LookupId {
        super::LookupId(*self.0.derive(purpose).expose())
    }

    /// The token that every form given to this cookie's holder carries.
    pub fn form_token(&self, purpose: &str, tokens: &Key) -> String {
        let mac = mac(tokens, &[b"form", purpose.as_bytes(), self.0.expose()]);
        BASE64URL_NOPAD.encode(&mac)
    }

    /// Whether a form came with the token of this cookie.
    pub fn is_form_token(&self, token: &str, purpose: &str, tokens: &Key) -> bool {
        self.form_token(purpose, tokens).as_bytes().ct_eq(token.as_bytes()).into()
    }

    fn tag(&self, purpose: &str, tokens: &Key) -> [u8; TAG] {
        let mac = mac(tokens, &[b"cookie", purpose.as_bytes(), self.0.expose()]);
        let mut tag = [0u8; TAG];
        tag.copy_from_slice(mac.split_at(TAG).0);
        tag
    }
}

impl std::fmt::Debug for Ticket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ticket(…)")
    }
}

/// An id for what came with a form: the same form with the same content has the same, and
/// nobody without the key can test what the content was.
pub fn form_id(tokens: &Key, parts: &[&[u8]]) -> [u8; 16] {
    let mac = mac(tokens, &[&[&b"content"[..]], parts].concat());
    let mut id = [0u8; 16];
    id.copy_from_slice(mac.split_at(16).0);
    id
}

fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose()).expect("any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_we_made_is_recognised() {
        let (tokens, ticket) = (Key::random(), Ticket::random());
        let cookie = ticket.to_cookie("draft onion", &tokens);
        let again = Ticket::parse(&cookie, "draft onion", &tokens).unwrap();
        assert_eq!(again.id("x"), ticket.id("x"));
    }

    #[test]
    fn a_cookie_for_another_purpose_or_server_is_not() {
        let tokens = Key::random();
        let cookie = Ticket::random().to_cookie("draft onion", &tokens);
        assert!(Ticket::parse(&cookie, "draft mirror", &tokens).is_none());
        assert!(Ticket::parse(&cookie, "draft onion", &Key::random()).is_none());
    }

    #[test]
    fn what_somebody_made_up_is_no_cookie() {
        let tokens = Key::random();
        for cookie in ["", "x", &"A".repeat(64), &"A".repeat(43), "æøå", &"A".repeat(10_000)] {
            assert!(Ticket::parse(cookie, "draft onion", &tokens).is_none());
        }
    }

    #[test]
    fn a_ticket_within_another_belongs_to_its_purpose_and_to_every_part() {
        let (mine, yours) = (Ticket::random(), Ticket::random());
        let within = mine.within("files", &[b"case", b"who"]);
        assert!(mine.within("files", &[b"case", b"who"]).is(&within));
        for other in [
            yours.within("files", &[b"case", b"who"]),
            mine.within("other", &[b"case", b"who"]),
            mine.within("files", &[b"casew", b"ho"]),
            mine.within("files", &[b"case"]),
            mine.clone(),
        ] {
            assert!(!other.is(&within));
        }
    }

    #[test]
    fn the_id_of_a_form_belongs_to_its_content() {
        let tokens = Key::random();
        let id = form_id(&tokens, &[b"form", b"text"]);
        assert_eq!(form_id(&tokens, &[b"form", b"text"]), id);
        for parts in [&[&b"form"[..], b"texts"][..], &[b"forms", b"text"], &[b"form", b"te", b"xt"]]
        {
            assert_ne!(form_id(&tokens, parts), id, "{parts:?}");
        }
        assert_ne!(form_id(&Key::random(), &[b"form", b"text"]), id);
    }

    #[test]
    fn a_form_token_belongs_to_one_cookie_and_one_purpose() {
        let tokens = Key::random();
        let (mine, yours) = (Ticket::random(), Ticket::random());
        let token = mine.form_token("reporter", &tokens);
        assert!(mine.is_form_token(&token, "reporter", &tokens));
        assert!(!yours.is_form_token(&token, "reporter", &tokens));
        assert!(!mine.is_form_token(&token, "handler", &tokens));
        assert!(!mine.is_form_token("", "reporter", &tokens));
    }
}
