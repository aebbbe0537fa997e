//! What the sound formats share: a reader over bytes, the tags that programs wrap around
//! sound of any format, and codings that occur in more than one container.

pub(crate) mod opus;
mod read;
pub(crate) mod tags;
pub(crate) mod vorbis;

pub(crate) use read::Bytes;
