//! Sealed attachments in the object store.
//!
//! An object's name is random and its file time is a day. It is written whole and
//! synced, folder included, before the row that names it is committed; an object
//! without such a row is noise, and [`Objects::list`] is how the sweep finds it.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use object_store::local::LocalFileSystem;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload};

use super::{ObjectId, StoreError};
use crate::clock::Day;
use crate::vault::chunked::Ciphertext;

/// Bytes that are handed to the object store at once.
const PART: usize = 256 << 10;

/// The object store.
#[derive(Clone, Debug)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    folder: PathBuf,
}

impl Objects {
    /// Opens the object store in a folder that exists.
    pub fn local(folder: &Path) -> Result<Objects, StoreError> {
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Objects { store: Arc::new(store), folder: folder.to_owned() })
    }

    /// Starts a new object.
    pub async fn create(&self, id: ObjectId) -> Result<ObjectWriter, StoreError> {
        let upload = self.store.put_multipart(&path(id)).await?;
        Ok(ObjectWriter { upload, pending: Vec::with_capacity(PART), written: 0 })
    }

    /// How many bytes an object has.
    pub async fn length(&self, id: ObjectId) -> Result<u64, StoreError> {
        Ok(self.store.head(&path(id)).await?.size)
    }

    /// Reads a range of an object, still sealed.
    pub async fn read(
        &self,
        id: ObjectId,
        range: std::ops::Range<u64>,
    ) -> Result<bytes::Bytes, StoreError> {
        Ok(self.store.get_range(&path(id), range).await?)
    }

    /// Gives an object's file the time of a day, so that it does not tell the hour.
    pub async fn date(&self, id: ObjectId, day: Day) -> Result<(), StoreError> {
        let file = self.folder.join(id.to_string());
        blocking(move || {
            let seconds = u64::try_from(day.0.saturating_mul(86_400)).unwrap_or_default();
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            File::options().write(true).open(file)?.set_modified(time)
        })
        .await
    }

    /// Erases an object, also one that was never finished, and syncs its folder; one that
    /// is gone already is no error.
    pub async fn erase(&self, id: ObjectId) -> Result<(), StoreError> {
        match self.store.delete(&path(id)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
        let folder = self.folder.clone();
        blocking(move || {
            for (name, _) in named(&folder)?.into_iter().filter(|(_, object)| *object == id) {
                std::fs::remove_file(folder.join(name))?;
            }
            File::open(folder)?.sync_all()
        })
        .await
    }

    /// Erases what a crash left of objects that were being written. At start only: they
    /// look no different from those that are being written now.
    pub async fn erase_unfinished(&self) -> Result<(), StoreError> {
        let folder = self.folder.clone();
        blocking(move || {
            for (name, _) in named(&folder)?.into_iter().filter(|(name, _)| is_unfinished(name)) {
                std::fs::remove_file(folder.join(name))?;
            }
            File::open(folder)?.sync_all()
        })
        .await
    }

    /// Every object there is, also those that a crash left unfinished: the object store
    /// writes under a name of its own and does not list it.
    pub async fn list(&self) -> Result<BTreeSet<ObjectId>, StoreError> {
        let folder = self.folder.clone();
        let found = blocking(move || named(&folder)).await?;
        Ok(found.into_iter().map(|(_, object)| object).collect())
    }
}

/// An object that is being written.
#[derive(Debug)]
pub struct ObjectWriter {
    upload: Box<dyn MultipartUpload>,
    pending: Vec<u8>,
    written: u64,
}

impl ObjectWriter {
    /// Appends sealed bytes.
    pub async fn write(&mut self, sealed: Ciphertext) -> Result<(), StoreError> {
        self.written += sealed.len() as u64;
        self.pending.extend_from_slice(sealed.as_bytes());
        if self.pending.len() >= PART {
            self.flush().await?;
        }
        Ok(())
    }

    /// Ends the object: on return its bytes and its name are on the disk.
    pub async fn finish(mut self) -> Result<u64, StoreError> {
        self.flush().await?;
        self.upload.complete().await?;
        Ok(self.written)
    }

    /// Throws away what was written.
    pub async fn abort(mut self) -> Result<(), StoreError> {
        Ok(self.upload.abort().await?)
    }

    async fn flush(&mut self) -> Result<(), StoreError> {
        let part = std::mem::replace(&mut self.pending, Vec::with_capacity(PART));
        if !part.is_empty() {
            self.upload.put_part(PutPayload::from(part)).await?;
        }
        Ok(())
    }
}

fn path(id: ObjectId) -> object_store::path::Path {
    object_store::path::Path::from(id.to_string())
}

/// Whether a file is that of an object that was not finished.
fn is_unfinished(name: &OsStr) -> bool {
    name.as_encoded_bytes().contains(&b'#')
}

/// The files of a folder, with the object that each belongs to: its name is the object's
/// id, or until it is finished the id, `#` and a number.
fn named(folder: &Path) -> std::io::Result<Vec<(OsString, ObjectId)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        let id = name.to_str().map(|name| name.split_once('#').map_or(name, |(id, _)| id));
        if let Some(object) = id.and_then(ObjectId::parse) {
            found.push((name, object));
        }
    }
    Ok(found)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await.map_err(std::io::Error::other);
    done.flatten().map_err(|source| {
        object_store::Error::Generic { store: "local", source: Box::new(source) }.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_object_that_was_never_finished_is_found_and_erased_like_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let objects = Objects::local(folder.path()).unwrap();
        let (finished, unfinished) = (ObjectId::random(), ObjectId::random());
        objects.create(finished).await.unwrap().finish().await.unwrap();
        for number in 1..3 {
            std::fs::write(folder.path().join(format!("{unfinished}#{number}")), b"noise").unwrap();
        }
        std::fs::write(folder.path().join("lost+found"), b"not ours").unwrap();
        assert_eq!(objects.list().await.unwrap(), BTreeSet::from([finished, unfinished]));
        objects.erase(unfinished).await.unwrap();
        assert_eq!(objects.list().await.unwrap(), BTreeSet::from([finished]));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        objects.erase(unfinished).await.unwrap();
    }
}
