//! Cobblestone-256: C2SP chunked-encryption v1 with AES-256-GCM and SHA-512.
//!
//! A message is a header (24 bytes of salt, 32 bytes of commitment) and chunks of
//! 16 KiB, each with a tag of 16 bytes. Key, base nonce and commitment come from
//! HKDF-Expand over the salt and a context. The last chunk is always shorter than
//! 16 KiB, so that a message cut at a chunk border is seen to be cut: a peer's
//! format opened such files without an error. The commitment makes it impossible
//! to craft one ciphertext that opens to two documents under two keys.
//!
//! Specification: <https://c2sp.org/chunked-encryption>. The tests run the published
//! Wycheproof vectors and compare with an independent implementation.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use sha2::Sha512;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::secret::{Key, random};

/// Plain bytes of a full chunk.
pub const CHUNK: usize = 16 * 1024;
/// Bytes of the tag behind each chunk.
pub const TAG: usize = 16;
/// Bytes of salt and commitment before the first chunk.
pub const HEADER: usize = SALT + COMMITMENT;

const SALT: usize = 24;
const COMMITMENT: usize = 32;
/// Chunks of one message: the specification's limit, far above any of ours.
const MAX_CHUNKS: u64 = 1 << 38;
const INFO: &[u8] = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\x00";

/// Why a message does not open. Nothing tells which byte was wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not sealed under this key and context, or changed since")]
pub struct NotAuthentic;

/// The key, nonces and commitment of one message.
struct Cipher {
    key: LessSafeKey,
    base_nonce: [u8; 12],
}

impl Cipher {
    fn derive(key: &Key, salt: &[u8; SALT], context: &[u8]) -> (Self, [u8; COMMITMENT]) {
        let mut okm = Zeroizing::new([0u8; 32 + 12 + COMMITMENT]);
        let info = [INFO, salt, context];
        // HKDF-Expand with SHA-512 takes the 32-byte input key as its PRK, as the
        // specification says; `Hkdf::from_prk` would insist on 64 bytes.
        expand_sha512(key.expose(), &info, &mut *okm);
        let (aead_key, rest) = okm.split_at(32);
        let (nonce, expected) = rest.split_at(12);
        #[expect(clippy::expect_used, reason = "the three lengths are constants")]
        let cipher = Cipher {
            key: LessSafeKey::new(
                UnboundKey::new(&AES_256_GCM, aead_key).expect("an AES-256 key has 32 bytes"),
            ),
            base_nonce: nonce.try_into().expect("12 bytes"),
        };
        let mut commitment = [0u8; COMMITMENT];
        commitment.copy_from_slice(expected);
        (cipher, commitment)
    }

    /// The base nonce with the chunk's number in its last five bytes.
    fn nonce(&self, index: u64) -> Nonce {
        let mut nonce = self.base_nonce;
        for (byte, counter) in nonce.iter_mut().rev().zip(index.to_le_bytes().iter().take(5)) {
            *byte ^= counter;
        }
        Nonce::assume_unique_for_key(nonce)
    }
}

fn expand_sha512(prk: &[u8], info: &[&[u8]], out: &mut [u8]) {
    use hmac::{Hmac, KeyInit, Mac};
    let mut previous: Zeroizing<Vec<u8>> = Zeroizing::new(Vec::new());
    for (number, block) in (1u8..).zip(out.chunks_mut(64)) {
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha512>::new_from_slice(prk).expect("any length");
        mac.update(&previous);
        for part in info {
            mac.update(part);
        }
        mac.update(&[number]);
        *previous = mac.finalize().into_bytes().to_vec();
        block.copy_from_slice(previous.get(..block.len()).unwrap_or_default());
    }
}

/// Bytes that a [`Sealer`] made. Files and objects are written from this type only.
#[derive(Debug, Default)]
pub struct Ciphertext(Vec<u8>);

impl Ciphertext {
    /// The bytes, to be written.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to write yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes the bytes out and leaves none.
    #[must_use]
    pub fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// Hands the bytes over to a writer.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// Seals a message piece by piece, in constant memory.
pub struct Sealer {
    cipher: Cipher,
    index: u64,
    pending: Zeroizing<Vec<u8>>,
}

impl Sealer {
    /// Starts a message: appends its header to `out`.
    pub fn new(key: &Key, context: &[u8], out: &mut Ciphertext) -> Self {
        let salt: [u8; SALT] = random();
        let (cipher, commitment) = Cipher::derive(key, &salt, context);
        out.0.extend_from_slice(&salt);
        out.0.extend_from_slice(&commitment);
        Sealer { cipher, index: 0, pending: Zeroizing::new(Vec::with_capacity(CHUNK)) }
    }

    /// Takes more plain text and appends every chunk that became full to `out`.
    pub fn update(&mut self, mut plain: &[u8], out: &mut Ciphertext) {
        while !plain.is_empty() {
            let room = CHUNK - self.pending.len();
            let (now, later) = plain.split_at(room.min(plain.len()));
            self.pending.extend_from_slice(now);
            plain = later;
            if self.pending.len() == CHUNK {
                self.seal_pending(out);
            }
        }
    }

    /// Ends the message: the last, short chunk.
    pub fn finish(mut self, out: &mut Ciphertext) {
        self.seal_pending(out);
    }

    fn seal_pending(&mut self, out: &mut Ciphertext) {
        assert!(self.index < MAX_CHUNKS, "no message of ours is four pebibytes long");
        tracing::trace!(target: super::WORK, "sealing");
        let nonce = self.cipher.nonce(self.index);
        #[expect(clippy::expect_used, reason = "AES-GCM only refuses more than 64 GiB at once")]
        let tag = self
            .cipher
            .key
            .seal_in_place_separate_tag(nonce, Aad::empty(), &mut self.pending)
            .expect("a chunk of 16 KiB");
        out.0.extend_from_slice(&self.pending);
        out.0.extend_from_slice(tag.as_ref());
        self.pending.clear();
        self.index += 1;
    }
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealer(…)")
    }
}

impl std::fmt::Debug for Opener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opener(…)")
    }
}

/// Opens chunks of one message, in any order.
pub struct Opener {
    cipher: Cipher,
    chunks: u64,
}

impl Opener {
    /// Checks the header against key, context and the length of the whole message.
    ///
    /// `length` counts the header too. The number of chunks follows from it, so that
    /// the last one is known, and known to be short.
    pub fn new(
        key: &Key,
        context: &[u8],
        header: &[u8; HEADER],
        length: u64,
    ) -> Result<Self, NotAuthentic> {
        let (salt, commitment) = header.split_first_chunk::<SALT>().ok_or(NotAuthentic)?;
        let (cipher, expected) = Cipher::derive(key, salt, context);
        if !bool::from(expected.ct_eq(commitment)) {
            return Err(NotAuthentic);
        }
        let chunks = chunk_count(length).ok_or(NotAuthentic)?;
        Ok(Opener { cipher, chunks })
    }

    /// How many chunks the message has; at least one.
    pub fn chunks(&self) -> u64 {
        self.chunks
    }

    /// Opens chunk `index` in place and returns its plain text.
    ///
    /// The last chunk must be shorter than [`CHUNK`] and the others must not, or the
    /// message was cut or extended at a chunk border.
    pub fn open<'a>(&self, index: u64, sealed: &'a mut [u8]) -> Result<&'a mut [u8], NotAuthentic> {
        let full = sealed.len() == CHUNK + TAG;
        let last = index + 1 == self.chunks;
        if index >= self.chunks || full == last {
            return Err(NotAuthentic);
        }
        tracing::trace!(target: super::WORK, "opening");
        self.cipher
            .key
            .open_in_place(self.cipher.nonce(index), Aad::empty(), sealed)
            .map_err(|_| NotAuthentic)
    }
}

/// Plain bytes in a message of `length` sealed bytes; none if no message has that length.
pub fn plain_length(length: u64) -> Option<u64> {
    let chunks = chunk_count(length)?;
    length.checked_sub(HEADER as u64)?.checked_sub(chunks * TAG as u64)
}

/// Sealed bytes of a message of `plain` bytes.
pub fn sealed_length(plain: u64) -> u64 {
    HEADER as u64 + plain + (plain / CHUNK as u64 + 1) * TAG as u64
}

fn chunk_count(length: u64) -> Option<u64> {
    let body = length.checked_sub(HEADER as u64)?;
    let full = (CHUNK + TAG) as u64;
    (body % full >= TAG as u64 && body / full < MAX_CHUNKS).then_some(body / full + 1)
}

/// Seals a short message in one go.
pub fn seal(key: &Key, context: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut out = Ciphertext::default();
    let mut sealer = Sealer::new(key, context, &mut out);
    sealer.update(plain, &mut out);
    sealer.finish(&mut out);
    out.0
}

/// Opens a short message in one go: all of it, or nothing.
pub fn open(key: &Key, context: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotAuthentic> {
    let (header, body) = sealed.split_first_chunk::<HEADER>().ok_or(NotAuthentic)?;
    let opener = Opener::new(key, context, header, sealed.len() as u64)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut chunk = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
    for (index, sealed) in (0u64..).zip(body.chunks(CHUNK + TAG)) {
        chunk.clear();
        chunk.extend_from_slice(sealed);
        plain.extend_from_slice(opener.open(index, &mut chunk)?);
    }
    Ok(plain)
}

/// A sealed file: the vault's prefix before one message. Attachments in the object
/// store and uploads in the spool have this form.
pub mod file {
    use super::{CHUNK, Ciphertext, HEADER, Opener, Sealer, TAG, plain_length};
    use crate::vault::context::Context;
    use crate::vault::sealed::{CannotOpen, PREFIX, object_prefix};
    use crate::vault::secret::Key;

    /// Bytes before the first chunk.
    pub const HEAD: usize = PREFIX + HEADER;

    /// Starts a file.
    pub fn seal(key: &Key, context: &Context, out: &mut Ciphertext) -> Sealer {
        out.0.extend_from_slice(&object_prefix());
        Sealer::new(key, context.as_bytes(), out)
    }

    /// Checks the first bytes of a file of `length` bytes.
    pub fn open(
        key: &Key,
        context: &Context,
        head: &[u8],
        length: u64,
    ) -> Result<Opener, CannotOpen> {
        let header = head.strip_prefix(&object_prefix()).ok_or(CannotOpen::Format)?;
        let header = header.first_chunk::<HEADER>().ok_or(CannotOpen::Format)?;
        let message = length.checked_sub(PREFIX as u64).ok_or(CannotOpen::Format)?;
        Opener::new(key, context.as_bytes(), header, message).map_err(|_| CannotOpen::NotAuthentic)
    }

    /// Where chunk `index` stands in a file of `length` bytes: first byte and end.
    pub fn chunk_range(index: u64, length: u64) -> (u64, u64) {
        let start = HEAD as u64 + index * (CHUNK + TAG) as u64;
        (start.min(length), (start + (CHUNK + TAG) as u64).min(length))
    }

    /// Plain bytes in a file of `length` bytes.
    pub fn plain(length: u64) -> Option<u64> {
        plain_length(length.checked_sub(PREFIX as u64)?)
    }
}

#[cfg(test)]
mod tests;
