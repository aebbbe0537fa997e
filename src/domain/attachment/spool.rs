//! An upload, sealed while it arrives.
//!
//! The key is in this request's memory and nowhere else, and the file loses its name as
//! soon as it is opened: whatever ends the process, the disk holds noise that the file
//! system frees by itself. A crash in between leaves an empty file for the next start.

use std::io::SeekFrom;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};
use zeroize::Zeroizing;

use crate::domain::Failure;
use crate::domain::progress::Progress;
use crate::vault::chunked::{CHUNK, Ciphertext, Opener, Sealer, file};
use crate::vault::{CannotOpen, Context, Fingerprint, Fingerprinting, Key, random};

/// Sealed bytes that are written at once.
const BATCH: usize = 128 << 10;

/// A file that is being received.
#[derive(Debug)]
pub struct Spool {
    file: File,
    key: Key,
    context: Context,
    sealer: Sealer,
    pending: Ciphertext,
    fingerprint: Fingerprinting,
    held: Held,
    progress: Option<Arc<Progress>>,
}

/// Bytes of one file, counted among those of all files in the spool until it is gone.
#[derive(Debug)]
struct Held {
    plain: u64,
    all: Arc<AtomicU64>,
}

impl Held {
    fn add(&mut self, plain: usize) {
        self.plain += plain as u64;
        self.all.fetch_add(plain as u64, Relaxed);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.all.fetch_sub(self.plain, Relaxed);
    }
}

impl Spool {
    /// `all` counts the bytes of every file in the folder.
    pub(super) fn create(
        folder: &Path,
        context: &Context,
        all: &Arc<AtomicU64>,
    ) -> Result<Self, Failure> {
        let path = folder.join(data_encoding::HEXLOWER.encode(&random::<16>()));
        let options =
            std::fs::OpenOptions::new().read(true).write(true).create_new(true).open(&path)?;
        std::fs::remove_file(&path)?;
        let mut file = File::from_std(options);
        // Twenty uploads at once must not hold forty megabytes of buffers.
        file.set_max_buf_size(BATCH);
        let key = Key::random();
        let mut pending = Ciphertext::default();
        let sealer = file::seal(&key, context, &mut pending);
        let held = Held { plain: 0, all: all.clone() };
        let (context, fingerprint) = (context.clone(), Fingerprinting::default());
        Ok(Spool { file, key, context, sealer, pending, fingerprint, held, progress: None })
    }

    /// Takes more of the file.
    pub async fn write(&mut self, plain: &[u8]) -> Result<(), Failure> {
        self.held.add(plain.len());
        self.fingerprint.update(plain);
        self.sealer.update(plain, &mut self.pending);
        if self.pending.len() >= BATCH {
            self.file.write_all(self.pending.take().as_bytes()).await?;
        }
        Ok(())
    }

    /// Shows in `progress` what becomes of it.
    pub(in crate::domain) fn show_in(&mut self, progress: &Arc<Progress>) {
        self.progress = Some(progress.clone());
    }

    /// Where it is shown what becomes of it.
    pub(super) fn progress(&self) -> Option<Arc<Progress>> {
        self.progress.clone()
    }

    /// How many bytes have come so far.
    pub fn received(&self) -> u64 {
        self.held.plain
    }

    /// What it is recognised by when it comes again.
    pub(in crate::domain) fn fingerprint(&self) -> Fingerprint {
        self.fingerprint.clone().finish()
    }

    /// Ends receiving; the file can now be read from any position.
    pub(super) async fn finish(self) -> Result<Spooled, Failure> {
        let Spool { mut file, key, context, sealer, mut pending, held, .. } = self;
        sealer.finish(&mut pending);
        file.write_all(pending.as_bytes()).await?;
        file.flush().await?;
        let length = file.stream_position().await?;
        file.seek(SeekFrom::Start(0)).await?;
        let mut head = [0u8; file::HEAD];
        file.read_exact(&mut head).await?;
        let opener = file::open(&key, &context, &head, length)?;
        Ok(Spooled { file, opener, length, held })
    }
}

/// Erases names that a crash left, at start, when nothing is being received.
pub(super) fn clear(folder: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        std::fs::remove_file(entry?.path())?;
    }
    Ok(())
}

/// A file that was received whole.
#[derive(Debug)]
pub(super) struct Spooled {
    file: File,
    opener: Opener,
    length: u64,
    held: Held,
}

impl Spooled {
    pub(super) fn plain_length(&self) -> u64 {
        self.held.plain
    }

    /// Reads a range; less at the end of the file.
    pub(super) async fn read(
        &mut self,
        offset: u64,
        length: usize,
    ) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let Some(span) = Span::of(offset, length, self.held.plain, self.length) else {
            return Ok(Zeroizing::default());
        };
        self.file.seek(SeekFrom::Start(span.start)).await?;
        let mut sealed = vec![0u8; span.sealed()];
        self.file.read_exact(&mut sealed).await?;
        span.open(&self.opener, &mut sealed)
    }
}

/// Which chunks of a sealed file hold a range of its plain text.
#[derive(Debug)]
pub(super) struct Span {
    first: u64,
    pub(super) start: u64,
    pub(super) end: u64,
    skip: usize,
    take: usize,
}

impl Span {
    /// None if the range is behind the end.
    pub(super) fn of(offset: u64, length: usize, plain: u64, sealed: u64) -> Option<Span> {
        let take = usize::try_from(plain.checked_sub(offset)?).unwrap_or(usize::MAX).min(length);
        let last = offset.checked_add(u64::try_from(take).ok()?.checked_sub(1)?)? / CHUNK as u64;
        let first = offset / CHUNK as u64;
        let (start, _) = file::chunk_range(first, sealed);
        let (_, end) = file::chunk_range(last, sealed);
        let skip = usize::try_from(offset % CHUNK as u64).ok()?;
        Some(Span { first, start, end, skip, take })
    }

    /// How many sealed bytes that are.
    pub(super) fn sealed(&self) -> usize {
        usize::try_from(self.end - self.start).unwrap_or(usize::MAX)
    }

    /// Opens the chunks and cuts the range out of them.
    pub(super) fn open(
        &self,
        opener: &Opener,
        sealed: &mut [u8],
    ) -> Result<Zeroizing<Vec<u8>>, Failure> {
        let mut plain = Zeroizing::new(Vec::with_capacity(sealed.len()));
        for (index, chunk) in
            (self.first..).zip(sealed.chunks_mut(CHUNK + crate::vault::chunked::TAG))
        {
            let opened = opener.open(index, chunk).map_err(|_| CannotOpen::NotAuthentic)?;
            plain.extend_from_slice(opened);
        }
        plain.truncate(self.skip + self.take);
        plain.drain(..self.skip);
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::InstanceId;

    fn context() -> Context {
        Context::new("spool", InstanceId([0; 16]))
    }

    fn plain(length: usize) -> Vec<u8> {
        (0..=240u8).cycle().take(length).collect()
    }

    async fn spooled(folder: &Path, plain: &[u8]) -> Spooled {
        let mut spool = Spool::create(folder, &context(), &Arc::default()).unwrap();
        for piece in plain.chunks(7_001) {
            spool.write(piece).await.unwrap();
        }
        spool.finish().await.unwrap()
    }

    #[tokio::test]
    async fn every_range_is_what_was_received() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 300_000] {
            let message = plain(length);
            let mut spooled = spooled(folder.path(), &message).await;
            assert_eq!(spooled.plain_length(), length as u64);
            for (offset, take) in [
                (0, 10),
                (0, length),
                (length / 2, 100_000),
                (length.saturating_sub(3), 99),
                (16_380, 9),
            ] {
                let expected: Vec<u8> = message.iter().skip(offset).take(take).copied().collect();
                assert_eq!(*spooled.read(offset as u64, take).await.unwrap(), expected);
            }
            assert!(spooled.read(length as u64, 5).await.unwrap().is_empty());
            assert!(spooled.read(u64::MAX, 5).await.unwrap().is_empty());
        }
    }

    #[tokio::test]
    async fn bytes_are_counted_until_their_file_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let all = Arc::default();
        let create = || Spool::create(folder.path(), &context(), &all).unwrap();
        let (mut one, mut other) = (create(), create());
        one.write(&plain(1000)).await.unwrap();
        other.write(&plain(70_000)).await.unwrap();
        assert_eq!(all.load(Relaxed), 71_000);
        drop(one);
        let other = other.finish().await.unwrap();
        assert_eq!(all.load(Relaxed), 70_000, "also while it is cleaned");
        drop(other);
        assert_eq!(all.load(Relaxed), 0);
    }

    #[tokio::test]
    async fn the_folder_never_shows_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let spool = Spool::create(folder.path(), &context(), &Arc::default()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        drop(spool);
    }

    #[tokio::test]
    async fn what_lies_on_the_disk_is_not_what_was_received() {
        let folder = tempfile::tempdir().unwrap();
        let message = vec![b'A'; 200_000];
        let mut spooled = spooled(folder.path(), &message).await;
        let mut disk = Vec::new();
        spooled.file.seek(SeekFrom::Start(0)).await.unwrap();
        spooled.file.read_to_end(&mut disk).await.unwrap();
        assert!(disk.len() > message.len());
        assert!(!disk.windows(8).any(|window| window == [b'A'; 8]));
    }
}
