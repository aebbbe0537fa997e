//! What a content that arrives in pieces is recognised by.

use sha2::{Digest, Sha256};

use super::secret::Key;
use super::token::form_id;

/// The fingerprint of a content of which more may come.
#[derive(Clone, Debug, Default)]
pub struct Fingerprinting(Sha256);

/// SHA-256 of a content. It is kept nowhere: whoever has the same content can make it too.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Fingerprinting {
    /// Takes more of the content.
    pub fn update(&mut self, piece: &[u8]) {
        self.0.update(piece);
    }

    /// Of all that came.
    pub fn finish(self) -> Fingerprint {
        Fingerprint(self.0.finalize().into())
    }
}

impl Fingerprint {
    /// An id for this content and what is said of it. The key or one of the parts must rest
    /// nowhere in the clear: an id must not confirm that somebody sent the copy of a document
    /// that only they were given.
    pub fn id(&self, key: &Key, parts: &[&[u8]]) -> [u8; 16] {
        form_id(key, &[&[&b"file"[..], &self.0], parts].concat())
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fingerprint(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pieces: &[&[u8]]) -> Fingerprint {
        let mut fingerprint = Fingerprinting::default();
        for piece in pieces {
            fingerprint.update(piece);
        }
        fingerprint.finish()
    }

    #[test]
    fn a_content_has_one_id_however_it_arrives() {
        let key = Key::random();
        let whole = of(&[b"abc"]).id(&key, &[b"one"]);
        assert_eq!(of(&[b"a", b"", b"bc"]).id(&key, &[b"one"]), whole);
        assert_ne!(of(&[b"abd"]).id(&key, &[b"one"]), whole);
        assert_ne!(of(&[b"abc"]).id(&key, &[b"other"]), whole);
        assert_ne!(of(&[b"abc"]).id(&Key::random(), &[b"one"]), whole);
    }
}
