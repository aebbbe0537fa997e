//! What was found in a file: categories and counts, never values.
//!
//! A value ("55.67 N, 12.56 E") in a report would be the very leak this crate is
//! there to stop, so a [`Finding`] cannot hold one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A class of hidden information.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Category {
    /// Where: coordinates, places, altitude, direction.
    Location,
    /// Which device: make, model, serial numbers, lens, maker notes.
    Device,
    /// Who: authors, owners, artists, companies, user names in paths.
    People,
    /// When: any date or time.
    Dates,
    /// With what: programs, versions, operating systems, encoder fingerprints.
    Software,
    /// Titles, descriptions, keywords, captions.
    Descriptions,
    /// Numbers that tie this file to another one or to a person: document ids, GUIDs.
    Identifiers,
    /// Pictures inside that are not shown: thumbnails, previews, depth maps, other frames.
    HiddenPictures,
    /// Files carried inside.
    EmbeddedFiles,
    /// Comments and annotations of people.
    Comments,
    /// Older versions and removed parts that were still in the file.
    History,
    /// Signatures and certificates, provenance claims.
    Signatures,
    /// Addresses that would be contacted, and other links.
    Links,
    /// Programs that would run on opening.
    Scripts,
    /// Names and values of form fields.
    FormData,
    /// Colour profiles with device names, dates or ids in them.
    ColourProfiles,
    /// Bytes before, between or after the parts that the format defines.
    StrayBytes,
    /// Anything else that is not on the allow-list.
    Other,
}

/// How much was found of one [`Category`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The class of information.
    pub category: Category,
    /// How many pieces of it.
    pub count: u32,
}

/// Something a person could see or use in the original and not in the clean copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// The layer that makes a picture brighter on an HDR screen is gone.
    HdrLayerRemoved,
    /// The moving part of a live picture is gone.
    MotionRemoved,
    /// Comments and annotations keep their look, if they had one, and lose their text.
    CommentsRemoved,
    /// Form fields can no longer be filled in; what they showed is still shown.
    FormFlattened,
    /// Links no longer lead anywhere; their text stays.
    LinksRemoved,
    /// Files that were attached inside are gone.
    EmbeddedFilesRemoved,
    /// Sound, film or 3D content inside is gone.
    MultimediaRemoved,
    /// Signatures are gone; what they showed is still shown.
    SignaturesRemoved,
    /// Tags that help screen readers are gone.
    AccessibilityTagsRemoved,
    /// A colour profile that could not be issued anew is gone: colours may look different.
    ColoursChanged,
    /// Only pixels are left: words can no longer be marked, searched or read aloud.
    Flattened,
    /// Cells that a program for spreadsheets would run have an apostrophe in front.
    FormulasAsText,
    /// Some formulas no longer calculate; their last value stays.
    FormulasStopped,
    /// Slides no longer move, and show all that is on them at once.
    AnimationsRemoved,
    /// Notes that only the speaker sees are gone.
    SpeakerNotesRemoved,
    /// Colours, fonts and the layout of a page are gone; its words and their order stay.
    LooksRemoved,
    /// Pictures and other parts that a page would fetch, or that cannot be cleaned, are gone.
    PartsRemoved,
    /// Words that the page itself does not show are gone.
    HiddenTextRemoved,
    /// Changes that were marked as such are made: what was taken out is gone, what was put in
    /// is ordinary text.
    TrackedChangesAccepted,
    /// What a mail says about its way and its people, outside of its text, is gone.
    MailHeadersRemoved,
    /// Files in an archive have numbers for names and lie beside each other.
    NamesReplaced,
    /// Fonts that few people have are replaced by one that all have.
    FontsReplaced,
}

impl Change {
    /// Whether those who have the copy alone must know of it to read it right. The others tell
    /// what the original carried, and with it perhaps whose it was: a live picture of a phone,
    /// the copy of the speaker, a draft with comments.
    pub fn concerns_readers(self) -> bool {
        match self {
            Change::FormFlattened
            | Change::LinksRemoved
            | Change::EmbeddedFilesRemoved
            | Change::MultimediaRemoved
            | Change::ColoursChanged
            | Change::Flattened
            | Change::FormulasAsText
            | Change::FormulasStopped
            | Change::AnimationsRemoved
            | Change::LooksRemoved
            | Change::PartsRemoved
            | Change::MailHeadersRemoved
            | Change::NamesReplaced
            | Change::FontsReplaced => true,
            Change::HdrLayerRemoved
            | Change::MotionRemoved
            | Change::CommentsRemoved
            | Change::SignaturesRemoved
            | Change::AccessibilityTagsRemoved
            | Change::SpeakerNotesRemoved
            | Change::HiddenTextRemoved
            | Change::TrackedChangesAccepted => false,
        }
    }
}

/// Something this crate cannot decide for the person: look again before sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Warning {
    /// Characters that cannot be seen are in the text; they can mark a copy.
    InvisibleCharacters,
    /// Letters that look like others are in the text; they can mark a copy.
    LookalikeLetters,
    /// Text that is not painted, for example under a scanned page.
    HiddenText,
    /// Text, or parts of a picture, over which something else was painted: it is still
    /// there, and can be uncovered.
    CoveredContent,
    /// Layers that are switched off.
    HiddenLayers,
    /// Parts of a picture outside the shown area.
    CroppedArea,
    /// Parts that most viewers do not show: the picture beside an animation, things drawn
    /// with no opacity, annotations that are only printed.
    HiddenParts,
}

/// Collects what a format module finds while it works.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    findings: BTreeMap<Category, u32>,
    changes: BTreeSet<Change>,
    warnings: BTreeSet<Warning>,
}

impl Notes {
    /// Counts one more piece of `category`.
    pub fn found(&mut self, category: Category) {
        self.found_many(category, 1);
    }

    /// Counts `count` more pieces of `category`.
    pub fn found_many(&mut self, category: Category, count: u32) {
        if count > 0 {
            let entry = self.findings.entry(category).or_default();
            *entry = entry.saturating_add(count);
        }
    }

    /// Records a visible change.
    pub fn changed(&mut self, change: Change) {
        self.changes.insert(change);
    }

    /// Records something the person should look at again.
    pub fn warn(&mut self, warning: Warning) {
        self.warnings.insert(warning);
    }

    /// What cannot be seen is no longer there to be warned about.
    pub(crate) fn only_pixels_are_left(&mut self) {
        self.warnings.clear();
    }

    /// The findings, in the order of [`Category`].
    pub fn findings(&self) -> Vec<Finding> {
        self.findings.iter().map(|(&category, &count)| Finding { category, count }).collect()
    }

    /// The visible changes.
    pub fn changes(&self) -> Vec<Change> {
        self.changes.iter().copied().collect()
    }

    /// The warnings.
    pub fn warnings(&self) -> Vec<Warning> {
        self.warnings.iter().copied().collect()
    }
}
