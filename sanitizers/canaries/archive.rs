//! ZIP and TAR archives: what they tell beside the files, and files that lie in them.

use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature};
use crate::{Kind, Refusal};

/// A text that everybody sees.
fn words(token: &Token) -> Vec<u8> {
    format!("The tank leaks: {}.\n", token.shown()).into_bytes()
}

/// A ZIP with one text, of which some fields can be set.
struct Zip {
    name: String,
    local_extra: Vec<u8>,
    extra: Vec<u8>,
    comment: Vec<u8>,
    archive_comment: Vec<u8>,
    gap: Vec<u8>,
    attributes: u32,
    content: Vec<u8>,
}

impl Zip {
    fn of(content: Vec<u8>) -> Zip {
        Zip {
            name: "1.txt".to_owned(),
            local_extra: Vec::new(),
            extra: Vec::new(),
            comment: Vec::new(),
            archive_comment: Vec::new(),
            gap: Vec::new(),
            attributes: 0,
            content,
        }
    }

    /// A second member without content beside one that everybody sees.
    fn bytes(&self, token: &Token) -> Vec<u8> {
        let mut file = Vec::new();
        let mut directory = Vec::new();
        let seen = Zip::of(words(token));
        for zip in [&seen, self] {
            let name =
                if std::ptr::eq(zip, self) && zip.name == "1.txt" { "2.txt" } else { &zip.name };
            let short = |length: usize| u16::try_from(length).unwrap().to_le_bytes();
            let long = |length: usize| u32::try_from(length).unwrap().to_le_bytes();
            let mut crc = flate2::Crc::new();
            crc.update(&zip.content);
            let common = |extra: &[u8]| {
                let mut fields = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
                fields.extend(crc.sum().to_le_bytes());
                fields.extend([long(zip.content.len()), long(zip.content.len())].concat());
                fields.extend([short(name.len()), short(extra.len())].concat());
                fields
            };
            let place = file.len();
            file.extend(b"PK\x03\x04");
            file.extend(common(&zip.local_extra));
            file.extend(name.as_bytes());
            file.extend(&zip.local_extra);
            file.extend(&zip.content);
            file.extend(&zip.gap);
            directory.extend(b"PK\x01\x02\x14\x03");
            directory.extend(common(&zip.extra));
            directory.extend(short(zip.comment.len()));
            directory.extend([0; 4]);
            directory.extend(zip.attributes.to_le_bytes());
            directory.extend(long(place));
            directory.extend(name.as_bytes());
            directory.extend(&zip.extra);
            directory.extend(&zip.comment);
        }
        let start = u32::try_from(file.len()).unwrap().to_le_bytes();
        let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
        file.extend(directory);
        file.extend(b"PK\x05\x06\0\0\0\0\x02\0\x02\0");
        file.extend([length, start].concat());
        file.extend(u16::try_from(self.archive_comment.len()).unwrap().to_le_bytes());
        file.extend(&self.archive_comment);
        file
    }
}

/// A ZIP in which something was set.
fn zip(token: &Token, set: impl FnOnce(&mut Zip, String)) -> Vec<u8> {
    let mut zip = Zip::of(b"More words.\n".to_vec());
    set(&mut zip, token.hidden());
    zip.bytes(token)
}

/// An extra field of a ZIP.
fn extra(number: u16, body: &str) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [&number.to_le_bytes(), &length.to_le_bytes(), body.as_bytes()].concat()
}

fn put(header: &mut [u8], at: usize, field: &[u8]) {
    header[at..at + field.len()].copy_from_slice(field);
}

/// A header of a TAR and its data.
pub(super) fn member(kind: u8, name: &str, data: &[u8], set: impl FnOnce(&mut [u8])) -> Vec<u8> {
    let mut header = vec![0; 512];
    put(&mut header, 0, name.as_bytes());
    put(&mut header, 100, b"0000644\0");
    put(&mut header, 124, format!("{:011o}\0", data.len()).as_bytes());
    put(&mut header, 136, b"00000000000\0");
    header[156] = kind;
    put(&mut header, 257, b"ustar\x0000");
    set(&mut header);
    put(&mut header, 148, b"        ");
    let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
    put(&mut header, 148, format!("{sum:06o}\0 ").as_bytes());
    header.extend(data);
    header.resize(header.len().next_multiple_of(512), 0);
    header
}

/// A TAR with a text that everybody sees behind other members.
fn tar(token: &Token, members: &[Vec<u8>]) -> Vec<u8> {
    let seen = member(b'0', "1.txt", &words(token), |_| {});
    [members.concat(), seen, vec![0; 1024]].concat()
}

fn text(name: &str, set: impl FnOnce(&mut [u8])) -> Vec<u8> {
    member(b'0', name, b"More words.\n", set)
}

fn record(key: &str, value: &str) -> Vec<u8> {
    let body = format!(" {key}={value}\n");
    let length = (1..9999).find(|length: &usize| length.to_string().len() + body.len() == *length);
    format!("{}{body}", length.unwrap()).into_bytes()
}

fn extended(token: &Token, kind: u8, key: &str) -> Vec<u8> {
    let header = member(kind, "PaxHeaders/1.txt", &record(key, &token.hidden()), |_| {});
    tar(token, &[header, text("0.txt", |_| {})])
}

macro_rules! row {
    ($kind:ident $place:literal, $plant:expr) => {
        Row { kind: Kind::$kind, place: $place, plant: $plant, outcome: Outcome::Cleaned }
    };
    ($kind:ident $place:literal, $plant:expr, $refusal:expr) => {
        Row { kind: Kind::$kind, place: $place, plant: $plant, outcome: Outcome::Refused($refusal) }
    };
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = of_zip();
    rows.extend(of_members());
    rows.extend(of_tar());
    rows
}

fn of_zip() -> Vec<Row> {
    const SYMLINK: u32 = 0o120_777 << 16;
    vec![
        row!(Zip "name of a member", |t| zip(t, |zip, token| zip.name = token + ".txt")),
        row!(Zip "folder of a member", |t| zip(t, |zip, token| zip.name = format!("Users/{token}/a.txt"))),
        row!(Zip "name of a folder", |t| zip(t, |zip, token| {
            zip.name = token + "/";
            zip.content.clear();
        })),
        row!(Zip "name of an empty file", |t| zip(t, |zip, token| {
            zip.name = token + ".txt";
            zip.content.clear();
        })),
        row!(Zip "name with strokes of Windows", |t| zip(t, |zip, token| zip.name = format!("C\\{token}\\a.txt"))),
        row!(Zip "comment of the archive", |t| zip(t, |zip, token| zip.archive_comment = token.into_bytes())),
        row!(Zip "comment of a member", |t| zip(t, |zip, token| zip.comment = token.into_bytes())),
        row!(Zip "extra field of times", |t| zip(t, |zip, token| zip.local_extra = extra(0x5455, &token))),
        row!(Zip "extra field of users and groups", |t| zip(t, |zip, token| zip.local_extra = extra(0x7875, &token))),
        row!(Zip "extra field of NTFS", |t| zip(t, |zip, token| zip.extra = extra(0x000A, &token))),
        row!(Zip "extra field of a security descriptor", |t| zip(t, |zip, token| zip.extra = extra(0x4453, &token))),
        row!(Zip "extra field of certificates", |t| zip(t, |zip, token| zip.extra = extra(0x0014, &token))),
        row!(Zip "extra field of a Macintosh", |t| zip(t, |zip, token| zip.extra = extra(0x334D, &token))),
        row!(Zip "extra field nobody knows", |t| zip(t, |zip, token| zip.extra = extra(0x9999, &token))),
        row!(Zip "bytes between members", |t| zip(t, |zip, token| zip.gap = token.into_bytes())),
        row!(Zip "bytes behind the end", |t| [zip(t, |_, _| {}), t.hidden().into_bytes()].concat()),
        row!(Zip "target of a symbolic link", |t| zip(t, |zip, token| {
            zip.content = format!("/home/{token}/a").into_bytes();
            zip.attributes = SYMLINK;
        })),
        row!(Zip "leftover of a Macintosh folder", |t| zip(t, |zip, token| {
            zip.name = ".DS_Store".to_owned();
            zip.content = token.into_bytes();
        })),
        row!(Zip "what a Macintosh remembers of a file", |t| zip(t, |zip, token| {
            zip.name = "__MACOSX/._1.txt".to_owned();
            zip.content = token.into_bytes();
        })),
        row!(Zip "small pictures of Windows", |t| zip(t, |zip, token| {
            zip.name = "a/Thumbs.db".to_owned();
            zip.content = token.into_bytes();
        })),
        row!(Zip "looks of a folder of Windows", |t| zip(t, |zip, token| {
            zip.name = "desktop.ini".to_owned();
            zip.content = token.into_bytes();
        })),
        row!(Zip "who has a document open", |t| zip(t, |zip, token| {
            zip.name = "~$letter.docx".to_owned();
            zip.content = token.into_bytes();
        })),
        row!(Zip "where a file was loaded from", |t| zip(t, |zip, token| {
            zip.name = "a.jpg:Zone.Identifier".to_owned();
            zip.content = token.into_bytes();
        })),
        row!(Zip "bytes before the first member", |t| [t.hidden().into_bytes(), zip(t, |_, _| {})].concat(),
            Refusal::UnknownFormat),
        row!(Zip "member with a password", |t| {
            let mut file = zip(t, |zip, token| zip.content = token.into_bytes());
            let entry = memchr::memmem::rfind(&file, b"PK\x01\x02").unwrap();
            file[entry + 8] = 1;
            file
        }, Refusal::Password),
        row!(Zip "name that the header has and the directory has not", |t| {
            let mut file = zip(t, |zip, token| zip.name = token + ".txt");
            let name = t.hidden();
            let last = memchr::memmem::rfind(&file, name.as_bytes()).unwrap();
            file[last] = b'k';
            file
        }, Refusal::Damaged(Damage::Value)),
        row!(Zip "member that nobody can clean", |t| zip(t, |zip, token| {
            zip.content = [b"MZ\x90\0\x03", token.as_bytes()].concat();
        }), Refusal::NotCleanable(crate::refusal::Foreign::Program)),
    ]
}

/// Files of other formats in a ZIP, with what they hide themselves.
fn of_members() -> Vec<Row> {
    vec![
        row!(Zip "comment of a picture in it", |t| zip(t, |zip, token| {
            zip.content = crate::jpeg::sample::with(&crate::jpeg::sample::photo(), 0xFE, token.as_bytes());
        })),
        row!(Zip "head of a page in it", |t| zip(t, |zip, token| {
            zip.content = format!("<html><meta name=author content={token}><p>a</html>").into_bytes();
        })),
        row!(Zip "name in an archive in it", |t| {
            let inner = zip(t, |zip, token| zip.name = token + ".txt");
            zip(t, |zip, _| zip.content = inner)
        }),
        row!(Zip "user in an archive in it", |t| {
            let inner = tar(t, &[text("2.txt", |h| put(h, 265, t.hidden().as_bytes()))]);
            zip(t, |zip, _| zip.content = inner)
        }),
    ]
}

fn of_tar() -> Vec<Row> {
    vec![
        row!(Tar "name of a member", |t| tar(t, &[text(&t.hidden(), |_| {})])),
        row!(Tar "beginning of a long name", |t| tar(t, &[text("2.txt", |h| put(h, 345, t.hidden().as_bytes()))])),
        row!(Tar "name of the user", |t| tar(t, &[text("2.txt", |h| put(h, 265, t.hidden().as_bytes()))])),
        row!(Tar "name of the group", |t| tar(t, &[text("2.txt", |h| put(h, 297, t.hidden().as_bytes()))])),
        row!(Tar "end of the header", |t| tar(t, &[text("2.txt", |h| put(h, 496, t.hidden().as_bytes()))])),
        row!(Tar "name of a folder", |t| tar(t, &[member(b'5', &format!("{}/", t.hidden()), b"", |_| {})])),
        row!(Tar "target of a symbolic link", |t| tar(t, &[member(b'2', "a", b"", |h| put(h, 157, t.hidden().as_bytes()))])),
        row!(Tar "target of a hard link", |t| tar(t, &[member(b'1', "a", b"", |h| put(h, 157, t.hidden().as_bytes()))])),
        row!(Tar "name of a device", |t| tar(t, &[member(b'3', &t.hidden(), b"", |_| {})])),
        row!(Tar "name of a pipe", |t| tar(t, &[member(b'6', &t.hidden(), b"", |_| {})])),
        row!(Tar "name of the volume", |t| tar(t, &[member(b'V', &t.hidden(), b"", |_| {})])),
        row!(Tar "long name of GNU", |t| tar(t, &[
            member(b'L', "././@LongLink", format!("{}\0", t.hidden()).as_bytes(), |_| {}),
            text("2.txt", |_| {}),
        ])),
        row!(Tar "long target of GNU", |t| tar(t, &[
            member(b'K', "././@LongLink", format!("{}\0", t.hidden()).as_bytes(), |_| {}),
            member(b'2', "a", b"", |_| {}),
        ])),
        row!(Tar "extended path", |t| extended(t, b'x', "path")),
        row!(Tar "extended user", |t| extended(t, b'x', "uname")),
        row!(Tar "extended group", |t| extended(t, b'x', "gname")),
        row!(Tar "extended time", |t| extended(t, b'x', "mtime")),
        row!(Tar "extended comment", |t| extended(t, b'x', "comment")),
        row!(Tar "extended attribute of the system", |t| extended(t, b'x', "SCHILY.xattr.user.xdg.origin.url")),
        row!(Tar "extended attribute of a Macintosh", |t| extended(t, b'x', "LIBARCHIVE.xattr.com.apple.metadata")),
        row!(Tar "extended access rules", |t| extended(t, b'x', "SCHILY.acl.access")),
        row!(Tar "extended record nobody knows", |t| extended(t, b'x', "ANNA.note")),
        row!(Tar "comment on all members", |t| extended(t, b'g', "comment")),
        row!(Tar "bytes behind a file in its last block", |t| {
            let mut file = tar(t, &[text("2.txt", |_| {})]);
            put(&mut file, 512 + 100, t.hidden().as_bytes());
            file
        }),
        row!(Tar "bytes behind the end", |t| [tar(t, &[]), t.hidden().into_bytes(), vec![0; 496]].concat()),
        row!(Tar "leftover of a folder", |t| tar(t, &[member(b'0', "./.DS_Store", t.hidden().as_bytes(), |_| {})])),
        row!(Tar "name that gzip remembers", |t| gzip(&tar(t, &[text("2.txt", |_| {})]), |builder| builder.filename(t.hidden()))),
        row!(Tar "comment that gzip remembers", |t| gzip(&tar(t, &[]), |builder| builder.comment(t.hidden()))),
        row!(Tar "extra field of gzip", |t| gzip(&tar(t, &[]), |builder| builder.extra(t.hidden()))),
        row!(Tar "name of a single file packed by gzip", |t| gzip(&words(t), |builder| builder.filename(t.hidden()))),
        row!(Tar "comment of a picture in it", |t| {
            let photo = crate::jpeg::sample::with(&crate::jpeg::sample::photo(), 0xFE, t.hidden().as_bytes());
            tar(t, &[member(b'0', "2.jpg", &photo, |_| {})])
        }),
        row!(Tar "sparse file of GNU", |t| tar(t, &[member(b'S', &t.hidden(), b"", |_| {})]),
            Refusal::Feature(Feature::Construct)),
        row!(Tar "sparse file in extended headers", |t| extended(t, b'x', "GNU.sparse.map"),
            Refusal::Feature(Feature::Construct)),
        row!(Tar "part of another volume", |t| tar(t, &[member(b'M', &t.hidden(), b"", |_| {})]),
            Refusal::Feature(Feature::Construct)),
        row!(Tar "another file of the same name", |t| tar(t, &[text("a.txt", |_| {}), member(b'0', "./A.txt", &t.hidden().into_bytes(), |_| {})]),
            Refusal::Damaged(Damage::Missing)),
        row!(Tar "member of a type nobody knows", |t| tar(t, &[member(b'Q', &t.hidden(), b"", |_| {})]),
            Refusal::Feature(Feature::Construct)),
        row!(Tar "second header with a wrong checksum", |t| {
            let mut file = tar(t, &[text("2.txt", |_| {}), text(&t.hidden(), |_| {})]);
            file[1024 + 99] = 1;
            file
        }, Refusal::Damaged(Damage::Order)),
        row!(Tar "bytes behind what gzip packed", |t| {
            [gzip(&tar(t, &[]), |builder| builder), t.hidden().into_bytes()].concat()
        }, Refusal::Damaged(Damage::Length)),
    ]
}

fn gzip(bytes: &[u8], set: impl FnOnce(flate2::GzBuilder) -> flate2::GzBuilder) -> Vec<u8> {
    let builder = set(flate2::GzBuilder::new().mtime(1_700_000_000));
    let mut encoder = builder.write(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, bytes).unwrap();
    encoder.finish().unwrap()
}
