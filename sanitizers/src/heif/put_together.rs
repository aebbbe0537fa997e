//! Pictures that are put together of others: tiles side by side, or one over the other
//! (ISO/IEC 23008-12, 6.6.2).

use crate::Refusal;
use crate::boxes::Fields;
use crate::refusal::Damage;

/// How a picture is put together.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// Rows and columns, and the size of the whole.
    Grid { rows: u16, columns: u16, size: (u32, u32) },
    /// What shows where nothing lies, the size of the whole, and where each picture lies.
    Overlay { fill: [u8; 8], size: (u32, u32), places: Vec<(i32, i32)> },
}

/// Reads the data of a grid.
pub(super) fn grid(data: &[u8]) -> Result<Plan, Refusal> {
    let mut fields = Fields::of(data);
    let long = head(&mut fields)?;
    let (rows, columns) = (fields.byte()?, fields.byte()?);
    let size = (side(&mut fields, long)?, side(&mut fields, long)?);
    fields.end()?;
    Ok(Plan::Grid { rows: u16::from(rows) + 1, columns: u16::from(columns) + 1, size })
}

/// Reads the data of an overlay of so many pictures.
pub(super) fn overlay(data: &[u8], pictures: usize) -> Result<Plan, Refusal> {
    let mut fields = Fields::of(data);
    let long = head(&mut fields)?;
    let fill = fields.take(8)?.first_chunk().ok_or(Refusal::Internal)?;
    let size = (side(&mut fields, long)?, side(&mut fields, long)?);
    let mut places = Vec::new();
    for _ in 0..pictures {
        let mut place = || -> Result<i32, Refusal> {
            Ok(if long {
                fields.word()?.cast_signed()
            } else {
                i32::from(fields.half()?.cast_signed())
            })
        };
        places.push((place()?, place()?));
    }
    fields.end()?;
    Ok(Plan::Overlay { fill: *fill, size, places })
}

/// Whether numbers are long.
fn head(fields: &mut Fields) -> Result<bool, Refusal> {
    match (fields.byte()?, fields.byte()?) {
        (0, flags @ (0 | 1)) => Ok(flags == 1),
        _ => Err(Refusal::Damaged(Damage::Value)),
    }
}

fn side(fields: &mut Fields, long: bool) -> Result<u32, Refusal> {
    if long { fields.word() } else { fields.half().map(u32::from) }
}

impl Plan {
    /// Width and height of the whole.
    pub(super) fn size(&self) -> (u32, u32) {
        match self {
            Plan::Grid { size, .. } | Plan::Overlay { size, .. } => *size,
        }
    }

    /// The data in the copy, in its short form if that is enough.
    pub(super) fn written(&self) -> Vec<u8> {
        let (width, height) = self.size();
        let short = u16::try_from(width).is_ok() && u16::try_from(height).is_ok();
        match self {
            Plan::Grid { rows, columns, .. } => {
                let less = |count: &u16| count.to_be_bytes().map(|byte| byte.wrapping_sub(1))[1];
                let mut data = vec![0, u8::from(!short), less(rows), less(columns)];
                number(&mut data, width, short);
                number(&mut data, height, short);
                data
            }
            Plan::Overlay { fill, places, .. } => {
                let fits =
                    |&(x, y): &(i32, i32)| i16::try_from(x).is_ok() && i16::try_from(y).is_ok();
                let short = short && places.iter().all(fits);
                let mut data = vec![0, u8::from(!short)];
                data.extend(fill);
                number(&mut data, width, short);
                number(&mut data, height, short);
                for (x, y) in places {
                    number(&mut data, x.cast_unsigned(), short);
                    number(&mut data, y.cast_unsigned(), short);
                }
                data
            }
        }
    }
}

/// Appends a number, or its lower half.
fn number(data: &mut Vec<u8>, number: u32, short: bool) {
    let bytes = number.to_be_bytes();
    data.extend(bytes.iter().skip(if short { 2 } else { 0 }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_are_written_in_their_short_form() {
        let long = [0, 1, 1, 255, 0, 0, 0, 9, 0, 0, 1, 0];
        let plan = grid(&long).unwrap();
        assert_eq!(plan, Plan::Grid { rows: 2, columns: 256, size: (9, 256) });
        assert_eq!(plan.written(), [0, 0, 1, 255, 0, 9, 1, 0]);
        let long = b"\0\x01fillfill\0\0\0\x04\0\0\0\x05\xFF\xFF\xFF\xFE\0\0\0\x03";
        let plan = overlay(long, 1).unwrap();
        assert_eq!(plan.written(), b"\0\0fillfill\0\x04\0\x05\xFF\xFE\0\x03");
        assert_eq!(overlay(&plan.written(), 1), Ok(plan));
        let far = b"\0\x01fillfill\0\0\0\x04\0\0\0\x05\xFF\xFE\xFF\xFE\0\0\0\x03";
        assert_eq!(overlay(far, 1).unwrap().written(), far);
    }

    #[test]
    fn plans_of_another_length_are_refused() {
        assert_eq!(grid(b"\0\0\0\0\0\x01\0"), Err(Refusal::Truncated));
        assert_eq!(grid(b"\0\0\0\0\0\x01\0\x01A"), Err(Refusal::Damaged(Damage::Length)));
        assert_eq!(grid(b"\x01\0\0\0\0\x01\0\x01"), Err(Refusal::Damaged(Damage::Value)));
        assert_eq!(overlay(b"\0\0fillfill\0\x04\0\x05\0\0", 1), Err(Refusal::Truncated));
    }
}
