//! A report in words.

use crate::{Category, Change, Language, Refusal, Report, Warning};

/// What was found, what changes and what to look at, a line each.
pub(super) fn describe(report: &Report, language: Language) -> Vec<String> {
    let (found, changed, look) = match language {
        Language::Da => ("Fundet", "Ændres", "Se efter"),
        Language::En => ("Found", "Changes", "Look again"),
    };
    let mut lines = vec![format!("{:?}: {} bytes", report.kind, report.input_bytes)];
    lines.extend(report.findings.iter().map(|finding| {
        format!("{found}: {} {}", finding.count, category(finding.category, language))
    }));
    lines.extend(
        report.changes.iter().map(|&what| format!("{changed}: {}", change(what, language))),
    );
    lines
        .extend(report.warnings.iter().map(|&what| format!("{look}: {}", warning(what, language))));
    lines
}

/// Which file of several a refusal is about.
pub(super) fn place(refusal: Refusal, language: Language) -> String {
    let Refusal::Inside(inside) = refusal else { return String::new() };
    match language {
        Language::Da => format!("Fil {} af {} i den: ", inside.number, inside.of),
        Language::En => format!("File {} of {} in it: ", inside.number, inside.of),
    }
}

fn choose(language: Language, danish: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Da => danish,
        Language::En => english,
    }
}

fn category(category: Category, language: Language) -> &'static str {
    let (danish, english) = match category {
        Category::Location => ("sted", "location"),
        Category::Device => ("apparat", "device"),
        Category::People => ("personer", "people"),
        Category::Dates => ("tidspunkter", "dates and times"),
        Category::Software => ("programmer", "software"),
        Category::Descriptions => ("titler og beskrivelser", "titles and descriptions"),
        Category::Identifiers => ("kendetegn", "identifiers"),
        Category::HiddenPictures => ("skjulte billeder", "hidden pictures"),
        Category::EmbeddedFiles => ("filer i filen", "embedded files"),
        Category::Comments => ("kommentarer", "comments"),
        Category::History => ("ældre versioner", "older versions"),
        Category::Signatures => ("underskrifter", "signatures"),
        Category::Links => ("henvisninger", "links"),
        Category::Scripts => ("programkode", "scripts"),
        Category::FormData => ("formularfelter", "form fields"),
        Category::ColourProfiles => ("farveprofiler", "colour profiles"),
        Category::StrayBytes => ("løse bytes", "stray bytes"),
        Category::Other => ("andet", "other"),
    };
    choose(language, danish, english)
}

fn change(change: Change, language: Language) -> &'static str {
    let (danish, english) = match change {
        Change::HdrLayerRemoved => ("HDR-laget fjernes", "the HDR layer is removed"),
        Change::MotionRemoved => ("den levende del fjernes", "the moving part is removed"),
        Change::CommentsRemoved => ("kommentarer fjernes", "comments are removed"),
        Change::FormFlattened => ("felter kan ikke udfyldes", "fields cannot be filled in"),
        Change::LinksRemoved => ("henvisninger virker ikke", "links no longer work"),
        Change::EmbeddedFilesRemoved => ("vedhæftede filer fjernes", "attached files are removed"),
        Change::MultimediaRemoved => ("lyd og film fjernes", "sound and film are removed"),
        Change::SignaturesRemoved => ("underskrifter fjernes", "signatures are removed"),
        Change::AccessibilityTagsRemoved => {
            ("mærker for skærmlæsere fjernes", "tags for screen readers are removed")
        }
        Change::Flattened => ("kun billeder er tilbage", "only pictures are left"),
        Change::ColoursChanged => ("farver kan se anderledes ud", "colours may look different"),
        Change::FormulasAsText => ("formler bliver til tekst", "formulas become text"),
        Change::FormulasStopped => ("nogle formler bliver til tal", "some formulas become values"),
        Change::AnimationsRemoved => ("animationer fjernes", "animations are removed"),
        Change::SpeakerNotesRemoved => ("talerens noter fjernes", "speaker notes are removed"),
        Change::LooksRemoved => ("farver, skrift og opsætning fjernes", "looks are removed"),
        Change::PartsRemoved => {
            ("dele, der hentes udefra, fjernes", "parts that would be fetched are removed")
        }
        Change::HiddenTextRemoved => ("skjulte ord fjernes", "hidden words are removed"),
        Change::TrackedChangesAccepted => {
            ("sporede ændringer gennemføres", "tracked changes are accepted")
        }
        Change::MailHeadersRemoved => {
            ("afsender, modtager, emne og tid fjernes", "sender, receiver, subject, time removed")
        }
        Change::NamesReplaced => ("filnavne bliver til numre", "file names become numbers"),
        Change::FontsReplaced => ("sjældne skrifttyper erstattes", "rare fonts are replaced"),
    };
    choose(language, danish, english)
}

fn warning(warning: Warning, language: Language) -> &'static str {
    let (danish, english) = match warning {
        Warning::InvisibleCharacters => ("usynlige tegn", "invisible characters"),
        Warning::LookalikeLetters => {
            ("bogstaver, der ligner andre", "letters that look like others")
        }
        Warning::HiddenText => ("tekst, der ikke vises", "text that is not shown"),
        Warning::CoveredContent => (
            "tekst eller billede under en bjælke; brug --policy flatten",
            "text or picture under a box; use --policy flatten",
        ),
        Warning::HiddenLayers => ("lag, der er slået fra", "layers that are switched off"),
        Warning::HiddenParts => ("dele, de fleste ikke får vist", "parts that most are not shown"),
        Warning::CroppedArea => ("dele uden for billedet", "parts outside the picture"),
    };
    choose(language, danish, english)
}
