//! Attributes whose value is a number, a measure, a colour or a word of the standard.
//!
//! Such a value is too narrow for a name or an address: see [`super::value`].

/// Names by the prefix of their namespace. Those of formulas have none.
pub(super) const PLAIN: [(&str, &str); 13] = [
    (
        "fo",
        "background-color border border-bottom border-left border-right border-top \
         break-after break-before clip color column-count column-gap end-indent font-size \
         font-style font-variant font-weight height hyphenate hyphenation-keep \
         hyphenation-ladder-count hyphenation-push-char-count hyphenation-remain-char-count \
         keep-together keep-with-next letter-spacing line-height margin margin-bottom \
         margin-left margin-right margin-top max-height max-width min-height min-width \
         orphans padding padding-bottom padding-left padding-right padding-top page-height \
         page-width space-after space-before start-indent text-align text-align-last \
         text-indent text-shadow text-transform widows width wrap-option",
    ),
    (
        "style",
        "adjustment auto-text-indent auto-update background-transparency border-line-width \
         border-line-width-bottom border-line-width-left border-line-width-right \
         border-line-width-top cell-protect class color column-width decimal-places \
         default-outline-level diagonal-bl-tr diagonal-bl-tr-widths diagonal-tl-br \
         diagonal-tl-br-widths direction display distance distance-after-sep \
         distance-before-sep dynamic-spacing family first-page-number flow-with-text \
         font-charset font-charset-asian font-charset-complex font-family-generic \
         font-family-generic-asian font-family-generic-complex font-independent-line-spacing \
         font-pitch font-pitch-asian font-pitch-complex font-relief font-size-asian \
         font-size-complex font-size-rel font-size-rel-asian font-size-rel-complex \
         font-style-asian font-style-complex font-weight-asian font-weight-complex \
         footnote-max-height glyph-orientation-vertical horizontal-pos horizontal-rel \
         join-border justify-single-word layout-grid-base-height layout-grid-base-width \
         layout-grid-color layout-grid-display layout-grid-lines layout-grid-mode \
         layout-grid-print layout-grid-ruby-below layout-grid-ruby-height layout-grid-snap-to \
         layout-grid-snap-to-characters layout-grid-square-mode layout-grid-standard-mode \
         leader-color leader-style leader-type leader-width legend-expansion \
         legend-expansion-aspect-ratio length letter-kerning line-break line-height-at-least \
         line-spacing line-style lines list-level may-break-between-rows min-row-height \
         mirror num-letter-sync number-wrapped-paragraphs overflow-behavior page-number \
         page-usage position print print-content print-orientation print-page-order protect \
         punctuation-wrap register-true rel-column-width rel-height rel-width repeat \
         repeat-content rotation-align rotation-angle row-height ruby-align ruby-position \
         run-through scale-to scale-to-X scale-to-Y scale-to-pages script-type shadow \
         shrink-to-fit snap-to-layout-grid tab-stop-distance table-centering \
         text-align-source text-autospace text-blinking text-combine text-emphasize \
         text-line-through-color text-line-through-mode text-line-through-style \
         text-line-through-type text-line-through-width text-outline text-overline-color \
         text-overline-mode text-overline-style text-overline-type text-overline-width \
         text-position text-rotation-angle text-rotation-scale text-scale \
         text-underline-color text-underline-mode text-underline-style text-underline-type \
         text-underline-width type use-optimal-column-width use-optimal-row-height \
         use-window-font-color vertical-align vertical-pos vertical-rel volatile width wrap \
         wrap-contour wrap-contour-mode wrap-dynamic-threshold writing-mode \
         writing-mode-automatic",
    ),
    (
        "text",
        "anchor-page-number anchor-type bullet-relative-size c consecutive-numbering \
         continue-numbering count-empty-lines count-in-text-boxes display-levels \
         dont-balance-text-columns footnotes-position increment is-list-header \
         label-followed-by level line-number list-level-position-and-space-mode \
         list-tab-stop-position min-label-distance min-label-width note-class number-lines \
         number-position offset outline-level page-adjust restart-numbering restart-on-page \
         select-page space-before start-numbering-at start-value tab-ref",
    ),
    (
        "table",
        "align automatic-find-labels border-model case-sensitive display end-x end-y \
         is-sub-table maximum-difference null-year number-columns-repeated \
         number-columns-spanned number-matrix-columns-spanned number-matrix-rows-spanned \
         number-rows-repeated number-rows-spanned precision-as-shown print \
         search-criteria-must-apply-to-whole-cell status steps tab-color \
         use-regular-expressions use-wildcards visibility",
    ),
    (
        "draw",
        "align angle auto-grow-height auto-grow-width background-size blue border \
         caption-angle caption-angle-type caption-escape caption-escape-direction \
         caption-fit-line-length caption-gap caption-line-length caption-point-x \
         caption-point-y caption-type closed color color-inversion color-mode concave \
         concentric-gradient-fill-allowed contrast corner-radius corners cx cy decimal-places \
         distance dots1 dots1-length dots2 dots2-length end-angle end-color end-guide \
         end-intensity end-line-spacing-horizontal end-line-spacing-vertical escape-direction \
         extrusion extrusion-allowed extrusion-brightness extrusion-color extrusion-depth \
         extrusion-diffusion extrusion-first-light-direction extrusion-first-light-harsh \
         extrusion-first-light-level extrusion-light-face extrusion-metal \
         extrusion-number-of-line-segments extrusion-origin extrusion-rotation-angle \
         extrusion-rotation-center extrusion-second-light-direction \
         extrusion-second-light-harsh extrusion-second-light-level extrusion-shininess \
         extrusion-skew extrusion-specularity extrusion-viewpoint fill fill-color \
         fill-hatch-solid fill-image-height fill-image-ref-point fill-image-ref-point-x \
         fill-image-ref-point-y fill-image-width fit-to-contour fit-to-size \
         frame-display-border frame-display-scrollbar frame-margin-horizontal \
         frame-margin-vertical gamma glue-point-leaving-directions glue-point-type \
         gradient-step-count green guide-distance guide-overhang handle-mirror-horizontal \
         handle-mirror-vertical handle-switched image-opacity kind line-distance line-skew \
         luminance marker-end-center marker-end-width marker-start-center marker-start-width \
         measure-align measure-vertical-align mirror-horizontal mirror-vertical \
         ole-draw-aspect opacity page-number parallel path-stretchpoint-x path-stretchpoint-y \
         placing red rotation secondary-fill-color shadow shadow-color shadow-offset-x \
         shadow-offset-y shadow-opacity sharpness show-unit start-angle start-color \
         start-guide start-intensity start-line-spacing-horizontal \
         start-line-spacing-vertical stroke stroke-linejoin style symbol-color text-path \
         text-path-allowed text-path-mode text-path-same-letter-heights text-path-scale \
         text-rotate-angle textarea-horizontal-align textarea-vertical-align \
         tile-repeat-offset transform unit visible-area-height visible-area-left \
         visible-area-top visible-area-width wrap-influence-on-position z-index",
    ),
    (
        "svg",
        "cx cy fill-rule fx fy gradientTransform gradientUnits height offset origin r rx ry \
         spreadMethod stroke-color stroke-linecap stroke-opacity stroke-width viewBox width x \
         x1 x2 y y1 y2",
    ),
    (
        "number",
        "automatic-order calendar decimal-places denominator-value display-factor \
         exponent-interval forced-exponent-sign format-source grouping max-denominator-value \
         min-decimal-places min-denominator-digits min-exponent-digits min-integer-digits \
         min-numerator-digits position possessive-form style textual truncate-on-overflow",
    ),
    (
        "presentation",
        "background-objects-visible background-visible class display-date-time display-footer \
         display-header display-page-number object placeholder source user-transformed \
         visibility",
    ),
    (
        "chart",
        "attached-axis auto-position auto-size axis-label-position axis-position class \
         column-mapping connect-bars data-label-number data-label-symbol data-label-text \
         data-source-has-labels deep dimension display-equation display-label \
         display-r-square error-category error-lower-indicator error-lower-limit error-margin \
         error-percentage error-upper-indicator error-upper-limit gap-width \
         group-bars-per-axis hole-size include-hidden-cells interpolation interval-major \
         interval-minor-divisor japanese-candle-stick label-arrangement label-position \
         label-position-negative legend-align legend-position lines link-data-style-to-source \
         logarithmic maximum mean-value minimum name origin overlap percentage pie-offset \
         regression-type repeated reverse-direction right-angled-axes row-mapping scale-text \
         series-source solid-type sort-by-x-values spline-order spline-resolution stacked \
         symbol-height symbol-name symbol-type symbol-width text-overlap three-dimensional \
         tick-mark-position tick-marks-major-inner tick-marks-major-outer \
         tick-marks-minor-inner tick-marks-minor-outer treat-empty-cells vertical visible",
    ),
    (
        "dr3d",
        "ambient-color back-scale backface-culling center close-back close-front depth \
         diffuse-color direction distance edge-rounding edge-rounding-mode emissive-color \
         enabled end-angle focal-length horizontal-segments lighting-mode max-edge min-edge \
         normals-direction normals-kind projection shade-mode shadow shadow-slant shininess \
         size specular specular-color texture-filter texture-generation-mode-x \
         texture-generation-mode-y texture-kind texture-mode transform vertical-segments vpn \
         vrp vup",
    ),
    ("office", "boolean-value value value-type"),
    (
        "",
        "accent accentunder bevelled columnalign columnspacing depth display displaystyle \
         fence fontstyle form height linethickness lspace mathbackground mathcolor mathsize \
         mathvariant maxsize minsize movablelimits notation rowalign rowspacing rspace \
         scriptlevel separator stretchy symmetric width",
    ),
    (
        "math",
        "accent columnalign display fence fontstyle fontweight form linethickness mathvariant \
         separator stretchy symmetric",
    ),
];

/// The names with their prefixes.
pub(crate) fn plain() -> impl Iterator<Item = String> {
    PLAIN.iter().flat_map(|(prefix, names)| {
        let colon = if prefix.is_empty() { "" } else { ":" };
        names.split(' ').map(move |name| [prefix, colon, name].concat())
    })
}
