//! A document that tells too much, made in code.

use std::io::Write as _;

use super::pictures::{hiding, plain_photo};
use super::planted::word;

/// Where [`document`] has a word. XMP stands at four places.
pub const PLACES: [&str; 15] = [
    "header",
    "info author",
    "info title",
    "XMP of the document",
    "XMP of the page",
    "XMP of the picture",
    "XMP of the form",
    "private data",
    "older revision",
    "orphan",
    "attached file",
    "attached file's name",
    "comment's author",
    "comment",
    "Exif of the picture",
];

/// A page with a line and a picture, saved twice, with words in all of [`PLACES`].
pub fn document() -> Vec<u8> {
    let mut pdf = format!("%PDF-1.7\n% {}\n", word("header")).into_bytes();
    let older = format!("BT /F 24 Tf 72 700 Td (Faktura 16 {}) Tj ET", word("older revision"));
    let mut first = objects();
    first.push((4, folded("", older.as_bytes())));
    first.push((9, folded("", word("orphan").as_bytes())));
    let table = append(&mut pdf, first, "/Info 8 0 R");
    let newer = b"BT /F 24 Tf 72 700 Td (Faktura 17) Tj ET\n\
        q 64 0 0 48 72 600 cm /Photo Do Q /Form Do";
    append(&mut pdf, vec![(4, folded("", newer))], &format!("/Info 8 0 R /Prev {table}"));
    pdf
}

/// A document of two pages, a black one and a white one.
pub fn two_pages() -> Vec<u8> {
    let page = |drawing: usize| {
        let size = "/MediaBox [0 0 200 100]";
        format!("<< /Type /Page /Parent 2 0 R {size} /Contents {drawing} 0 R >>").into_bytes()
    };
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let objects = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, b"<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>".to_vec()),
        (3, page(5)),
        (4, page(6)),
        (5, folded("", b"0 g 0 0 200 100 re f")),
        (6, folded("", b"1 g 0 0 200 100 re f")),
    ];
    append(&mut pdf, objects, "");
    pdf
}

/// A page with a line of words under a black box, where viewers see the box alone.
pub fn blacked_out(words: &str) -> Vec<u8> {
    blacked_out_pages(words, 1)
}

/// The same page so many times.
pub fn blacked_out_pages(words: &str, pages: usize) -> Vec<u8> {
    let drawing = format!("BT /F 12 Tf 20 50 Td ({words}) Tj ET 0 g 10 40 180 30 re f");
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 3 0 R \
         /Resources << /Font << /F 4 0 R >> >> >>";
    let numbers = 5..5 + pages;
    let kids: Vec<String> = numbers.clone().map(|number| format!("{number} 0 R")).collect();
    let kids = kids.join(" ");
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut objects = vec![
        (1, b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()),
        (2, format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>").into_bytes()),
        (3, folded("", drawing.as_bytes())),
        (4, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".into()),
    ];
    objects.extend(numbers.map(|number| (number, page.into())));
    append(&mut pdf, objects, "");
    pdf
}

fn objects() -> Vec<(usize, Vec<u8>)> {
    let text = |place: &str| format!("({})", word(place));
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [7 0 R] \
         /Resources << /Font << /F 5 0 R >> /XObject << /Photo 12 0 R /Form 14 0 R >> >> \
         /Metadata 15 0 R /PieceInfo << /X << /Private {} >> >> >>",
        text("private data")
    );
    let comment = format!(
        "<< /Type /Annot /Subtype /Text /Rect [9 9 29 29] /T {} /Contents {} >>",
        text("comment's author"),
        text("comment")
    );
    // As most programs write a name with letters beyond ASCII.
    let wide: Vec<u8> = word("info author").encode_utf16().flat_map(u16::to_be_bytes).collect();
    let info = format!("<< /Author <feff{}> /Title {} >>", hex::encode(wide), text("info title"));
    let attached = format!("<< /Type /Filespec /F {} /EF << /F 11 0 R >> >>", {
        text("attached file's name")
    });
    let exif = word("Exif of the picture");
    let photo = hiding(&plain_photo(), &exif, &exif, "");
    vec![
        (
            1,
            "<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R \
             /Names << /EmbeddedFiles << /Names [(a) 10 0 R] >> >> >>"
                .into(),
        ),
        (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into()),
        (3, page.into()),
        (5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".into()),
        (6, xmp("XMP of the document")),
        (7, comment.into()),
        (8, info.into()),
        (10, attached.into()),
        (11, folded("/Type /EmbeddedFile", word("attached file").as_bytes())),
        (
            12,
            stream(
                "/Type /XObject /Subtype /Image /Width 64 /Height 48 /BitsPerComponent 8 \
                 /ColorSpace /DeviceRGB /Filter /DCTDecode /Metadata 13 0 R",
                &photo,
            ),
        ),
        (13, xmp("XMP of the picture")),
        (
            14,
            folded(
                "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Metadata 16 0 R",
                b"72 690 200 1 re f",
            ),
        ),
        (15, xmp("XMP of the page")),
        (16, xmp("XMP of the form")),
    ]
}

fn xmp(place: &str) -> Vec<u8> {
    let packet = format!(
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
         <rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description \
         xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>{}</dc:creator>\
         </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>",
        word(place)
    );
    stream("/Type /Metadata /Subtype /XML", packet.as_bytes())
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn folded(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    stream(&format!("{dictionary} /Filter /FlateDecode"), &encoder.finish().unwrap())
}

/// Writes a revision. Returns where its table stands.
fn append(pdf: &mut Vec<u8>, objects: Vec<(usize, Vec<u8>)>, trailer: &str) -> usize {
    let mut table = vec!["xref\n0 1\n0000000000 65535 f \n".to_owned()];
    for (number, body) in objects {
        table.push(format!("{number} 1\n{:010} 00000 n \n", pdf.len()));
        pdf.extend(format!("{number} 0 obj\n").bytes());
        pdf.extend(body);
        pdf.extend(b"\nendobj\n");
    }
    let start = pdf.len();
    pdf.extend(table.concat().bytes());
    let end = format!("trailer\n<< /Size 17 /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    pdf.extend(end.bytes());
    start
}
