//! Documents of the `OpenDocument` family: what is shown stays, what is hidden goes.
//!
//! Other programs are the witnesses: `LibreOffice`, `ExifTool` and Python.

mod build;
mod content;
mod corpus;
mod mutated;
