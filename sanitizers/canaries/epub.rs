//! Hiding places of EPUB.

use super::{Outcome, Row, Token};
use crate::refusal::{Damage, Feature};
use crate::zip::Writer;
use crate::{Kind, Refusal};

/// Parts of a book that can be other than they mostly are.
#[derive(Default)]
struct Book {
    metadata: String,
    manifest: String,
    spine: String,
    package: String,
    head: String,
    body: String,
    page: Option<String>,
    members: Vec<(String, Vec<u8>)>,
}

impl Book {
    fn bytes(&self, token: &Token) -> Vec<u8> {
        let container = "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'>\
            <rootfiles><rootfile full-path='a/b.opf' media-type='application/oebps-package+xml'/>\
            </rootfiles></container>";
        let Book { metadata, manifest, spine, package, head, body, .. } = self;
        let list = format!(
            "<package xmlns='http://www.idpf.org/2007/opf' xmlns:opf='http://www.idpf.org/2007/opf' \
             xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>a</dc:title>{metadata}\
             </metadata><manifest><item id='p' href='p.xhtml' \
             media-type='application/xhtml+xml'/>{manifest}</manifest><spine>\
             <itemref idref='p'/>{spine}</spine>{package}</package>"
        );
        let page = format!(
            "<!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml' \
             xmlns:epub='http://www.idpf.org/2007/ops'><head>{head}</head><body><h1>The tank</h1>\
             <p>It leaks: {}.</p>{body}</body></html>",
            token.shown()
        );
        let mut writer = Writer::default();
        writer.store("mimetype", b"application/epub+zip").unwrap();
        let page = self.page.clone().unwrap_or(page);
        let own = [("META-INF/container.xml", container), ("a/b.opf", &list), ("a/p.xhtml", &page)];
        for (name, text) in own {
            writer.add(name, text.as_bytes()).unwrap();
        }
        for (name, bytes) in &self.members {
            writer.add(name, bytes).unwrap();
        }
        writer.finish().unwrap()
    }
}

macro_rules! rows {
    ($($part:ident: $place:literal => $text:literal,)*) => {
        vec![$(Row {
            kind: Kind::Epub,
            place: $place,
            plant: |token| {
                let text = $text.replace("TOKEN", &token.hidden());
                Book { $part: text.into(), ..Book::default() }.bytes(token)
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

macro_rules! members {
    ($($place:literal => $name:literal, $content:literal;)*) => {
        vec![$(Row {
            kind: Kind::Epub,
            place: $place,
            plant: |token| {
                let name = $name.replace("TOKEN", &token.hidden());
                let content = $content.replace("TOKEN", &token.hidden()).into_bytes();
                Book { members: vec![(name, content)], ..Book::default() }.bytes(token)
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
}

/// The rows of EPUB.
pub(super) fn rows() -> Vec<Row> {
    let mut rows = in_package();
    rows.extend(in_pages());
    rows.extend(members());
    rows.extend(pictures());
    rows.extend(refused());
    rows
}

fn in_package() -> Vec<Row> {
    rows! {
        metadata: "author" => "<dc:creator>TOKEN</dc:creator>",
        metadata: "whoever made the file" => "<dc:contributor opf:role='bkp'>TOKEN</dc:contributor>",
        metadata: "publisher" => "<dc:publisher>TOKEN</dc:publisher>",
        metadata: "date" => "<dc:date>2026-11-24 TOKEN</dc:date>",
        metadata: "number of the book" => "<dc:identifier>urn:uuid:TOKEN</dc:identifier>",
        metadata: "source" => "<dc:source>http://x.test/TOKEN</dc:source>",
        metadata: "rights, with the name of a buyer" => "<dc:rights>TOKEN</dc:rights>",
        metadata: "description" => "<dc:description>TOKEN</dc:description>",
        metadata: "subject" => "<dc:subject>TOKEN</dc:subject>",
        metadata: "program" => "<meta name='generator' content='TOKEN'/>",
        metadata: "columns of a library" => "<meta name='calibre:user_metadata:#a' content='TOKEN'/>",
        metadata: "last change" => "<meta property='dcterms:modified'>TOKEN</meta>",
        metadata: "link to a record" => "<link rel='record' href='http://x.test/TOKEN'/>",
        metadata: "language that is none" => "<dc:language>TOKEN</dc:language>",
        metadata: "country of the language" => "<dc:date>1</dc:date><dc:language>da-TOKEN</dc:language>",
        manifest: "page that is not in the order" => "<item id='q' href='TOKEN.xhtml' media-type='application/xhtml+xml'/><!-- a -->",
        package: "guide" => "<guide><reference type='text' title='TOKEN' href='p.xhtml'/></guide><!-- a -->",
        package: "collection" => "<collection role='TOKEN'/><!-- a -->",
        package: "comment in the package" => "<!-- TOKEN -->",
    }
}

fn in_pages() -> Vec<Row> {
    rows! {
        head: "title of a page" => "<title>TOKEN</title>",
        head: "author of a page" => "<meta name='author' content='TOKEN'/>",
        head: "style sheet in a page" => "<style>p { content: 'TOKEN' }</style>",
        head: "style sheet elsewhere" => "<link rel='stylesheet' href='http://x.test/TOKEN.css'/>",
        head: "script" => "<script>TOKEN</script>",
        body: "link" => "<p><a href='http://x.test/TOKEN'>b</a></p>",
        body: "identifier" => "<p id='TOKEN'>b</p>",
        body: "class" => "<p class='TOKEN'>b</p>",
        body: "style" => "<p style='background: url(http://x.test/TOKEN)'>b</p>",
        body: "type of the format" => "<section epub:type='TOKEN'>b</section>",
        body: "title of an element" => "<p title='TOKEN'>b</p>",
        body: "event" => "<p onclick='TOKEN'>b</p>",
        body: "script in the body" => "<script>TOKEN</script>",
        body: "hidden words" => "<p hidden='hidden'>TOKEN</p>",
        body: "words hidden by a style" => "<p style='display: none'>TOKEN</p>",
        body: "comment in a page" => "<!-- TOKEN -->",
        body: "instruction in a page" => "<?anna TOKEN?>",
        body: "picture elsewhere" => "<p><img src='http://x.test/TOKEN.png' alt=''/></p>",
        body: "alternative text of a picture" => "<p><img src='c.png' alt='TOKEN'/></p>",
        body: "film" => "<video src='http://x.test/TOKEN'>b</video>",
        body: "frame" => "<iframe src='http://x.test/TOKEN'/>",
        body: "value of a field" => "<form action='http://x.test'><input type='hidden' value='TOKEN'/></form>",
        body: "words in a drawing" => "<svg xmlns='http://www.w3.org/2000/svg'><title>TOKEN</title><text>TOKEN</text></svg>",
        body: "source of a formula" => "<math xmlns='http://www.w3.org/1998/Math/MathML'><semantics><mi>a</mi><annotation>TOKEN</annotation></semantics></math>",
        body: "element of another language" => "<other xmlns='urn:x'>TOKEN</other>",
    }
}

fn members() -> Vec<Row> {
    members! {
        "author in the older table of contents" => "a/toc.ncx", "<ncx><docAuthor>TOKEN</docAuthor></ncx>";
        "style sheet" => "a/s.css", "/* TOKEN */ @import url(http://x.test);";
        "font" => "a/f.ttf", "TOKEN";
        "page that nothing names" => "a/q.xhtml", "<html>TOKEN</html>";
        "script of its own" => "a/s.js", "TOKEN";
        "sound" => "a/s.mp3", "TOKEN";
        "rights" => "META-INF/rights.xml", "<r>TOKEN</r>";
        "signatures" => "META-INF/signatures.xml", "<r>TOKEN</r>";
        "data of a library" => "META-INF/calibre_bookmarks.txt", "TOKEN";
        "data of a shop" => "iTunesMetadata.plist", "<r>TOKEN</r>";
        "page map" => "a/page-map.xml", "<r>TOKEN</r>";
        "record of a bookseller" => "a/onix.xml", "<r>TOKEN</r>";
        "name of a member" => "a/@home@TOKEN@a.txt", "a";
        "picture that no page shows" => "a/d.png", "TOKEN";
        "names of fonts that are encrypted" => "META-INF/encryption.xml", "<encryption xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData><enc:EncryptionMethod Algorithm='http://www.idpf.org/2008/embedding'/><enc:CipherData><enc:CipherReference URI='TOKEN.ttf'/></enc:CipherData></enc:EncryptedData></encryption>";
    }
}

fn pictures() -> Vec<Row> {
    let row = |place, plant| Row { kind: Kind::Epub, place, plant, outcome: Outcome::Cleaned };
    vec![
        row("comment of a picture", |token| {
            let photo = crate::jpeg::sample::photo();
            let photo = crate::jpeg::sample::with(&photo, 0xFE, token.hidden().as_bytes());
            let body = "<p><img src='c.jpg' alt=''/></p>".to_owned();
            let members = vec![("a/c.jpg".to_owned(), photo)];
            Book { body, members, ..Book::default() }.bytes(token)
        }),
        row("name of a picture", |token| {
            let body = format!("<p><img src='{}.jpg' alt=''/></p>", token.hidden());
            let name = format!("a/{}.jpg", token.hidden());
            let members = vec![(name, crate::jpeg::sample::photo())];
            Book { body, members, ..Book::default() }.bytes(token)
        }),
        row("name of a cover in a drawing", |token| {
            let body = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' \
                 xmlns:xlink='http://www.w3.org/1999/xlink'><image xlink:href='{}.jpg'/></svg>",
                token.hidden()
            );
            let name = format!("a/{}.jpg", token.hidden());
            let members = vec![(name, crate::jpeg::sample::photo())];
            Book { body, members, ..Book::default() }.bytes(token)
        }),
        row("text as a picture", |token| {
            let body = "<p><img src='c.txt' alt=''/></p>".to_owned();
            let members = vec![("a/c.txt".to_owned(), token.hidden().into_bytes())];
            Book { body, members, ..Book::default() }.bytes(token)
        }),
    ]
}

fn refused() -> Vec<Row> {
    let row = |place, plant, refusal| Row {
        kind: Kind::Epub,
        place,
        plant,
        outcome: Outcome::Refused(refusal),
    };
    vec![
        row(
            "page that only a shop can open",
            |token| {
                let list = format!(
                    "<encryption xmlns:enc='http://www.w3.org/2001/04/xmlenc#'><enc:EncryptedData>\
                     <enc:EncryptionMethod Algorithm='{}'/></enc:EncryptedData></encryption>",
                    token.hidden()
                );
                let members = vec![("META-INF/encryption.xml".to_owned(), list.into_bytes())];
                Book { members, ..Book::default() }.bytes(token)
            },
            Refusal::Password,
        ),
        row(
            "entities of a page",
            |token| {
                let page = format!("<!DOCTYPE a [<!ENTITY b '{}'>]><a/>", token.hidden());
                Book { page: Some(page), ..Book::default() }.bytes(token)
            },
            Refusal::Feature(Feature::Construct),
        ),
        row(
            "page in the order that is missing",
            |token| {
                let manifest = format!(
                    "<item id='q' href='{}.xhtml' media-type='application/xhtml+xml'/>",
                    token.hidden()
                );
                let spine = "<itemref idref='q'/>".to_owned();
                Book { manifest, spine, ..Book::default() }.bytes(token)
            },
            Refusal::Damaged(Damage::Missing),
        ),
        row(
            "page in the order that is a drawing",
            |token| {
                let manifest = format!(
                    "<item id='q' href='{}.svg' media-type='image/svg+xml'/>",
                    token.hidden()
                );
                let spine = "<itemref idref='q'/>".to_owned();
                Book { manifest, spine, ..Book::default() }.bytes(token)
            },
            Refusal::Feature(Feature::Construct),
        ),
    ]
}
