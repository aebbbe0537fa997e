//! Web pages: every place in which they say where they come from, who reads them and what
//! they would fetch.

use super::neighbours::List;
use super::{Outcome, Row, Token};
use crate::refusal::{Feature, Foreign};
use crate::{Kind, Refusal};

/// A page with something in its head and something in its body.
fn page(token: &Token, head: &str, body: &str) -> Vec<u8> {
    format!(
        "<!DOCTYPE html>\n<html><head><title>Page</title>{head}</head>\n<body>\n\
         <h1>The tank</h1>\n<p>It leaks: {}.</p>\n{body}\n</body></html>\n",
        token.shown()
    )
    .into_bytes()
}

macro_rules! rows {
    ($($part:ident: $place:literal => $text:literal,)*) => {
        vec![$(Row {
            kind: Kind::Html,
            place: $place,
            plant: |token| {
                let text = $text
                    .replace("TOKEN", &token.hidden())
                    .replace("BASE64", &crate::base64::encode(token.hidden().as_bytes()));
                rows!(@ $part token text)
            },
            outcome: Outcome::Cleaned,
        }),*]
    };
    (@ head $token:ident $text:ident) => { page($token, &$text, "") };
    (@ body $token:ident $text:ident) => { page($token, "", &$text) };
    (@ whole $token:ident $text:ident) => {
        $text.replace("SHOWN", &$token.shown()).into_bytes()
    };
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = in_head();
    rows.extend(in_body());
    rows.extend(whole());
    rows.extend(refused());
    rows
}

fn in_head() -> Vec<Row> {
    rows! {
        head: "title" => "<title>TOKEN</title>",
        head: "meta author" => "<meta name=author content=TOKEN>",
        head: "meta generator" => "<meta name=generator content='Word TOKEN'>",
        head: "meta date" => "<meta name=date content='2026-11-24 TOKEN'>",
        head: "meta position" => "<meta name=geo.position content='55.6;12.5 TOKEN'>",
        head: "meta verification" => "<meta name=google-site-verification content=TOKEN>",
        head: "meta csrf token" => "<meta name=csrf-token content=TOKEN>",
        head: "Open Graph" => "<meta property='og:title' content=TOKEN>",
        head: "Dublin Core" => "<meta name=DC.Creator content=TOKEN>",
        head: "meta refresh" => "<meta http-equiv=refresh content='0;url=http://x.test/TOKEN'>",
        head: "content security policy with a place for reports" => "<meta http-equiv=Content-Security-Policy content='report-uri //x.test/TOKEN'>",
        head: "style sheet elsewhere" => "<link rel=stylesheet href='http://x.test/TOKEN.css'>",
        head: "icon elsewhere" => "<link rel=icon href='http://x.test/TOKEN.ico'>",
        head: "address fetched beforehand" => "<link rel=preload as=image href='//x.test/TOKEN'>",
        head: "name looked up beforehand" => "<link rel=dns-prefetch href='//TOKEN.x.test'>",
        head: "canonical address" => "<link rel=canonical href='http://x.test/?user=TOKEN'>",
        head: "files of an office program" => "<link rel=File-List href='TOKEN_files/filelist.xml'>",
        head: "base of addresses" => "<base href='http://TOKEN.x.test/'>",
        head: "script" => "<script>var user = 'TOKEN';</script>",
        head: "script elsewhere" => "<script src='http://x.test/TOKEN.js'></script>",
        head: "structured data" => "<script type='application/ld+json'>{\"author\":\"TOKEN\"}</script>",
        head: "state of an application" => "<script id=__NEXT_DATA__>{\"user\":\"TOKEN\"}</script>",
        head: "style sheet" => "<style>/* TOKEN */ p { color: red }</style>",
        head: "import in a style sheet" => "<style>@import url(http://x.test/TOKEN);</style>",
        head: "font in a style sheet" => "<style>@font-face{font-family:a;src:url(//x.test/TOKEN)}</style>",
        head: "words of a style sheet" => "<style>p:after{content:'TOKEN'}</style>",
        head: "comment" => "<!-- TOKEN -->",
        head: "properties of an office document" => "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>TOKEN</o:Author></o:DocumentProperties></xml><![endif]-->",
        head: "properties of an office document as elements" => "<object><xml><o:Author>TOKEN</o:Author></xml></object>",
        head: "words for programs without scripts" => "<noscript>TOKEN</noscript>",
    }
}

fn in_body() -> Vec<Row> {
    rows! {
        body: "comment in the body" => "<!-- TOKEN -->",
        body: "comment that ends oddly" => "<!-- TOKEN --!>",
        body: "instruction" => "<?TOKEN ?>",
        body: "conditional comment for all" => "<![if TOKEN]><p>a</p><![endif]>",
        body: "address of a link" => "<a href='http://x.test/?utm_source=TOKEN'>here</a>",
        body: "link that runs" => "<a href='javascript:f(\"TOKEN\")'>here</a>",
        body: "link that reports" => "<a href='#a' ping='http://x.test/TOKEN'>here</a>",
        body: "mail address of a link" => "<a href='mailto:TOKEN@x.test'>here</a>",
        body: "path on a disk" => "<a href='file:///C:/Users/TOKEN/x.doc'>here</a>",
        body: "area of a map" => "<map name=m><area href='http://x.test/TOKEN' shape=default></map>",
        body: "area without a map" => "<area href='http://x.test/TOKEN'>",
        body: "id" => "<p id=TOKEN>a</p>",
        body: "class" => "<p class=TOKEN>a</p>",
        body: "style" => "<p style='font-family:TOKEN'>a</p>",
        body: "picture of a style" => "<p style='background:url(http://x.test/TOKEN)'>a</p>",
        body: "title of an element" => "<p title=TOKEN>a</p>",
        body: "language of an element" => "<p lang=x-TOKEN>a</p>",
        body: "data of an element" => "<p data-user=TOKEN>a</p>",
        body: "words for screen readers" => "<p aria-label=TOKEN>a</p>",
        body: "microdata" => "<p itemscope itemid=TOKEN>a</p>",
        body: "RDFa" => "<p property=TOKEN content=TOKEN>a</p>",
        body: "event" => "<p onclick='f(\"TOKEN\")'>a</p>",
        body: "event of a picture" => "<img src=x onerror='f(\"TOKEN\")'>",
        body: "time" => "<time datetime='TOKEN'>yesterday</time>",
        body: "time of a deletion" => "<del datetime='TOKEN'>a</del>",
        body: "source of an insertion" => "<ins cite='TOKEN'>a</ins>",
        body: "source of a quotation" => "<blockquote cite='http://x.test/TOKEN'>a</blockquote>",
        body: "value of a data element" => "<data value=TOKEN>a</data>",
        body: "picture elsewhere" => "<img src='http://x.test/TOKEN.png'>",
        body: "picture of one pixel" => "<img width=1 height=1 src='//x.test/o.gif?TOKEN'>",
        body: "words for a picture" => "<img alt='C:\\Users\\TOKEN\\a.png'>",
        body: "pictures to choose from" => "<img srcset='//x.test/TOKEN 2x'>",
        body: "picture with sources" => "<picture><source srcset='//x.test/TOKEN'><img src=x></picture>",
        body: "picture by its old name" => "<image src='//x.test/TOKEN'>",
        body: "background of a table" => "<table background='//x.test/TOKEN'><tr><td>a</table>",
        body: "background of a cell" => "<table><tr><td background='//x.test/TOKEN'>a</table>",
        body: "row of a table by an id" => "<table><tr id=TOKEN><td>a</table>",
        body: "hidden element" => "<div hidden>TOKEN</div>",
        body: "hidden paragraph without an end" => "<p hidden>TOKEN<p>a",
        body: "hidden cell without an end" => "<table><tr><td hidden>TOKEN<td>a</table>",
        body: "hidden list item" => "<ul><li hidden>TOKEN<li>a</ul>",
        body: "hidden by its style" => "<div style='display: none'>TOKEN</div>",
        body: "hidden with elements inside" => "<div style='display:none'><div>TOKEN</div>TOKEN</div>",
        body: "unseen by its style" => "<span style='VISIBILITY:hidden'>TOKEN</span>",
        body: "preheader of a newsletter" => "<span style='font-size:0px;opacity:0'>TOKEN</span>",
        body: "hidden for one office program" => "<div style='mso-hide:all'>TOKEN</div>",
        body: "closed dialog" => "<dialog>TOKEN</dialog>",
        body: "template" => "<template><p>TOKEN</p></template>",
        body: "words for programs without scripts in the body" => "<noscript><img src='//x.test/TOKEN'></noscript>",
        body: "script in the body" => "<script>'</p>TOKEN'</script>",
        body: "script in a comment" => "<script><!-- <script>TOKEN</script> --></script>",
        body: "style sheet in the body" => "<style>a{b:TOKEN}</style>",
        body: "frame" => "<iframe src='http://x.test/TOKEN'></iframe>",
        body: "frame with its own page" => "<iframe srcdoc='<p>TOKEN</p>'></iframe>",
        body: "object" => "<object data='http://x.test/TOKEN'>TOKEN</object>",
        body: "embedded part" => "<embed src='http://x.test/TOKEN'>",
        body: "applet" => "<applet code='TOKEN'></applet>",
        body: "sound" => "<audio src='http://x.test/TOKEN'>TOKEN</audio>",
        body: "film" => "<video poster='http://x.test/TOKEN'><track src='TOKEN'></video>",
        body: "words behind an escape in a style" => "<p style='display:n\\6fne'>TOKEN</p>",
        body: "words behind a comment in a style" => "<p style='display:/**/none'>TOKEN</p>",
        body: "words of no size, with a power" => "<p style='font-size:0e0'>TOKEN</p>",
        body: "popover" => "<div popover>TOKEN</div>",
        body: "canvas" => "<canvas data-x=TOKEN>TOKEN</canvas>",
        body: "drawing" => "<svg><metadata>TOKEN</metadata><text>TOKEN</text></svg>",
        body: "link in a drawing" => "<svg><a xlink:href='http://x.test/TOKEN'/></svg>",
        body: "source of a formula" => "<math><semantics><mi>x</mi><annotation>TOKEN</annotation></semantics></math>",
        body: "hidden field" => "<form><input type=hidden name=csrf value=TOKEN></form>",
        body: "password in a field" => "<input type=password value=TOKEN>",
        body: "value of a box to tick" => "<input type=checkbox value=TOKEN>",
        body: "name of a field" => "<input name=TOKEN value=a>",
        body: "placeholder of a field" => "<input placeholder=TOKEN>",
        body: "address of a form" => "<form action='http://x.test/TOKEN'><input value=a></form>",
        body: "address of a button" => "<button formaction='//x.test/TOKEN'>a</button>",
        body: "value of an option" => "<select><option value=TOKEN>a</select>",
        body: "suggestions for a field" => "<datalist><option>TOKEN</datalist>",
        body: "attribute nobody knows" => "<p TOKEN=1>a</p>",
        body: "element nobody knows" => "<x-TOKEN>a</x-TOKEN>",
        body: "attribute of an element nobody knows" => "<user-card user=TOKEN>a</user-card>",
        body: "mark of a bookmark" => "<a name=_GoBack-TOKEN></a>",
        body: "type of an office program" => "<v:shape o:spid=TOKEN><v:imagedata src=TOKEN o:title=TOKEN></v:shape>",
        body: "attribute on the end of an element" => "<p>a</p class=TOKEN>",
        body: "number of a cell that is none" => "<table><tr><td colspan=TOKEN>a</table>",
        body: "direction that is none" => "<p dir=TOKEN>a</p>",
        body: "text that runs around nothing" => "<marquee class=TOKEN>a</marquee>",
        body: "music" => "<bgsound src='TOKEN'>",
        body: "style sheet linked from the body" => "<link rel=stylesheet href='//x.test/TOKEN'>",
        body: "meta in the body" => "<meta name=author content=TOKEN>",
        body: "base in the body" => "<base href='//x.test/TOKEN'>",
        body: "title in the body" => "<title>TOKEN</title>",
        body: "picture that is no picture" => "<img src='data:image/png;base64,BASE64'>",
        body: "page inside of an address" => "<img src='data:text/html,<p>TOKEN'>",
        body: "drawing inside of an address" => "<img src='data:image/svg+xml,<svg><text>TOKEN</text></svg>'>",
    }
}

fn whole() -> Vec<Row> {
    let mut rows = rows! {
        whole: "address it was saved from" => "<!-- saved from url=(0019)http://x.test/TOKEN -->\n<html><p>SHOWN</html>",
        whole: "attributes of the page" => "<html xmlns:x='TOKEN' lang=TOKEN><body onload='f(\"TOKEN\")' class=TOKEN><p>SHOWN",
        whole: "system identifier of the document type" => "<!DOCTYPE html PUBLIC 'TOKEN' 'http://x.test/TOKEN'><p id=a>SHOWN",
        whole: "comment behind the end" => "<html><body><p>SHOWN</body></html><!-- TOKEN -->",
        whole: "XML declaration and style sheet" => "<?xml version='1.0'?><?xml-stylesheet href='TOKEN'?><html><p>SHOWN</html>",
    };
    rows.push(Row {
        kind: Kind::Html,
        place: "comment of a picture in the page",
        plant: |token| {
            let photo = crate::jpeg::sample::photo();
            let photo = crate::jpeg::sample::with(&photo, 0xFE, token.hidden().as_bytes());
            let address = crate::base64::encode(&photo);
            page(token, "", &format!("<img src='data:image/jpeg;base64,{address}'>"))
        },
        outcome: Outcome::Cleaned,
    });
    rows
}

fn refused() -> Vec<Row> {
    let row = |place, plant, refusal| Row {
        kind: Kind::Html,
        place,
        plant,
        outcome: Outcome::Refused(refusal),
    };
    vec![
        row(
            "set of frames",
            |token| {
                format!("<html><frameset><frame src='{}'></frameset>", token.hidden()).into_bytes()
            },
            Refusal::Feature(Feature::Construct),
        ),
        row(
            "words behind a shadow tree",
            |token| {
                page(
                    token,
                    "",
                    &format!(
                        "<x-a><template shadowrootmode=open>x</template>{}</x-a>",
                        token.hidden()
                    ),
                )
            },
            Refusal::Feature(Feature::Construct),
        ),
        row(
            "text until the end of the file",
            |token| format!("<html><plaintext>{}", token.hidden()).into_bytes(),
            Refusal::Feature(Feature::Construct),
        ),
        row(
            "control character",
            |token| page(token, "", &format!("&#1;{}", token.hidden())),
            Refusal::Damaged(crate::refusal::Damage::Encoding),
        ),
        row(
            "other language of pointed brackets",
            |token| format!("<?xml version='1.0'?><kml>{}</kml>", token.hidden()).into_bytes(),
            Refusal::NotCleanable(Foreign::WebPage),
        ),
    ]
}

pub(super) fn lists() -> Vec<List> {
    let list = |(name, forbidden)| List { name, forbidden, kinds: &[Kind::Html] };
    crate::html::lists().map(list).into()
}
