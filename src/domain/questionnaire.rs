//! The questions of a report: one subject a page, in the order in which they are asked.
//!
//! A TOML file holds them, in Danish and English. A site may ask its own; what it may say is
//! written in `templates/questionnaire.toml`, which is asked if it says nothing. A file with
//! a fault ends here, at start, with the place of the fault.

mod answers;
mod rules;

use serde::{Deserialize, Serialize};

pub use answers::{Answer, Answers, Fault};

use crate::limits::{LINE_CHARACTERS, MESSAGE_CHARACTERS, WORDS_CHARACTERS};

/// What is asked if a site says nothing.
const STANDARD: &str = include_str!("../../templates/questionnaire.toml");

/// Words in both languages of the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    /// In Danish.
    pub da: String,
    /// In English.
    pub en: String,
}

/// The questions of a site.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Questionnaire {
    #[serde(rename = "page")]
    pages: Vec<Page>,
}

/// One subject.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// A word for the address: `/report/relation`.
    pub id: String,
    /// The heading.
    pub title: Both,
    /// What to know before answering.
    #[serde(default)]
    pub lead: Option<Both>,
    /// What to be warned of before answering.
    #[serde(default)]
    pub warning: Option<Both>,
    /// Asked only after this answer.
    #[serde(default)]
    pub when: Option<When>,
    /// The page on which files are chosen. It has no fields.
    #[serde(default)]
    pub files: bool,
    /// What is answered here tells who the reporter is: it is kept apart, under a key of its
    /// own.
    #[serde(default)]
    pub identity: bool,
    /// The questions.
    #[serde(default, rename = "field")]
    pub fields: Vec<Field>,
}

/// An answer on an earlier page.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// Of which field.
    pub field: String,
    /// One of these choices.
    pub is: Vec<String>,
}

/// One question.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// A word for the form.
    pub id: String,
    /// How it is answered.
    pub kind: Kind,
    /// What is asked.
    pub label: Both,
    /// What helps to answer.
    #[serde(default)]
    pub hint: Option<Both>,
    /// A report is not sent without an answer.
    #[serde(default)]
    pub required: bool,
    /// Characters at most.
    #[serde(default)]
    pub characters: Option<usize>,
    /// What can be chosen.
    #[serde(default, rename = "choice")]
    pub choices: Vec<Choice>,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// With what happened. There is one such field.
    Story,
    /// With words.
    Words,
    /// With a line.
    Line,
    /// With one of several choices.
    One,
    /// With any of several choices.
    Some,
    /// With people of the unit who must not see the report.
    People,
}

/// Something that can be chosen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// A word for the form.
    pub id: String,
    /// What is chosen.
    pub label: Both,
    /// What belongs elsewhere, and where: shown before the next page.
    #[serde(default)]
    pub elsewhere: Option<Both>,
}

/// Why a file is no questionnaire.
#[derive(Debug, thiserror::Error)]
pub enum NotAQuestionnaire {
    /// It is not TOML, or has keys that there are not.
    #[error(transparent)]
    Toml(#[from] toml::de::Error),
    /// It breaks a rule.
    #[error("{place}: {rule}")]
    Rule {
        /// The page, or the page and the field.
        place: String,
        /// What is to be done.
        rule: String,
    },
}

impl Questionnaire {
    /// Reads a questionnaire.
    pub fn read(text: &str) -> Result<Self, NotAQuestionnaire> {
        let questionnaire: Questionnaire = toml::from_str(text)?;
        rules::check(&questionnaire)?;
        Ok(questionnaire)
    }

    /// What is asked if a site says nothing.
    pub fn standard() -> Result<Self, NotAQuestionnaire> {
        Questionnaire::read(STANDARD)
    }

    /// The pages that are asked after these answers, in order.
    pub fn pages<'a>(&'a self, answers: &Answers) -> Vec<&'a Page> {
        self.pages.iter().filter(|page| page.is_asked(answers)).collect()
    }

    /// All pages, whether or not they are asked.
    pub fn all_pages(&self) -> &[Page] {
        &self.pages
    }

    /// A page, whether or not it is asked.
    pub fn page(&self, id: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }

    /// The page on which the first of these answers is asked.
    pub fn page_of(&self, answers: &Answers) -> Option<&Page> {
        let answered = |page: &&Page| page.fields.iter().any(|f| !answers.of(&f.id).is_empty());
        self.pages.iter().find(answered)
    }

    /// The pages whose answers tell who the reporter is.
    pub fn identity_pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter().filter(|page| page.identity)
    }

    /// A field of any page.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields().find(|field| field.id == id)
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.pages.iter().flat_map(|page| &page.fields)
    }
}

impl Page {
    fn is_asked(&self, answers: &Answers) -> bool {
        self.when.as_ref().is_none_or(|when| {
            when.is.iter().any(|choice| answers.of(&when.field).contains(choice))
        })
    }

    /// How a question is called where its answer is shown: a page with one question asks it
    /// in its heading.
    pub fn question<'a>(&'a self, field: &'a Field) -> &'a Both {
        if self.fields.len() == 1 { &self.title } else { &field.label }
    }

    /// What belongs elsewhere among the answers to this page.
    pub fn elsewhere<'a>(&'a self, answers: &'a Answers) -> impl Iterator<Item = &'a Both> {
        let chosen = |field: &'a Field| {
            let given = answers.of(&field.id);
            field.choices.iter().filter(move |choice| given.contains(&choice.id))
        };
        self.fields.iter().flat_map(chosen).filter_map(|choice| choice.elsewhere.as_ref())
    }
}

impl Field {
    /// Characters of an answer at most; 0 if it is chosen.
    pub fn limit(&self) -> usize {
        let usual = match self.kind {
            Kind::Story => MESSAGE_CHARACTERS,
            Kind::Words => WORDS_CHARACTERS,
            Kind::Line => LINE_CHARACTERS,
            Kind::One | Kind::Some | Kind::People => 0,
        };
        self.characters.unwrap_or(usual)
    }

    fn is_written(&self) -> bool {
        matches!(self.kind, Kind::Story | Kind::Words | Kind::Line)
    }
}
