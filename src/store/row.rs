//! Reading columns into our types, with an error that names the table.

use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::StoreError;
use crate::clock::Day;
use crate::vault::Stored;

/// One row of a named table.
pub(super) struct Row<'a> {
    pub(super) table: &'static str,
    pub(super) row: &'a AnyRow,
}

impl Row<'_> {
    pub(super) fn bytes(&self, column: &str) -> Result<Vec<u8>, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    pub(super) fn maybe_bytes(&self, column: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    pub(super) fn stored(&self, column: &str) -> Result<Stored, StoreError> {
        self.bytes(column).map(Stored::from_disk)
    }

    pub(super) fn number(&self, column: &str) -> Result<i64, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    pub(super) fn day(&self, column: &str) -> Result<Day, StoreError> {
        self.number(column).map(Day)
    }

    /// Reads a nullable day.
    pub(super) fn maybe_day(&self, column: &str) -> Result<Option<Day>, StoreError> {
        let day: Option<i64> = self.row.try_get(column)?;
        Ok(day.map(Day))
    }

    pub(super) fn text(&self, column: &str) -> Result<String, StoreError> {
        Ok(self.row.try_get(column)?)
    }

    /// Reads a column with `parse`; what it does not accept was not written by us.
    pub(super) fn parsed<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<T, StoreError> {
        parse(&self.bytes(column)?).ok_or(StoreError::Row { table: self.table })
    }

    /// Reads a nullable column with `parse`.
    pub(super) fn maybe<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&[u8]) -> Option<T>,
    ) -> Result<Option<T>, StoreError> {
        self.maybe_bytes(column)?
            .map(|bytes| parse(&bytes).ok_or(StoreError::Row { table: self.table }))
            .transpose()
    }

    /// Reads a state.
    pub(super) fn state<T>(
        &self,
        column: &str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        parse(&self.text(column)?).ok_or(StoreError::Row { table: self.table })
    }
}

/// Stands in a row in the place of a sealed key, where there is none.
pub(super) const OF_NOBODY: [u8; 100] = [0; 100];

/// Gives an enum its texts in the database, in one place and both ways.
macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// The text in the database.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }

            /// Reads the text in the database.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }
    };
}
pub(super) use states;
