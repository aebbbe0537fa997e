//! A profile as its colour tags: read from an allow-list, written canonically.

use super::{be32, curve::Curve, fixed, index, lut, pad};

const HEADER: usize = 128;
/// Real profiles have about a dozen tags.
const MAX_TAGS: usize = 100;
/// The white of the profile connection space, D50: X, Y, Z.
pub(super) const D50: [i32; 3] = [0xF6D6, 0x1_0000, 0xD32D];

/// The tags that define colour, in the order in which they are written.
///
/// Only those that lead from the numbers of a picture to colours. The way back (B2A,
/// gamt) is for printing on that one device: megabytes that no viewer of a picture uses,
/// and the fingerprint of a measured screen or press.
pub(super) const COLOUR_TAGS: [&[u8; 4]; 13] = [
    b"wtpt", b"chad", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0",
    b"A2B1", b"A2B2", b"cicp",
];

/// The generation of the format: texts and tables differ between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Written as 2.4.
    Two,
    /// Written as 4.3, which every colour engine in use reads.
    Four,
}

/// What is kept of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Profile {
    pub(super) version: Version,
    pub(super) class: [u8; 4],
    pub(super) space: [u8; 4],
    pub(super) connection: [u8; 4],
    pub(super) intent: u32,
    /// Canonical bodies, in the order of [`COLOUR_TAGS`].
    pub(super) tags: Vec<([u8; 4], Vec<u8>)>,
}

impl Profile {
    /// Reads what the allow-list names and checks that colours can be computed from it.
    pub(super) fn parse(bytes: &[u8]) -> Option<Profile> {
        if bytes.get(36..40)? != b"acsp" {
            return None;
        }
        let mut profile = Profile {
            version: match bytes.get(8)? {
                2 => Version::Two,
                4 => Version::Four,
                _ => return None,
            },
            class: allowed(bytes, 12, &[b"mntr", b"scnr", b"prtr", b"spac"])?,
            space: allowed(bytes, 16, &[b"RGB ", b"GRAY", b"CMYK"])?,
            connection: allowed(bytes, 20, &[b"XYZ ", b"Lab "])?,
            intent: be32(bytes, 64).filter(|&intent| intent < 4)?,
            tags: Vec::new(),
        };
        let table = table(bytes)?;
        for name in COLOUR_TAGS {
            if let Some(entry) = table.chunks_exact(12).find(|entry| entry.starts_with(name)) {
                profile.tags.push((*name, body_of(*name, located(bytes, entry)?)?));
            }
        }
        profile.is_usable().then_some(profile)
    }

    /// The canonical body of a tag.
    pub(super) fn tag(&self, name: [u8; 4]) -> Option<&[u8]> {
        self.tags.iter().find(|(tag, _)| *tag == name).map(|(_, body)| body.as_slice())
    }

    /// The three fixed-point numbers of an `XYZ` tag.
    pub(super) fn xyz(&self, name: [u8; 4]) -> Option<[i32; 3]> {
        let body = self.tag(name)?;
        Some([fixed(body, 8)?, fixed(body, 12)?, fixed(body, 16)?])
    }

    /// The tone curve in a tag.
    pub(super) fn curve(&self, name: [u8; 4]) -> Option<Curve> {
        Curve::parse(self.tag(name)?).map(|(curve, _)| curve)
    }

    fn is_usable(&self) -> bool {
        let has = |names: &[&[u8; 4]]| names.iter().all(|name| self.tag(**name).is_some());
        let channels: u8 = match &self.space {
            b"GRAY" => 1,
            b"RGB " => 3,
            _ => 4,
        };
        let tables_fit = self.tags.iter().all(|(name, body)| match &name[..2] {
            b"A2" => body.get(8) == Some(&channels) && body.get(9) == Some(&3),
            b"B2" => body.get(8) == Some(&3) && body.get(9) == Some(&channels),
            _ => true,
        });
        let computable = match channels {
            1 => has(&[b"kTRC"]) || has(&[b"A2B0"]),
            3 => has(&[b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"]) || has(&[b"A2B0"]),
            _ => has(&[b"A2B0"]),
        };
        tables_fit && computable
    }

    /// Writes the canonical profile.
    pub(super) fn write(&self) -> Option<Vec<u8>> {
        let mut tags =
            vec![(*b"desc", description(self.version)), (*b"cprt", copyright(self.version))];
        tags.extend(self.tags.iter().cloned());
        let table = 4 + 12 * tags.len();
        let mut entries = Vec::with_capacity(table);
        entries.extend(u32::try_from(tags.len()).ok()?.to_be_bytes());
        let mut data: Vec<u8> = Vec::new();
        let mut placed: Vec<(usize, &[u8])> = Vec::new();
        for (name, body) in &tags {
            // Three equal curves are stored once, as every writer of profiles does.
            let earlier = placed.iter().find(|(_, other)| other == body).map(|(at, _)| *at);
            let at = earlier.unwrap_or(HEADER + table + data.len());
            if earlier.is_none() {
                data.extend(body);
                pad(&mut data);
                placed.push((at, body));
            }
            entries.extend(name);
            entries.extend(u32::try_from(at).ok()?.to_be_bytes());
            entries.extend(u32::try_from(body.len()).ok()?.to_be_bytes());
        }
        let mut profile = self.header(HEADER + table + data.len())?;
        profile.extend(entries);
        profile.extend(data);
        Some(profile)
    }

    /// Everything that names a device, a maker, a day or an id stays zero.
    fn header(&self, size: usize) -> Option<Vec<u8>> {
        let mut header = Vec::with_capacity(size);
        header.extend(u32::try_from(size).ok()?.to_be_bytes());
        header.extend([0; 4]);
        header.extend(match self.version {
            Version::Two => [2, 0x40, 0, 0],
            Version::Four => [4, 0x30, 0, 0],
        });
        header.extend(self.class);
        header.extend(self.space);
        header.extend(self.connection);
        header.extend([0; 12]);
        header.extend(b"acsp");
        header.extend([0; 24]);
        header.extend(self.intent.to_be_bytes());
        header.extend(D50.iter().flat_map(|part| part.to_be_bytes()));
        header.resize(HEADER, 0);
        Some(header)
    }
}

fn allowed(bytes: &[u8], at: usize, values: &[&[u8; 4]]) -> Option<[u8; 4]> {
    let value = *bytes.get(at..)?.first_chunk()?;
    values.contains(&&value).then_some(value)
}

/// The table of tags: a name, an offset and a length each.
fn table(bytes: &[u8]) -> Option<&[u8]> {
    let count = index(bytes, HEADER)?;
    if count > MAX_TAGS {
        return None;
    }
    bytes.get(HEADER + 4..HEADER + 4 + 12 * count)
}

/// The bytes that an entry of the table points to.
fn located<'a>(bytes: &'a [u8], entry: &[u8]) -> Option<&'a [u8]> {
    let (at, length) = (index(entry, 4)?, index(entry, 8)?);
    bytes.get(at..at.checked_add(length)?)
}

/// Writes the body of a tag anew, from the fields its type defines.
fn body_of(name: [u8; 4], body: &[u8]) -> Option<Vec<u8>> {
    match &name {
        b"wtpt" | b"rXYZ" | b"gXYZ" | b"bXYZ" => typed(body, *b"XYZ ", 12),
        b"chad" => typed(body, *b"sf32", 36),
        b"cicp" => typed(body, *b"cicp", 4),
        b"rTRC" | b"gTRC" | b"bTRC" | b"kTRC" => Some(Curve::parse(body)?.0.write()),
        _ => lut::rewrite(body),
    }
}

/// A type name, four zero bytes and a value of fixed length.
fn typed(body: &[u8], kind: [u8; 4], length: usize) -> Option<Vec<u8>> {
    let value = body.strip_prefix(&kind)?.get(4..4 + length)?;
    Some([&kind, &[0; 4], value].concat())
}

fn description(version: Version) -> Vec<u8> {
    match version {
        Version::Two => {
            let mut body = b"desc\0\0\0\0\0\0\0\x07colour\0".to_vec();
            // No Unicode text (8 bytes) and no Macintosh text (3 and a field of 67).
            body.resize(body.len() + 8 + 3 + 67, 0);
            body
        }
        Version::Four => unicode("colour"),
    }
}

fn copyright(version: Version) -> Vec<u8> {
    match version {
        Version::Two => b"text\0\0\0\0none\0".to_vec(),
        Version::Four => unicode("none"),
    }
}

/// One text for English readers (`multiLocalizedUnicodeType`).
fn unicode(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let length = u8::try_from(units.len()).unwrap_or_default();
    let mut body = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0".to_vec();
    body.extend([length, 0, 0, 0, 28]);
    body.extend(units);
    body
}
