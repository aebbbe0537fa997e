//! First bytes of foreign formats, and others at fixed places.

use crate::refusal::Foreign;

/// A place, and the bytes that stand there.
pub(super) type Signature = (usize, &'static [u8]);
/// A kind of file, and what it is known by.
type Row = (Foreign, &'static [Signature]);

/// Signatures of files that are no text, by what their owner can do about them.
pub(super) const SIGNATURES: [Row; 18] = [
    (Foreign::Picture, &PICTURES),
    (Foreign::RawPicture, &RAW_PICTURES),
    (Foreign::VectorPicture, &DRAWINGS),
    (Foreign::Cad, &CONSTRUCTIONS),
    (Foreign::Office, &OFFICE),
    (Foreign::Document, &DOCUMENTS),
    (Foreign::Sound, &SOUND),
    (Foreign::Film, &FILMS),
    (Foreign::Archive, &ARCHIVES),
    (Foreign::DiskImage, &DISK_IMAGES),
    (Foreign::Database, &DATABASES),
    // What Outlook puts around a mail for others: `winmail.dat`.
    (Foreign::OutlookMail, &[(0, b"\x78\x9F\x3E\x22")]),
    // Outlook; Outlook Express.
    (Foreign::Mailbox, &[(0, b"!BDN"), (0, b"\xCF\xAD\x12\xFE")]),
    (Foreign::Program, &PROGRAMS),
    (Foreign::Shortcut, &SHORTCUTS),
    (Foreign::Font, &FONTS),
    (Foreign::Encrypted, &ENCRYPTED),
    (Foreign::Medical, &[(128, b"DICM")]),
];

const PICTURES: [Signature; 21] = [
    // JPEG 2000 and JPEG XR.
    (0, b"\0\0\0\x0CjP  "),
    (0, b"\xFF\x4F\xFF\x51"),
    (0, b"II\xBC\x01"),
    // Photoshop, GIMP, Paint Shop Pro, Affinity.
    (0, b"8BPS"),
    (0, b"gimp xcf "),
    (0, b"Paint Shop Pro Image File"),
    (0, b"\0\xFFKA"),
    // Icons and pointers.
    (0, b"\0\0\x01\0"),
    (0, b"\0\0\x02\0\x01\0"),
    (0, b"icns"),
    (8, b"ACON"),
    (0, b"DDS "),
    (0, b"\x76\x2F\x31\x01"),
    (0, b"#?RADIANCE"),
    (0, b"qoif"),
    (0, b"BPG\xFB"),
    (0, b"FLIF"),
    (0, b"\x0A\x05\x01\x08"),
    // Pictures that move, as PNG did not.
    (0, b"\x8AMNG"),
    (0, b"\x8BJNG"),
    (0, b"P6\n"),
];

/// Raw pictures with signatures of their own: Fujifilm, Olympus, Panasonic, Sigma, Minolta.
const RAW_PICTURES: [Signature; 7] = [
    (0, b"FUJIFILMCCD-RAW"),
    (0, b"IIRO"),
    (0, b"IIRS"),
    (0, b"MMOR"),
    (0, b"IIU\0"),
    (0, b"FOVb"),
    (0, b"\0MRM"),
];

const DRAWINGS: [Signature; 4] = [
    // Encapsulated PostScript with a preview, Windows metafiles, CorelDRAW.
    (0, b"\xC5\xD0\xD3\xC6"),
    (0, b"\xD7\xCD\xC6\x9A"),
    (40, b" EMF"),
    (8, b"CDR"),
];

const CONSTRUCTIONS: [Signature; 5] =
    [(0, b"AC10"), (0, b"AutoCAD Binary DXF"), (0, b"\x08\x09\xFE"), (0, b"BLENDER"), (0, b"glTF")];

const OFFICE: [Signature; 9] = [
    (0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
    // WordPerfect, Microsoft Write, Hangul, Lotus 1-2-3, Excel before 5.0.
    (0, b"\xFFWPC"),
    (0, b"\x31\xBE\0\0"),
    (0, b"HWP Document File"),
    (0, b"\0\0\x02\0\x06\x04"),
    (0, b"\0\0\x1A\0"),
    (0, b"\x09\0\x04\0"),
    (0, b"\x09\x02\x06\0"),
    (0, b"\x09\x04\x06\0"),
];

const DOCUMENTS: [Signature; 7] = [
    // OneNote sections and their lists.
    (0, b"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D"),
    (0, b"\x43\xFF\x2F\xA1\xEF\xD9\x76\x4C"),
    // DjVu; help files of Windows; books for Kindle and others.
    (0, b"AT&TFORM"),
    (0, b"ITSF"),
    (0, b"ITOLITLS"),
    (60, b"BOOKMOBI"),
    (0, b"\x3F\x5F\x03\0"),
];

const SOUND: [Signature; 18] = [
    (0, b"\xFF\xF1"),
    (0, b"\xFF\xF9"),
    (0, b"#!AMR"),
    (0, b"#!SILK"),
    (0, b"\x02#!SILK"),
    (0, b"MThd"),
    (8, b"RMID"),
    (0, b"caff"),
    (0, b".snd"),
    (0, b"MAC "),
    (0, b"wvpk"),
    (0, b"MPCK"),
    (0, b"MP+"),
    (0, b"TTA1"),
    (0, b"DSD "),
    (0, b"\x0B\x77"),
    (0, b"Creative Voice File"),
    (0, b"riff\x2E\x91\xCF\x11"),
];

const FILMS: [Signature; 8] = [
    (8, b"AVI "),
    // WMV and WMA.
    (0, b"\x30\x26\xB2\x75"),
    (0, b"FLV\x01"),
    // MPEG-1 and 2.
    (0, b"\0\0\x01\xBA"),
    (0, b"\0\0\x01\xB3"),
    (0, b".RMF"),
    (0, b".ra\xFD"),
    (0, b"\x06\x0E\x2B\x34\x02\x05\x01\x01"),
];

const ARCHIVES: [Signature; 16] = [
    (0, b"7z\xBC\xAF\x27\x1C"),
    (0, b"Rar!\x1A\x07"),
    (0, b"\xFD7zXZ\0"),
    (0, b"BZh"),
    (0, b"\x28\xB5\x2F\xFD"),
    (0, b"\x04\x22\x4D\x18"),
    (0, b"\x5D\0\0"),
    (0, b"LZIP"),
    (0, b"\x1F\x9D"),
    (0, b"MSCF"),
    (0, b"\x60\xEA"),
    (2, b"-lh"),
    (7, b"**ACE**"),
    (0, b"StuffIt"),
    (0, b"SIT!"),
    (0, b"070701"),
];

const DISK_IMAGES: [Signature; 12] = [
    (0, b"conectix"),
    (0, b"vhdxfile"),
    (0, b"KDMV"),
    (0, b"QFI\xFB"),
    (0, b"EVF\x09\x0D\x0A\xFF\0"),
    (0, b"LUKS\xBA\xBE"),
    (3, b"-FVE-FS-"),
    (3, b"NTFS    "),
    (54, b"FAT1"),
    (82, b"FAT32"),
    (1080, b"\x53\xEF"),
    (510, b"\x55\xAA"),
];

const DATABASES: [Signature; 7] = [
    (0, b"SQLite format 3\0"),
    (4, b"Standard Jet DB"),
    (4, b"Standard ACE DB"),
    (15, b"HBAM7"),
    (0, b"\x89HDF\r\n\x1A\n"),
    (0, b"PAR1"),
    (0, b"$FL2"),
];

/// Windows says of a shortcut on which computer and disk its file lies.
const SHORTCUTS: [Signature; 1] = [(0, b"L\0\0\0\x01\x14\x02\0")];

const PROGRAMS: [Signature; 17] = [
    (0, b"MZ"),
    (0, b"\x7FELF"),
    (0, b"\xCF\xFA\xED\xFE"),
    (0, b"\xCE\xFA\xED\xFE"),
    (0, b"\xFE\xED\xFA\xCF"),
    (0, b"\xFE\xED\xFA\xCE"),
    (0, b"\xCA\xFE\xBA\xBE"),
    (0, b"\0asm"),
    (0, b"dex\n0"),
    (0, b"!<arch>\n"),
    (0, b"\xED\xAB\xEE\xDB"),
    (0, b"xar!"),
    (0, b"Cr24"),
    (0, b"FWS"),
    (0, b"CWS"),
    (0, b"ZWS"),
    (0, b"\x1BLua"),
];

const FONTS: [Signature; 7] = [
    (0, b"OTTO"),
    (0, b"\0\x01\0\0\0"),
    (0, b"true\0"),
    (0, b"ttcf\0"),
    (0, b"wOFF"),
    (0, b"wOF2"),
    (0, b"\x80\x01"),
];

/// Messages that name the keys that open them, packages of PKCS #7, stores of passwords,
/// protected mails of Outlook.
const ENCRYPTED: [Signature; 8] = [
    (0, b"age-encryption.org/v1\n"),
    (0, b"Salted__"),
    (0, b"\x03\xD9\xA2\x9A"),
    (0, b"\x76\xE8\x04\x60\xC4\x11\xE3\x86"),
    (4, b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07"),
    (2, b"\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07"),
    (0, b"\x8C\x0D\x04"),
    (0, b"\xC3\x0D\x04"),
];

/// Signatures that are only sure together.
pub(super) const SEVERAL: [Row; 5] = [
    // Films for television: packets of 188 bytes, or of 192 with their times.
    (Foreign::Film, &[(0, b"\x47"), (188, b"\x47"), (376, b"\x47")]),
    (Foreign::Film, &[(4, b"\x47"), (196, b"\x47"), (388, b"\x47")]),
    // OpenPGP: a key that opens what follows, in packets of either form (RFC 9580, 5.1).
    (Foreign::Encrypted, &[(0, b"\x84"), (2, b"\x03")]),
    (Foreign::Encrypted, &[(0, b"\x85"), (3, b"\x03")]),
    (Foreign::Encrypted, &[(0, b"\xC1"), (2, b"\x03")]),
];
