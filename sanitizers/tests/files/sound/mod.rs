//! Sound and film through the front door, with `FFmpeg`, `ExifTool` and `MediaInfo` as
//! witnesses.

mod content;
mod corpus;
mod mutated;
mod witness;
