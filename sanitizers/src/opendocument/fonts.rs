//! Fonts that are so common that their name tells nothing.
//!
//! Companies have fonts made for them alone, and name them after themselves. A font that is
//! not in this list is one that most readers of the copy do not have anyway.

/// Names with `; ` between them.
const KNOWN: &str = "Arial; Arial Black; Arial Narrow; Arial Unicode MS; Bahnschrift; Baskerville; \
    Book Antiqua; Bookman Old Style; Caladea; Calibri; Calibri Light; Cambria; Cambria Math; \
    Candara; Carlito; Century; Century Gothic; Century Schoolbook; Comic Sans MS; Consolas; \
    Constantia; Corbel; Courier; Courier New; DejaVu Sans; DejaVu Sans Condensed; \
    DejaVu Sans Mono; DejaVu Serif; Ebrima; Franklin Gothic Book; Franklin Gothic Medium; \
    Futura; Gabriola; Gadugi; Garamond; Gentium Basic; Gentium Book Basic; Georgia; \
    Gill Sans; Gill Sans MT; Helvetica; Helvetica Neue; Impact; Inter; Lato; Leelawadee UI; \
    Liberation Mono; Liberation Sans; Liberation Sans Narrow; Liberation Serif; \
    Linux Biolinum G; Linux Libertine G; Lohit Devanagari; Lohit Hindi; Lucida Bright; \
    Lucida Calligraphy; Lucida Console; Lucida Grande; Lucida Handwriting; Lucida Sans; \
    Lucida Sans Unicode; MS Gothic; MS Mincho; MS PGothic; MS PMincho; \
    MS Reference Sans Serif; MS Sans Serif; MS Serif; MS Song; MV Boli; Malgun Gothic; \
    Mangal; Meiryo; Microsoft JhengHei; Microsoft Sans Serif; Microsoft YaHei; Mistral; \
    Monaco; Mongolian Baiti; Monotype Corsiva; Montserrat; Nimbus Mono L; \
    Nimbus Roman No9 L; Nimbus Sans L; Noto Mono; Noto Sans; Noto Sans CJK JP; \
    Noto Sans CJK KR; Noto Sans CJK SC; Noto Sans CJK TC; Noto Sans Devanagari; \
    Noto Sans Mono; Noto Serif; Noto Serif CJK JP; Noto Serif CJK SC; Open Sans; OpenSymbol; \
    Optima; Palatino; Palatino Linotype; Perpetua; PingFang SC; Poppins; Raleway; Roboto; \
    Roboto Mono; Rockwell; Segoe Print; Segoe Script; Segoe UI; Segoe UI Emoji; \
    Segoe UI Light; Segoe UI Semibold; Segoe UI Symbol; SimHei; SimSun; Songti SC; \
    Source Code Pro; Source Sans Pro; Source Serif Pro; Star Symbol; StarSymbol; Sylfaen; \
    Symbol; Tahoma; Times; Times New Roman; Trebuchet MS; Tw Cen MT; Ubuntu; Ubuntu Mono; \
    Univers; Verdana; Webdings; WenQuanYi Micro Hei; WenQuanYi Zen Hei; Wingdings; \
    Wingdings 2; Wingdings 3; Yu Gothic; Yu Mincho; cursive; fantasy; monospace; sans-serif; \
    serif";

/// The name in our spelling; none if it is not known.
pub(super) fn known(family: &str) -> Option<&'static str> {
    // The first of several is the one that is meant; the others stand in for it.
    let first = family.split([',', ';']).next().unwrap_or_default();
    let name = first.trim().trim_matches(['\'', '"']);
    KNOWN.split("; ").find(|known| known.eq_ignore_ascii_case(name))
}

/// What stands in for a font that is not known, by its sort.
pub(super) fn stand_in(sort: Option<&str>) -> &'static str {
    match sort {
        Some("swiss" | "system") => "Liberation Sans",
        Some("modern") => "Liberation Mono",
        _ => "Liberation Serif",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fonts_that_everybody_knows_keep_their_name() {
        assert_eq!(known("'Liberation Sans', Arial"), Some("Liberation Sans"));
        assert_eq!(known("arial"), Some("Arial"));
        assert_eq!(known("serif"), Some("serif"));
        for name in ["Maersk Text", "Arial; Anna", "", "Arial Anna"] {
            assert!(known(name).is_none_or(|known| known == "Arial"), "{name}");
        }
    }
}
