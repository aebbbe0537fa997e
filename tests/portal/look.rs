//! A site's own facts, colour and logo.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use axum::http::StatusCode;
use sluse::checks::State;
use sluse::config::Config;
use sluse::limits::{LOGO_BYTES, LOGO_SIDE};
use sluse::serve;
use sluse::web::information::Information;

use crate::support::pictures::{photo, plain_photo};
use crate::support::{House, settings};

async fn style(house: &House) -> String {
    let mut browser = house.reporter();
    let front = browser.get("/").await;
    let address = front.attributes("link[rel=stylesheet]", "href")[0].clone();
    let css = browser.get(&address).await;
    let mut text = String::new();
    flate2::read::GzDecoder::new(&css.body[..]).read_to_string(&mut text).unwrap();
    text
}

/// Why a site with these settings does not start.
async fn refusal(change: impl FnOnce(&mut Config)) -> String {
    let (house, _) = House::new().await;
    let mut config = house.config.clone();
    change(&mut config);
    format!("{:#}", serve::site(&config, house.portal.clone(), false).unwrap_err())
}

fn file(folder: &Path, bytes: &[u8]) -> PathBuf {
    let path = folder.join("logo.png");
    std::fs::write(&path, bytes).unwrap();
    path
}

/// A picture of one colour, so wide.
fn png(width: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(width, 40, image::Rgb([11, 84, 88]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn pages_say_whom_to_ask_or_where_to_look() {
    let told = House::with(|config| {
        config.contact = Some("Enheden\n  Prøvevej 1 \n\ntelefon 12 34 56 78".to_owned());
        config.data_protection_officer = Some("Bo <b>Holm</b>, dpo@example.org".to_owned());
    })
    .await;
    let untold = House::with(|config| config.contact = Some(" \n ".to_owned())).await;
    for path in ["/privacy", "/policy", "/routes"] {
        for lang in ["da", "en"] {
            let path = format!("{path}?lang={lang}");
            let page = told.reporter().get(&path).await.text();
            assert!(page.contains("Enheden, Prøvevej 1, telefon 12 34 56 78"), "{path}: {page}");
            assert!(page.contains("Bo <b>Holm</b>, dpo@example.org"), "{path}");
            let page = untold.reporter().get(&path).await.text();
            let website = if lang == "da" {
                "den almindelige hjemmeside for Styrelsen for Prøver"
            } else {
                "the ordinary website of Styrelsen for Prøver"
            };
            assert_eq!(page.matches(website).count(), 2, "{path}: {page}");
        }
    }
    assert_eq!(serve::contact(&told.config).state, State::Ok);
    let check = serve::contact(&untold.config);
    assert_eq!(check.state, State::Warn);
    assert!(check.detail.contains("`contact` and `data_protection_officer`"), "{}", check.detail);
    let mut half = told.config.clone();
    half.data_protection_officer = None;
    let check = serve::contact(&half);
    assert_eq!(check.state, State::Warn);
    assert!(check.detail.starts_with("`data_protection_officer` not set"), "{}", check.detail);
}

#[tokio::test]
async fn without_its_guide_to_tor_a_site_has_no_page_and_no_way_to_it() {
    let house = House::with(|config| config.tor_guide = false).await;
    for lang in ["da", "en"] {
        let tor = house.reporter().get(&format!("/tor?lang={lang}")).await;
        assert_eq!(tor.status, StatusCode::NOT_FOUND);
        for path in Information::paths().filter(|path| *path != "/tor").chain(["/", "/poster"]) {
            let page = house.reporter().get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(!page.has("a[href='/tor']"), "{path}");
            assert!(page.all("main li").iter().all(|item| !item.is_empty()), "{path}");
        }
    }
    let guide = house.reporter().get("/guide").await.text();
    assert!(guide.contains("Tor Browser"), "the words stay");
    assert!(!guide.contains("Sådan kommer du i gang med Tor Browser"), "{guide}");
    let (house, _) = House::new().await;
    assert!(house.reporter().get("/guide").await.has("a[href='/tor']"));
}

#[tokio::test]
async fn a_colour_of_its_own_is_taken_if_everybody_can_read_it() {
    let house = House::with(|config| config.colour = Some("#7A1F5C".to_owned())).await;
    assert!(style(&house).await.contains("--action:#7a1f5c;"));
    assert_eq!(serve::own_look(&house.config).state, State::Ok);
    let pale = |config: &mut Config| config.colour = Some("#ffcc00".to_owned());
    let said = refusal(pale).await;
    assert!(said.contains("`colour`: #ffcc00 has a contrast of 1.51:1 against white"), "{said}");
    assert!(said.contains("needs 4.5:1"), "{said}");
    let folder = tempfile::tempdir().unwrap();
    let mut config = settings(folder.path());
    pale(&mut config);
    let check = serve::own_look(&config);
    assert_eq!(check.state, State::Fail);
    assert!(check.detail.contains("1.51:1"), "{}", check.detail);
    for text in ["teal", "#fff", "#0b5458}body{display:none"] {
        let said = refusal(|config| config.colour = Some(text.to_owned())).await;
        assert!(said.contains("is not written as"), "{said}");
    }
}

#[tokio::test]
async fn a_logo_is_cleaned_and_stands_where_the_name_stood_and_is_read_out_as_the_name() {
    let folder = tempfile::tempdir().unwrap();
    let photo = photo();
    let logo = file(folder.path(), &photo);
    let house = House::with(|config| config.logo = Some(logo)).await;
    let css = style(&house).await;
    let picture = css.split_once("url(\"data:image/jpeg;base64,").expect("a picture").1;
    let picture = picture.split_once('"').unwrap().0;
    let shown = data_encoding::BASE64.decode(picture.as_bytes()).unwrap();
    assert_eq!(image::guess_format(&shown).unwrap(), image::ImageFormat::Jpeg);
    assert!(photo.windows(4).any(|bytes| bytes == b"Exif"));
    assert!(!shown.windows(4).any(|bytes| bytes == b"Exif"), "what it told is gone");
    for browser in [&mut house.reporter(), &mut house.onion_reporter(), &mut house.handler()] {
        let page = browser.get("/sign-in").await;
        assert_eq!(page.all("a.top__logo"), ["Styrelsen for Prøver"]);
        assert!(!page.has("header img"), "and no request of its own");
    }
    let (plain, _) = House::new().await;
    let page = plain.reporter().get("/").await;
    assert!(!page.has(".top__logo"));
    assert_eq!(page.all("a.top__name"), ["Styrelsen for Prøver"]);
}

#[tokio::test]
async fn what_is_no_picture_or_too_large_a_one_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let noise: Vec<u8> = (0..=LOGO_BYTES).map(|at| (at * at % 251) as u8).collect();
    let mut heavy = png(200);
    heavy.extend(&noise);
    let cases: [(&[u8], &str); 7] = [
        (b"", "is no PNG, JPEG, WebP or GIF"),
        (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "is no PNG, JPEG, WebP or GIF"),
        (b"BM a bitmap", "logo.png"),
        (&png(LOGO_SIDE + 1), "is too large"),
        (&heavy, "is too large"),
        (&png(200)[..60], "logo.png"),
        (b"MZ\x90\0 a program", "is no PNG, JPEG, WebP or GIF"),
    ];
    for (bytes, why) in cases {
        let logo = file(folder.path(), bytes);
        let said = refusal(|config| config.logo = Some(logo)).await;
        assert!(said.starts_with("`logo`: ") && said.contains(why), "{said}");
    }
    let gone = folder.path().join("gone.png");
    let said = refusal(|config| config.logo = Some(gone)).await;
    assert!(said.contains("gone.png cannot be read"), "{said}");
    let directory = folder.path().to_owned();
    let said = refusal(|config| config.logo = Some(directory)).await;
    assert!(said.contains("is no PNG"), "{said}");
    for fits in [png(LOGO_SIDE), plain_photo()] {
        let logo = file(folder.path(), &fits);
        House::with(|config| config.logo = Some(logo)).await;
    }
}
