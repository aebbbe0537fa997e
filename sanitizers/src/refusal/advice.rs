//! What a person can do about a refusal, in words that need no technical knowledge.

mod foreign;

use super::{Damage, Feature, Language, Limit, Refusal};

impl Refusal {
    /// Says in one or two sentences what happened and what to do next.
    pub fn advice(self, language: Language) -> &'static str {
        let (danish, english) = match self.reason() {
            Refusal::Empty => EMPTY,
            Refusal::UnknownFormat => UNKNOWN,
            Refusal::NotCleanable(foreign) => foreign::advice(foreign),
            Refusal::NotTaken => NOT_TAKEN,
            Refusal::Polyglot => TWO_FORMATS,
            Refusal::Damaged(Damage::Encoding) => UNCLEAR_LETTERS,
            Refusal::Damaged(_) => DAMAGED,
            Refusal::Truncated => TRUNCATED,
            Refusal::Password => PASSWORD,
            Refusal::Feature(Feature::Coding) => RARE_PICTURE,
            Refusal::Feature(Feature::Codec) => RARE_RECORDING,
            Refusal::Feature(Feature::Macros) => MACROS,
            Refusal::Feature(_) => RARE_DOCUMENT,
            Refusal::NotDrawable => NOT_DRAWABLE,
            Refusal::Limit(limit) => limit_advice(limit),
            Refusal::Verification | Refusal::Internal | Refusal::Inside(_) => NOT_CERTAIN,
        };
        match language {
            Language::Da => danish,
            Language::En => english,
        }
    }
}

type Advice = (&'static str, &'static str);

const EMPTY: Advice = (
    "Filen er tom. Vælg den igen, eller åbn den først og se, om der er noget i den.",
    "The file is empty. Choose it again, or open it first and see whether there is anything in it.",
);

const UNKNOWN: Advice = (
    "Vi kender ikke denne slags fil, så vi har ikke gemt den. Kopiér teksten ind i din \
     beskrivelse, gem filen som PDF og prøv igen, eller bed om et møde.",
    "We do not know this kind of file, so we have not stored it. Copy the text into your \
     report, save the file as PDF and try again, or ask for a meeting.",
);

const NOT_TAKEN: Advice = (
    "Denne slags fil tager vi ikke imod her, så vi har ikke gemt den. Skriv i din beskrivelse, \
     hvad man kan se eller høre i den, send skærmbilleder, eller bed om et møde.",
    "We do not take this kind of file here, so we have not stored it. Write in your report what \
     can be seen or heard in it, send screenshots, or ask for a meeting.",
);

const TWO_FORMATS: Advice = (
    "Filen er to slags filer på én gang, så vi kan ikke se, hvad den ville vise andre. Tag et \
     skærmbillede af den, og send skærmbilledet.",
    "The file is two kinds of file at once, so we cannot tell what it would show to others. \
     Take a screenshot of it and send the screenshot.",
);

const DAMAGED: Advice = (
    "Filen er beskadiget, så vi kan ikke rense den sikkert. Åbn den og gem den igen, eller tag \
     et skærmbillede, og send det.",
    "The file is damaged, so we cannot clean it safely. Open it and save it again, or take a \
     screenshot and send that.",
);

const UNCLEAR_LETTERS: Advice = (
    "Vi kan ikke se, hvilke bogstaver der står i teksten. Åbn den, vælg »Gem som« og kodningen \
     UTF-8, eller kopiér teksten ind i din beskrivelse.",
    "We cannot tell which letters are in the text. Open it, choose \"Save as\" and the encoding \
     UTF-8, or copy the text into your report.",
);

const TRUNCATED: Advice = (
    "Slutningen af filen mangler. Måske blev den ikke hentet eller sendt helt: prøv igen, eller \
     tag et skærmbillede, og send det.",
    "The end of the file is missing. Perhaps it was not downloaded or sent completely: try \
     again, or take a screenshot and send that.",
);

const PASSWORD: Advice = (
    "Filen er beskyttet med en adgangskode. Åbn den, gem en kopi uden adgangskode, og send \
     kopien.",
    "The file is protected by a password. Open it, save a copy without the password and send \
     the copy.",
);

const RARE_PICTURE: Advice = (
    "Billedet er gemt på en sjælden måde, som vi ikke kan rense. Åbn det og gem det som et \
     almindeligt JPEG- eller PNG-billede, eller tag et skærmbillede, og send det.",
    "The picture is stored in a rare way that we cannot clean. Open it and save it as an \
     ordinary JPEG or PNG picture, or take a screenshot and send that.",
);

const RARE_DOCUMENT: Advice = (
    "Filen bruger noget sjældent, som vi ikke kan rense sikkert. Gem den som PDF med \
     »Udskriv til PDF«, eller tag skærmbilleder, og send dem.",
    "The file uses something rare that we cannot clean safely. Save it with \"Print to PDF\", \
     or take screenshots and send those.",
);

const NOT_DRAWABLE: Advice = (
    "Vi kan ikke lave hele filen om til billeder. Tag skærmbilleder af det, der skal ses, og \
     send dem.",
    "We cannot turn the whole file into pictures. Take screenshots of what is to be seen, and \
     send those.",
);

const RARE_RECORDING: Advice = (
    "Optagelsen er gemt på en sjælden måde, som vi ikke kan rense. Gem den som MP3, WAV eller \
     MP4 i et almindeligt program, og send den, eller bed om et møde.",
    "The recording is stored in a rare way that we cannot clean. Save it as MP3, WAV or MP4 in \
     an ordinary program and send that, or ask for a meeting.",
);

const MACROS: Advice = (
    "Dokumentet har små programmer (makroer) i sig. Åbn det, vælg »Gem som«, vælg den almindelige \
     type uden makroer (.docx, .xlsx, .pptx eller PDF), og send kopien.",
    "The document has small programs (macros) in it. Open it, choose \"Save as\", choose the \
     ordinary type without macros (.docx, .xlsx, .pptx or PDF), and send the copy.",
);

const NOT_CERTAIN: Advice = (
    "Vi kunne ikke gøre os sikre på, at filen blev renset, så vi har ikke gemt den. Prøv at \
     gemme den som PDF, tag et skærmbillede, eller bed om et møde.",
    "We could not make sure that the file was cleaned, so we have not stored it. Try to save it \
     as PDF, take a screenshot, or ask for a meeting.",
);

const TOO_LARGE: Advice = (
    "Filen er for stor. Del den i mindre dele, send de vigtigste sider eller billeder, eller \
     bed om et møde.",
    "The file is too large. Split it into smaller parts, send the most important pages or \
     pictures, or ask for a meeting.",
);

const TOO_MANY_PIXELS: Advice = (
    "Billedet er for stort. Gem det i en mindre størrelse, eller tag et skærmbillede, og send \
     det.",
    "The picture is too large. Save it in a smaller size, or take a screenshot and send that.",
);

const TOO_COMPLEX: Advice = (
    "Filen er for omfattende til, at vi kan rense den sikkert. Gem den som PDF med \
     »Udskriv til PDF«, del den i mindre dele, eller tag skærmbilleder.",
    "The file is too complex for us to clean it safely. Save it with \"Print to PDF\", split it \
     into smaller parts, or take screenshots.",
);

fn limit_advice(limit: Limit) -> Advice {
    match limit {
        Limit::InputBytes | Limit::OutputBytes | Limit::Pages => TOO_LARGE,
        Limit::Pixels | Limit::Frames => TOO_MANY_PIXELS,
        Limit::Parts | Limit::Depth | Limit::Inflated | Limit::Time | Limit::Memory => TOO_COMPLEX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Foreign;

    fn all() -> Vec<Refusal> {
        let mut all: Vec<Refusal> = Foreign::ALL.map(Refusal::NotCleanable).to_vec();
        all.extend([
            Refusal::Empty,
            Refusal::UnknownFormat,
            Refusal::NotTaken,
            Refusal::Polyglot,
            Refusal::Damaged(Damage::Order),
            Refusal::Damaged(Damage::Encoding),
            Refusal::Truncated,
            Refusal::Password,
            Refusal::Feature(Feature::Coding),
            Refusal::Feature(Feature::Construct),
            Refusal::Feature(Feature::Codec),
            Refusal::Feature(Feature::Macros),
            Refusal::Limit(Limit::InputBytes),
            Refusal::Limit(Limit::Pixels),
            Refusal::Limit(Limit::Time),
            Refusal::Verification,
            Refusal::Internal,
        ]);
        all
    }

    #[test]
    fn every_refusal_gives_advice_in_both_languages() {
        for refusal in all() {
            let (danish, english) = (refusal.advice(Language::Da), refusal.advice(Language::En));
            assert_ne!(danish, english, "{refusal:?}");
            for text in [danish, english] {
                assert!(text.ends_with('.') && text.len() < 320, "{refusal:?}: {text}");
            }
        }
    }

    /// What people can do: each text names one of these.
    const STEPS: [(&str, &str); 12] = [
        ("åbn", "open"),
        ("vælg", "choose"),
        ("tag", "take"),
        ("send", "send"),
        ("skriv", "write"),
        ("gem", "save"),
        ("prøv", "try"),
        ("pak", "unpack"),
        ("del ", "split"),
        ("find", "find"),
        ("kopiér", "copy"),
        ("bed om", "ask for"),
    ];

    #[test]
    fn every_advice_names_a_next_step_that_is_no_dead_end() {
        for refusal in all() {
            let texts = [Language::Da, Language::En].map(|language| refusal.advice(language));
            let [danish, english] = texts.map(str::to_lowercase);
            assert!(STEPS.iter().any(|(step, _)| danish.contains(step)), "{danish}");
            assert!(STEPS.iter().any(|(_, step)| english.contains(step)), "{english}");
            // Kinds that are refused themselves, and promises.
            for word in [".doc,", ".xls,", ".ppt,", "rtf", "wma", "avi", "endnu", " yet"] {
                assert!(!danish.contains(word) && !english.contains(word), "{english}");
            }
        }
    }

    #[test]
    fn every_foreign_kind_has_advice_of_its_own() {
        let texts = Foreign::ALL.map(|kind| Refusal::NotCleanable(kind).advice(Language::En));
        let different: std::collections::BTreeSet<_> = texts.iter().collect();
        assert_eq!(different.len(), texts.len());
    }

    #[test]
    fn advice_never_names_the_inside_of_a_file() {
        for refusal in all() {
            for word in ["marker", "segment", "chunk", "Exif", "metadata", "XMP", "parser"] {
                assert!(!refusal.advice(Language::En).contains(word), "{refusal:?}");
            }
        }
    }
}
