//! Writes the file: one layout for all.
//!
//! Programs can be told apart by the order of objects, the kind of cross-reference,
//! line ends and spaces. Here objects are numbered in the order in which they are
//! first met from the catalog, follow each other without a gap, and are listed in
//! one classic cross-reference table (ISO 32000-2, 7.5.4). There is no producer, no
//! date and no file identifier.

use super::value::{Dict, Value, write_dict};

/// The same first lines for every file; the four bytes mark it as binary (7.5.2).
const HEADER: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";

/// Takes objects in the order of their numbers.
pub(super) struct Writer {
    out: Vec<u8>,
    offsets: Vec<usize>,
}

impl Writer {
    pub(super) fn new() -> Self {
        Writer { out: HEADER.to_vec(), offsets: Vec::new() }
    }

    /// Bytes so far.
    pub(super) fn len(&self) -> usize {
        self.out.len()
    }

    fn begin(&mut self) {
        self.offsets.push(self.out.len());
        self.out.extend_from_slice(format!("{} 0 obj\n", self.offsets.len()).as_bytes());
    }

    /// Writes the next object.
    pub(super) fn object(&mut self, value: &Value) {
        self.begin();
        value.write(&mut self.out);
        self.out.extend_from_slice(b"\nendobj\n");
    }

    /// Writes the next object, which is a stream.
    pub(super) fn stream(&mut self, mut dict: Dict, data: &[u8]) {
        self.begin();
        let length = i64::try_from(data.len()).unwrap_or(i64::MAX);
        dict.insert(b"Length".to_vec(), Value::integer(length));
        write_dict(&dict, &mut self.out);
        self.out.extend_from_slice(b"\nstream\n");
        self.out.extend_from_slice(data);
        self.out.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// Writes the cross-reference table and the trailer. The first object is the catalog.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let start = self.out.len();
        let size = self.offsets.len() + 1;
        self.out.extend_from_slice(format!("xref\n0 {size}\n0000000000 65535 f \n").as_bytes());
        for offset in &self.offsets {
            self.out.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
        }
        let trailer = format!("trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{start}\n%%EOF\n");
        self.out.extend_from_slice(trailer.as_bytes());
        self.out
    }
}
