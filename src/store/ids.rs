//! Ids: random, so that they tell neither order nor number, and each of its own type.

use crate::vault::random;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// Makes a new id.
            pub fn random() -> Self {
                $name(random())
            }

            /// An id that was made of something.
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                $name(bytes)
            }

            /// Reads a stored id.
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map($name)
            }

            /// The bytes, as they are stored.
            pub fn as_bytes(&self) -> &[u8; 16] {
                &self.0
            }

            /// Reads an id from an address; any other text is none.
            pub fn parse(text: &str) -> Option<Self> {
                $name::from_slice(&data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }
    )*};
}

ids! {
    /// A case.
    CaseId;
    /// A handler.
    HandlerId;
    /// A reporter, known by a code.
    ReporterId;
    /// A message or an attachment of a case.
    ItemId;
    /// An attachment of a draft.
    FileId;
    /// A sealed object in the object store.
    ObjectId;
}

impl CaseId {
    /// The number people use for this case: eight letters and digits, no vowels that
    /// make words, nothing that tells order or day.
    pub fn number(&self) -> String {
        const SIGNS: &[u8; 32] = b"23456789BCDFGHJKLMNPQRSTVWXZ0147";
        let sign =
            |byte: &u8| SIGNS.get(usize::from(byte % 32)).map_or('0', |sign| char::from(*sign));
        let signs: String = self.0.iter().take(8).map(sign).collect();
        let (first, second) = signs.split_at_checked(4).unwrap_or((&signs, ""));
        format!("{first}-{second}")
    }
}

/// What a handler signs in with: an identifier, chosen by the operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandlerName(String);

impl HandlerName {
    /// Characters of a name at most.
    pub const MAX: usize = 40;

    /// Reads a name: 2 to 40 letters, digits, dots, hyphens and underscores, in lower case.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.trim().to_lowercase();
        let length = name.chars().count();
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        ((2..=Self::MAX).contains(&length) && name.chars().all(allowed))
            .then_some(HandlerName(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_an_address_and_nothing_else_is_one() {
        let id = CaseId::random();
        assert_eq!(CaseId::parse(&id.to_string()), Some(id));
        for text in ["", "0", "zz", "../../../etc/passwd", &"0".repeat(31), &"A".repeat(32)] {
            assert_eq!(CaseId::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn names_are_identifiers() {
        assert_eq!(HandlerName::parse(" Anna.Berg ").unwrap().as_str(), "anna.berg");
        assert!(HandlerName::parse("åse").is_some());
        for text in ["", "a", "anna berg", "<b>", "a/b", &"a".repeat(41)] {
            assert!(HandlerName::parse(text).is_none(), "{text:?}");
        }
    }
}
