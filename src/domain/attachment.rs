//! What happens to a file that somebody attaches.
//!
//! It is received whole into the `spool`, sealed; then a `worker` cleans it, and the
//! clean bytes go straight into a sealed object. Nobody else ever sees the original, and
//! there is no way around the worker: a crash, a limit or a timeout is a refusal.

pub mod logo;
mod object;
mod spool;
mod worker;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use sluse_sanitizers::protocol::{Task, Verb, Verdict};
use tokio::sync::Semaphore;
use tokio::time::timeout;

pub use object::Download;
pub use sluse_sanitizers::view::{Shown, View};
pub use sluse_sanitizers::{
    Category, Change, Formats, Kind, Language, Limits, Refusal, Report, Warning, is_flattened,
};
pub use spool::Spool;

use super::session::SignedIn;
use super::turns::{Lane, Turns};
use super::{CaseId, Failure, Portal};
use crate::limits::{CLEANING_PATIENCE, VIEW_BYTES, VIEW_PATIENCE, VIEWS_OF_REPORTERS};
use crate::store::ObjectId;
use crate::vault::Key;
use object::ObjectSink;
use worker::{Sink, Source};

/// The way from an upload to a clean, sealed object.
#[derive(Clone, Debug)]
pub struct Cleaning {
    spool: PathBuf,
    program: PathBuf,
    uploads: Turns,
    /// A place that no upload takes: handlers would wait for all of them otherwise.
    views: Arc<Semaphore>,
    /// One more for reporters, who delay neither handlers nor uploads.
    views_of_reporters: Turns,
    /// Cases whose reporter looks at a file.
    looking: Arc<Mutex<HashSet<CaseId>>>,
    underway: Arc<Mutex<HashSet<ObjectId>>>,
    spooled: Arc<AtomicU64>,
}

impl Cleaning {
    /// `program` is run as `program worker`, at most `at_once` times at the same time for
    /// uploads, once more for a view of a handler and once for one of a reporter.
    pub fn new(spool: &Path, program: &Path, at_once: usize) -> Self {
        let uploads = Turns::new(at_once);
        let (views, views_of_reporters) = (Arc::new(Semaphore::new(1)), Turns::new(1));
        let (looking, underway, spooled) = (Arc::default(), Arc::default(), Arc::default());
        let (spool, program) = (spool.to_owned(), program.to_owned());
        Cleaning { spool, program, uploads, views, views_of_reporters, looking, underway, spooled }
    }

    /// Bytes of all files that are being received or wait to be cleaned.
    pub(super) fn spooled(&self) -> u64 {
        self.spooled.load(Relaxed)
    }

    /// Objects whose row may still come.
    pub(super) fn underway(&self) -> HashSet<ObjectId> {
        self.underway.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A reporter's look at a file, until the page with it was read to its end.
#[derive(Debug)]
pub struct Look {
    case: CaseId,
    all: Arc<Mutex<HashSet<CaseId>>>,
}

impl Drop for Look {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.case);
    }
}

/// An object from its first byte until its row is written or given up. Meanwhile the
/// sweep leaves it alone: the other files of a message may take hours to come.
#[derive(Debug)]
pub(super) struct Underway {
    pub(super) id: ObjectId,
    all: Arc<Mutex<HashSet<ObjectId>>>,
}

impl Underway {
    fn begin(cleaning: &Cleaning) -> Self {
        let (id, all) = (ObjectId::random(), cleaning.underway.clone());
        all.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        Underway { id, all }
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

/// What a clean attachment is, sealed inside the case it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    /// The format.
    pub kind: Kind,
    /// True length in bytes; the object is padded.
    pub bytes: u64,
    /// Version of the sanitizers that cleaned it.
    pub version: String,
    /// What a person can no longer see or use.
    pub changes: Vec<Change>,
    /// What affects reading.
    pub warnings: Vec<Warning>,
    /// The object's key.
    key: ObjectKey,
}

/// The key of an object, as it stands inside a seal.
#[derive(Clone, Debug)]
struct ObjectKey(Key);

impl Serialize for ObjectKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = zeroize::Zeroizing::new(data_encoding::BASE64.encode(self.0.expose()));
        serializer.serialize_str(&text)
    }
}

impl<'de> Deserialize<'de> for ObjectKey {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = zeroize::Zeroizing::new(String::deserialize(deserializer)?);
        let bytes = data_encoding::BASE64.decode(text.as_bytes()).map(zeroize::Zeroizing::new);
        let key = bytes.ok().and_then(|bytes| Key::from_slice(&bytes));
        key.map(ObjectKey).ok_or_else(|| serde::de::Error::custom("not a key"))
    }
}

/// A clean file in the object store that no row names yet.
#[derive(Debug)]
pub(super) struct Cleaned {
    pub(super) object: Underway,
    /// Bytes on disk.
    pub(super) stored: u64,
    pub(super) manifest: Manifest,
    pub(super) report: Report,
}

impl Portal {
    /// Erases what a crash left of files that were being received.
    pub(super) fn clear_spool(&self) -> Result<(), Failure> {
        Ok(spool::clear(&self.parts().cleaning.spool)?)
    }

    /// Starts to receive a file.
    pub fn spool(&self) -> Result<Spool, Failure> {
        let cleaning = &self.parts().cleaning;
        Spool::create(&cleaning.spool, &self.contexts().spool(), &cleaning.spooled)
    }

    /// Cleans a file that was received whole. On return it is on the disk, sealed, under
    /// a name that no row knows yet. Whose turn it is goes round lanes: somebody with many
    /// slow files delays others by one of them.
    pub(super) async fn clean(
        &self,
        spool: Spool,
        lane: Lane,
    ) -> Result<Result<Cleaned, Refusal>, Failure> {
        let parts = self.parts();
        let limits = parts.quota.limits();
        let progress = spool.progress();
        let mut source = spool.finish().await?;
        if let Some(progress) = &progress {
            progress.is_waiting();
        }
        let _turn = self.cleaning_turn(lane).await?;
        if let Some(progress) = &progress {
            progress.is_cleaned();
        }
        let source_bytes = source.plain_length();
        let task = Task { verb: Verb::Clean, page: 1, source_bytes, limits };
        let most = limits.output_bytes(task.source_bytes);
        self.make(&task, Source::Spool(&mut source), most).await
    }

    /// Makes pictures of a clean file that is stored, and nothing else: see
    /// [`sluse_sanitizers::flatten`].
    pub(super) async fn flatten(
        &self,
        file: &Download,
        lane: Lane,
    ) -> Result<Result<Cleaned, Refusal>, Failure> {
        let limits = self.limits_for_stored();
        let _turn = self.cleaning_turn(lane).await?;
        let task = Task { verb: Verb::Flatten, page: 1, source_bytes: file.length(), limits };
        self.make(&task, Source::Object(file), limits.flattened_bytes).await
    }

    /// Waits for a worker to be free, for a while.
    async fn cleaning_turn(&self, lane: Lane) -> Result<impl Sized + use<>, Failure> {
        let turn = self.parts().cleaning.uploads.take(lane);
        timeout(CLEANING_PATIENCE, turn).await.unwrap_or(Err(Failure::Busy))
    }

    /// The limits for a worker that reads a clean copy, which may be larger than a file that
    /// came from outside.
    fn limits_for_stored(&self) -> Limits {
        let limits = self.parts().quota.limits();
        Limits { input_bytes: limits.output_bytes(limits.input_bytes), ..limits }
    }

    /// Has a worker make a copy of at most so many bytes, into an object of its own.
    async fn make(
        &self,
        task: &Task,
        from: Source<'_>,
        most: u64,
    ) -> Result<Result<Cleaned, Refusal>, Failure> {
        let parts = self.parts();
        let (object, key) = (Underway::begin(&parts.cleaning), Key::random());
        let context = self.contexts().object(object.id);
        let mut sink = ObjectSink::create(&parts.objects, object.id, &key, &context).await?;
        let into = Sink::Object(&mut sink);
        let verdict = worker::run(&parts.cleaning.program, task, from, into, most).await;
        let report = match verdict {
            Ok(Verdict::Done(report)) if report.output_bytes == sink.written() => report,
            other => {
                sink.abort().await?;
                return match other {
                    Ok(Verdict::Refused(refusal)) | Err(worker::Ended::Refused(refusal)) => {
                        Ok(Err(refusal))
                    }
                    // A length that differs from what came is no verdict to rely on.
                    Ok(Verdict::Done(_) | Verdict::Viewed(_)) => Ok(Err(Refusal::Internal)),
                    Err(worker::Ended::Failed(failure)) => Err(failure),
                };
            }
        };
        let stored = sink.finish().await?;
        parts.objects.date(object.id, self.clock().today()).await?;
        let manifest = Manifest {
            kind: report.kind,
            bytes: report.output_bytes,
            version: report.version.clone(),
            changes: report.changes.clone(),
            warnings: report.warnings.clone(),
            key: ObjectKey(key),
        };
        Ok(Ok(Cleaned { object, stored, manifest, report }))
    }

    /// Opens a stored attachment for reading.
    pub(super) async fn open_object(
        &self,
        object: ObjectId,
        manifest: &Manifest,
    ) -> Result<Download, Failure> {
        let context = self.contexts().object(object);
        let objects = self.parts().objects.clone();
        Download::open(objects, object, &manifest.key.0, &context, manifest.bytes).await
    }

    /// Begins a look of a case's reporter at a file; none while they have another one open, or
    /// many others have.
    pub fn begin_look(&self, case: CaseId) -> Option<Look> {
        let all = self.parts().cleaning.looking.clone();
        let mut looking = all.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = looking.len() < VIEWS_OF_REPORTERS && looking.insert(case);
        drop(looking);
        begun.then(|| Look { case, all })
    }

    /// A safe view of one page of a stored attachment, made by a worker: PNG for pictures
    /// and documents, text for text. Refused where there is no view of a format.
    ///
    /// A reporter waits among reporters: whoever opens a slow page again and again keeps neither
    /// handlers from reading nor others from sending.
    pub async fn view(
        &self,
        who: &SignedIn,
        file: &Download,
        page: u32,
        lane: Lane,
    ) -> Result<Result<(View, zeroize::Zeroizing<Vec<u8>>), Refusal>, Failure> {
        let parts = self.parts();
        let (_kept_free, _turn);
        if who.is_handler() {
            _kept_free = parts.cleaning.views.acquire().await.map_err(|_| Failure::Busy)?;
        } else {
            let turn = parts.cleaning.views_of_reporters.take(lane);
            _turn = timeout(VIEW_PATIENCE, turn).await.map_err(|_| Failure::Busy)??;
        }
        let limits = self.limits_for_stored();
        let task = Task { verb: Verb::View, page, source_bytes: file.length(), limits };
        let mut view = zeroize::Zeroizing::new(Vec::new());
        let (from, into) = (Source::Object(file), Sink::Memory(&mut view));
        match worker::run(&parts.cleaning.program, &task, from, into, VIEW_BYTES).await {
            Ok(Verdict::Viewed(shown)) => Ok(Ok((shown, view))),
            Ok(Verdict::Refused(refusal)) | Err(worker::Ended::Refused(refusal)) => {
                Ok(Err(refusal))
            }
            Ok(Verdict::Done(_)) => Ok(Err(Refusal::Internal)),
            Err(worker::Ended::Failed(failure)) => Err(failure),
        }
    }

    /// Erases objects that no row names any more.
    pub(super) async fn erase_objects(
        &self,
        objects: impl IntoIterator<Item = ObjectId>,
    ) -> Result<(), Failure> {
        for object in objects {
            self.parts().objects.erase(object).await?;
        }
        Ok(())
    }
}
