//! Hiding places of GIF.

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::gif::{APPLICATIONS, EXTENSIONS};
use crate::refusal::Damage;
use crate::{Kind, Refusal};

use Outcome::{Cleaned, Refused};

/// Six colours in use, whose bytes are text, and two that no pixel has.
fn colours(token: &Token) -> Vec<u8> {
    [token.shown().as_bytes(), &[1, 2], &[0; 6]].concat()
}

/// Pixels of all six colours.
const PIXELS: [u8; 8] = [0, 1, 2, 3, 4, 5, 0, 1];

/// 4 by 2 pixels, with colours of its own or not, and what follows the coded pixels in the
/// same block.
fn image(own: Option<&[u8]>, behind: &[u8]) -> Vec<u8> {
    let mut coder = weezl::encode::Encoder::new(weezl::BitOrder::Lsb, 3);
    let coded = [&coder.encode(&PIXELS).unwrap()[..], behind].concat();
    let mut image = vec![0x2C, 0, 0, 0, 0, 4, 0, 2, 0];
    match own {
        None => image.push(0),
        Some(colours) => {
            let exponent = (colours.len() / 3).ilog2() - 1;
            image.push(0x80 | u8::try_from(exponent).unwrap());
            image.extend(colours);
        }
    }
    image.push(3);
    image.push(u8::try_from(coded.len()).unwrap());
    image.extend(coded);
    image.push(0);
    image
}

fn screen(colours: &[u8]) -> Vec<u8> {
    let exponent = u8::try_from((colours.len() / 3).ilog2() - 1).unwrap();
    [&b"GIF89a\x04\0\x02\0"[..], &[0x80 | exponent, 0, 0], colours].concat()
}

/// Two frames with blocks between screen and first frame, between the frames, and behind.
fn animation(token: &Token, [first, second, last]: [&[u8]; 3]) -> Vec<u8> {
    let image = image(None, b"");
    let control = b"\x21\xF9\x04\x04\x0A\0\0\0";
    let parts: [&[u8]; 9] =
        [&screen(&colours(token)), LOOP, first, control, &image, second, &image, last, b";"];
    parts.concat()
}

const LOOP: &[u8] = b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\0";

/// An extension with its content in one block.
fn extension(label: u8, content: &[u8]) -> Vec<u8> {
    [&[0x21, label, u8::try_from(content.len()).unwrap()], content, &[0]].concat()
}

fn comment(token: &Token) -> Vec<u8> {
    extension(0xFE, format!("by {}", token.hidden()).as_bytes())
}

fn application(name: &[u8], content: &[u8]) -> Vec<u8> {
    let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
    [&[0x21, 0xFF, length(name)], name, &[length(content)], content, &[0]].concat()
}

/// XMP as Adobe writes it: bare text, then a ramp of lengths on which a reader slides out.
fn xmp(token: &Token) -> Vec<u8> {
    let packet = format!(
        "<?xpacket begin=\"\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF><rdf:Description \
         xmp:CreatorTool=\"{}\"/></rdf:RDF></x:xmpmeta><?xpacket end=\"w\"?>",
        token.hidden()
    );
    let ramp: Vec<u8> = (0..=255).rev().collect();
    [&b"\x21\xFF\x0BXMP DataXMP"[..], packet.as_bytes(), &[1], &ramp, &[0]].concat()
}

fn plain_text(token: &Token) -> Vec<u8> {
    let grid = [0, 0, 0, 0, 4, 0, 2, 0, 1, 1, 0, 1];
    let text = token.hidden();
    let length = u8::try_from(text.len()).unwrap();
    [&[0x21, 0x01, 12], &grid[..], &[length], text.as_bytes(), &[0]].concat()
}

/// One picture of the file's colours, with this behind its pixels.
fn still(token: &Token, behind: &[u8]) -> Vec<u8> {
    [&screen(&colours(token))[..], &image(None, behind), b";"].concat()
}

/// A row with blocks in front of the first frame.
macro_rules! in_front {
    ($place:expr, $outcome:expr, $block:expr) => {
        Row {
            kind: Kind::Gif,
            place: $place,
            plant: |token| {
                let block: fn(&Token) -> Vec<u8> = $block;
                animation(token, [&block(token), b"", b""])
            },
            outcome: $outcome,
        }
    };
}

macro_rules! row {
    ($place:expr, $outcome:expr, $plant:expr) => {
        Row { kind: Kind::Gif, place: $place, plant: $plant, outcome: $outcome }
    };
}

const VALUE: Outcome = Refused(Refusal::Damaged(Damage::Value));

/// Blocks that are left out.
fn blocks() -> Vec<Row> {
    vec![
        in_front!("comment in front", Cleaned, comment),
        row!("comment between frames", Cleaned, |t| animation(t, [b"", &comment(t), b""])),
        row!("comment behind the frames", Cleaned, |t| animation(t, [b"", b"", &comment(t)])),
        in_front!("plain text", Cleaned, plain_text),
        in_front!("XMP", Cleaned, xmp),
        in_front!("colour profile", Cleaned, |t| application(b"ICCRGBG1012", &t.bytes())),
        in_front!("colour profile, description in UTF-16", Cleaned, |t| {
            application(b"ICCRGBG1012", &t.utf16())
        }),
        in_front!("Photoshop resources", Cleaned, |t| application(b"MGK8BIM0000", &t.bytes())),
        in_front!("IPTC", Cleaned, |t| application(b"MGKIPTC0000", &t.bytes())),
        in_front!("content credentials", Cleaned, |t| {
            application(b"C2PA_GIF\x01\0\0", &t.bytes())
        }),
        in_front!("Fractint", Cleaned, |t| application(b"fractint\0\0\0", &t.bytes())),
        in_front!("ImageReady", Cleaned, |t| application(b"ADOBE:IR1.0", &t.bytes())),
        in_front!("StarOffice", Cleaned, |t| application(b"STARDIV 5.0", &t.bytes())),
        in_front!("unknown application", Cleaned, |t| application(b"Example1234", &t.bytes())),
        in_front!("name of an application", Cleaned, |t| application(&t.bytes(), b"x")),
        in_front!("several blocks of an application", Cleaned, |t| {
            let hidden = t.hidden();
            let parts = [b"\x21\xFF\x0BExample1234\x01x\x10", hidden.as_bytes(), b"\x01y\0"];
            parts.concat()
        }),
        in_front!("frame name of gifsicle", Cleaned, |t| extension(0xCE, &t.bytes())),
        in_front!("extension without a meaning", Cleaned, |t| extension(0x7A, &t.bytes())),
        row!("comment between control and picture", Cleaned, |t| {
            let control = b"\x21\xF9\x04\x04\x0A\0\0\0";
            animation(t, [b"", &[control, &comment(t)[..]].concat(), b""])
        }),
        row!("two comments", Cleaned, |t| animation(t, [&comment(t), b"", &comment(t)])),
    ]
}

/// Bytes and colours that nobody is shown.
fn unseen() -> Vec<Row> {
    vec![
        row!("behind the end of the file", Cleaned, |t| {
            [&still(t, b"")[..], &t.bytes()].concat()
        }),
        row!("second file behind the end", Cleaned, |t| {
            [&still(t, b"")[..], &animation(t, [&comment(t), b"", b""])].concat()
        }),
        row!("ZIP behind the end", Cleaned, |t| {
            [&still(t, b"")[..], b"PK\x03\x04", &t.bytes()].concat()
        }),
        row!("behind the end code, in its block", Cleaned, |t| still(t, &t.bytes())),
        row!("blocks behind the end code", Cleaned, |t| {
            let mut picture = image(None, b"");
            picture.pop();
            let more = [&[16], &t.bytes()[..], &[0]].concat();
            [&screen(&colours(t))[..], &picture, &more, b";"].concat()
        }),
        row!("blocks of odd lengths behind the end code", Cleaned, |t| {
            let mut picture = image(None, b"");
            picture.pop();
            let more = [&[1, 0, 2, 0, 0, 16], &t.bytes()[..], &[1, 0, 0]].concat();
            [&screen(&colours(t))[..], &picture, &more, b";"].concat()
        }),
        row!("colours of the file that no pixel has", Cleaned, |t| {
            let table = [&colours(t)[..], &t.bytes(), &[0; 8]].concat();
            [&screen(&table)[..], &image(None, b""), b";"].concat()
        }),
        row!("colours of a frame that no pixel has", Cleaned, |t| {
            let table = [&colours(t)[..], &t.bytes(), &[0; 8]].concat();
            [&screen(&colours(t))[..], &image(Some(&table), b""), b";"].concat()
        }),
        row!("colours of the file where each frame has its own", Cleaned, |t| {
            let table = [&t.bytes()[..], &[0; 8]].concat();
            [&screen(&table)[..], &image(Some(&colours(t)), b""), b";"].concat()
        }),
        row!("comment of an older version", Cleaned, |t| {
            let mut file = animation(t, [&comment(t), b"", b""]);
            file[4] = b'7';
            file
        }),
    ]
}

/// Files that are not taken.
fn refused() -> Vec<Row> {
    vec![
        in_front!("text as number of repetitions", VALUE, |t| {
            application(b"NETSCAPE2.0", &t.bytes())
        }),
        in_front!("text behind the number of repetitions", VALUE, |t| {
            let hidden = t.hidden();
            let parts = [b"\x21\xFF\x0BNETSCAPE2.0\x03\x01\0\0\x10", hidden.as_bytes(), b"\0"];
            parts.concat()
        }),
        in_front!("control that is too long", Refused(Refusal::Damaged(Damage::Length)), |t| {
            extension(0xF9, &t.bytes())
        }),
        in_front!("other number of repetitions", Refused(Refusal::Damaged(Damage::Missing)), |t| {
            [comment(t), application(b"NETSCAPE2.0", &[1, 5, 0])].concat()
        }),
        in_front!("unknown block", Refused(Refusal::Damaged(Damage::Order)), |t| {
            [&[0x22, 16][..], &t.bytes(), &[0]].concat()
        }),
        in_front!("control that may be for a text", VALUE, |t| {
            [&b"\x21\xF9\x04\x01\0\0\x05\0"[..], &plain_text(t), &image(None, b"")].concat()
        }),
        row!("file without an end", Refused(Refusal::Truncated), |t| {
            let mut file = animation(t, [b"", b"", &comment(t)]);
            file.pop();
            file
        }),
        in_front!("header of a document", Refused(Refusal::Polyglot), |t| {
            extension(0xFE, format!("%PDF-1.7\n{}", t.hidden()).as_bytes())
        }),
        row!("pixels without a colour", VALUE, |t| {
            [&screen(&t.bytes()[..12])[..], &image(None, b""), &comment(t), b";"].concat()
        }),
        row!("no picture", Refused(Refusal::Damaged(Damage::Missing)), |t| {
            [&screen(&colours(t))[..], &comment(t), b";"].concat()
        }),
        row!("missing pixels", Refused(Refusal::Truncated), |t| {
            let mut file =
                [&screen(&colours(t))[..], &image(None, b""), &comment(t), b";"].concat();
            let height = screen(&colours(t)).len() + 7;
            file[height] = 3;
            file
        }),
    ]
}

/// The rows of GIF.
pub(super) fn rows() -> Vec<Row> {
    [blocks(), unseen(), refused()].into_iter().flatten().collect()
}

/// The allow-lists of GIF.
pub(super) fn lists() -> Vec<List> {
    let list = |name, forbidden| List { name, forbidden, kinds: &[Kind::Gif] };
    vec![
        list(EXTENSIONS.name, EXTENSIONS.forbidden.len()),
        list(APPLICATIONS.name, APPLICATIONS.forbidden.len()),
    ]
}
