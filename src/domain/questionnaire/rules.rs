//! When a file is a questionnaire.

use std::collections::BTreeSet;

use super::{Answers, Both, Field, Kind, NotAQuestionnaire, Page, Questionnaire};
use crate::limits::{FIELDS, MESSAGE_CHARACTERS};
use crate::vault::padding::{MAX_MESSAGE, pad_message};

/// Addresses below `/report/` that are pages of the program.
const TAKEN: [&str; 6] = ["files", "check", "send", "wait", "later", "text"];
/// Bytes of a sealed report beside its answers: who wrote it, and whom it leaves out by which
/// names.
const BESIDE: usize = 4096;
/// The sign that takes the most bytes for one character.
const LONGEST: &str = "\u{10ffff}";

/// Checks the whole file.
pub(super) fn check(all: &Questionnaire) -> Result<(), NotAQuestionnaire> {
    let mut seen = Seen::default();
    for page in &all.pages {
        check_page(page, &mut seen)?;
    }
    let stories = all.fields().filter(|field| field.kind == Kind::Story).count();
    rule(stories == 1, "questionnaire", "one field has the kind `story`")?;
    let files = all.pages.iter().filter(|page| page.files).count();
    rule(files == 1, "questionnaire", "one page says `files = true`")?;
    // A draft holds all answers, and no words of the questions.
    let draft = serde_json::to_vec(&full(all)).unwrap_or_default();
    let fits = pad_message(&draft).is_some();
    rule(
        fits,
        "questionnaire",
        &format!("a draft can have {} bytes: lower `characters`", draft.len()),
    )?;
    for identity in [false, true] {
        let bytes = serde_json::to_vec(&longest(all, identity)).unwrap_or_default();
        let found = bytes.len();
        rule(
            pad_message(&bytes).is_some() && found + BESIDE <= MAX_MESSAGE,
            "questionnaire",
            &format!("all answers together can have {found} bytes: lower `characters`"),
        )?;
    }
    Ok(())
}

/// Ids that were used before, and what can be chosen by then.
#[derive(Default)]
struct Seen<'a> {
    pages: BTreeSet<&'a str>,
    fields: Vec<&'a Field>,
    /// Of pages that tell who somebody is.
    identity: BTreeSet<&'a str>,
}

fn check_page<'a>(page: &'a Page, seen: &mut Seen<'a>) -> Result<(), NotAQuestionnaire> {
    let at = format!("page `{}`", page.id);
    check_id(&page.id, &at)?;
    // The page for files has an address of its own.
    let taken = TAKEN.contains(&&*page.id) && !page.files;
    rule(!taken, &at, "this name is a page of the program: choose another one")?;
    rule(!page.files || page.id == "files", &at, "a page with files has the name `files`")?;
    rule(seen.pages.insert(&page.id), &at, "there is a page of this name before it")?;
    rule(page.files == page.fields.is_empty(), &at, "a page has either fields or `files = true`")?;
    rule(!(page.files && page.identity), &at, "files are not kept apart: leave out `identity`")?;
    words(&page.title, &at, "title")?;
    for (name, text) in [("lead", &page.lead), ("warning", &page.warning)] {
        text.iter().try_for_each(|text| words(text, &at, name))?;
    }
    if let Some(when) = &page.when {
        // It can be told later, when nothing else is asked.
        rule(!page.identity, &at, "who somebody is depends on no other answer: leave out `when`")?;
        rule(!seen.identity.contains(&&*when.field), &at, "`when` would tell who somebody is")?;
        let asked = seen.fields.iter().find(|field| field.id == when.field);
        let rule_is = format!("`when` names `{}`, which no page before it asks", when.field);
        rule(asked.is_some(), &at, &rule_is)?;
        let choices = asked.map(|field| &field.choices);
        for choice in &when.is {
            let known = choices.is_some_and(|all| all.iter().any(|one| one.id == *choice));
            rule(known, &at, &format!("`when`: `{}` has no choice `{choice}`", when.field))?;
        }
        rule(!when.is.is_empty(), &at, "`when` has no choice in `is`")?;
    }
    for field in &page.fields {
        check_field(page, field, seen)?;
    }
    let boxes = page.fields.iter().map(|field| field.choices.len().max(1)).sum::<usize>();
    let most = FIELDS / 2;
    rule(boxes <= most, &at, &format!("a page has at most {most} fields and choices"))
}

fn check_field<'a>(
    page: &Page,
    field: &'a Field,
    seen: &mut Seen<'a>,
) -> Result<(), NotAQuestionnaire> {
    let at = format!("page `{}`, field `{}`", page.id, field.id);
    check_id(&field.id, &at)?;
    let own = matches!(&*field.id, "token" | "page" | "then" | "files" | "once" | "case");
    rule(!own, &at, "this name is a field of the program: choose another one")?;
    let fresh = seen.fields.iter().all(|before| before.id != field.id);
    rule(fresh, &at, "there is a field of this name before it")?;
    words(&field.label, &at, "label")?;
    field.hint.iter().try_for_each(|hint| words(hint, &at, "hint"))?;
    let chosen = matches!(field.kind, Kind::One | Kind::Some);
    rule(chosen != field.choices.is_empty(), &at, "`one` and `some` have choices, and only they")?;
    let written = field.is_written();
    rule(written || field.characters.is_none(), &at, "only what is written has `characters`")?;
    let range = 1..=MESSAGE_CHARACTERS;
    let fits = !written || range.contains(&field.limit());
    rule(fits, &at, &format!("`characters` is from 1 to {MESSAGE_CHARACTERS}"))?;
    let apart = page.identity && matches!(field.kind, Kind::Story | Kind::People);
    rule(!apart, &at, "this is not kept apart: leave out `identity`")?;
    // What was not asked cannot be missing, and what tells who somebody is may be.
    let free = !field.required || !page.identity;
    rule(free, &at, "nobody has to say who they are: leave out `required`")?;
    let mut ids = BTreeSet::new();
    for choice in &field.choices {
        let at = format!("{at}, choice `{}`", choice.id);
        check_id(&choice.id, &at)?;
        rule(ids.insert(&choice.id), &at, "there is a choice of this name before it")?;
        words(&choice.label, &at, "label")?;
        choice.elsewhere.iter().try_for_each(|text| words(text, &at, "elsewhere"))?;
    }
    seen.fields.push(field);
    if page.identity {
        seen.identity.insert(&field.id);
    }
    Ok(())
}

fn check_id(id: &str, at: &str) -> Result<(), NotAQuestionnaire> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fits = id.starts_with(|c: char| c.is_ascii_lowercase()) && id.chars().all(plain);
    rule(fits && id.len() <= 40, at, "a name has small letters a to z, digits and `-`, at most 40")
}

fn words(text: &Both, at: &str, name: &str) -> Result<(), NotAQuestionnaire> {
    for (lang, text) in [("da", &text.da), ("en", &text.en)] {
        rule(!text.trim().is_empty(), at, &format!("`{name}` is empty in `{lang}`"))?;
    }
    Ok(())
}

fn rule(holds: bool, place: &str, rule: &str) -> Result<(), NotAQuestionnaire> {
    if holds {
        return Ok(());
    }
    Err(NotAQuestionnaire::Rule { place: place.to_owned(), rule: rule.to_owned() })
}

/// Every field full, every box ticked.
fn full(all: &Questionnaire) -> Answers {
    let mut answers = Answers::default();
    for field in all.fields() {
        if field.is_written() {
            answers.add(all, &field.id, &LONGEST.repeat(field.limit()));
        }
        for choice in &field.choices {
            answers.add(all, &field.id, &choice.id);
        }
    }
    answers
}

/// The longest report there can be.
fn longest(all: &Questionnaire, identity: bool) -> Vec<super::Answer> {
    let answers = full(all);
    let pages = all.pages.iter().filter(|page| page.identity == identity);
    pages.flat_map(|page| page.answers(&answers, |_| None)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TITLE: &str = "title = { da = \"A\", en = \"B\" }";
    const LABEL: &str = "label = { da = \"A\", en = \"B\" }";

    fn page(id: &str, more: &str) -> String {
        format!("[[page]]\nid = \"{id}\"\n{TITLE}\n{more}\n")
    }

    fn field(id: &str, kind: &str, more: &str) -> String {
        format!("[[page.field]]\nid = \"{id}\"\nkind = \"{kind}\"\n{LABEL}\n{more}\n")
    }

    fn choice(id: &str) -> String {
        format!("[[page.field.choice]]\nid = \"{id}\"\n{LABEL}\n")
    }

    /// A choice, the story and the files, with something else in the middle.
    fn with(middle: &str) -> String {
        let area = page("area", "") + &field("area", "one", "") + &choice("a") + &choice("b");
        let story = page("story", "") + &field("text", "story", "required = true");
        area + middle + &story + &page("files", "files = true")
    }

    fn refusal(text: &str) -> String {
        Questionnaire::read(text).expect_err(text).to_string()
    }

    #[test]
    fn the_least_and_the_standard_questionnaire_are_read() {
        assert_eq!(Questionnaire::read(&with("")).unwrap().all_pages().len(), 3);
        assert!(Questionnaire::standard().unwrap().all_pages().len() > 8);
    }

    #[test]
    fn a_fault_is_named_with_its_place() {
        let more = |id: &str, inside: &str| page(id, "") + inside;
        let asked = |when: &str| page("p", when) + &field("f", "words", "");
        let cases = [
            (with(&more("p", "")), "page `p`: a page has either fields or `files = true`"),
            (with(&more("check", &field("f", "words", ""))), "page `check`: this name is a page"),
            (with(&more("P", &field("f", "words", ""))), "page `P`: a name has small letters"),
            (with(&more("area", &field("f", "words", ""))), "page `area`: there is a page of this"),
            (with(&more("p", &field("area", "words", ""))), "field `area`: there is a field of"),
            (with(&more("p", &field("token", "words", ""))), "field `token`: this name is a field"),
            (with(&more("p", &field("f", "one", ""))), "field `f`: `one` and `some` have choices"),
            (
                with(&more("p", &(field("f", "words", "") + &choice("a")))),
                "field `f`: `one` and `some` have choices",
            ),
            (
                with(&more("p", &(field("f", "some", "") + &choice("a") + &choice("a")))),
                "choice `a`: there is a choice of this name before it",
            ),
            (
                with(&more("p", &(field("f", "one", "characters = 5") + &choice("a")))),
                "field `f`: only what is written has `characters`",
            ),
            (with(&more("p", &field("f", "words", "characters = 0"))), "is from 1 to 15000"),
            (with(&more("p", &field("f", "words", "characters = 15001"))), "is from 1 to 15000"),
            (with(&asked("when = { field = \"g\", is = [\"a\"] }")), "`when` names `g`, which no"),
            (
                with(&asked("when = { field = \"text\", is = [\"a\"] }")),
                "`when` names `text`, which no page before it asks",
            ),
            (with(&asked("when = { field = \"area\", is = [\"c\"] }")), "has no choice `c`"),
            (with(&asked("when = { field = \"area\", is = [] }")), "`when` has no choice in `is`"),
            (
                with(&(page("p", "identity = true") + &field("f", "people", ""))),
                "field `f`: this is not kept apart",
            ),
            (
                with(&(page("p", "identity = true") + &field("f", "line", "required = true"))),
                "field `f`: nobody has to say who they are",
            ),
            (with(&more("p", &field("f", "story", ""))), "one field has the kind `story`"),
            (page("files", "files = true"), "one field has the kind `story`"),
            (page("story", "") + &field("text", "story", ""), "one page says `files = true`"),
            (page("p", "files = true"), "page `p`: a page with files has the name `files`"),
            (with(&page("files", "files = true")), "page `files`: there is a page of this name"),
            (
                with(&more("p", &field("f", "words", "hint = { da = \" \", en = \"B\" }"))),
                "field `f`: `hint` is empty in `da`",
            ),
            (with("[[page]]\nid = \"p\"\ntitle = { da = \"A\" }\n"), "missing field `en`"),
            (with(&page("p", "titel = 1")), "unknown field `titel`"),
            (with(&more("p", &field("f", "number", ""))), "unknown variant `number`"),
        ];
        for (text, expected) in cases {
            let found = refusal(&text);
            assert!(found.contains(expected), "{found:?} says nothing of {expected:?}");
        }
    }

    #[test]
    fn more_than_a_report_can_hold_is_refused() {
        let fields = |number: usize| -> String {
            let long = |at| field(&format!("f{at}"), "words", "characters = 2000");
            (0..number).map(long).collect()
        };
        assert!(Questionnaire::read(&with(&(page("p", "") + &fields(8)))).is_ok());
        let found = refusal(&with(&(page("p", "") + &fields(9))));
        assert!(found.contains("lower `characters`"), "{found}");
    }

    #[test]
    fn a_page_is_asked_only_after_the_answer_it_waits_for() {
        let more = page("p", "when = { field = \"area\", is = [\"b\"] }");
        let all = Questionnaire::read(&with(&(more + &field("f", "words", "required = true"))));
        let (all, mut answers) = (all.unwrap(), Answers::default());
        answers.add(&all, "f", "Noget.");
        answers.add(&all, "text", "Det hele.");
        let ids = |answers: &Answers| -> Vec<&str> {
            all.pages(answers).iter().map(|page| page.id.as_str()).collect()
        };
        assert_eq!(ids(&answers), ["area", "story", "files"]);
        // What was answered on a page that is asked no longer is in no report.
        assert_eq!(all.report(&answers, false, |_| None).len(), 1);
        answers.add(&all, "area", "b");
        assert_eq!(ids(&answers), ["area", "p", "story", "files"]);
        assert_eq!(all.report(&answers, false, |_| None).len(), 3);
        answers.clear(all.page("p").unwrap());
        let (page, field, fault) = all.first_fault(&answers).unwrap();
        assert_eq!((&*page.id, &*field.id, fault), ("p", "f", super::super::Fault::Missing));
    }

    #[test]
    fn only_what_can_be_chosen_is_an_answer() {
        let all = Questionnaire::read(&with("")).unwrap();
        let mut answers = Answers::default();
        for (field, value) in [("area", "c"), ("nothing", "a"), ("text", " \n "), ("area", "")] {
            answers.add(&all, field, value);
        }
        assert!(answers.is_empty(), "{answers:?}");
        answers.add(&all, "area", "a");
        answers.add(&all, "area", "b");
        assert_eq!(answers.of("area"), ["b"], "one of several is one");
    }
}
