//! Handlers: invited, enrolled, vouched for, signed in.

use sluse::store::handlers::{self, HandlerState};
use sluse::store::{HandlerId, StoreError};
use sluse::vault::vouch::{Vouch, Voucher};
use sluse::vault::{Context, InstanceId, Verifier};

use crate::rows::{TODAY, enrol, enrolment, invite, lookup, name, pair, public, text};

on_both_engines! {
    async fn a_link_leads_to_the_one_it_was_made_for(house: &House) {
        let (id, link) = invite(house, "anna").await;
        invite(house, "bo").await;
        let mut connection = house.connect().await;
        let found = handlers::invited(&mut connection, &link, TODAY).await.unwrap();
        assert_eq!(found, Some((id, name("anna"))));
        let found = handlers::invited(&mut connection, &lookup(), TODAY).await.unwrap();
        assert_eq!(found, None);
    }

    async fn a_link_holds_until_the_end_of_its_last_day(house: &House) {
        let (_, link) = invite(house, "anna").await;
        let mut connection = house.connect().await;
        for (days, holds) in [(0, true), (1, true), (2, false)] {
            let day = TODAY.plus_days(days);
            let found = handlers::invited(&mut connection, &link, day).await.unwrap();
            assert_eq!(found.is_some(), holds, "after {days} days");
        }
    }

    async fn a_name_is_taken_once_and_the_first_keeps_it(house: &House) {
        let (first, used) = invite(house, "anna").await;
        let mut transaction = house.begin().await;
        assert!(handlers::enrol(&mut transaction, &used, &enrolment(1)).await.unwrap());
        let (id, link) = (HandlerId::random(), lookup());
        let again = handlers::invite(&mut transaction, id, &name("Anna"), &link, TODAY).await;
        assert!(!again.unwrap());
        let all = handlers::all(&mut transaction).await.unwrap();
        assert_eq!(all.iter().map(|row| row.id).collect::<Vec<_>>(), [first]);
        assert_eq!(handlers::invited(&mut transaction, &link, TODAY).await.unwrap(), None);
    }

    async fn a_new_link_takes_the_place_of_one_that_nobody_used(house: &House) {
        let (first, lost) = invite(house, "anna").await;
        let mut transaction = house.begin().await;
        let (id, link) = (HandlerId::random(), lookup());
        let again = handlers::invite(&mut transaction, id, &name("anna"), &link, TODAY).await;
        assert!(again.unwrap());
        assert_eq!(handlers::invited(&mut transaction, &lost, TODAY).await.unwrap(), None);
        let found = handlers::invited(&mut transaction, &link, TODAY).await.unwrap();
        assert_eq!(found.map(|(id, _)| id), Some(first));
    }

    async fn a_link_is_never_made_twice(house: &House) {
        let (_, link) = invite(house, "anna").await;
        let mut transaction = house.begin().await;
        let id = HandlerId::random();
        let again = handlers::invite(&mut transaction, id, &name("bo"), &link, TODAY).await;
        assert!(matches!(again, Err(StoreError::Database(_))));
    }

    async fn a_link_enrols_once(house: &House) {
        let (_, link) = invite(house, "anna").await;
        let mut transaction = house.begin().await;
        assert!(handlers::enrol(&mut transaction, &link, &enrolment(1)).await.unwrap());
        assert!(!handlers::enrol(&mut transaction, &link, &enrolment(2)).await.unwrap());
        assert_eq!(handlers::invited(&mut transaction, &link, TODAY).await.unwrap(), None);
    }

    async fn of_two_that_enrol_by_one_link_at_once_one_wins(house: &House) {
        let (_, link) = invite(house, "anna").await;
        let enrol = |step| {
            let store = house.store.clone();
            async move {
                let mut transaction = store.begin().await.unwrap();
                let new = enrolment(step);
                let done = handlers::enrol(&mut transaction, &link, &new).await.unwrap();
                transaction.commit().await.unwrap();
                done
            }
        };
        let (one, other) = tokio::join!(enrol(1), enrol(2));
        assert!(one ^ other, "exactly one");
    }

    async fn what_was_set_at_enrolment_is_read_at_sign_in(house: &House) {
        let id = enrol(house, "anna").await;
        let mut connection = house.connect().await;
        let found = handlers::credentials(&mut connection, &name("anna")).await.unwrap().unwrap();
        assert_eq!((found.id, found.salt), (id, [5; 16]));
        assert_eq!(found.verifier, Verifier::from_bytes(&[6; 32]).unwrap());
        assert_eq!(text(&found.seed), "seed");
        assert_eq!(text(&found.second_factor), "second factor");
    }

    async fn nobody_signs_in_before_enrolling_or_under_an_unknown_name(house: &House) {
        invite(house, "anna").await;
        let mut connection = house.connect().await;
        for called in ["anna", "bo"] {
            let found = handlers::credentials(&mut connection, &name(called)).await.unwrap();
            assert!(found.is_none(), "{called}");
        }
    }

    async fn a_one_time_password_works_once_and_no_earlier_one_after_it(house: &House) {
        let id = enrol(house, "anna").await;
        let mut transaction = house.begin().await;
        // The step of the enrolment, 10, is used up too.
        for (step, works) in [(10, false), (9, false), (12, true), (12, false), (11, false), (13, true)] {
            let used = handlers::use_step(&mut transaction, id, step).await.unwrap();
            assert_eq!(used, works, "step {step}");
        }
        let stranger = HandlerId::random();
        assert!(!handlers::use_step(&mut transaction, stranger, 99).await.unwrap());
    }

    async fn of_two_that_use_one_step_at_once_one_wins(house: &House) {
        let id = enrol(house, "anna").await;
        let sign_in = || {
            let store = house.store.clone();
            async move {
                let mut transaction = store.begin().await.unwrap();
                let used = handlers::use_step(&mut transaction, id, 77).await.unwrap();
                transaction.commit().await.unwrap();
                used
            }
        };
        let (one, other) = tokio::join!(sign_in(), sign_in());
        assert!(one ^ other, "exactly one");
    }

    async fn one_handlers_steps_do_not_use_up_anothers(house: &House) {
        let (one, other) = (enrol(house, "anna").await, enrol(house, "bo").await);
        let mut transaction = house.begin().await;
        assert!(handlers::use_step(&mut transaction, one, 50).await.unwrap());
        assert!(handlers::use_step(&mut transaction, other, 50).await.unwrap());
    }

    async fn somebody_enrolled_is_vouched_for_once(house: &House) {
        let id = enrol(house, "anna").await;
        let (invited, _) = invite(house, "bo").await;
        let vouch = vouch();
        let mut transaction = house.begin().await;
        assert!(handlers::vouch(&mut transaction, id, &vouch).await.unwrap());
        assert!(!handlers::vouch(&mut transaction, id, &vouch).await.unwrap());
        assert!(!handlers::vouch(&mut transaction, invited, &vouch).await.unwrap());
        let stranger = HandlerId::random();
        assert!(!handlers::vouch(&mut transaction, stranger, &vouch).await.unwrap());
    }

    async fn the_list_shows_how_far_everybody_has_come(house: &House) {
        use HandlerState::{Enrolled, Invited, Vouched};
        let vouched = enrol(house, "anna").await;
        enrol(house, "bo").await;
        invite(house, "carl").await;
        let mut transaction = house.begin().await;
        assert!(handlers::vouch(&mut transaction, vouched, &vouch()).await.unwrap());
        let all = handlers::all(&mut transaction).await.unwrap();
        let seen: Vec<_> = all
            .iter()
            .map(|row| {
                let has_key = row.public_key == Some(public(8));
                (row.name.as_str(), row.state, has_key, row.vouch == Some(vouch()))
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("anna", Vouched, true, true),
                ("bo", Enrolled, true, false),
                ("carl", Invited, false, false)
            ]
        );
    }

    /// By the code of each letter: the same on every machine, whatever its language.
    async fn the_list_is_in_one_order_on_every_machine(house: &House) {
        for called in ["åse", "zoe", "anna_b", "anna.b", "aage", "anna-b", "annab", "an"] {
            invite(house, called).await;
        }
        let all = handlers::all(&mut *house.connect().await).await.unwrap();
        let names: Vec<&str> = all.iter().map(|row| row.name.as_str()).collect();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        assert_eq!(names, sorted);
        assert_eq!(names.len(), 8);
    }

    async fn a_name_that_is_no_name_is_an_error_and_not_shown(house: &House) {
        invite(house, "anna").await;
        let mut transaction = house.begin().await;
        sqlx::query("update handlers set name = '<b>'").execute(&mut *transaction).await.unwrap();
        let all = handlers::all(&mut transaction).await;
        assert!(matches!(all, Err(StoreError::Row { table: "handlers" })));
    }
}

fn vouch() -> Vouch {
    let context = Context::new("test", InstanceId([7; 16]));
    Voucher::from_seed(pair(9).seed()).vouch(&public(8), &context)
}
