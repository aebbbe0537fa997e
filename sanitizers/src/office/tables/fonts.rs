//! Fonts that a document may name.
//!
//! A company that has had a font drawn for itself is named by it in each of its documents.
//! So a document may name fonts that come with systems, office programs and the large free
//! collections; instead of any other, a program takes the one it takes by default.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::xml::{Check, Value};

/// The name of a font, or nothing.
pub(crate) const FONT: Value = Value::Checked(Check { name: "known font", check: known });

/// The name of a font where there must be one.
pub(crate) const FACE: Value = Value::Checked(Check { name: "known font or Arial", check: face });

fn known(name: &str) -> Option<String> {
    static ALL: LazyLock<HashMap<String, &str>> =
        LazyLock::new(|| FONTS.split("; ").map(|font| (font.to_ascii_lowercase(), font)).collect());
    let name = name.trim();
    // Fonts of the theme, and none at all.
    let is_reference =
        matches!(name, "" | "+mn-lt" | "+mn-ea" | "+mn-cs" | "+mj-lt" | "+mj-ea" | "+mj-cs");
    if is_reference {
        return Some(name.to_owned());
    }
    ALL.get(&name.to_ascii_lowercase()).map(|&font| font.to_owned())
}

#[expect(clippy::unnecessary_wraps, reason = "a check may say no, this one never does")]
fn face(name: &str) -> Option<String> {
    Some(known(name).unwrap_or_else(|| "Arial".to_owned()))
}

/// Names of fonts, spelled as their makers do; at the end in their own script, as systems in
/// these languages write them.
const FONTS: &str = "\
    Agency FB; Aharoni; Albany; Aldhabi; Algerian; Amiri; Andale Mono; Andale Sans UI; Andalus; \
    Angsana New; AngsanaUPC; Aparajita; Apple Color Emoji; Aptos; Aptos Display; Aptos Mono; \
    Aptos Narrow; Aptos Serif; Arabic Typesetting; Arial; Arial Black; Arial Narrow; \
    Arial Rounded MT Bold; Arial Unicode MS; Avenir; Avenir Next; Avenir Next LT Pro; \
    Bahnschrift; Baskerville; Baskerville Old Face; Batang; BatangChe; Bauhaus 93; Bell MT; \
    Berlin Sans FB; Berlin Sans FB Demi; Bernard MT Condensed; Bierstadt; Bitstream Vera Sans; \
    Bitstream Vera Sans Mono; Bitstream Vera Serif; Blackadder ITC; Bodoni MT; Book Antiqua; \
    Bookman Old Style; Bookshelf Symbol 7; Bradley Hand ITC; Britannic Bold; Broadway; \
    Browallia New; BrowalliaUPC; Brush Script MT; Caladea; Calibri; Calibri Light; \
    Californian FB; Calisto MT; Cambria; Cambria Math; Candara; Candara Light; Carlito; \
    Castellar; Centaur; Century; Century Gothic; Century Schoolbook; Chiller; Colonna MT; \
    Comic Sans MS; Consolas; Constantia; Cooper Black; Copperplate; Copperplate Gothic Bold; \
    Copperplate Gothic Light; Corbel; Corbel Light; Cordia New; CordiaUPC; Courier; \
    Courier New; Cumberland; Curlz MT; DFKai-SB; DaunPenh; David; David CLM; DejaVu Sans; \
    DejaVu Sans Condensed; DejaVu Sans Mono; DejaVu Serif; DengXian; DengXian Light; Didot; \
    DilleniaUPC; DokChampa; Dotum; DotumChe; Droid Sans; Droid Sans Fallback; Droid Sans Mono; \
    Droid Serif; Ebrima; Edwardian Script ITC; Elephant; Engravers MT; Eras Bold ITC; \
    Eras Demi ITC; Eras Light ITC; Eras Medium ITC; Estrangelo Edessa; EucrosiaUPC; Euphemia; \
    FangSong; Felix Titling; Fira Code; Fira Mono; Fira Sans; Footlight MT Light; Forte; \
    FrankRuehl; Franklin Gothic Book; Franklin Gothic Demi; Franklin Gothic Demi Cond; \
    Franklin Gothic Heavy; Franklin Gothic Medium; Franklin Gothic Medium Cond; FreeMono; \
    FreeSans; FreeSerif; FreesiaUPC; Freestyle Script; French Script MT; Futura; Gabriola; \
    Gadugi; Garamond; Gautami; Geneva; Georgia; Gigi; Gill Sans; Gill Sans MT; \
    Gill Sans MT Condensed; Gill Sans Ultra Bold; Gisha; Gloucester MT Extra Condensed; \
    Goudy Old Style; Goudy Stout; Grandview; Gulim; GulimChe; Gungsuh; GungsuhChe; \
    Haettenschweiler; Harlow Solid Italic; Harrington; Helvetica; Helvetica Neue; \
    High Tower Text; Hiragino Kaku Gothic Pro; Hiragino Mincho Pro; Hoefler Text; Impact; \
    Imprint MT Shadow; Informal Roman; Inter; IrisUPC; Iskoola Pota; JasmineUPC; Javanese Text; \
    Jokerman; Juice ITC; KaiTi; Kalinga; Kartika; Khmer UI; KodchiangUPC; Kokila; Kristen ITC; \
    Kunstler Script; Lao UI; Latha; Lato; Latin Modern Math; Latin Modern Roman; Leelawadee; \
    Leelawadee UI; Levenim MT; Liberation Mono; Liberation Sans; Liberation Sans Narrow; \
    Liberation Serif; LilyUPC; Linux Biolinum G; Linux Libertine G; Lohit Devanagari; \
    Lohit Hindi; Lucida Bright; Lucida Calligraphy; Lucida Console; Lucida Fax; Lucida Grande; \
    Lucida Handwriting; Lucida Sans; Lucida Sans Typewriter; Lucida Sans Unicode; MS Gothic; \
    MS Mincho; MS Outlook; MS PGothic; MS PMincho; MS Reference Sans Serif; \
    MS Reference Specialty; MS Sans Serif; MS Serif; MS Song; MS UI Gothic; MT Extra; MV Boli; \
    Magneto; Maiandra GD; Malgun Gothic; Malgun Gothic Semilight; Mangal; Marlett; \
    Matura MT Script Capitals; Meiryo; Meiryo UI; Menlo; Merriweather; Microsoft Himalaya; \
    Microsoft JhengHei; Microsoft JhengHei UI; Microsoft New Tai Lue; Microsoft PhagsPa; \
    Microsoft Sans Serif; Microsoft Tai Le; Microsoft Uighur; Microsoft YaHei; \
    Microsoft YaHei UI; Microsoft Yi Baiti; MingLiU; MingLiU-ExtB; MingLiU_HKSCS; Miriam; \
    Miriam Fixed; Mistral; Modern; Modern No. 20; Monaco; Mongolian Baiti; Monotype Corsiva; \
    Montserrat; MoolBoran; Myanmar Text; Myriad Pro; NSimSun; Narkisim; Niagara Engraved; \
    Niagara Solid; Nimbus Mono L; Nimbus Roman No9 L; Nimbus Sans L; Nirmala UI; \
    Noto Color Emoji; Noto Mono; Noto Sans; Noto Sans CJK JP; Noto Sans CJK KR; \
    Noto Sans CJK SC; Noto Sans CJK TC; Noto Sans Mono; Noto Serif; Noto Serif CJK SC; Nunito; \
    Nyala; OCR A Extended; Old English Text MT; Onyx; Open Sans; OpenSymbol; Optima; Oswald; \
    PMingLiU; PMingLiU-ExtB; PT Sans; PT Serif; Palace Script MT; Palatino; Palatino Linotype; \
    Papyrus; Parchment; Perpetua; Perpetua Titling MT; Plantagenet Cherokee; Playbill; \
    Playfair Display; Poor Richard; Poppins; Pristina; Quattrocento; Raavi; Rage Italic; \
    Raleway; Ravie; Roboto; Roboto Condensed; Roboto Mono; Roboto Slab; Rockwell; \
    Rockwell Condensed; Rockwell Extra Bold; Rod; Sakkal Majalla; Sans Serif Collection; \
    Script MT Bold; Seaford; Segoe Fluent Icons; Segoe MDL2 Assets; Segoe Print; Segoe Script; \
    Segoe UI; Segoe UI Black; Segoe UI Emoji; Segoe UI Historic; Segoe UI Light; \
    Segoe UI Semibold; Segoe UI Semilight; Segoe UI Symbol; Shonar Bangla; Showcard Gothic; \
    Shruti; SimHei; SimSun; SimSun-ExtB; Simplified Arabic; Simplified Arabic Fixed; \
    Sitka Banner; Sitka Display; Sitka Heading; Sitka Small; Sitka Subheading; Sitka Text; \
    Skeena; Snap ITC; Source Code Pro; Source Han Sans CN; Source Han Serif CN; Source Sans 3; \
    Source Sans Pro; Source Serif Pro; StarSymbol; Stencil; Sylfaen; Symbol; System; Tahoma; \
    Tempus Sans ITC; Tenorite; Thorndale; Times; Times New Roman; Traditional Arabic; \
    Trebuchet MS; Tunga; Tw Cen MT; Tw Cen MT Condensed; Ubuntu; Ubuntu Mono; Urdu Typesetting; \
    Utsaah; Vani; Verdana; Vijaya; Viner Hand ITC; Vivaldi; Vladimir Script; Vrinda; \
    Walbaum Display; Webdings; WenQuanYi Micro Hei; WenQuanYi Zen Hei; Wide Latin; Wingdings; \
    Wingdings 2; Wingdings 3; Yu Gothic; Yu Gothic Light; Yu Gothic UI; Yu Mincho; \
    Zapf Dingbats; ＭＳ ゴシック; ＭＳ 明朝; ＭＳ Ｐゴシック; ＭＳ Ｐ明朝; メイリオ; 游ゴシック; 游ゴシック Light; 游明朝; 宋体; 黑体; 楷体; \
    仿宋; 等线; 等线 Light; 微软雅黑; 新細明體; 細明體; 標楷體; 微軟正黑體; 맑은 고딕; 굴림; 돋움; 바탕; 궁서";
