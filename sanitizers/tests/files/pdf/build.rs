//! Builds documents from objects written by hand.

use std::io::Write;

/// A document in the making: objects in the order in which they will stand.
#[derive(Clone, Default)]
pub(crate) struct Builder {
    pub(crate) objects: Vec<(u32, Vec<u8>)>,
    /// Entries of the trailer besides `/Size` and `/Root 1 0 R`.
    pub(crate) trailer: String,
    /// Bytes between the objects.
    pub(crate) gap: String,
    /// The second line of the header, after the percent sign.
    pub(crate) comment: String,
}

impl Builder {
    /// Adds an object, in place of one of the same number.
    pub(crate) fn object(&mut self, number: u32, body: &str) -> &mut Self {
        self.put(number, body.as_bytes().to_vec())
    }

    fn put(&mut self, number: u32, body: Vec<u8>) -> &mut Self {
        self.objects.retain(|(other, _)| *other != number);
        self.objects.push((number, body));
        self
    }

    /// Adds a stream; `dict` is what stands in its dictionary besides the length.
    pub(crate) fn stream(&mut self, number: u32, dict: &str, data: &[u8]) -> &mut Self {
        let head = format!("<</Length {} {dict}>>\nstream\n", data.len());
        self.put(number, [head.as_bytes(), data, b"\nendstream"].concat())
    }

    /// Adds a stream that is compressed.
    pub(crate) fn folded(&mut self, number: u32, dict: &str, data: &[u8]) -> &mut Self {
        let dict = format!("/Filter/FlateDecode {dict}");
        self.stream(number, &dict, &deflate(data))
    }

    /// The file.
    pub(crate) fn build(&self) -> Vec<u8> {
        let mut out = format!("%PDF-1.7\n%{}\n", self.comment).into_bytes();
        self.append(&mut out, 0, "");
        out
    }

    /// Adds these objects to an older version of the file.
    pub(crate) fn update(&self, older: &[u8]) -> Vec<u8> {
        let mut out = older.to_vec();
        let start = older.windows(9).rposition(|text| text == b"startxref").unwrap() + 10;
        let digits: String = older[start..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .map(|b| char::from(*b))
            .collect();
        self.append(&mut out, 0, &format!("/Prev {digits}"));
        out
    }

    fn append(&self, out: &mut Vec<u8>, base: usize, previous: &str) {
        let mut places = Vec::new();
        for (number, body) in &self.objects {
            places.push((*number, out.len() - base));
            out.extend(format!("{number} 0 obj\n").into_bytes());
            out.extend(body);
            out.extend(b"\nendobj\n");
            out.extend(self.gap.as_bytes());
        }
        let table = out.len() - base;
        places.sort_unstable();
        let size = places.last().unwrap().0 + 1;
        out.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, place) in places {
            out.extend(format!("{number} 1\n{place:010} 00000 n \n").into_bytes());
        }
        let trailer = &self.trailer;
        let end = format!(
            "trailer\n<</Size {size}/Root 1 0 R{previous} {trailer}>>\nstartxref\n{table}\n%%EOF\n"
        );
        out.extend(end.into_bytes());
    }
}

/// Compresses as `FlateDecode` wants it.
pub(crate) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// A document of one page with the given drawing and resources; `extra` goes into the
/// page. The font /F1 is there; objects from 10 on are free.
pub(crate) fn one_page(drawing: &[u8], resources: &str, extra: &str) -> Builder {
    let mut builder = Builder { comment: "\u{e2}\u{e3}".to_owned(), ..Builder::default() };
    let page = format!(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R>>{resources}>>{extra}>>"
    );
    builder
        .object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .object(2, "<</Type/Pages/Count 1/Kids[3 0 R]>>")
        .object(3, &page)
        .folded(4, "", drawing)
        .object(5, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    builder
}

/// A drawing of one line of text.
pub(crate) const WORDS: &[u8] = b"BT /F1 24 Tf 20 100 Td (Visible words) Tj ET";

/// A document of one page with one line of text.
pub(crate) fn plain() -> Builder {
    one_page(WORDS, "", "")
}

/// A small picture as a camera would write it, with `token` in Exif and a comment.
pub(crate) fn photograph(token: &str) -> Vec<u8> {
    let mut jpeg = Vec::new();
    let picture = image::RgbImage::from_fn(32, 16, |x, y| {
        let [red, green] = [x * 8, y * 16].map(|value| u8::try_from(value).unwrap());
        image::Rgb([red, green, 128])
    });
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 90);
    encoder.encode_image(&picture).unwrap();
    let segment = |marker: u8, body: &[u8]| {
        let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], length.as_slice(), body].concat()
    };
    // One Exif field, 0x010f, the maker of the camera, as text behind the directory.
    let text = format!("{token}\0");
    let count = u32::try_from(text.len()).unwrap().to_be_bytes();
    let exif = [
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x0f\0\x02".as_slice(),
        &count,
        &[0, 0, 0, 26, 0, 0, 0, 0],
        text.as_bytes(),
    ]
    .concat();
    [&jpeg[..2], &segment(0xe1, &exif), &segment(0xfe, token.as_bytes()), &jpeg[2..]].concat()
}

/// A colour profile for screens whose description is `token`.
pub(crate) fn profile(token: &str) -> Vec<u8> {
    // Numbers are given in parts of ten thousand.
    let fixed = |value: i32| (value * 65_536 / 10_000).to_be_bytes();
    let xyz = |x: i32, y: i32, z: i32| {
        [b"XYZ \0\0\0\0".as_slice(), &fixed(x), &fixed(y), &fixed(z)].concat()
    };
    let curve = [b"curv\0\0\0\0\0\0\0\x01".as_slice(), &[2, 0]].concat();
    let mut desc = b"desc\0\0\0\0".to_vec();
    desc.extend(u32::try_from(token.len() + 1).unwrap().to_be_bytes());
    desc.extend(token.as_bytes());
    desc.resize(desc.len() + 1 + 4 + 4 + 2 + 1 + 67, 0);
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", desc),
        (b"cprt", [b"text\0\0\0\0", token.as_bytes(), b"\0"].concat()),
        (b"wtpt", xyz(9642, 10_000, 8249)),
        (b"rXYZ", xyz(5000, 2500, 200)),
        (b"gXYZ", xyz(3000, 6500, 1000)),
        (b"bXYZ", xyz(1642, 1000, 7049)),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let mut directory = 9u32.to_be_bytes().to_vec();
    let mut bodies = Vec::new();
    let start = 128 + 4 + 9 * 12;
    for (tag, body) in tags {
        directory.extend(tag);
        directory.extend(u32::try_from(start + bodies.len()).unwrap().to_be_bytes());
        directory.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        bodies.extend(&body);
        bodies.resize(bodies.len().next_multiple_of(4), 0);
    }
    let mut header = vec![0; 128];
    header[..4].copy_from_slice(&u32::try_from(start + bodies.len()).unwrap().to_be_bytes());
    header[8..12].copy_from_slice(&[2, 0x40, 0, 0]);
    header[12..24].copy_from_slice(b"mntrRGB XYZ ");
    header[36..40].copy_from_slice(b"acsp");
    header[68..80].copy_from_slice(&[0, 0, 0xf6, 0xd6, 0, 1, 0, 0, 0, 0, 0xd3, 0x2d]);
    [header, directory, bodies].concat()
}

/// A font file of tables that hold nothing but `token`.
pub(crate) fn font(token: &str) -> Vec<u8> {
    let tables: [(&[u8; 4], Vec<u8>); 4] = [
        (b"FFTM", token.as_bytes().to_vec()),
        (b"glyf", vec![0; 8]),
        (b"head", vec![0; 54]),
        (b"name", token.as_bytes().to_vec()),
    ];
    let mut out = vec![0, 1, 0, 0, 0, 4, 0, 64, 0, 2, 0, 0];
    let mut offset = 12 + 4 * 16;
    for (tag, body) in &tables {
        out.extend(*tag);
        out.extend([0; 4]);
        out.extend(u32::try_from(offset).unwrap().to_be_bytes());
        out.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        offset += body.len();
    }
    out.extend(tables.iter().flat_map(|(_, body)| body.clone()));
    out
}
