//! Clean bytes on their way into a sealed object, and out again.

use zeroize::Zeroizing;

use super::spool::Span;
use crate::domain::Failure;
use crate::store::{ObjectId, Objects, objects::ObjectWriter};
use crate::vault::chunked::{Ciphertext, Opener, Sealer, file};
use crate::vault::padding::padded_file;
use crate::vault::{Context, Key};

/// Sealed bytes that are handed on at once.
const BATCH: usize = 64 << 10;
/// Zeros that are sealed at once as padding.
const ZEROS: [u8; 16 << 10] = [0; 16 << 10];

/// An object that is being written.
pub(super) struct ObjectSink {
    writer: ObjectWriter,
    sealer: Sealer,
    pending: Ciphertext,
    written: u64,
}

impl ObjectSink {
    pub(super) async fn create(
        objects: &Objects,
        object: ObjectId,
        key: &Key,
        context: &Context,
    ) -> Result<Self, Failure> {
        let writer = objects.create(object).await?;
        let mut pending = Ciphertext::default();
        let sealer = file::seal(key, context, &mut pending);
        Ok(ObjectSink { writer, sealer, pending, written: 0 })
    }

    /// How many plain bytes were written.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) async fn write(&mut self, plain: &[u8]) -> Result<(), Failure> {
        self.written += plain.len() as u64;
        self.seal(plain).await
    }

    /// Pads, ends and syncs. Returns the bytes on disk.
    pub(super) async fn finish(mut self) -> Result<u64, Failure> {
        let mut padding = padded_file(self.written) - self.written;
        while padding > 0 {
            let (zeros, _) =
                ZEROS.split_at(usize::try_from(padding).unwrap_or(usize::MAX).min(ZEROS.len()));
            padding -= zeros.len() as u64;
            self.seal(zeros).await?;
        }
        let ObjectSink { mut writer, sealer, mut pending, .. } = self;
        sealer.finish(&mut pending);
        writer.write(pending).await?;
        Ok(writer.finish().await?)
    }

    /// Throws everything away.
    pub(super) async fn abort(self) -> Result<(), Failure> {
        Ok(self.writer.abort().await?)
    }

    async fn seal(&mut self, plain: &[u8]) -> Result<(), Failure> {
        self.sealer.update(plain, &mut self.pending);
        if self.pending.len() >= BATCH {
            self.writer.write(self.pending.take()).await?;
        }
        Ok(())
    }
}

/// A stored attachment that is being read. Each piece is authenticated before it leaves.
#[derive(Debug)]
pub struct Download {
    objects: Objects,
    object: ObjectId,
    opener: Opener,
    sealed: u64,
    plain: u64,
}

impl Download {
    pub(super) async fn open(
        objects: Objects,
        object: ObjectId,
        key: &Key,
        context: &Context,
        plain: u64,
    ) -> Result<Self, Failure> {
        let sealed = objects.length(object).await?;
        let head = objects.read(object, 0..file::HEAD as u64).await?;
        let opener = file::open(key, context, &head, sealed)?;
        if file::plain(sealed).is_none_or(|padded| plain > padded) {
            return Err(Failure::Broken("an object shorter than its manifest says"));
        }
        Ok(Download { objects, object, opener, sealed, plain })
    }

    /// True length.
    pub fn length(&self) -> u64 {
        self.plain
    }

    /// Reads a range; less at the end.
    pub async fn read(&self, offset: u64, length: usize) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let Some(span) = Span::of(offset, length, self.plain, self.sealed) else {
            return Ok(Zeroizing::default());
        };
        let sealed = self.objects.read(self.object, span.start..span.end).await?;
        span.open(&self.opener, &mut Vec::from(sealed))
    }
}
