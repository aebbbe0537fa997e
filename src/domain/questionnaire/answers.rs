//! What a reporter has answered so far, and what of it a report holds.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Both, Field, Kind, Page, Questionnaire};
use crate::domain::message::tidy;

/// No fields of a questionnaire are called so.
const FORM: &str = "*form";
const OPENED: &str = "*opened";

/// The answers to a questionnaire, by field: what was written, or the ids that were chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, Vec<String>>);

/// A question and its answer, as a report holds them: readable whatever is asked later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was asked.
    pub question: Both,
    /// What was written.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// What was chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<Both>,
}

/// Why an answer is not taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has more characters than its field's limit.
    TooLong {
        /// How many it has.
        found: usize,
    },
    /// There is none, and the report needs one.
    Missing,
    /// Too few could read a report that these people must not see.
    TooFewReaders,
}

impl Answers {
    /// What was answered to a field; empty if nothing was.
    pub fn of(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// What was written into a field.
    pub fn words(&self, field: &str) -> &str {
        self.of(field).first().map_or("", String::as_str)
    }

    /// Writes into a field that no questionnaire asks.
    pub fn write(&mut self, field: &str, words: &str) {
        let given = (!words.trim().is_empty()).then(|| words.to_owned());
        self.0.insert(field.to_owned(), given.into_iter().collect());
    }

    /// Adds something written or chosen, if `questions` have such a field.
    pub fn add(&mut self, questions: &Questionnaire, field: &str, value: &str) {
        let Some(field) = questions.field(field) else { return };
        let given = self.0.entry(field.id.clone()).or_default();
        match field.kind {
            Kind::Story | Kind::Words => *given = vec![tidy(value)],
            // A line that was pasted may have breaks in it.
            Kind::Line => *given = vec![tidy(value).replace(['\n', '\t'], " ")],
            Kind::One => *given = vec![value.to_owned()],
            Kind::Some | Kind::People => given.push(value.to_owned()),
        }
        given.retain(|value| !value.trim().is_empty() && field.takes(value));
    }

    /// Answers every field of a page anew: a box that is not ticked sends nothing.
    pub fn clear(&mut self, page: &Page) {
        for field in &page.fields {
            self.0.insert(field.id.clone(), Vec::new());
        }
    }

    /// Only those that are `wanted`, by field.
    #[must_use]
    pub fn only(&self, wanted: impl Fn(&str, &[String]) -> bool) -> Answers {
        let some = self.0.iter().filter(|(field, given)| wanted(field, given));
        Answers(some.map(|(field, given)| (field.clone(), given.clone())).collect())
    }

    /// The fields that are answered here, or answered anew with nothing.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Whether no field is answered here, not even anew with nothing.
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of the form by which they were changed last.
    pub fn form(&self) -> &str {
        self.words(FORM)
    }

    /// Notes that number.
    pub fn set_form(&mut self, number: &str) {
        self.write(FORM, number);
    }

    /// Notes that they were found by a code.
    pub fn set_opened(&mut self) {
        self.write(OPENED, "yes");
    }

    /// Whether they were.
    pub fn were_opened(&self) -> bool {
        !self.of(OPENED).is_empty()
    }

    /// Only what was written, of a form that broke: of several boxes some may be missing.
    #[must_use]
    pub fn written(&self, questions: &Questionnaire) -> Answers {
        self.only(|field, given| {
            !given.is_empty() && questions.field(field).is_some_and(Field::is_written)
        })
    }

    /// Everything that was written or chosen.
    pub fn words_of_all(&self) -> impl Iterator<Item = &str> {
        self.0.values().flatten().map(String::as_str)
    }

    /// Leaves out people whom nobody is shown.
    pub fn keep_people(&mut self, questions: &Questionnaire, shown: impl Fn(&str) -> bool) {
        for field in questions.fields().filter(|field| field.kind == Kind::People) {
            if let Some(given) = self.0.get_mut(&field.id) {
                given.retain(|name| shown(name));
            }
        }
    }

    /// Puts newer answers over these.
    pub fn change(&mut self, newer: &Answers) {
        self.0.extend(newer.0.clone());
        self.0.retain(|_, given| !given.is_empty());
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(Vec::is_empty)
    }
}

impl Field {
    fn takes(&self, value: &str) -> bool {
        self.choices.is_empty() || self.choices.iter().any(|choice| choice.id == value)
    }

    /// Checks an answer to be saved.
    pub fn check(&self, answers: &Answers) -> Result<(), Fault> {
        let found = answers.words(&self.id).chars().count();
        if self.is_written() && found > self.limit() {
            Err(Fault::TooLong { found })
        } else {
            Ok(())
        }
    }

    /// Checks an answer to be sent.
    pub fn check_given(&self, answers: &Answers) -> Result<(), Fault> {
        if self.required && answers.of(&self.id).is_empty() {
            Err(Fault::Missing)
        } else {
            self.check(answers)
        }
    }

    /// What a report holds of an answer; none if there is no answer. `people` says how those
    /// who must not see it are shown.
    pub fn answer(
        &self,
        question: &Both,
        answers: &Answers,
        people: impl Fn(&str) -> Option<Both>,
    ) -> Option<Answer> {
        let given = answers.of(&self.id);
        if given.is_empty() {
            return None;
        }
        let question = question.clone();
        if self.is_written() {
            return Some(Answer { question, words: given.concat(), chosen: Vec::new() });
        }
        let label = |value: &String| match self.kind {
            Kind::People => people(value),
            _ => self
                .choices
                .iter()
                .find(|choice| choice.id == *value)
                .map(|choice| choice.label.clone()),
        };
        let chosen: Vec<Both> = given.iter().filter_map(label).collect();
        (!chosen.is_empty()).then_some(Answer { question, words: String::new(), chosen })
    }
}

impl Page {
    /// What was answered on this page.
    pub fn answers(&self, answers: &Answers, people: impl Fn(&str) -> Option<Both>) -> Vec<Answer> {
        let answer = |field: &Field| field.answer(self.question(field), answers, &people);
        self.fields.iter().filter_map(answer).collect()
    }
}

impl Questionnaire {
    /// The first field that a report needs and that is not answered, or not as it may be.
    pub fn first_fault<'a>(&'a self, answers: &Answers) -> Option<(&'a Page, &'a Field, Fault)> {
        self.pages(answers).into_iter().find_map(|page| {
            page.fields
                .iter()
                .find_map(|field| Some((page, field, field.check_given(answers).err()?)))
        })
    }

    /// What a report holds: all that was answered and is asked, either what tells who the
    /// reporter is, or the rest.
    pub fn report(
        &self,
        answers: &Answers,
        identity: bool,
        people: impl Fn(&str) -> Option<Both>,
    ) -> Vec<Answer> {
        // Who somebody is never depends on an earlier answer: see the rules.
        let pages = self.pages(answers).into_iter().filter(|page| page.identity == identity);
        pages.flat_map(|page| page.answers(answers, &people)).collect()
    }

    /// The people who must not see the report.
    pub fn kept_out<'a>(&'a self, answers: &'a Answers) -> Vec<&'a str> {
        // Also on a page that is asked no longer: whoever was left out stays out.
        let fields = self.fields().filter(|field| field.kind == Kind::People);
        fields.flat_map(|field| answers.of(&field.id)).map(String::as_str).collect()
    }
}
