//! Extended headers (POSIX.1-2001, pax interchange format).

use crate::refusal::{Damage, Feature};
use crate::{Category, Notes, Refusal};

/// What extended headers say of the next member and matters for reading it.
#[derive(Default)]
pub(super) struct Extended {
    pub(super) path: Option<String>,
    pub(super) size: Option<u64>,
}

impl Extended {
    /// Reads records of the form `length key=value` and a line feed.
    pub(super) fn read(&mut self, mut records: &[u8], notes: &mut Notes) -> Result<(), Refusal> {
        let damaged = Refusal::Damaged(Damage::Value);
        while !records.is_empty() {
            let digits = records.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let length = records.get(..digits).and_then(|digits| str::from_utf8(digits).ok());
            let length: usize = length.and_then(|length| length.parse().ok()).ok_or(damaged)?;
            let record = records.get(..length).ok_or(damaged)?;
            let record = record.get(digits..).and_then(|record| record.strip_prefix(b" "));
            let record = record.and_then(|record| record.strip_suffix(b"\n")).ok_or(damaged)?;
            let text = String::from_utf8_lossy(record);
            let (key, value) = text.split_once('=').ok_or(damaged)?;
            self.take(key, value, notes)?;
            records = records.get(length..).unwrap_or_default();
        }
        Ok(())
    }

    fn take(&mut self, key: &str, value: &str, notes: &mut Notes) -> Result<(), Refusal> {
        match key {
            "path" => self.path = Some(value.to_owned()),
            "size" => {
                let size = value.parse().map_err(|_| Refusal::Damaged(Damage::Value))?;
                self.size = Some(size);
            }
            "uname" | "gname" => notes.found(Category::People),
            "uid" | "gid" | "SCHILY.dev" | "SCHILY.ino" => notes.found(Category::Identifiers),
            "mtime" | "atime" | "ctime" | "LIBARCHIVE.creationtime" => {
                notes.found(Category::Dates);
            }
            "comment" => notes.found(Category::Comments),
            "linkpath" => notes.found(Category::Links),
            // The data is not what it seems to be: holes are left out.
            _ if key.starts_with("GNU.sparse.") || key == "SCHILY.realsize" => {
                return Err(Refusal::Feature(Feature::Construct));
            }
            _ => notes.found(Category::Other),
        }
        Ok(())
    }
}
