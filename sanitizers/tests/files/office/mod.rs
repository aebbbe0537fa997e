//! Office documents through the front door.
//!
//! Other programs are the witnesses: `LibreOffice` opens original and copy, `pdftotext` reads
//! what it shows of them, and `ExifTool` looks for what it knows to identify.

mod corpus;
mod damage;
mod docx;
mod package;
mod pptx;
pub(crate) mod witness;
mod xlsx;
