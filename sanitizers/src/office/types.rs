//! The list that says what each part is.

use std::collections::HashMap;
use std::fmt::Write;

use super::spaces::PACKAGE;
use crate::refusal::Damage;
use crate::{Limits, Notes, Refusal, xml};

/// Where the list lies (ECMA-376 part 2, 10.1.2.2).
pub(super) const NAME: &str = "[Content_Types].xml";

/// What the parts of a package are declared to be.
#[derive(Default)]
pub(super) struct ContentTypes {
    by_ending: HashMap<String, String>,
    by_name: HashMap<String, String>,
}

impl ContentTypes {
    pub(super) fn read(
        bytes: &[u8],
        limits: &Limits,
        notes: &mut Notes,
    ) -> Result<ContentTypes, Refusal> {
        let root = xml::read(bytes, PACKAGE, limits, notes)?;
        let mut types = ContentTypes::default();
        for element in root.elements() {
            let Some(content_type) = element.get("ContentType") else { continue };
            let (list, name) = if element.is("ct:Default") {
                (&mut types.by_ending, element.get("Extension").map(str::to_ascii_lowercase))
            } else {
                (&mut types.by_name, element.get("PartName").map(super::package::key))
            };
            let Some(name) = name else { continue };
            // One reader would believe the first and another one the second.
            let content_type = content_type.trim_ascii().to_ascii_lowercase();
            let before = list.insert(name, content_type.clone());
            if before.is_some_and(|before| before != content_type) {
                return Err(Refusal::Damaged(Damage::Missing));
            }
        }
        Ok(types)
    }

    /// What a part is declared to be, by its key.
    pub(super) fn of(&self, key: &str) -> Option<&str> {
        let ending = key.rsplit('/').next()?.rsplit_once('.').map(|(_, ending)| ending);
        let by_ending = || self.by_ending.get(ending?);
        self.by_name.get(key).or_else(by_ending).map(String::as_str)
    }
}

/// Writes the list: endings that stand for a type, and parts with a type of their own.
pub(super) fn write(endings: &[(&str, &str)], parts: &[(&str, &str)]) -> String {
    let mut list = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
    );
    // Writing to a string does not fail.
    for (ending, content_type) in endings {
        _ = write!(list, "<Default Extension=\"{ending}\" ContentType=\"{content_type}\"/>");
    }
    for (name, content_type) in parts {
        _ = write!(list, "<Override PartName=\"/{name}\" ContentType=\"{content_type}\"/>");
    }
    list.push_str("</Types>");
    list
}
