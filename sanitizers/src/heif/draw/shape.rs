//! How a picture is cut, turned and mirrored (ISO/IEC 23008-12, 6.5.9 to 6.5.12).

use image::DynamicImage;

use super::super::property::Property;
use crate::Refusal;

/// Whether a property leaves the picture as it is coded.
pub(super) fn keeps(property: &Property) -> bool {
    !matches!(property, Property::Crop(_) | Property::Turn(1..) | Property::Mirror(_))
}

/// Applies what does not, one after the other.
pub(super) fn apply(
    mut picture: DynamicImage,
    properties: &[&Property],
) -> Result<DynamicImage, Refusal> {
    for property in properties {
        picture = match property {
            Property::Crop(crop) => {
                let (x, width) = cut(picture.width(), [crop[0], crop[1], crop[4], crop[5]])?;
                let (y, height) = cut(picture.height(), [crop[2], crop[3], crop[6], crop[7]])?;
                picture.crop_imm(x, y, width, height)
            }
            // Quarters to the left.
            Property::Turn(1) => picture.rotate270(),
            Property::Turn(2) => picture.rotate180(),
            Property::Turn(3) => picture.rotate90(),
            // Above and below change places; the words of the first edition are turned the
            // other way round, but no decoder follows them.
            Property::Mirror(0) => picture.flipv(),
            Property::Mirror(_) => picture.fliph(),
            _ => continue,
        };
    }
    Ok(picture)
}

/// Where a crop begins along a side, and how much it leaves: the length, and how far its
/// middle lies from the middle of the side, as fractions.
fn cut(side: u32, [length, length_below, off, off_below]: [u32; 4]) -> Result<(u32, u32), Refusal> {
    let wide = |number: u32| i64::from(number);
    let off = i64::from(off.cast_signed());
    if length_below != 1 || length == 0 || length > side || ![1, 2].contains(&off_below) {
        // Parts of a pixel: viewers round them in different ways.
        return Err(Refusal::NotDrawable);
    }
    let twice = wide(side) - wide(length) + off * 2 / wide(off_below);
    let start = u32::try_from(twice.div_euclid(2)).ok().filter(|_| twice.rem_euclid(2) == 0);
    let start = start.filter(|&start| start <= side - length).ok_or(Refusal::NotDrawable)?;
    Ok((start, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crop_is_counted_from_the_middle() {
        let minus = |number: i32| number.cast_unsigned();
        assert_eq!(cut(130, [129, 1, minus(-1), 2]), Ok((0, 129)));
        assert_eq!(cut(130, [129, 1, 1, 2]), Ok((1, 129)));
        assert_eq!(cut(100, [50, 1, 0, 1]), Ok((25, 50)));
        assert_eq!(cut(100, [50, 1, minus(-25), 1]), Ok((0, 50)));
    }

    #[test]
    fn a_crop_that_viewers_would_round_or_that_reaches_over_the_edge_is_refused() {
        let minus = |number: i32| number.cast_unsigned();
        for wrong in [
            [50, 1, 26, 1],
            [50, 1, minus(-26), 1],
            [101, 1, 0, 1],
            [0, 1, 0, 1],
            [99, 2, 0, 1],
            [50, 1, 1, 2],
            [50, 1, 1, 3],
            [99, 1, 0, 1],
        ] {
            assert_eq!(cut(100, wrong), Err(Refusal::NotDrawable), "{wrong:?}");
        }
    }
}
