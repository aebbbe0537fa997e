//! Files of the other formats: pictures, sheets, texts, archives, and what `FFmpeg` records.

use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::path::Path;
use std::process::Command;

use image::ImageFormat;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::files::{self, Recipe};
use crate::photo::{Photo, noise};

/// What is made here.
pub(crate) const MADE: [Recipe; 12] = [
    ("GIF photo 2 Mpx", "photo.gif", || picture(ImageFormat::Gif, 1600, 1200)),
    ("WebP photo 12 Mpx", "photo.webp", || picture(ImageFormat::WebP, 4000, 3000)),
    ("TIFF photo 12 Mpx", "photo.tiff", || picture(ImageFormat::Tiff, 4000, 3000)),
    ("BMP photo 12 Mpx", "photo.bmp", || picture(ImageFormat::Bmp, 4000, 3000)),
    ("WAV, 4 minutes", "sound.wav", wav),
    ("Text, 10 MB", "long.txt", || words(10 << 20).into_bytes()),
    ("CSV, 100,000 rows", "long.csv", csv),
    ("HTML, 2 MB", "long.html", html),
    ("DOCX, 5,000 paragraphs", "long.docx", docx),
    ("XLSX, 100,000 cells", "long.xlsx", xlsx),
    ("ODT, 5,000 paragraphs", "long.odt", odt),
    ("ZIP of 20 photos", "photos.zip", photos),
];

/// What `FFmpeg` records: file name, what it stands for, seconds, and how it is coded.
const RECORDED: [(&str, &str, u32, &[&str]); 8] = [
    ("sound.mp3", "MP3, 10 minutes", 600, &["-vn", "-b:a", "192k"]),
    ("sound.flac", "FLAC, 4 minutes", 240, &["-vn"]),
    ("sound.ogg", "Ogg Vorbis, 10 minutes", 600, &["-vn", "-c:a", "libvorbis"]),
    ("sound.m4a", "M4A, 10 minutes", 600, &["-vn", "-c:a", "aac"]),
    ("film.mp4", "MP4, index last", 60, FILM),
    ("film.mov", "MOV, index last", 60, FILM),
    ("film.mkv", "MKV", 60, FILM),
    ("fragmented.mp4", "MP4, fragmented", 60, FRAGMENTED),
];

const FILM: &[&str] = &["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"];
const FRAGMENTED: &[&str] = &[
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-c:a",
    "aac",
    "-movflags",
    "frag_keyframe+empty_moov",
];

/// Records with `FFmpeg` what it can, and names what it could not.
pub(crate) fn record(folder: &Path) -> Vec<files::Sample> {
    let mut samples = Vec::new();
    for (file, name, seconds, coding) in RECORDED {
        let path = folder.join(file);
        let picture = format!("testsrc2=size=1280x720:rate=30:duration={seconds},noise=alls=12");
        let tone = format!("anoisesrc=color=pink:amplitude=0.3:duration={seconds}");
        let recorded = Command::new("ffmpeg")
            .args(["-v", "error", "-f", "lavfi", "-i", &tone])
            .args(if coding.contains(&"-vn") {
                vec![]
            } else {
                vec!["-f", "lavfi", "-i", &picture]
            })
            .args(coding)
            .args(["-metadata", "title=Canary", "-y"])
            .arg(&path)
            .status();
        if recorded.is_ok_and(|status| status.success()) {
            samples.extend(files::sample(name, path));
        } else {
            crate::say(&format!("{name}: not recorded (Debian package ffmpeg)"));
        }
    }
    samples
}

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let photo = Photo::of(width, height);
    let rows = (0..height).flat_map(|y| photo.row(y)).collect();
    let pixels = image::RgbImage::from_raw(width, height, rows).unwrap();
    let mut file = Cursor::new(Vec::new());
    image::DynamicImage::from(pixels).write_to(&mut file, format).unwrap();
    file.into_inner()
}

fn wav() -> Vec<u8> {
    let samples = 240 * 44_100_u32;
    let mut file = b"RIFF".to_vec();
    file.extend_from_slice(&(36 + samples * 4 + 34).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt \x10\0\0\0\x01\0\x02\0\x44\xAC\0\0\x10\xB1\x02\0\x04\0\x10\0");
    file.extend_from_slice(b"LIST\x1A\0\0\0INFOIART\x0E\0\0\0Anna Holm, Ry\0");
    file.extend_from_slice(b"data");
    file.extend_from_slice(&(samples * 4).to_le_bytes());
    file.extend((0..samples).flat_map(|at| noise(at, at >> 9, 7).to_le_bytes()));
    file
}

/// Lines of different words.
fn words(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 100);
    let mut number = 0;
    while text.len() < bytes {
        text.push_str(&sentence(number));
        text.push('\n');
        number += 1;
    }
    text
}

fn sentence(number: u32) -> String {
    const WORDS: [&str; 16] = [
        "money", "invoice", "the", "paid", "twice", "og", "vi", "så", "det", "ikke", "manager",
        "said", "before", "that", "account", "was",
    ];
    let word = |place| WORDS[noise(number, place, 5) as usize % WORDS.len()];
    (0..14).map(word).collect::<Vec<_>>().join(" ")
}

fn csv() -> Vec<u8> {
    let row = |number| format!("{number};{};{}\r\n", sentence(number), noise(number, 1, 3));
    (0..100_000).map(row).collect::<String>().into_bytes()
}

fn html() -> Vec<u8> {
    let mut page = "<!DOCTYPE html><html><head><title>Anna</title></head><body>".to_owned();
    for number in 0..25_000 {
        write!(page, "<p class=x{number} style='color:red'>{}</p>", sentence(number)).unwrap();
    }
    page.into_bytes()
}

/// A container of these parts.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        let options = SimpleFileOptions::default();
        let stored = options.compression_method(zip::CompressionMethod::Stored);
        let options = if *name == "mimetype" { stored } else { options };
        writer.start_file(*name, options).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts that lead to the main one.
fn office(main: &str, kind: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.\
         relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/vnd.\
         openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/><Override \
         PartName=\"/{main}\" ContentType=\"application/vnd.openxmlformats-officedocument.\
         {kind}.main+xml\"/></Types>"
    );
    let roots = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"{main}\"/>\
         </Relationships>"
    );
    let mut parts = vec![("[Content_Types].xml", types.as_str()), ("_rels/.rels", &roots)];
    parts.extend(more);
    package(&parts)
}

fn docx() -> Vec<u8> {
    let mut document = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/\
                        wordprocessingml/2006/main\"><w:body>"
        .to_owned();
    for number in 0..5_000 {
        write!(
            document,
            "<w:p w:rsidR=\"00{number:06}\"><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>",
            sentence(number)
        )
        .unwrap();
    }
    document.push_str("</w:body></w:document>");
    office("word/document.xml", "wordprocessingml.document", &[("word/document.xml", &document)])
}

fn xlsx() -> Vec<u8> {
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let book = format!(
        "<workbook xmlns=\"{space}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"Ark1\" \
         sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let lead = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"r1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
         </Relationships>"
    );
    let mut sheet = format!("<worksheet xmlns=\"{space}\"><sheetData>");
    for row in 1..=10_000 {
        write!(sheet, "<row r=\"{row}\">").unwrap();
        for (place, column) in ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].iter().enumerate()
        {
            let value = noise(row, u32::try_from(place).unwrap(), 4);
            write!(sheet, "<c r=\"{column}{row}\"><v>{value}</v></c>").unwrap();
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let parts = [
        ("xl/workbook.xml", book.as_str()),
        ("xl/_rels/workbook.xml.rels", &lead),
        ("xl/worksheets/sheet1.xml", &sheet),
    ];
    office("xl/workbook.xml", "spreadsheetml.sheet", &parts)
}

fn odt() -> Vec<u8> {
    let mut content = "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:\
                       xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:\
                       text:1.0\" office:version=\"1.3\"><office:body><office:text>"
        .to_owned();
    for number in 0..5_000 {
        write!(content, "<text:p>{}</text:p>", sentence(number)).unwrap();
    }
    content.push_str("</office:text></office:body></office:document-content>");
    let media = "application/vnd.oasis.opendocument.text";
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" \
         manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" \
         manifest:media-type=\"{media}\"/><manifest:file-entry \
         manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
         </manifest:manifest>"
    );
    package(&[("mimetype", media), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)])
}

fn photos() -> Vec<u8> {
    let photo = files::jpeg(&Photo::of(1600, 1200));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..20 {
        let name = format!("Users/anna/Pictures/IMG_{number:04}.jpg");
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(&photo).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
