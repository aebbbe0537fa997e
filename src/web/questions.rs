//! Questions and answers as pages show them.

use serde::Serialize;

use super::text::Lang;
use super::view::View;
use crate::domain::questionnaire::{
    Answer, Answers, Both, Fault, Field, Kind, Page, Questionnaire,
};
use crate::domain::unit::Shown;

/// A question of a form.
#[derive(Debug, Serialize)]
pub(super) struct FieldLine {
    id: String,
    kind: Kind,
    label: String,
    hint: String,
    /// What was written before.
    value: String,
    choices: Vec<ChoiceLine>,
    required: bool,
    /// Whether it is the first of a page in which there is room for papers: what is classified
    /// must not be written there.
    is_first_text: bool,
    limit: usize,
    fault: FaultLine,
}

/// What is wrong with an answer; no name if nothing is.
#[derive(Debug, Default, Serialize)]
struct FaultLine {
    name: &'static str,
    found: usize,
}

/// Something that can be chosen.
#[derive(Debug, Serialize)]
struct ChoiceLine {
    id: String,
    label: String,
    chosen: bool,
}

/// A question and what was answered.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AnswerLine {
    question: String,
    words: String,
    chosen: Vec<String>,
}

impl Lang {
    /// The words in this language.
    pub(super) fn of(self, both: &Both) -> &str {
        match self {
            Lang::Da => &both.da,
            Lang::En => &both.en,
        }
    }

    /// The place of the words in this language.
    pub(super) fn of_mut(self, both: &mut Both) -> &mut String {
        match self {
            Lang::Da => &mut both.da,
            Lang::En => &mut both.en,
        }
    }

    /// The words in this language; empty if there are none.
    pub(super) fn of_maybe(self, both: Option<&Both>) -> String {
        both.map_or_else(String::new, |both| self.of(both).to_owned())
    }
}

/// What to know before answering a page, in paragraphs.
pub(super) fn lead(lang: Lang, page: &Page) -> Vec<String> {
    let lead = lang.of_maybe(page.lead.as_ref());
    let paragraphs = lead.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    paragraphs.map(str::to_owned).collect()
}

/// The questions of a page, with what was answered before and what is wrong with it.
pub(super) fn lines(
    view: &View,
    page: &Page,
    answers: &Answers,
    faults: &[(String, Fault)],
    people: &[Shown],
) -> Vec<FieldLine> {
    let is_text = |field: &&Field| matches!(field.kind, Kind::Story | Kind::Words);
    let first_text = page.fields.iter().find(is_text).filter(|_| !page.identity);
    let line = |field: &Field| {
        let fault = faults.iter().find(|(id, _)| *id == field.id).map(|(_, fault)| *fault);
        FieldLine {
            id: field.id.clone(),
            kind: field.kind,
            label: view.lang.of(&field.label).to_owned(),
            hint: view.lang.of_maybe(field.hint.as_ref()),
            value: answers.words(&field.id).to_owned(),
            choices: choices(view, field, answers.of(&field.id), people),
            required: field.required,
            is_first_text: first_text.is_some_and(|first| first.id == field.id),
            limit: field.limit(),
            fault: match fault {
                None => FaultLine::default(),
                Some(Fault::Missing) if field.kind == Kind::Story => {
                    FaultLine { name: "missing-story", found: 0 }
                }
                Some(Fault::Missing) => FaultLine { name: "missing", found: 0 },
                Some(Fault::TooFewReaders) => FaultLine { name: "too-few-readers", found: 0 },
                Some(Fault::TooLong { found }) => FaultLine { name: "too-long", found },
            },
        }
    };
    // Where nobody is shown, nobody can be chosen.
    let is_shown = |field: &&Field| field.kind != Kind::People || !people.is_empty();
    page.fields.iter().filter(is_shown).map(line).collect()
}

fn choices(view: &View, field: &Field, given: &[String], people: &[Shown]) -> Vec<ChoiceLine> {
    let line = |id: &str, label: &Both| ChoiceLine {
        id: id.to_owned(),
        label: view.lang.of(label).to_owned(),
        chosen: given.iter().any(|given| given == id),
    };
    match field.kind {
        Kind::People => people.iter().map(|one| line(&one.handler, &one.label)).collect(),
        _ => field.choices.iter().map(|choice| line(&choice.id, &choice.label)).collect(),
    }
}

/// All words of answers, to be given back.
pub(super) fn words(questionnaire: &Questionnaire, answers: &Answers) -> String {
    let written = answers.written(questionnaire);
    let words: Vec<&str> = written.words_of_all().collect();
    words.join("\n\n")
}

/// Answers as they stand in a report.
pub(super) fn answered(lang: Lang, answers: &[Answer]) -> Vec<AnswerLine> {
    let line = |answer: &Answer| AnswerLine {
        question: lang.of(&answer.question).to_owned(),
        words: answer.words.clone(),
        chosen: answer.chosen.iter().map(|chosen| lang.of(chosen).to_owned()).collect(),
    };
    answers.iter().map(line).collect()
}
