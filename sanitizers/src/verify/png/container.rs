//! The container of a clean copy: nothing but what the allow-list names, in order.

/// The numbers of `IHDR`.
#[derive(Clone, Copy)]
pub(super) struct Header {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) depth: u8,
    pub(super) colour: u8,
    pub(super) interlaced: bool,
}

impl Header {
    fn read(data: &[u8]) -> Option<Self> {
        let (numbers, [interlace @ 0..=1]) = data.as_chunks::<4>() else { return None };
        let [width, height, [depth, colour, 0, 0]] = numbers else { return None };
        Some(Header {
            width: u32::from_be_bytes(*width),
            height: u32::from_be_bytes(*height),
            depth: *depth,
            colour: *colour,
            interlaced: *interlace == 1,
        })
    }

    /// Samples of a pixel.
    pub(super) fn samples(&self) -> usize {
        match self.colour {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        }
    }
}

/// One picture: what `fcTL` says of it, and its compressed data.
pub(super) struct Frame<'a> {
    pub(super) header: Header,
    pub(super) control: Option<&'a [u8; 22]>,
    pub(super) data: Vec<&'a [u8]>,
}

/// A clean copy whose container is canonical.
pub(super) struct Clean<'a> {
    pub(super) header: Header,
    /// Chunks between `IHDR` and the pictures.
    pub(super) chunks: Vec<(&'a [u8; 4], &'a [u8])>,
    pub(super) frames: Vec<Frame<'a>>,
}

/// Chunks in their order. Those with the same number exclude each other.
const ORDER: [(&[u8; 4], u8); 10] = [
    (b"cICP", 1),
    (b"iCCP", 2),
    (b"sRGB", 2),
    (b"gAMA", 2),
    (b"cHRM", 3),
    (b"sBIT", 4),
    (b"PLTE", 5),
    (b"tRNS", 6),
    (b"eXIf", 7),
    (b"pHYs", 8),
];

/// Every data chunk but the last of a picture is of this size.
const PART: usize = 1_048_576;

impl<'a> Clean<'a> {
    /// Walks over the whole file.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
        let mut all = Vec::new();
        while !rest.is_empty() {
            all.push(split(&mut rest)?);
        }
        let [(b"IHDR", header), middle @ .., (b"IEND", [])] = all.as_slice() else { return None };
        let header = Header::read(header)?;
        let starts = middle.iter().position(|(name, _)| matches!(*name, b"fcTL" | b"IDAT"))?;
        let (chunks, pictures) = middle.split_at_checked(starts)?;
        in_order(chunks)?;
        let frames = frames(header, pictures)?;
        Some(Clean { header, chunks: chunks.to_vec(), frames })
    }

    /// The content of the chunk called `name`.
    pub(super) fn get(&self, name: [u8; 4]) -> Option<&'a [u8]> {
        self.chunks.iter().find(|chunk| *chunk.0 == name).map(|chunk| chunk.1)
    }
}

/// Cuts the first chunk off, if its length and checksum are right.
fn split<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8; 4], &'a [u8])> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (summed, after) = after.split_at_checked(length.checked_add(4)?)?;
    let (sum, after) = after.split_first_chunk::<4>()?;
    let mut crc = flate2::Crc::new();
    crc.update(summed);
    *rest = after;
    (crc.sum().to_be_bytes() == *sum).then_some(())?;
    summed.split_first_chunk::<4>()
}

fn in_order(chunks: &[(&[u8; 4], &[u8])]) -> Option<()> {
    let mut last = 0;
    for (name, _) in chunks {
        let rank = match *name {
            b"acTL" => 9,
            name => ORDER.iter().find(|known| known.0 == name)?.1,
        };
        (rank > last).then_some(())?;
        last = rank;
    }
    let has = |name: &[u8; 4]| chunks.iter().any(|chunk| chunk.0 == name);
    // Two ways to say what the colours are would be two pictures.
    let twice = has(b"cHRM") && (has(b"iCCP") || has(b"sRGB"));
    (!twice).then_some(())
}

/// Reads the pictures and checks that they are numbered without a gap.
fn frames<'a>(header: Header, chunks: &[(&'a [u8; 4], &'a [u8])]) -> Option<Vec<Frame<'a>>> {
    let mut frames: Vec<Frame<'a>> = Vec::new();
    let mut control = None;
    let mut number = 0_u32;
    let mut numbered = |data: &'a [u8]| {
        let (found, rest) = data.split_first_chunk::<4>()?;
        let right = u32::from_be_bytes(*found) == number;
        number += 1;
        right.then_some(rest)
    };
    for (name, data) in chunks {
        let data = match *name {
            b"fcTL" => {
                let content: &[u8; 22] = numbered(data)?.try_into().ok()?;
                control.replace(content).is_none().then_some(())?;
                continue;
            }
            b"IDAT" if frames.len() < 2 => *data,
            b"fdAT" => numbered(data)?,
            _ => return None,
        };
        if control.is_some() || frames.is_empty() {
            // The first picture is in IDAT, every other one in fdAT.
            (frames.is_empty() == (*name == b"IDAT")).then_some(())?;
            let header = sized(header, control)?;
            frames.push(Frame { header, control: control.take(), data: Vec::new() });
        } else {
            ((frames.len() == 1) == (*name == b"IDAT")).then_some(())?;
        }
        frames.last_mut()?.data.push(data);
    }
    let whole = frames.iter().all(|frame| is_cut_evenly(&frame.data));
    (whole && control.is_none()).then_some(frames)
}

fn sized(header: Header, control: Option<&[u8; 22]>) -> Option<Header> {
    let Some(control) = control else { return Some(header) };
    let (width, rest) = control.split_first_chunk::<4>()?;
    let height = rest.first_chunk::<4>()?;
    Some(Header {
        width: u32::from_be_bytes(*width),
        height: u32::from_be_bytes(*height),
        ..header
    })
}

fn is_cut_evenly(parts: &[&[u8]]) -> bool {
    parts.split_last().is_some_and(|(last, others)| {
        (1..=PART).contains(&last.len()) && others.iter().all(|part| part.len() == PART)
    })
}
