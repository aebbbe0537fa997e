//! `sluse test-report`: a report that says it is none, to see that reports arrive and are
//! answered. Works beside a running server.

use std::path::Path;

use anyhow::Context as _;

use super::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::derivations::Class;
use crate::domain::intake::Sent;
use crate::domain::questionnaire::{Answers, Kind, Questionnaire};
use crate::domain::turns::Lane;
use crate::domain::{Portal, ReceiptCode, Ticket};
use crate::{installation, machine};

/// What it says, whatever language its reader has.
const WORDS: &str = "PRØVE. Denne indberetning handler om ingen og intet. Svar på den, og log ind med \
                     koden, så ser du svaret, som en indberetter ser det.\n\nTEST. This report is \
                     about nobody and nothing. Answer it, and sign in with the code: then you see \
                     the answer as a reporter sees it.";

const SHORT: &str = "PRØVE – TEST";

/// Sends one.
pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let program = Path::new(machine::OURSELVES);
    let portal = installation::open_portal(config, Clock::system(), program).await?;
    anyhow::ensure!(portal.has_readers().await?, "nobody can read reports yet: see `sluse doctor`");
    let code = send(&portal, &answers(portal.questionnaire())).await?;
    say("A report is sent that says it is a test. Answer it as a handler, then sign in as its")?;
    say("reporter with this code, which is shown nowhere else:")?;
    say("")?;
    say(&format!("    {}", *code.in_groups()))
}

/// An answer to everything that a report needs.
fn answers(questions: &Questionnaire) -> Answers {
    let mut answers = Answers::default();
    for _ in questions.all_pages().iter().flat_map(|page| &page.fields) {
        let Some((_, field, _)) = questions.first_fault(&answers) else { break };
        let answer = match field.kind {
            Kind::Story => WORDS,
            Kind::Words | Kind::Line => SHORT,
            Kind::One | Kind::Some | Kind::People => {
                field.choices.first().map_or("", |choice| &choice.id)
            }
        };
        answers.add(questions, &field.id, answer);
    }
    answers
}

/// Sends a report and types its code back, as a reporter does.
pub(super) async fn send(portal: &Portal, answers: &Answers) -> anyhow::Result<ReceiptCode> {
    let ticket = Ticket::random();
    portal.save_draft(&ticket, answers).await?;
    let sent = portal.send(&ticket, portal.code_length(), Class::MirrorReporter, Lane(0)).await?;
    match sent {
        Sent::ReceiptIsThere => {}
        Sent::Incomplete | Sent::NoDraft | Sent::NotOpen | Sent::TooFewReaders => {
            anyhow::bail!("the report was not written")
        }
    }
    let code = portal.receipt(&ticket).await?.context("a receipt")?.code;
    portal.type_back(&ticket, &code.in_groups()).await?;
    Ok(code)
}
