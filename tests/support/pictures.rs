//! Files that tell too much, made in code.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

/// What is planted where nobody looks.
pub const TOKEN: &str = "Kanarie55N12E1967";

/// A photograph with a place, a camera, a comment and bytes after its end.
pub fn photo() -> Vec<u8> {
    hiding(&plain_photo(), TOKEN, TOKEN, TOKEN)
}

/// A picture with a camera, a comment and bytes after its end.
pub fn hiding(plain: &[u8], camera: &str, comment: &str, trailer: &str) -> Vec<u8> {
    let (start, rest) = plain.split_at(2);
    let mut photo = start.to_vec();
    photo.extend(segment(0xe1, &exif(camera)));
    photo.extend(segment(0xfe, comment.as_bytes()));
    photo.extend(rest);
    photo.extend(trailer.bytes());
    photo
}

/// A picture of noise: no two are alike.
pub fn noise(mut random: impl FnMut() -> u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(64, 48, |_, _| Rgb([random(), random(), random()]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// The same picture without anything else.
pub fn plain_photo() -> Vec<u8> {
    let picture = RgbImage::from_fn(64, 48, |x, y| Rgb([(x * 4) as u8, (y * 5) as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() + 2) as u16;
    [&[0xff, marker][..], &length.to_be_bytes(), content].concat()
}

/// A big-endian Exif block with the camera's make.
fn exif(camera: &str) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    tiff.extend([0x01, 0x0f, 0x00, 0x02]);
    tiff.extend(((camera.len() + 1) as u32).to_be_bytes());
    tiff.extend(26u32.to_be_bytes());
    tiff.extend([0; 4]);
    tiff.extend(camera.bytes());
    tiff.push(0);
    tiff
}

/// A one-page PDF whose Info, XMP, private data, comment and older revision hold the token.
pub fn document() -> Vec<u8> {
    let drawing = "BT /F 24 Tf 72 700 Td (Faktura 17) Tj ET";
    let xmp = format!("<x:xmpmeta xmlns:x='adobe:ns:meta/'><author>{TOKEN}</author></x:xmpmeta>");
    let note = format!(
        "<< /Type /Annot /Subtype /Text /Rect [9 9 29 29] /T ({TOKEN}) /Contents ({TOKEN}) >>"
    );
    let stream = |dictionary: &str, content: &str| {
        format!("<< {dictionary} /Length {} >>\nstream\n{content}\nendstream", content.len())
    };
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [7 0 R] \
             /Resources << /Font << /F 5 0 R >> >> /PieceInfo << /X << /Private ({TOKEN}) >> >> >>"
        ),
        stream("", drawing),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        stream("/Type /Metadata /Subtype /XML", &xmp),
        note,
        format!("<< /Author ({TOKEN}) /Title ({TOKEN}) >>"),
    ];
    let mut pdf = format!("%PDF-1.7\n% {TOKEN}\n").into_bytes();
    let mut table = Vec::new();
    for (number, object) in (1..).zip(objects) {
        table.push(format!("{:010} 00000 n \n", pdf.len()));
        pdf.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = pdf.len();
    pdf.extend(b"xref\n0 9\n0000000000 65535 f \n");
    pdf.extend(table.concat().bytes());
    pdf.extend(b"trailer\n<< /Size 9 /Root 1 0 R /Info 8 0 R >>\n");
    pdf.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    pdf
}
