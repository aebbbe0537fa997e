//! What the sound formats share: a reader over bytes, and the tags that programs wrap
//! around sound of any format.

mod read;
pub(crate) mod tags;

pub(crate) use read::Bytes;
