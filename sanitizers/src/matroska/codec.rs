//! Codings: what a decoder is told first, and how much of a frame must be looked into.

use crate::allow::AllowList;
use crate::film::{Coding, aac_head, av1_head, avc_head, hevc_head, mpeg4_head};
use crate::refusal::{Damage, Feature};
use crate::sound::{Bytes, opus, vorbis};
use crate::{Category, Notes, Refusal, flac};

/// Codings that are kept.
pub(crate) const CODINGS: AllowList<&str> = AllowList {
    name: "matroska codings",
    allowed: &[
        "V_VP8",
        "V_VP9",
        "V_AV1",
        "V_MPEG4/ISO/AVC",
        "V_MPEGH/ISO/HEVC",
        "V_MPEG4/ISO/SP",
        "V_MPEG4/ISO/ASP",
        "A_VORBIS",
        "A_OPUS",
        "A_AAC",
        "A_MPEG/L3",
        "A_FLAC",
        "A_PCM/INT/LIT",
        "A_PCM/INT/BIG",
        "A_PCM/FLOAT/IEEE",
        "A_AC3",
        "A_EAC3",
    ],
    // Pictures and sound with places for words in each frame.
    forbidden: &["V_MJPEG", "V_MS/VFW/FOURCC", "V_THEORA", "A_MS/ACM", "A_DTS"],
};

/// Codings that `WebM` has.
const WEBM: [&str; 5] = ["V_VP8", "V_VP9", "V_AV1", "A_VORBIS", "A_OPUS"];

/// A coding, and what a decoder is told first.
#[derive(Debug)]
pub(super) struct Codec {
    pub(super) name: &'static str,
    pub(super) private: Option<Vec<u8>>,
    pub(super) coding: Coding,
}

impl Codec {
    /// Reads the name of a coding and what belongs to it.
    pub(super) fn read(
        name: &[u8],
        private: Option<&[u8]>,
        notes: &mut Notes,
    ) -> Result<Codec, Refusal> {
        let mut all = CODINGS.allowed.iter().chain(CODINGS.forbidden);
        let known = all.find(|known| known.as_bytes() == name && CODINGS.allows(known));
        let name = *known.ok_or(Refusal::Feature(Feature::Codec))?;
        let needed = private.ok_or(Refusal::Damaged(Damage::Missing));
        let told = |(private, coding): (Vec<u8>, Coding)| (Some(private), coding);
        let of_units = |(private, units)| told((private, Coding::Units(units)));
        let (kept, coding) = match name {
            "V_MPEG4/ISO/AVC" => of_units(avc_head(needed?, notes)?),
            "V_MPEGH/ISO/HEVC" => of_units(hevc_head(needed?, notes)?),
            "V_AV1" => told(av1_head(needed?)?),
            "V_MPEG4/ISO/SP" | "V_MPEG4/ISO/ASP" => told((mpeg4_head(needed?)?, Coding::Mpeg4)),
            "A_AAC" => told((aac_head(needed?)?, Coding::Whole)),
            "V_VP9" => (private.and_then(vp9), Coding::Whole),
            "A_VORBIS" => told((xiph(needed?, notes)?, Coding::Whole)),
            "A_OPUS" => {
                let (head, streams) = opus::header(needed?)?;
                told((head, Coding::Opus(streams)))
            }
            "A_FLAC" => {
                let (head, info) = stream_info(needed?)?;
                told((head, Coding::Flac(info)))
            }
            "A_MPEG/L3" => (None, Coding::Mp3),
            _ => (None, Coding::Whole),
        };
        if kept.as_deref().unwrap_or_default() != private.unwrap_or_default() {
            notes.found(Category::Software);
        }
        Ok(Codec { name, private: kept, coding })
    }

    /// Whether `WebM` has this coding.
    pub(super) fn is_webm(&self) -> bool {
        WEBM.contains(&self.name)
    }
}

/// Numbers of VP9, each with its own number and a length of one: profile, level, bits,
/// colours. Nothing if there is anything else.
fn vp9(private: &[u8]) -> Option<Vec<u8>> {
    let is_known = |feature: &[u8]| match *feature {
        [1 | 4, 1, profile] => profile <= 3,
        [2, 1, level] => (1..=6).contains(&(level / 10)) && level % 10 <= 2,
        [3, 1, bits] => matches!(bits, 8 | 10 | 12),
        _ => false,
    };
    let all = private.chunks(3).all(is_known) && !private.is_empty();
    (all && private.chunks(3).is_sorted_by(|one, next| one < next && one.first() != next.first()))
        .then(|| private.to_vec())
}

/// The three headers of Vorbis, laced together.
fn xiph(private: &[u8], notes: &mut Notes) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Bytes::new(private);
    if bytes.byte()? != 2 {
        return Err(Refusal::Damaged(Damage::Value));
    }
    let mut sizes = [0; 2];
    for size in &mut sizes {
        loop {
            let byte = bytes.byte()?;
            *size += usize::from(byte);
            if byte < 255 {
                break;
            }
        }
    }
    let [first, second] = sizes;
    let (first, second) = (bytes.take(first)?, bytes.take(second)?);
    let headers = vorbis::headers([first, second, bytes.rest()], notes)?;
    let [one, two, _] = headers.each_ref().map(|header| u8::try_from(header.len()));
    let sizes = [one, two].map(|size| size.map_err(|_| Refusal::Internal));
    let [one, two] = sizes;
    Ok([&[2, one?, two?][..], &headers.concat()].concat())
}

/// `STREAMINFO` of FLAC, with no digest: a decoder can do without, and any bytes fit there.
fn stream_info(private: &[u8]) -> Result<(Vec<u8>, flac::Info), Refusal> {
    let mut bytes = Bytes::new(private);
    if bytes.take(4)? != b"fLaC" || bytes.byte()? & 0x7F != 0 || bytes.take(3)? != [0, 0, 34] {
        return Err(Refusal::Damaged(Damage::Order));
    }
    let data = bytes.take(34)?;
    let info = flac::Info::read(data)?;
    let mut kept = [b"fLaC\x80\0\0\x22", data].concat();
    // The sizes of frames are only a help; nought is not known.
    for range in [12..18, 26..42] {
        kept.get_mut(range).ok_or(Refusal::Internal)?.fill(0);
    }
    Ok((kept, info))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_vp9_are_kept() {
        assert_eq!(vp9(&[1, 1, 0, 2, 1, 31]), Some(vec![1, 1, 0, 2, 1, 31]));
        assert_eq!(vp9(&[1, 1, b'A']), None);
        assert_eq!(vp9(&[1, 1, 0, 1, 1, 1]), None);
        assert_eq!(vp9(b""), None);
        assert_eq!(vp9(b"Annas film"), None);
        assert_eq!(vp9(&[1, 1]), None);
    }

    #[test]
    fn flac_loses_its_digest_and_all_blocks_but_the_first() {
        let mut data = vec![0x10, 0, 0x10, 0, 0, 1, 2, 0, 3, 4];
        data.extend((8_000_u64 << 44 | 15 << 36 | 0x4D).to_be_bytes());
        data.extend([9; 16]);
        let private = [b"fLaC\0\0\0\x22", &data[..], b"\x84\0\0\x04Anna"].concat();
        let (kept, info) = stream_info(&private).unwrap();
        assert_eq!((kept.len(), info.samples), (42, 77));
        assert_eq!((kept[4], &kept[12..18], &kept[26..]), (0x80, &[0; 6][..], &[0; 16][..]));
    }

    #[test]
    fn other_codings_are_refused() {
        for name in ["V_MJPEG", "A_DTS", "A_AAC/MPEG2/LC", "V_VP8 ", ""] {
            let read = Codec::read(name.as_bytes(), None, &mut Notes::default());
            assert_eq!(read.err(), Some(Refusal::Feature(Feature::Codec)), "{name}");
        }
        let read = Codec::read(b"A_AAC", None, &mut Notes::default());
        assert_eq!(read.err(), Some(Refusal::Damaged(Damage::Missing)));
    }
}
