//! What a decoder is told first, as it must stand in the copy.

use crate::verify::film::aac;
use crate::verify::film::codings::{self, Samples};
use crate::verify::film::payload::{ranges_without_user_data, shows_the_same};
use crate::verify::film::tree::Tree;
use crate::verify::ogg::{opus, vorbis};
use crate::verify::sound::at;

/// The settings that a coding must have in the copy, and how its frames are compared.
pub(super) fn expected(name: &str, settings: Option<&[u8]>) -> Option<(Option<Vec<u8>>, Samples)> {
    let film = |settings, samples| Some((Some(settings), samples));
    match name {
        "V_VP8" | "A_MPEG/L3" | "A_PCM/INT/LIT" | "A_PCM/INT/BIG" | "A_PCM/FLOAT/IEEE"
        | "A_AC3" | "A_EAC3" => Some((None, Samples::Whole)),
        "V_VP9" => {
            let is_list = |all: &&[u8]| {
                let right = all.chunks(3).all(|one| match one {
                    [1 | 4, 1, number] => *number < 4,
                    [2, 1, level] => {
                        matches!(level, 10..=12 | 20..=22 | 30..=32 | 40..=42)
                            || matches!(level, 50..=52 | 60..=62)
                    }
                    [3, 1, bits] => [8, 10, 12].contains(bits),
                    _ => false,
                });
                let names: Vec<u8> = all.iter().step_by(3).copied().collect();
                right && !all.is_empty() && names.windows(2).all(|pair| pair.first() < pair.last())
            };
            Some((settings.filter(is_list).map(<[u8]>::to_vec), Samples::Whole))
        }
        "V_MPEG4/ISO/AVC" => {
            let tree = Tree(settings?);
            film(codings::avc(tree)?, Samples::Avc(codings::width(*settings?.get(4)?)?))
        }
        "V_MPEGH/ISO/HEVC" => {
            let tree = Tree(settings?);
            film(codings::hevc(tree)?, Samples::Hevc(codings::width(*settings?.get(21)?)?))
        }
        "V_AV1" => {
            let (settings, layers) = codings::av1(Tree(settings?))?;
            film(settings, Samples::Av1(layers))
        }
        "V_MPEG4/ISO/SP" | "V_MPEG4/ISO/ASP" => {
            shows_the_same(settings?)?;
            let kept = ranges_without_user_data(settings?).into_iter();
            let kept: Option<Vec<&[u8]>> = kept.map(|range| settings?.get(range)).collect();
            film(kept?.concat(), Samples::Mpeg4)
        }
        "A_AAC" => film(aac::expected(settings?)?, Samples::Whole),
        "A_VORBIS" => film(headers(settings?)?, Samples::Whole),
        "A_OPUS" => {
            let mut head = settings?.to_vec();
            *head.get_mut(8)? = 1;
            let usual = [8_000, 12_000, 16_000, 24_000, 32_000, 44_100, 48_000_u32];
            let rate = u32::from_le_bytes(head.get(12..16)?.try_into().ok()?);
            if !usual.contains(&rate) {
                head.get_mut(12..16)?.copy_from_slice(&48_000_u32.to_le_bytes());
            }
            let streams = opus::streams(&head);
            opus::is_first(settings?, &head)?.then_some((Some(head), Samples::Opus(streams)))
        }
        "A_FLAC" => {
            let mut head = at(settings?, 0, 42)?.to_vec();
            let is_one = head.starts_with(b"fLaC") && at(&head, 5, 3)? == [0, 0, 34];
            *head.get_mut(4)? = 128;
            head.get_mut(12..18)?.fill(0);
            head.get_mut(26..)?.fill(0);
            (is_one && settings?.get(4)? % 128 == 0).then_some((Some(head), Samples::Whole))
        }
        _ => None,
    }
}

/// The three headers of Vorbis, laced as they must be.
fn headers(settings: &[u8]) -> Option<Vec<u8>> {
    let (&count, mut rest) = settings.split_first()?;
    let mut sizes = [0, 0];
    for size in &mut sizes {
        while let Some((255, behind)) = rest.split_first() {
            *size += 255;
            rest = behind;
        }
        let (&last, behind) = rest.split_first()?;
        *size += usize::from(last);
        rest = behind;
    }
    let (first, behind) = rest.split_at_checked(sizes[0])?;
    let (words, tables) = behind.split_at_checked(sizes[1])?;
    let old = [first.to_vec(), words.to_vec(), tables.to_vec()];
    let mut bare = first.to_vec();
    bare.get_mut(16..28)?.fill(0);
    *bare.get_mut(29)? = 1;
    let new = [bare, b"\x03vorbis\0\0\0\0\0\0\0\0\x01".to_vec(), tables.to_vec()];
    let right = count == 2 && vorbis::is_head(&old, &new)?;
    right.then(|| [&[2, 30, 16][..], &new.concat()].concat())
}

#[test]
fn pictures_that_need_the_name_of_their_coder_are_not_accepted() {
    let right = |name: &str| {
        let settings = [b"\0\0\x01\xB0\x01\0\0\x01\xB2", name.as_bytes()].concat();
        expected("V_MPEG4/ISO/ASP", Some(&settings)).is_some()
    };
    assert!(right("Lavc58.134.100"));
    assert!(!right("XviD0069"));
    assert!(!right("DivX503b1393"));
}
