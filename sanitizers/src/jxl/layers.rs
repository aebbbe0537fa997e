//! Frames that are not shown as they are.

use std::io::Cursor;

use jxl_oxide::frame::FrameType;
use jxl_oxide::{AllocTracker, JxlImage, JxlThreadPool};

/// Bytes that the reader of heads may take.
const MEMORY: usize = 256 << 20;

/// Whether there are frames that only serve others, or that the next one follows at once: it
/// may cover them. A stream that cannot be read is refused by the verifier.
pub(super) fn are_hidden(stream: &[u8]) -> bool {
    let image = JxlImage::builder()
        .pool(JxlThreadPool::none())
        .alloc_tracker(AllocTracker::with_limit(MEMORY))
        .read(Cursor::new(stream));
    image.is_ok_and(|image| {
        let mut heads = (0..image.num_loaded_frames()).filter_map(|number| image.frame(number));
        // A smaller form of the frame behind it is no picture of its own.
        heads.any(|frame| {
            !frame.header().is_keyframe() && frame.header().frame_type != FrameType::LfFrame
        })
    })
}
