//! Where in the picture each strip or tile lies.

/// Strips as wide as the picture, or tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grid {
    /// So many rows in each.
    Strips(u32),
    /// Columns and rows of each.
    Tiles(u32, u32),
}

/// One strip or tile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Columns and rows that are stored.
    pub(super) stored: (u32, u32),
    /// Columns and rows of them inside of the picture.
    pub(super) shown: (u32, u32),
}

impl Grid {
    /// How many strips or tiles one plane has.
    pub(super) fn count(self, (width, height): (u32, u32)) -> u64 {
        match self {
            Grid::Strips(rows) => u64::from(height.div_ceil(rows)),
            Grid::Tiles(columns, rows) => {
                u64::from(width.div_ceil(columns)) * u64::from(height.div_ceil(rows))
            }
        }
    }

    /// The shape of one of them, counted within its plane.
    pub(super) fn shape(self, (width, height): (u32, u32), number: u64) -> Option<Shape> {
        match self {
            Grid::Strips(rows) => {
                let above = u32::try_from(number).ok()?.checked_mul(rows)?;
                let size = (width, rows.min(height.checked_sub(above)?));
                Some(Shape { stored: size, shown: size })
            }
            Grid::Tiles(columns, rows) => {
                let across = u64::from(width.div_ceil(columns));
                let left = u32::try_from(number % across).ok()?.checked_mul(columns)?;
                let above = u32::try_from(number / across).ok()?.checked_mul(rows)?;
                let shown =
                    (columns.min(width.checked_sub(left)?), rows.min(height.checked_sub(above)?));
                Some(Shape { stored: (columns, rows), shown })
            }
        }
    }
}
