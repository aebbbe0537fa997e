//! The whole portal on PostgreSQL, where two who come at once do not wait by themselves.

use crate::postgres::new_database;
use crate::support::{House, Page, Staff};

async fn house() -> (House, Staff) {
    let house = House::with(|config| config.database = Some(new_database())).await;
    let anna = house.enrol("anna").await;
    (house, anna)
}

/// How often two come at once.
const ROUNDS: usize = 8;

/// The address of the first case in the inbox.
fn first_case(inbox: &Page) -> String {
    let links = inbox.attributes("a.govuk-link", "href");
    links.into_iter().find(|link| link.starts_with("/cases/")).unwrap()
}

#[tokio::test]
async fn a_report_goes_from_the_form_to_a_handler_and_the_answer_back() {
    let (house, anna) = house().await;
    let code = house.report("Fakturaer uden varer").await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&handler.get("/").await);
    assert!(handler.get(&case).await.text().contains("Fakturaer uden varer"));
    handler.submit(&case, &[("text", "Tak, vi ser på det")]).await;
    let reporter = house.came_back(&code).await;
    let page = reporter.page.clone().unwrap();
    assert!(page.text().contains("Tak, vi ser på det"));
}

#[tokio::test]
async fn an_answer_that_is_sent_twice_at_once_is_one_message() {
    let (house, anna) = house().await;
    house.report("Fakturaer uden varer").await;
    let mut handler = house.signed_in(&anna).await;
    let case = first_case(&handler.get("/").await);
    // Several times: the first ones still wait for connections and not for each other.
    for round in 0..ROUNDS {
        let text = format!("Svaret er {round}.");
        handler.get(&case).await;
        let mut again = [(); 4].map(|()| handler.clone());
        let fields = [("text", text.as_str())];
        let sent = again.iter_mut().map(|browser| browser.submit(&case, &fields));
        for page in futures::future::join_all(sent).await {
            assert!(page.status.is_success(), "{round}: {}", page.text());
        }
        let page = handler.get(&case).await;
        assert_eq!(page.text().matches(&text).count(), 1, "{round}");
    }
}

#[tokio::test]
async fn two_handlers_who_answer_at_once_are_both_heard() {
    let (house, anna) = house().await;
    house.report("Fakturaer uden varer").await;
    let mut one = house.signed_in(&anna).await;
    let mut other = house.signed_in(&anna).await;
    let case = first_case(&one.get("/").await);
    for round in 0..ROUNDS {
        one.get(&case).await;
        other.get(&case).await;
        let texts = ["første", "anden"].map(|who| format!("Det {who} svar er {round}."));
        let [first, second] = texts.each_ref().map(|text| [("text", text.as_str())]);
        let (first, second) = tokio::join!(one.submit(&case, &first), other.submit(&case, &second));
        assert!(first.status.is_success() && second.status.is_success(), "{round}");
        let page = one.get(&case).await.text();
        assert!(texts.iter().all(|text| page.contains(text)), "{round}");
    }
}
