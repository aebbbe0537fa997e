//! The chunks of a clean copy: nothing but what the allow-list names, in one order.

/// The four letters and the content of a chunk.
pub(super) type Part<'a> = ([u8; 4], &'a [u8]);

/// A coded picture, and what stands in front of it.
pub(super) struct Picture<'a> {
    /// Place, size, duration and flags, in an animation.
    pub(super) head: Option<&'a [u8; 16]>,
    pub(super) alpha: Option<&'a [u8]>,
    pub(super) name: [u8; 4],
    pub(super) data: &'a [u8],
}

/// A clean copy whose chunks are canonical.
pub(super) struct Clean<'a> {
    pub(super) size: (u32, u32),
    /// The head of an extended file.
    pub(super) head: Option<&'a [u8]>,
    pub(super) profile: Option<&'a [u8]>,
    /// How often it plays, if it is an animation.
    pub(super) repetitions: Option<u16>,
    pub(super) pictures: Vec<Picture<'a>>,
    pub(super) exif: Option<&'a [u8]>,
}

impl<'a> Clean<'a> {
    /// Walks over the whole file.
    pub(super) fn read(file: &'a [u8]) -> Option<Self> {
        let [(name, inside)] = exact(file)?[..] else { return None };
        (name == *b"RIFF").then_some(())?;
        let mut chunks = exact(inside.strip_prefix(b"WEBP")?)?.into_iter().peekable();
        let extended = chunks.next_if(|chunk| chunk.0 == *b"VP8X").map(|chunk| chunk.1);
        let profile = chunks.next_if(|chunk| chunk.0 == *b"ICCP").map(|chunk| chunk.1);
        let animation = chunks.next_if(|chunk| chunk.0 == *b"ANIM").map(|chunk| chunk.1);
        let mut pictures = Vec::new();
        let repetitions = match animation {
            Some(&[0, 0, 0, 0, low, high]) => Some(u16::from_le_bytes([low, high])),
            Some(_) => return None,
            None => None,
        };
        if repetitions.is_some() {
            while let Some((_, data)) = chunks.next_if(|chunk| chunk.0 == *b"ANMF") {
                let (head, inside) = data.split_first_chunk::<16>()?;
                (head[15] <= 3).then_some(())?;
                let mut inside = exact(inside)?.into_iter().peekable();
                pictures.push(picture(Some(head), &mut inside)?);
                inside.next().is_none().then_some(())?;
            }
        } else {
            pictures.push(picture(None, &mut chunks)?);
        }
        let exif = chunks.next_if(|chunk| chunk.0 == *b"EXIF").map(|chunk| chunk.1);
        chunks.next().is_none().then_some(())?;
        let size = match (extended, pictures.as_slice()) {
            (Some(head), [_, ..]) => {
                let bare = profile.is_none() && exif.is_none() && repetitions.is_none();
                let needed = !bare || pictures.iter().any(|picture| picture.alpha.is_some());
                needed.then_some(())?;
                canvas(head, &pictures, [profile.is_some(), exif.is_some(), repetitions.is_some()])?
            }
            (None, [only]) if profile.is_none() && exif.is_none() && only.alpha.is_none() => {
                only.size()?
            }
            _ => return None,
        };
        Some(Clean { size, head: extended, profile, repetitions, pictures, exif })
    }
}

/// The picture that comes next, with its alpha plane.
fn picture<'a>(
    head: Option<&'a [u8; 16]>,
    chunks: &mut std::iter::Peekable<impl Iterator<Item = Part<'a>>>,
) -> Option<Picture<'a>> {
    let alpha = chunks.next_if(|chunk| chunk.0 == *b"ALPH").map(|chunk| chunk.1);
    let (name, data) = chunks.next()?;
    let lossy = name == *b"VP8 ";
    let picture = Picture { head, alpha, name, data };
    let size = picture.size()?;
    if let Some(alpha) = alpha {
        // A plane that is stored as it is has a byte for each pixel, and no more.
        let count = usize::try_from(u64::from(size.0) * u64::from(size.1)).ok()?;
        let fits = match alpha.first()? {
            first if first & 0xC0 != 0 => false,
            first if first.trailing_zeros() >= 2 => alpha.len() == count + 1,
            first => first & 3 == 1,
        };
        fits.then_some(())?;
    }
    (lossy || name == *b"VP8L" && alpha.is_none()).then_some(picture)
}

impl Picture<'_> {
    /// Whether something of what lies under it is to be seen.
    fn is_transparent(&self) -> bool {
        self.alpha.is_some()
            || self.name == *b"VP8L" && self.data.get(4).is_some_and(|b| b & 16 > 0)
    }

    /// The size that the coded data says.
    pub(super) fn size(&self) -> Option<(u32, u32)> {
        if self.name == *b"VP8L" {
            let bits = self.data.strip_prefix(&[0x2F])?.first_chunk::<4>()?;
            let bits = u32::from_le_bytes(*bits);
            return Some((bits % (1 << 14) + 1, (bits >> 14) % (1 << 14) + 1));
        }
        let &[w0, w1, h0, h1] = self.data.get(6..10)?.as_array()?;
        Some((u32::from(w0) | u32::from(w1 & 63) << 8, u32::from(h0) | u32::from(h1 & 63) << 8))
    }
}

/// The size in the head of an extended file, if the head says what the chunks say.
fn canvas(
    head: &[u8],
    pictures: &[Picture],
    [profile, exif, animated]: [bool; 3],
) -> Option<(u32, u32)> {
    let &[flags, 0, 0, 0, w0, w1, w2, h0, h1, h2] = head else { return None };
    let transparent = pictures.iter().any(Picture::is_transparent);
    let expected = [(profile, 32), (transparent, 16), (exif, 8), (animated, 2)];
    let expected: u8 = expected.iter().filter(|(is, _)| *is).map(|(_, flag)| flag).sum();
    let side = |low: u8, middle: u8, high: u8| u32::from_le_bytes([low, middle, high, 0]) + 1;
    let size = (side(w0, w1, w2), side(h0, h1, h2));
    let fits = |picture: &Picture| match picture.head {
        None => picture.size() == Some(size),
        Some(&[x0, x1, x2, y0, y1, y2, a0, a1, a2, b0, b1, b2, ..]) => {
            let own = (side(a0, a1, a2), side(b0, b1, b2));
            let (x, y) = (2 * (side(x0, x1, x2) - 1), 2 * (side(y0, y1, y2) - 1));
            picture.size() == Some(own) && x + own.0 <= size.0 && y + own.1 <= size.1
        }
    };
    (flags == expected && pictures.iter().all(fits)).then_some(size)
}

/// Chunks that fill `bytes` exactly, each filled up with a zero.
fn exact(mut bytes: &[u8]) -> Option<Vec<Part<'_>>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let (head, rest) = bytes.split_first_chunk::<8>()?;
        let &[a, b, c, d, l0, l1, l2, l3] = head;
        let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).ok()?;
        let (data, rest) = rest.split_at_checked(length)?;
        bytes = if length % 2 == 1 { rest.strip_prefix(&[0])? } else { rest };
        all.push(([a, b, c, d], data));
    }
    Some(all)
}

/// All chunks of any file in one row, those of a frame behind its head; as far as they can
/// be read.
pub(super) fn parts(mut bytes: &[u8]) -> Vec<Part<'_>> {
    let mut all = Vec::new();
    while let Some((&[a, b, c, d, l0, l1, l2, l3], rest)) = bytes.split_first_chunk() {
        let length = usize::try_from(u32::from_le_bytes([l0, l1, l2, l3])).unwrap_or(usize::MAX);
        let Some(data) = rest.get(..length) else { break };
        let (name, mut next) = ([a, b, c, d], length + length % 2);
        all.push((name, data));
        if name == *b"ANMF" {
            // Its chunks come next, as if it held no more than its head.
            next = 16;
        }
        bytes = rest.get(next..).unwrap_or_default();
    }
    all
}
