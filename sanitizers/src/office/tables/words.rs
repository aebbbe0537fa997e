//! Words of the standard: everything that an attribute with a fixed set of values can be.
//!
//! One list for all attributes: that a word stands where another one should is nothing that
//! tells who wrote it. A word that is not here goes with its attribute.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether a word is one of the standard's.
pub(super) fn is_word(word: &str) -> bool {
    static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| WORDS.split(' ').collect());
    ALL.contains(word)
}

/// Values of `WordprocessingML`, `DrawingML`, charts, formulas and VML (the simple types of
/// ISO/IEC 29500-1 and 29500-4), sorted, with blanks between them.
pub(crate) const WORDS: &str = "\
    1 2D 3dDkShadow 3dLight Arab Armn Beng Bopo Bugi Cans Cher Deva Ethi Geor Gujr Guru Hang \
    Hans Hant Hebr Java Jpan Khmr Knda Laoo Lisu Mlym Mong Mymr Nkoo Olck Orya Osma Phag Sinh \
    Sora Syrc Syre Syrj Syrn Tale Talu Taml Telu Tfng Thaa Thai Tibt Uigh Viet Yiii aboveText \
    accent1 accent2 accent3 accent4 accent5 accent6 accentBorderCallout1 accentBorderCallout2 \
    accentBorderCallout3 accentCallout1 accentCallout2 accentCallout3 actionButtonBackPrevious \
    actionButtonBeginning actionButtonBlank actionButtonDocument actionButtonEnd \
    actionButtonForwardNext actionButtonHelp actionButtonHome actionButtonInformation \
    actionButtonMovie actionButtonReturn actionButtonSound activeBorder activeCaption aiueo \
    aiueoFullWidth aliceBlue all allLines allowHyphenationAtTrackBottom \
    allowTextAfterFloatingTableBreak alphaLcParenBoth alphaLcParenR alphaLcPeriod \
    alphaUcParenBoth alphaUcParenR alphaUcPeriod angle antiqueWhite antsBlack antsRed any \
    appWorkspace apples aqua aquamarine arabic1Minus arabic2Minus arabicAbjad arabicAlpha \
    arabicDbPeriod arabicDbPlain arabicParenBoth arabicParenR arabicPeriod arabicPlain arc \
    archedScallops area around arrow artDeco ascii atLeast atMost auto autoZero autofit azure b \
    babyPacifier babyRattle back background background1 background2 bahtText balanced \
    balloons3Colors balloonsHotAir band1Horz band1Vert band2Horz band2Vert bar base baseline \
    basicBlackDashes basicBlackDots basicBlackSquares basicThinLines basicWhiteDashes \
    basicWhiteDots basicWhiteSquares basicWideInline basicWideMidline basicWideOutline bats \
    begin beige beneathText bentArrow bentConnector2 bentConnector3 bentConnector4 \
    bentConnector5 bentUpArrow bestFit between bevel bg1 bg2 bi billions birds birdsFlight \
    bisque bl black blackGray blackWhite blanchedAlmond blinkBackground block blockArc blue \
    blueViolet borderCallout1 borderCallout2 borderCallout3 both bothSides bottom bottomMargin \
    box br bracePair bracketPair brightRoom brown btLr btnFace btnHighlight btnShadow btnText \
    bullet burlyWood buttonFace buttonHighlight buttonShadow buttonText cabins cadetBlue \
    cakeSlice callout1 callout2 callout3 can candyCorn captionText cardinalText celticKnotwork \
    center centerGroup centered certificateBanner chainLink champagneBottle char character \
    chartPlus chartStar chartX chartreuse checkedBarBlack checkedBarColor checkered chevron \
    chicago chilly chineseCounting chineseCountingThousand chineseLegalSimplified chocolate \
    chord chosung christmasTree circle circleNumDbPlain circleNumWdBlackPlain \
    circleNumWdWhitePlain circlesLines circlesRectangles circularArrow classic classicalWave \
    clear clip clocks cloud cloudCallout clr clrscheme clustered col colon column comma compass \
    compatibilityMode compressPunctuation compressPunctuationAndJapaneseKana cone coneToMax \
    confetti confettiGrays confettiOutline confettiStreamers confettiWhite continuationNotice \
    continuationSeparator continue continuous contrasting convex coolSlant coral corner \
    cornerTabs cornerTriangles cornflowerBlue cornsilk couponCutoutDashes couponCutoutDots \
    crazyMaze creaturesButterfly creaturesFish creaturesInsects creaturesLadyBug crimson cross \
    crossStitch cs ctr cube cup curly curvedConnector2 curvedConnector3 curvedConnector4 \
    curvedConnector5 curvedDownArrow curvedLeftArrow curvedRightArrow curvedUpArrow cust custom \
    cyan cylinder dark1 dark2 darkBlue darkCyan darkGray darkGreen darkMagenta darkRed \
    darkYellow darken darkenLess dash dashDnDiag dashDotDotHeavy dashDotHeavy dashDotStroked \
    dashHeavy dashHorz dashLong dashLongHeavy dashSmallGap dashUpDiag dashVert dashdot dashed \
    dashedHeavy days dbl dblStrike dec decagon decimal decimalEnclosedCircle \
    decimalEnclosedCircleChinese decimalEnclosedFullstop decimalEnclosedParen decimalFullWidth \
    decimalFullWidth2 decimalHalfWidth decimalZero decoArch decoArchColor decoBlocks deepPink \
    deepSkyBlue default diagBrick diagCross diagStripe diamond diamondsGray \
    differentiateMultirowTableHeaders dimGray dist distribute distributeLetter distributeSpace \
    divot dk1 dk2 dkBlue dkCyan dkDnDiag dkEdge dkGoldenrod dkGray dkGreen dkHorz dkKhaki \
    dkMagenta dkOliveGreen dkOrange dkOrchid dkRed dkSalmon dkSeaGreen dkSlateBlue dkSlateGray \
    dkTurquoise dkUpDiag dkVert dkViolet dnDiag doNotCompress doNotFlipMirrorIndents docEnd \
    dodecagon dodgerBlue dollarText donut dot dotDash dotDashHeavy dotDmnd dotDotDash \
    dotDotDashHeavy dotGrid dotted dottedHeavy double double-struck doubleD doubleDiamonds \
    doubleWave downArrow downArrowCallout drop dxa ea1ChsPeriod ea1ChsPlain ea1ChtPeriod \
    ea1ChtPlain ea1JpnChsDbPeriod ea1JpnKorPeriod ea1JpnKorPlain eaVert eachPage eachSect \
    earth1 earth2 earth3 eastAsia eclipsingSquares1 eclipsingSquares2 edge eggsBlack ellipse \
    ellipseRibbon ellipseRibbon2 ellipsis emDash email emboss enDash enableOpenTypeFeatures end \
    even evenPage exact exp factor fans fill filled film firebrick firecrackers first \
    firstAndLastLine firstCol firstLine firstRow fixed fixedVal flat flood floralWhite \
    flowChartAlternateProcess flowChartCollate flowChartConnector flowChartDecision \
    flowChartDelay flowChartDisplay flowChartDocument flowChartExtract flowChartInputOutput \
    flowChartInternalStorage flowChartMagneticDisk flowChartMagneticDrum flowChartMagneticTape \
    flowChartManualInput flowChartManualOperation flowChartMerge flowChartMultidocument \
    flowChartOfflineStorage flowChartOffpageConnector flowChartOnlineStorage flowChartOr \
    flowChartPredefinedProcess flowChartPreparation flowChartProcess flowChartPunchedCard \
    flowChartPunchedTape flowChartSort flowChartSummingJunction flowChartTerminator \
    flowersBlockPrint flowersDaisies flowersModern1 flowersModern2 flowersPansy flowersRedRose \
    flowersRoses flowersTeacup flowersTiny folHlink foldedCorner followedHyperlink forestGreen \
    fraktur frame freezing front fuchsia funnel gainsboro ganada gap gear6 gear9 gems \
    ghostWhite gingerbreadMan glow gold goldenrod gradient gradientActiveCaption gradientCenter \
    gradientInactiveCaption gradientRadial gradientTitle gradientUnscaled gray grayText \
    grayWhite green greenYellow grey hAnsi halfFrame handmade1 handmade2 hardEdge harsh heart \
    heartBalloon heartGray hearts heavy hebrew1 hebrew2 hebrew2Minus heebieJeebies heptagon hex \
    hexagon hidden high highKashida highlight highlightText hindiAlpha1Period hindiAlphaPeriod \
    hindiConsonants hindiCounting hindiNumParenR hindiNumPeriod hindiNumbers hindiVowels hint \
    hlink holly homePlate honeydew horizontalScroll horz horzBrick horzCross horzStripe \
    hotLight hotPink houseFunky hqprint http://schemas.microsoft.com/office/word \
    hundredMillions hundredThousands hundreds hybridMultilevel hyperlink hyphen hypnotic i \
    iceCreamCones ideograph ideographDigital ideographEnclosedCircle ideographLegalTraditional \
    ideographTraditional ideographZodiac ideographZodiacTraditional ignore in inBase inEnd \
    inactiveBorder inactiveCaption inactiveCaptionText indianRed indigo infoBackground infoBk \
    infoText inline inner inset inside insideMargin invGray iroha irohaFullWidth irregularSeal1 \
    irregularSeal2 isometricBottomDown isometricBottomUp isometricLeftDown isometricLeftUp \
    isometricOffAxis1Left isometricOffAxis1Right isometricOffAxis1Top isometricOffAxis2Left \
    isometricOffAxis2Right isometricOffAxis2Top isometricOffAxis3Bottom isometricOffAxis3Left \
    isometricOffAxis3Right isometricOffAxis4Bottom isometricOffAxis4Left isometricOffAxis4Right \
    isometricRightDown isometricRightUp isometricTopDown isometricTopUp ivory japaneseCounting \
    japaneseDigitalTenThousand japaneseLegal just justLow khaki koreanCounting koreanDigital \
    koreanDigital2 koreanLegal l landscape largest lastCol lastLine lastRow latin lavender \
    lavenderBlush lawnGreen left leftArrow leftArrowCallout leftBrace leftBracket \
    leftCircularArrow leftMargin leftRightArrow leftRightArrowCallout leftRightCircularArrow \
    leftRightRibbon leftRightUpArrow leftUpArrow legacyFlat1 legacyFlat2 legacyFlat3 \
    legacyFlat4 legacyHarsh1 legacyHarsh2 legacyHarsh3 legacyHarsh4 legacyMatte legacyMetal \
    legacyNormal1 legacyNormal2 legacyNormal3 legacyNormal4 legacyObliqueBottom \
    legacyObliqueBottomLeft legacyObliqueBottomRight legacyObliqueFront legacyObliqueLeft \
    legacyObliqueRight legacyObliqueTop legacyObliqueTopLeft legacyObliqueTopRight \
    legacyPerspectiveBottom legacyPerspectiveBottomLeft legacyPerspectiveBottomRight \
    legacyPerspectiveFront legacyPerspectiveLeft legacyPerspectiveRight legacyPerspectiveTop \
    legacyPerspectiveTopLeft legacyPerspectiveTopRight legacyPlastic legacyWireframe \
    lemonChiffon lg lgCheck lgConfetti lgDash lgDashDot lgDashDotDot lgGrid light1 light2 \
    lightBulb lightGray lighten lightenLess lightning1 lightning2 lightningBolt lights lime \
    limeGreen lin line lineInv lineMarker linear linen lines linesAndChars log long longdash \
    longdashdot longdashdotdot low lowKashida lowerLetter lowerRoman lr lrTb lrTbV lrV lt1 lt2 \
    ltBlue ltCoral ltCyan ltDnDiag ltGoldenrodYellow ltGray ltGreen ltHorz ltPink ltSalmon \
    ltSeaGreen ltSkyBlue ltSlateGray ltSteelBlue ltUpDiag ltVert ltYellow magenta major \
    majorAscii majorBidi majorEastAsia majorHAnsi mapPins mapleLeaf mapleMuffins margin marker \
    maroon marquee marqueeToothed match mathDivide mathEqual mathMinus mathMultiply \
    mathNotEqual mathPlus matte maxMin med medAquamarine medBlue medOrchid medPurple \
    medSeaGreen medSlateBlue medSpringGreen medTurquoise medVioletRed medium mediumKashida menu \
    menuBar menuHighlight menuText metal midCat middle middleDot midnightBlue millions minMax \
    minor minorAscii minorBidi minorEastAsia minorHAnsi mintCream minus mistyRose miter \
    moccasin mongolianVert monospace months moon moons morning mosaic movingAvg mult multilevel \
    musicNotes narHorz narVert narrow navajoWhite navy neCell newPage newSection nextColumn \
    nextPage nextTo nil noBar noSmoking noStrike nonIsoscelesTrapezoid none norm normal \
    northwest notBeside notFirstPage notchedRightArrow nothing num numTab numberInDash \
    numbering nwCell obliqueBottom obliqueBottomLeft obliqueBottomRight obliqueLeft \
    obliqueRight obliqueTop obliqueTopLeft obliqueTopRight octagon odd oddPage offsetFrom \
    oldLace olive oliveDrab open openDmnd orange orangeRed orchid ordinal ordinalText \
    orthographicFront out outEnd outer outset outside outsideMargin oval ovals over overflow \
    overrideTableStyleFontSizeAndJustification p packages page pageBottom paleGoldenrod \
    paleGreen paleTurquoise paleVioletRed palmsBlack palmsColor papayaWhip paperClips papyrus \
    paragraph parallelogram partyFavor partyGlass pattern pct pct10 pct12 pct15 pct20 pct25 \
    pct30 pct35 pct37 pct40 pct45 pct5 pct50 pct55 pct60 pct62 pct65 pct70 pct75 pct80 pct85 \
    pct87 pct90 pct95 peachPuff pencils pentagon people peopleHats peopleWaving percent \
    percentStacked period perspective perspectiveAbove perspectiveAboveLeftFacing \
    perspectiveAboveRightFacing perspectiveBelow perspectiveContrastingLeftFacing \
    perspectiveContrastingRightFacing perspectiveFront perspectiveHeroicExtremeLeftFacing \
    perspectiveHeroicExtremeRightFacing perspectiveHeroicLeftFacing \
    perspectiveHeroicRightFacing perspectiveLeft perspectiveRelaxed \
    perspectiveRelaxedModerately perspectiveRight peru phClr picture pie pieWedge pink plaid \
    plaque plaqueTabs plastic plum plus poinsettias poly portrait pos postageStamp powder \
    powderBlue power preserve print pumpkin1 purple pushPinNote1 pushPinNote2 pyramid \
    pyramidToMax pyramids pyramidsAbove quadArrow quadArrowCallout quadrants r rect red \
    relaxedInset restart reverseDiagStripe ribbon ribbon2 riblet right rightArrow \
    rightArrowCallout rightBrace rightBracket rightMargin rightVertical rings rl rlV rnd roman \
    romanLcParenBoth romanLcParenR romanLcPeriod romanUcParenBoth romanUcParenR romanUcPeriod \
    rosyBrown round round1Rect round2DiagRect round2SameRect roundRect royalBlue rtTriangle \
    russianLower russianUpper saddleBrown safari salmon sandyBrown sans-serif sawtooth \
    sawtoothGray scaredCat screen script scrollBar seCell seaGreen seaShell seattle sectEnd \
    segments separate separator shadowedSquares shape shapes1 shapes2 sharksTeeth shdw1 shdw10 \
    shdw11 shdw12 shdw13 shdw14 shdw15 shdw16 shdw17 shdw18 shdw19 shdw2 shdw20 shdw3 shdw4 \
    shdw5 shdw6 shdw7 shdw8 shdw9 shimmer shingle shorebirdTracks short shortdash shortdashdot \
    shortdashdotdot shortdot sienna sigma silver single singleLevel skw skyBlue skyrocket \
    slateBlue slateGray slidenum slope sm smCheck smConfetti smGrid small smileyFace smooth \
    smoothMarker snapToChars sng sngStrike snip1Rect snip2DiagRect snip2SameRect snipRoundRect \
    snow snowflakeFancy snowflakes soft softEdge softRound softmetal solid solidDmnd sombrero \
    southwest space span sparkle sphere springGreen sq square squareTabs stack stackScale \
    stacked standard star star10 star12 star16 star24 star32 star4 star5 star6 star7 star8 \
    stars stars3d starsBlack starsShadowed starsTop start stdDev stdErr stealth steelBlue \
    straightConnector1 stretch stripedRightArrow subSup subscript sun sunrise sunset \
    superscript swCell swirligig swooshArrow sysDash sysDashDot sysDashDotDot sysDot t tab \
    table taiwaneseCounting taiwaneseCountingThousand taiwaneseDigital tan tb tbLrV tbRl tbRlV \
    tbV teal teardrop tenMillions tenThousands text text1 text2 textArchDown textArchDownPour \
    textArchUp textArchUpPour textButton textButtonPour textCanDown textCanUp textCascadeDown \
    textCascadeUp textChevron textChevronInverted textCircle textCirclePour textCurveDown \
    textCurveUp textDeflate textDeflateBottom textDeflateInflate textDeflateInflateDeflate \
    textDeflateTop textDoubleWave1 textFadeDown textFadeLeft textFadeRight textFadeUp \
    textInflate textInflateBottom textInflateTop textNoShape textPlain textRingInside \
    textRingOutside textSlantDown textSlantUp textStop textTriangle textTriangleInverted \
    textWave1 textWave2 textWave4 textWrapping thaiAlphaParenBoth thaiAlphaParenR \
    thaiAlphaPeriod thaiCounting thaiDist thaiDistribute thaiLetters thaiNumParenBoth \
    thaiNumParenR thaiNumPeriod thaiNumbers thick thickBetweenThin thickThin thickThinLargeGap \
    thickThinMediumGap thickThinSmallGap thinDiagCross thinDiagStripe thinHorzCross \
    thinHorzStripe thinReverseDiagStripe thinThick thinThickLargeGap thinThickMediumGap \
    thinThickSmallGap thinThickThinLargeGap thinThickThinMediumGap thinThickThinSmallGap \
    thinThin thinVertStripe this thistle thousands threeDDarkShadow threeDEmboss threeDEngrave \
    threeDFace threeDHighlight threeDLightShadow threeDShadow threePt through tight tile tl \
    tomato top topAndBottom topLinePunct topMargin tornPaper tornPaperBlack tr \
    translucentPowder trapezoid trees trellis tri triangle triangle1 triangle2 triangleCircle1 \
    triangleCircle2 triangleParty triangles trillions triple turquoise twistedLines1 \
    twistedLines2 twoPt tx1 tx2 undOvr underDot underscore upArrow upArrowCallout upDiag \
    upDownArrow upDownArrowCallout upperLetter upperRoman useWord2013TrackBottomHyphenation \
    uturnArrow val vert vert270 vertStripe verticalScroll vietnameseCounting vine violet w \
    warmMatte wave waveline wavy wavyDbl wavyDouble wavyHeavy wdDnDiag wdUpDiag weave \
    weavingAngles weavingBraid weavingRibbon weavingStrips wedgeEllipseCallout wedgeRectCallout \
    wedgeRoundRectCallout wheat white whiteFlowers whiteSmoke wholeTable wide window \
    windowFrame windowText woodwork wordArtVert wordArtVertRtl words wrap wrapNone x xIllusions \
    xy y years yellow yellowGreen zanyTriangles zero zigZag zigZagStitch";
