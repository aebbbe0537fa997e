//! What a place at a door costs: whoever holds one gives or takes bytes.
//!
//! hyper has a timer for the head of a request and none for what follows. Without this,
//! whoever asks for pages and reads none, or sends a form byte by byte, holds a place for
//! nothing until the portal is started again; a thousand of them close a door.
//!
//! Only the time counts in which we wait for the other side. Who has to wait for a worker
//! or a derivation of ours may wait as long as it takes.

use std::io::{Error, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use http_body::{Body, Frame, SizeHint};
use hyper::body::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use crate::limits::{LEAST_RATE, LEAST_RATE_GRACE, UPLOAD_IDLE};

/// How long we waited for the other side, and what came of it.
#[derive(Debug, Default)]
struct Pace {
    moved: u64,
    waited: Duration,
    since: Option<Instant>,
}

impl Pace {
    fn wait(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }

    /// Counts what came of the wait. An error if it was too little for so long.
    fn move_on(&mut self, bytes: usize) -> Result<(), Error> {
        self.waited += self.since.take().map(|since| since.elapsed()).unwrap_or_default();
        self.moved += bytes as u64;
        let paid_for = Duration::from_secs(self.moved / LEAST_RATE);
        if self.waited > LEAST_RATE_GRACE + paid_for { Err(stands_still()) } else { Ok(()) }
    }
}

fn stands_still() -> Error {
    Error::from(ErrorKind::TimedOut)
}

/// A stream that ends when what we write is not taken.
#[derive(Debug)]
pub(super) struct Taken<S> {
    stream: S,
    pace: Pace,
    /// Runs while a write stands still.
    patience: Option<Pin<Box<Sleep>>>,
}

impl<S> Taken<S> {
    pub(super) fn new(stream: S) -> Self {
        Taken { stream, pace: Pace::default(), patience: None }
    }

    /// What becomes of a step of writing: how many bytes it moved is `bytes` of its answer.
    fn step<T>(
        &mut self,
        context: &mut Context<'_>,
        polled: Poll<Result<T, Error>>,
        bytes: impl FnOnce(&T) -> usize,
    ) -> Poll<Result<T, Error>> {
        if polled.is_pending() {
            self.pace.wait();
            let patience = || Box::pin(tokio::time::sleep(UPLOAD_IDLE));
            ready!(self.patience.get_or_insert_with(patience).as_mut().poll(context));
            return Poll::Ready(Err(stands_still()));
        }
        self.patience = None;
        polled.map(|done| {
            let done = done?;
            self.pace.move_on(bytes(&done)).map(|()| done)
        })
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Taken<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<(), Error>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Taken<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize, Error>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.step(context, polled, |written| *written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize, Error>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.step(context, polled, |written| *written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        let polled = Pin::new(&mut self.stream).poll_flush(context);
        self.step(context, polled, |()| 0)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Result<(), Error>> {
        let polled = Pin::new(&mut self.stream).poll_shutdown(context);
        self.step(context, polled, |()| 0)
    }
}

/// The body of a request that fails when it comes too slowly. That it does not come at all
/// is noticed further in.
#[derive(Debug)]
pub(super) struct Sent<B> {
    body: B,
    pace: Pace,
}

impl<B> Sent<B> {
    pub(super) fn new(body: B) -> Self {
        Sent { body, pace: Pace::default() }
    }
}

impl<B> Body for Sent<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        if polled.is_pending() {
            self.pace.wait();
        }
        let Some(frame) = ready!(polled) else { return Poll::Ready(None) };
        let paced = frame.map_err(Into::into).and_then(|frame| {
            self.pace.move_on(frame.data_ref().map_or(0, Bytes::len))?;
            Ok(frame)
        });
        Poll::Ready(Some(paced))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use http_body_util::{BodyExt as _, StreamBody};
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    /// Twice as long as anybody may be slow for nothing.
    const LONG: Duration = LEAST_RATE_GRACE.saturating_mul(2);
    const EVERY: Duration = Duration::from_secs(10);

    /// Receives a body for a long time, so many bytes every ten seconds.
    async fn received(bytes: usize) -> bool {
        let pieces = futures::stream::unfold(Instant::now(), async |begun| {
            tokio::time::sleep(EVERY).await;
            let piece = Frame::data(Bytes::from(vec![0; bytes]));
            (begun.elapsed() <= LONG).then_some((Ok::<_, Infallible>(piece), begun))
        });
        Sent::new(Box::pin(StreamBody::new(pieces))).collect().await.is_ok()
    }

    /// Writes for a long time to somebody who takes so many bytes every ten seconds.
    async fn taken(bytes: usize) -> Result<(), Error> {
        let (ours, mut theirs) = tokio::io::duplex(1);
        let taking = tokio::spawn(async move {
            let mut piece = vec![0; bytes];
            while theirs.read_exact(&mut piece).await.is_ok() {
                tokio::time::sleep(EVERY).await;
            }
        });
        let (mut ours, begun) = (Taken::new(ours), Instant::now());
        let mut written = Ok(());
        while written.is_ok() && begun.elapsed() < LONG {
            written = ours.write_all(b"x").await;
        }
        taking.abort();
        written
    }

    fn bytes_at(rate: u64) -> usize {
        usize::try_from(rate * EVERY.as_secs()).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_at_the_least_rate_is_received() {
        assert!(received(bytes_at(LEAST_RATE)).await);
    }

    #[tokio::test(start_paused = true)]
    async fn an_upload_at_a_quarter_of_the_least_rate_is_not() {
        assert!(!received(bytes_at(LEAST_RATE / 4)).await);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_takes_an_answer_at_the_least_rate_gets_it() {
        taken(bytes_at(LEAST_RATE)).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_takes_an_answer_at_a_quarter_of_the_least_rate_does_not() {
        let end = taken(bytes_at(LEAST_RATE / 4)).await.unwrap_err();
        assert_eq!(end.kind(), ErrorKind::TimedOut);
    }

    #[tokio::test(start_paused = true)]
    async fn a_write_may_stand_still_for_a_while_and_no_longer() {
        for (pause, fine) in [(UPLOAD_IDLE / 2, true), (UPLOAD_IDLE * 2, false)] {
            let (ours, mut theirs) = tokio::io::duplex(1);
            tokio::spawn(async move {
                tokio::time::sleep(pause).await;
                let _ = theirs.read(&mut [0; 2]).await;
                tokio::time::sleep(LONG).await;
            });
            assert_eq!(Taken::new(ours).write_all(b"xx").await.is_ok(), fine, "{pause:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn time_in_which_the_other_side_waits_for_us_does_not_count() {
        let mut pace = Pace::default();
        for _ in 0..10 {
            tokio::time::advance(LONG).await;
            pace.wait();
            pace.move_on(1).unwrap();
        }
    }
}
