//! Words of the standard that a plain value may be made of.
//!
//! One list for all attributes: whichever of them stands where, it names nobody.

/// In their order, with blanks between them.
pub(super) const WORDS: &str = "ROC above above-line accent actuarial all always annotations any arc arrow-down \
    arrow-left arrow-right arrow-up as-char asian asterisk at-axis at-labels \
    at-labels-and-axis auto autogrow automatic avoid avoid-overlap axial b-spline background \
    balanced baseline below bevel biggest blend block bold bold-fraktur bold-italic \
    bold-sans-serif bold-script bolder boolean border both bottom bottom-end bottom-start \
    bow-tie box bt-lr buddhist butt capitalize cell-range center chapter char chart \
    chart:area chart:bar chart:bubble chart:circle chart:filled-radar chart:gantt chart:line \
    chart:radar chart:ring chart:scatter chart:stock chart:surface charts circle clip \
    collapse collapsing color column columns complex cone constant content continuous \
    cubic-spline cuboid currency current current-date currentColor curve custom cut cylinder \
    dash dashed date date-time decorative diamond disc discard display distribute-letter \
    distribute-space document dot dot-dash dot-dot-dash dotted double double-struck \
    downdiagonalstrike draft drawing-page drawings dynamic ellipsis ellipsoid embossed \
    enabled end endnote engraved error-margin even evenodd exponential extra false fill \
    filter first fix fixed fixed-width flat float font-color font-height footer footnote \
    foreground formula-hidden formulas forward fraktur frame frame-content frame-end-margin \
    frame-start-margin free-line-length from-inside from-left from-top full full-circle \
    gengou gouraud graphic gregorian greyscale grid groove handout hanging hanja hanja_yomi \
    header headers hidden hidden-and-protected high hijri horizontal horizontal-bar \
    horizontalstrike hourglass html ideograph-alpha ignore image index infinity infix \
    inherit inline inset inside intensity invert italic iterative jewish justify \
    label-alignment label-width-and-position landscape language last latin leave-gap left \
    left-outside letters lighter line line-height linear lines list listtab logarithmic long \
    long-dash longdiv lowercase lr lr-tb ltr luminance madruwb margins mathematical matrix \
    medium mediummathspace middle mirrored miter modern modulate mono monospace \
    moving-average named-symbol near-axis near-axis-other-side near-origin next no no-limit \
    no-repeat no-wrap none nonzero normal notes nothing object objectBoundingBox objects \
    oblique odd once-concurrent once-successive order orgchart outline outset outside \
    outside-end outside-maximum outside-minimum outside-start pad page page-content \
    page-end-margin page-number page-start-margin paragraph paragraph-content \
    paragraph-end-margin paragraph-start-margin parallel path percentage perspective phong \
    plus polynomial portrait position postfix power prefix presentation previous primary-x \
    primary-y primary-z print protected pyramid radial radical rect rectangle rectangular \
    reflect repeat repeat-content replace reverse ridge right right-outside rl rl-tb roman \
    rotate round roundedbox rows rtl ruby ruby-base ruby-top run-through sans-serif \
    sans-serif-bold-italic sans-serif-italic scale screen script secondary-x secondary-y \
    secondary-z section segments separating shape short shrink-to-fit side-by-side simple \
    single size skewX skewY skip-white-space small-caps small-wave solid space square \
    stagger-even stagger-odd standard standard-deviation standard-error star start \
    step-center-x step-center-y step-end step-start stretch strict string stroke sub \
    subtitle super swiss system table table-cell table-column table-row tb tb-lr tb-rl text \
    thick thickmathspace thin thinmathspace time title top top-end top-start translate \
    transparent triple true ttb under updiagonalstrike uppercase use-zero userSpaceOnUse \
    value value-and-percentage value-type variable variance vertical vertical-bar \
    verticalstrike verythickmathspace verythinmathspace veryverythickmathspace \
    veryverythinmathspace visible watermark wave wide words wrap x x-symbol y z zero-values";
