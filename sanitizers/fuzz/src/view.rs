//! The fuzz target of the decoders behind the safe view: HEVC, AV1, JPEG XL and the rest.
//!
//! They are the largest code of others that reads what strangers send. A decoder that gives
//! up with a panic ends its worker, and then there is no view; so that is no finding. Time,
//! memory, a panic of ours and a picture that is too large are.

#![no_main]

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use libfuzzer_sys::fuzz_target;
use sluse_sanitizers::kind::recognise;
use sluse_sanitizers::view::view;
use sluse_sanitizers::{Kind, Limits, Refusal, flatten, is_flattened, sanitize};

/// The longest side that a view may have.
const SIDE: u32 = 1600;

fuzz_target!(init: pass_over_panics_of_others(), |input: &[u8]| {
    let kind = recognise(&mut Cursor::new(input));
    if !kind.is_ok_and(|kind| is_flattened(kind) && kind != Kind::Pdf) {
        return;
    }
    let limits = Limits { pixels: 1 << 18, animation_pixels: 1 << 18, ..Limits::default() };
    let shown = made(|shown| view(&mut Cursor::new(input), shown, 1, &limits).map(drop));
    if let Some(png) = shown {
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert!(png.starts_with(b"\x89PNG") && side(16).max(side(20)) <= SIDE);
    }
    if let Some(flat) = made(|flat| flatten(&mut Cursor::new(input), flat, &limits).map(drop)) {
        let mut again = Vec::new();
        sanitize(&mut Cursor::new(&flat), &mut again, &Limits::default()).unwrap();
        assert!(again == flat, "a flattened copy cleaned again is another one");
    }
});

/// What was written, if nothing was refused and no decoder gave up.
fn made(make: impl FnOnce(&mut Vec<u8>) -> Result<(), Refusal>) -> Option<Vec<u8>> {
    let mut made = Vec::new();
    match catch_unwind(AssertUnwindSafe(|| make(&mut made))) {
        Ok(Ok(())) => Some(made),
        Ok(Err(reason)) => {
            assert!(made.is_empty(), "bytes left although the file was refused: {reason:?}");
            assert_ne!(reason, Refusal::Internal);
            None
        }
        Err(_) => None,
    }
}

/// Ends a run at a panic of ours alone.
fn pass_over_panics_of_others() {
    let ends = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let place = panic.location().map_or("", |place| place.file());
        if place.contains("sanitizers") || place.starts_with("src") {
            ends(panic);
        }
    }));
}
