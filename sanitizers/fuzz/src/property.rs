//! What must hold for every input, however damaged.

use std::io::Cursor;

use sluse_sanitizers::{Formats, Kind, Limits, Refusal, sanitize};

use crate::mend;

/// Cleans an input of this format: no panic, no internal error, not a byte without
/// verification, within the limits, and a clean copy is its own clean copy.
pub(crate) fn holds(kind: Kind, input: &[u8]) {
    let file = mend::mended(kind, input);
    let mut copy = Vec::new();
    let report = match sanitize(&mut Cursor::new(&file), &mut copy, &limits(kind)) {
        Ok(report) => report,
        Err(reason) => {
            assert!(copy.is_empty(), "bytes left although the file was refused: {reason:?}");
            assert_ne!(reason, Refusal::Internal);
            return;
        }
    };
    assert_eq!(report.output_bytes, copy.len() as u64);
    assert!(report.output_bytes <= limits(kind).output_bytes(file.len() as u64));
    let mut again = Vec::new();
    let second = sanitize(&mut Cursor::new(&copy), &mut again, &Limits::default());
    assert!(second.is_ok(), "a clean copy is refused: {second:?}");
    assert!(again == copy, "a clean copy cleaned again is another one");
}

/// Smaller than those of the portal, so that a run reaches them and stays fast.
fn limits(kind: Kind) -> Limits {
    let own = Formats::of(&[kind]);
    let inside = matches!(kind, Kind::Zip | Kind::Tar | Kind::Mail);
    Limits {
        input_bytes: 4 << 20,
        film_bytes: 4 << 20,
        formats: if inside { Formats::ALL } else { own },
        pixels: 1 << 20,
        animation_pixels: 1 << 20,
        inflated_stream: 1 << 20,
        inflated_total: 4 << 20,
        ..Limits::default()
    }
}
