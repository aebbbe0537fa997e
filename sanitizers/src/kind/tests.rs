use super::*;

#[test]
fn the_first_bytes_decide_and_nothing_else() {
    assert_eq!(of_head(b"\xFF\xD8\xFF\xE0"), Ok(Kind::Jpeg));
    assert_eq!(of_head(b"\x89PNG\r\n\x1a\n"), Ok(Kind::Png));
    assert_eq!(of_head(b"%PDF-1.7\n"), Ok(Kind::Pdf));
    assert_eq!(of_head("Jeg så det selv.\r\n".as_bytes()), Ok(Kind::Text));
    assert_eq!(of_head(b"\xFF\xFEJ\0e\0g\0"), Ok(Kind::Text));
}

#[test]
fn a_recording_that_was_cut_inside_of_a_frame_is_one() {
    let frame = crate::canaries::mp3::frame(0, 128, b"sound that people");
    let whole = [b"\0\x01end of a frame", &*frame, &frame, &frame].concat();
    let kind = |bytes: &[u8]| recognise(&mut std::io::Cursor::new(bytes.to_vec()));
    assert_eq!(kind(&whole), Ok(Kind::Mp3));
    assert_eq!(kind(&whole[..whole.len() - 1]), Err(Refusal::UnknownFormat));
}

#[test]
fn a_document_behind_junk_is_still_a_document() {
    assert_eq!(of_head(b"\n\njunk\n%PDF-1.4\n"), Ok(Kind::Pdf));
}

#[test]
fn a_picture_that_is_also_a_document_is_refused() {
    for start in
        [&b"\xFF\xD8\xFF\xFE\0\x20"[..], b"\x89PNG\r\n\x1a\n", b"GIF89a\0\0", b"PK\x03\x04"]
    {
        let head = [start, b"%PDF-1.4"].concat();
        assert_eq!(of_head(&head), Err(Refusal::Polyglot));
    }
}

#[test]
fn nothing_is_refused_as_nothing() {
    assert_eq!(of_head(b""), Err(Refusal::Empty));
}

#[test]
fn formats_are_known_by_their_signatures() {
    let cases: [(&[u8], Kind); 12] = [
        (b"\0\0\0\x18ftypheic", Kind::Heic),
        (b"\0\0\0\x1Cftypavif", Kind::Avif),
        (b"GIF89a\x01\0\x01\0", Kind::Gif),
        (b"RIFF\x10\0\0\0WEBP", Kind::Webp),
        (b"RIFF\x10\0\0\0WAVE", Kind::Wav),
        (b"\0\0\0\x18ftypmp42", Kind::Mp4),
        (b"\0\0\0\x14ftypqt  ", Kind::Mov),
        (b"\0\0\0\x18ftypM4A ", Kind::M4a),
        (b"\x1A\x45\xDF\xA3\x9F\x42\x82\x84webm", Kind::Webm),
        (b"<?xml version=\"1.0\"?><svg>", Kind::Svg),
        (b"<!DOCTYPE html><p>", Kind::Html),
        (b"Received: from a\r\nSubject: hi\r\n", Kind::Mail),
    ];
    for (head, kind) in cases {
        assert_eq!(of_head(head), Ok(kind), "{head:?}");
    }
}

#[test]
fn a_drawing_is_known_in_every_encoding() {
    let drawing = "<?xml version=\"1.0\"?>\r<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    let utf16 = "\u{FEFF}".encode_utf16().chain(drawing.encode_utf16());
    let utf16: Vec<u8> = utf16.flat_map(u16::to_le_bytes).collect();
    assert_eq!(of_head(&utf16), Ok(Kind::Svg));
    assert_eq!(of_head(b"\xA0<svgs>, a word\n"), Ok(Kind::Svg));
}

#[test]
fn known_formats_that_are_not_cleaned_are_named() {
    let cases: [(&[u8], Foreign); 5] = [
        (b"8BPS\0\x01", Foreign::Picture),
        (b"%!PS-Adobe-3.0", Foreign::VectorPicture),
        (b"{\\rtf1\\ansi", Foreign::Office),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Foreign::Office),
        (b"MZ\x90\0\x03", Foreign::Program),
    ];
    for (head, foreign) in cases {
        assert_eq!(of_head(head), Err(Refusal::NotCleanable(foreign)), "{head:?}");
    }
}

#[test]
fn a_letter_that_begins_like_a_program_is_a_letter() {
    assert_eq!(of_head(b"MZ 123 was the number plate."), Ok(Kind::Text));
    assert_eq!(of_head(b"From Anna I heard the following:"), Ok(Kind::Text));
    assert_eq!(of_head(b"THE HEATWAVE of 2026 was hidden."), Ok(Kind::Text));
    assert_eq!(of_head(b"We love WEBP. The movement"), Ok(Kind::Text));
    assert_eq!(of_head(b"GIF89a is a format."), Ok(Kind::Text));
    assert_eq!(of_head(b"It began with %PDF-1.4 and stopped."), Ok(Kind::Text));
}

#[test]
fn bytes_that_mean_nothing_are_refused() {
    assert_eq!(of_head(&[0, 1, 2, 3, 4, 5, 6, 7]), Err(Refusal::UnknownFormat));
}
