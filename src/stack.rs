//! Wiping what work left on the stack.
//!
//! The allocator wipes what is freed on the heap. A key or a code that was passed by
//! value also stood on the stack of the thread that worked on it, and stays there until
//! something deeper happens to run over it, which on an idle portal may be never. So
//! whoever polls a connection or runs a derivation wipes, from the same depth, as much of
//! the stack as the work can have used.

use std::future::Future;
use std::hint::black_box;
use std::pin::Pin;
use std::task::{Context, Poll};

/// More than any request uses; a thread of the runtime has 2 MiB.
const BYTES: usize = 512 << 10;

/// Wipes the stack below the caller.
#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "its size is what it is for")]
pub fn wipe() {
    let mut below = [0u8; BYTES];
    // Whoever optimises must believe that the zeros are looked at.
    black_box(&mut below);
}

/// A future after each step of which the stack is wiped: its next step may run on another
/// thread.
#[derive(Debug)]
pub struct Wiped<F>(Pin<Box<F>>);

impl<F: Future> Wiped<F> {
    /// Wraps a future.
    pub fn new(future: F) -> Self {
        Wiped(Box::pin(future))
    }
}

impl<F: Future> Future for Wiped<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let polled = step(self.0.as_mut(), context);
        wipe();
        polled
    }
}

/// One step, in a frame of its own: nothing of it may be merged into the frame that wipes.
#[inline(never)]
fn step<F: Future>(future: Pin<&mut F>, context: &mut Context<'_>) -> Poll<F::Output> {
    future.poll(context)
}
