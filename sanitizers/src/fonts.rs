//! Fonts that are so common that their name tells nothing.
//!
//! Companies have fonts made for them alone, and name them after themselves. Here are those
//! that come with systems, office programs and the large free collections; a font that is not
//! among them is one that most readers of a copy do not have anyway.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Names of fonts, spelled as their makers do; at the end in their own script, as systems in
/// these languages write them.
const KNOWN: &str = "\
    Agency FB; Aharoni; Albany; Aldhabi; Algerian; Amiri; Andale Mono; Andale Sans UI; Andalus; \
    Angsana New; AngsanaUPC; Aparajita; Apple Color Emoji; Aptos; Aptos Display; Aptos Mono; \
    Aptos Narrow; Aptos Serif; Arabic Typesetting; Arial; Arial Black; Arial Narrow; Arial \
    Rounded MT Bold; Arial Unicode MS; Avenir; Avenir Next; Avenir Next LT Pro; Bahnschrift; \
    Baskerville; Baskerville Old Face; Batang; BatangChe; Bauhaus 93; Bell MT; Berlin Sans FB; \
    Berlin Sans FB Demi; Bernard MT Condensed; Bierstadt; Bitstream Vera Sans; Bitstream Vera \
    Sans Mono; Bitstream Vera Serif; Blackadder ITC; Bodoni MT; Book Antiqua; Bookman Old Style; \
    Bookshelf Symbol 7; Bradley Hand ITC; Britannic Bold; Broadway; Browallia New; BrowalliaUPC; \
    Brush Script MT; Caladea; Calibri; Calibri Light; Californian FB; Calisto MT; Cambria; \
    Cambria Math; Candara; Candara Light; Carlito; Castellar; Centaur; Century; Century Gothic; \
    Century Schoolbook; Chiller; Colonna MT; Comic Sans MS; Consolas; Constantia; Cooper Black; \
    Copperplate; Copperplate Gothic Bold; Copperplate Gothic Light; Corbel; Corbel Light; Cordia \
    New; CordiaUPC; Courier; Courier New; Cumberland; Curlz MT; DaunPenh; David; David CLM; \
    DejaVu Sans; DejaVu Sans Condensed; DejaVu Sans Mono; DejaVu Serif; DengXian; DengXian \
    Light; DFKai-SB; Didot; DilleniaUPC; DokChampa; Dotum; DotumChe; Droid Sans; Droid Sans \
    Fallback; Droid Sans Mono; Droid Serif; Ebrima; Edwardian Script ITC; Elephant; Engravers \
    MT; Eras Bold ITC; Eras Demi ITC; Eras Light ITC; Eras Medium ITC; Estrangelo Edessa; \
    EucrosiaUPC; Euphemia; FangSong; Felix Titling; Fira Code; Fira Mono; Fira Sans; Footlight \
    MT Light; Forte; Franklin Gothic Book; Franklin Gothic Demi; Franklin Gothic Demi Cond; \
    Franklin Gothic Heavy; Franklin Gothic Medium; Franklin Gothic Medium Cond; FrankRuehl; \
    FreeMono; FreeSans; FreeSerif; FreesiaUPC; Freestyle Script; French Script MT; Futura; \
    Gabriola; Gadugi; Garamond; Gautami; Geneva; Gentium Basic; Gentium Book Basic; Georgia; \
    Gigi; Gill Sans; Gill Sans MT; Gill Sans MT Condensed; Gill Sans Ultra Bold; Gisha; \
    Gloucester MT Extra Condensed; Goudy Old Style; Goudy Stout; Grandview; Gulim; GulimChe; \
    Gungsuh; GungsuhChe; Haettenschweiler; Harlow Solid Italic; Harrington; Helvetica; Helvetica \
    Neue; High Tower Text; Hiragino Kaku Gothic Pro; Hiragino Mincho Pro; Hoefler Text; Impact; \
    Imprint MT Shadow; Informal Roman; Inter; IrisUPC; Iskoola Pota; JasmineUPC; Javanese Text; \
    Jokerman; Juice ITC; KaiTi; Kalinga; Kartika; Khmer UI; KodchiangUPC; Kokila; Kristen ITC; \
    Kunstler Script; Lao UI; Latha; Latin Modern Math; Latin Modern Roman; Lato; Leelawadee; \
    Leelawadee UI; Levenim MT; Liberation Mono; Liberation Sans; Liberation Sans Narrow; \
    Liberation Serif; LilyUPC; Linux Biolinum G; Linux Libertine G; Lohit Devanagari; Lohit \
    Hindi; Lucida Bright; Lucida Calligraphy; Lucida Console; Lucida Fax; Lucida Grande; Lucida \
    Handwriting; Lucida Sans; Lucida Sans Typewriter; Lucida Sans Unicode; Magneto; Maiandra GD; \
    Malgun Gothic; Malgun Gothic Semilight; Mangal; Marlett; Matura MT Script Capitals; Meiryo; \
    Meiryo UI; Menlo; Merriweather; Microsoft Himalaya; Microsoft JhengHei; Microsoft JhengHei \
    UI; Microsoft New Tai Lue; Microsoft PhagsPa; Microsoft Sans Serif; Microsoft Tai Le; \
    Microsoft Uighur; Microsoft YaHei; Microsoft YaHei UI; Microsoft Yi Baiti; MingLiU; \
    MingLiU-ExtB; MingLiU_HKSCS; Miriam; Miriam Fixed; Mistral; Modern; Modern No. 20; Monaco; \
    Mongolian Baiti; Monotype Corsiva; Montserrat; MoolBoran; MS Gothic; MS Mincho; MS Outlook; \
    MS PGothic; MS PMincho; MS Reference Sans Serif; MS Reference Specialty; MS Sans Serif; MS \
    Serif; MS Song; MS UI Gothic; MT Extra; MV Boli; Myanmar Text; Myriad Pro; Narkisim; Niagara \
    Engraved; Niagara Solid; Nimbus Mono L; Nimbus Roman No9 L; Nimbus Sans L; Nirmala UI; Noto \
    Color Emoji; Noto Mono; Noto Sans; Noto Sans CJK JP; Noto Sans CJK KR; Noto Sans CJK SC; \
    Noto Sans CJK TC; Noto Sans Devanagari; Noto Sans Mono; Noto Serif; Noto Serif CJK JP; Noto \
    Serif CJK SC; NSimSun; Nunito; Nyala; OCR A Extended; Old English Text MT; Onyx; Open Sans; \
    OpenSymbol; Optima; Oswald; Palace Script MT; Palatino; Palatino Linotype; Papyrus; \
    Parchment; Perpetua; Perpetua Titling MT; PingFang SC; Plantagenet Cherokee; Playbill; \
    Playfair Display; PMingLiU; PMingLiU-ExtB; Poor Richard; Poppins; Pristina; PT Sans; PT \
    Serif; Quattrocento; Raavi; Rage Italic; Raleway; Ravie; Roboto; Roboto Condensed; Roboto \
    Mono; Roboto Slab; Rockwell; Rockwell Condensed; Rockwell Extra Bold; Rod; Sakkal Majalla; \
    Sans Serif Collection; Script MT Bold; Seaford; Segoe Fluent Icons; Segoe MDL2 Assets; Segoe \
    Print; Segoe Script; Segoe UI; Segoe UI Black; Segoe UI Emoji; Segoe UI Historic; Segoe UI \
    Light; Segoe UI Semibold; Segoe UI Semilight; Segoe UI Symbol; Shonar Bangla; Showcard \
    Gothic; Shruti; SimHei; Simplified Arabic; Simplified Arabic Fixed; SimSun; SimSun-ExtB; \
    Sitka Banner; Sitka Display; Sitka Heading; Sitka Small; Sitka Subheading; Sitka Text; \
    Skeena; Snap ITC; Songti SC; Source Code Pro; Source Han Sans CN; Source Han Serif CN; \
    Source Sans 3; Source Sans Pro; Source Serif Pro; Star Symbol; StarSymbol; Stencil; Sylfaen; \
    Symbol; System; Tahoma; Tempus Sans ITC; Tenorite; Thorndale; Times; Times New Roman; \
    Traditional Arabic; Trebuchet MS; Tunga; Tw Cen MT; Tw Cen MT Condensed; Ubuntu; Ubuntu \
    Mono; Univers; Urdu Typesetting; Utsaah; Vani; Verdana; Vijaya; Viner Hand ITC; Vivaldi; \
    Vladimir Script; Vrinda; Walbaum Display; Webdings; WenQuanYi Micro Hei; WenQuanYi Zen Hei; \
    Wide Latin; Wingdings; Wingdings 2; Wingdings 3; Yu Gothic; Yu Gothic Light; Yu Gothic UI; \
    Yu Mincho; Zapf Dingbats; ＭＳ ゴシック; ＭＳ 明朝; ＭＳ Ｐゴシック; ＭＳ Ｐ明朝; メイリオ; 游ゴシック; 游ゴシック Light; 游明朝; \
    宋体; 黑体; 楷体; 仿宋; 等线; 等线 Light; 微软雅黑; 新細明體; 細明體; 標楷體; 微軟正黑體; 맑은 고딕; 굴림; 돋움; 바탕; 궁서";

/// The name in our spelling; none if it is not known.
pub(crate) fn known(name: &str) -> Option<&'static str> {
    static ALL: LazyLock<HashMap<String, &str>> =
        LazyLock::new(|| KNOWN.split("; ").map(|font| (font.to_ascii_lowercase(), font)).collect());
    ALL.get(&name.trim().to_ascii_lowercase()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_fonts_are_known_in_any_case_and_no_others() {
        assert_eq!(known(" arial "), Some("Arial"));
        assert_eq!(known("맑은 고딕"), Some("맑은 고딕"));
        for name in ["", ";", "Annas Type", "Arial; Calibri", "Arial; Arial Black"] {
            assert_eq!(known(name), None, "{name}");
        }
    }
}
