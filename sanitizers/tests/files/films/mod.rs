//! Films and recordings in MP4, `QuickTime` and Matroska through the front door, with `FFmpeg`,
//! `ExifTool` and `MediaInfo` as witnesses.

mod corpus;
mod large;
mod made;
mod matroska;
mod mutated;
mod witness;
