//! A site's own look: its colour and its logo, as the end of the style sheet.
//!
//! The logo is part of the style sheet, which a browser keeps: it is no request that a watcher
//! could count, no weight on each page, and nothing that Tor Browser would look for elsewhere.

use data_encoding::BASE64;

use crate::domain::attachment::Kind;
use crate::domain::attachment::logo::Logo;

/// Contrast of words at least: WCAG 2.2, 1.4.3, level AA.
const LEAST_CONTRAST: f64 = 4.5;
/// `--quiet` of the style sheet: what stands below the foot of a page and under messages.
const QUIET: Colour = Colour([0xf1, 0xf6, 0xf5]);
const WHITE: Colour = Colour([0xff; 3]);
const BLACK: Colour = Colour([0; 3]);

/// What a site changes of the look.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Of buttons and links.
    pub colour: Option<Colour>,
    /// In the place of the organisation's name at the top, which is then read out.
    pub logo: Option<Logo>,
}

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// Why something is no colour for buttons and links.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum NoColour {
    /// It is not written as a colour.
    #[error("is not written as `#0b5458`")]
    Spelling,
    /// Many people could not read it.
    #[error(
        "has a contrast of {0}:1 against white, and needs {LEAST_CONTRAST}:1 to be readable for \
         everybody: choose a darker one"
    )]
    TooPale(Ratio),
}

/// A contrast, rounded down: 4.499 is not enough, and must not look as if it were.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio(f64);

impl std::fmt::Display for Ratio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.2}", (self.0 * 100.0).floor() / 100.0)
    }
}

impl Colour {
    /// Reads a colour, and refuses one in which words could not be read on white, or in white
    /// on it.
    pub fn readable(text: &str) -> Result<Self, NoColour> {
        let colour = Colour::parse(text).ok_or(NoColour::Spelling)?;
        let contrast = colour.contrast(WHITE);
        if contrast < LEAST_CONTRAST { Err(NoColour::TooPale(Ratio(contrast))) } else { Ok(colour) }
    }

    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?.to_ascii_lowercase();
        let bytes = data_encoding::HEXLOWER.decode(digits.as_bytes()).ok()?;
        bytes.try_into().ok().map(Colour)
    }

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        let [red, green, blue] = linear;
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// So many hundredths of the way to another colour.
    fn towards(self, other: Colour, hundredths: u16) -> Colour {
        let mut mixed = self.0;
        for (part, goal) in mixed.iter_mut().zip(other.0) {
            let sum = u16::from(*part) * (100 - hundredths) + u16::from(goal) * hundredths;
            *part = u8::try_from(sum / 100).unwrap_or(u8::MAX);
        }
        Colour(mixed)
    }

    /// The same, as dark as words on the quiet background need.
    fn of_links(self) -> Colour {
        let darker = (0..100).map(|hundredths| self.towards(BLACK, hundredths));
        darker.into_iter().find(|one| one.contrast(QUIET) >= LEAST_CONTRAST).unwrap_or(BLACK)
    }

    fn deep(self) -> Colour {
        self.towards(BLACK, 40)
    }

    fn pale(self) -> Colour {
        self.towards(WHITE, 86)
    }

    /// Below the pointer.
    fn wash(self) -> Colour {
        self.towards(WHITE, 76)
    }

    fn css(self) -> String {
        let (deep, pale, wash, words) = (self.deep(), self.pale(), self.wash(), self.of_links());
        let edge = self.towards(WHITE, 55);
        format!(
            ":root{{--action:{self};--action-deep:{deep};--action-pale:{pale};\
             --action-wash:{wash};--action-edge:{edge};--action-words:{words}}}"
        )
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Look {
    /// The end of the style sheet.
    pub(super) fn css(&self) -> String {
        let colour = self.colour.map(Colour::css).unwrap_or_default();
        let logo = self.logo.as_ref().map(css_of_logo).unwrap_or_default();
        colour + &logo
    }
}

fn css_of_logo(Logo { kind, bytes }: &Logo) -> String {
    let kind = if *kind == Kind::Jpeg { "jpeg" } else { "png" };
    let picture = BASE64.encode(bytes);
    format!(".top__logo{{background-image:url(\"data:image/{kind};base64,{picture}\")}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_what_the_guidelines_say_it_is() {
        let of = |text: &str| Colour::parse(text).unwrap().contrast(WHITE);
        // Values of the Working Group's own examples and of its contrast definition.
        for (colour, ratio) in [
            ("#000000", 21.0),
            ("#ffffff", 1.0),
            ("#777777", 4.478),
            ("#767676", 4.542),
            ("#0000ff", 8.592),
        ] {
            assert!((of(colour) - ratio).abs() < 0.001, "{colour}: {}", of(colour));
        }
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_refused_with_its_contrast_and_one_at_the_edge_is_not() {
        assert!(Colour::readable("#767676").is_ok());
        let refusal = Colour::readable("#777777").unwrap_err().to_string();
        assert!(refusal.contains("4.47:1") && refusal.contains("4.5:1"), "{refusal}");
        let pale = Colour::readable("#FFCC00").unwrap_err().to_string();
        assert!(pale.contains("1.51:1"), "{pale}");
        assert_eq!(Ratio(4.499).to_string(), "4.49");
    }

    #[test]
    fn what_is_not_written_as_a_colour_is_none() {
        for text in ["", "#", "red", "0b5458", "#0b545", "#0b54588", "#0b545g", "#0b5458;", "#åååå"]
        {
            assert_eq!(Colour::readable(text), Err(NoColour::Spelling), "{text}");
        }
        assert_eq!(Colour::readable("#0B5458").unwrap().to_string(), "#0b5458");
    }

    #[test]
    fn every_colour_that_is_taken_can_be_read_wherever_it_stands() {
        let steps = (0..=255).step_by(15);
        let all = steps.clone().flat_map(|red| {
            steps.clone().flat_map({
                let steps = steps.clone();
                move |green| steps.clone().map(move |blue| Colour([red, green, blue]))
            })
        });
        let ink = Colour([0x16, 0x20, 0x1f]);
        let mut taken = 0;
        for colour in all.filter(|colour| colour.contrast(WHITE) >= LEAST_CONTRAST) {
            taken += 1;
            let pale = colour.pale();
            for (words, ground) in [
                (colour.of_links(), QUIET),
                (colour.of_links(), WHITE),
                (colour.deep(), WHITE),
                (colour.deep(), pale),
                (ink, pale),
                (ink, colour.wash()),
            ] {
                assert!(words.contrast(ground) >= LEAST_CONTRAST, "{colour}: {words} on {ground}");
            }
        }
        assert!(taken > 1_000, "{taken}");
    }

    #[test]
    fn without_a_look_of_its_own_a_site_looks_like_ours() {
        assert_eq!(Look::default().css(), "");
    }
}
