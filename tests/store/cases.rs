//! Cases, epochs and wraps.

use sluse::store::cases::{self, CaseState, Compartment, WaitingFor};
use sluse::store::{CaseId, HandlerId, StoreError};

use crate::rows::{CONTENT, TODAY, case, is_taken, is_wrap, public, wrap, write_case};

on_both_engines! {
    async fn a_case_is_read_as_it_was_written(house: &House) {
        let whole = write_case(house).await;
        let mut connection = house.connect().await;
        let read = cases::get_for(&mut connection, whole.row.id, whole.reader).await.unwrap();
        assert_eq!(format!("{:?}", read.unwrap()), format!("{:?}", whole.row));
    }

    async fn a_case_without_a_wrap_for_this_reader_is_no_case(house: &House) {
        let whole = write_case(house).await;
        let stranger = *HandlerId::random().as_bytes();
        let mut connection = house.connect().await;
        let read = cases::get_for(&mut connection, whole.row.id, stranger).await.unwrap();
        assert!(read.is_none());
        let page = cases::page_for(&mut connection, stranger, 0, 50).await.unwrap();
        assert!(page.is_empty());
        let wraps = cases::wraps_of(&mut connection, whole.row.id, CONTENT, stranger).await;
        assert!(wraps.unwrap().is_empty());
    }

    async fn a_case_that_is_not_there_is_no_case(house: &House) {
        let whole = write_case(house).await;
        let mut connection = house.connect().await;
        let read = cases::get_for(&mut connection, CaseId::random(), whole.reader).await.unwrap();
        assert!(read.is_none());
        assert!(cases::days(&mut connection, CaseId::random()).await.unwrap().is_none());
        let epoch = cases::newest_epoch(&mut connection, CaseId::random(), CONTENT).await;
        assert!(epoch.unwrap().is_none());
    }

    async fn a_wrap_of_another_compartment_does_not_show_the_case(house: &House) {
        let row = case(1);
        let reader = *HandlerId::random().as_bytes();
        let mut transaction = house.begin().await;
        cases::insert(&mut transaction, &row).await.unwrap();
        let notes = Compartment::Notes;
        cases::insert_wrap(&mut transaction, row.id, notes, 1, reader, &wrap(1)).await.unwrap();
        assert!(cases::get_for(&mut transaction, row.id, reader).await.unwrap().is_none());
        assert!(cases::page_for(&mut transaction, reader, 0, 50).await.unwrap().is_empty());
    }

    async fn the_days_of_a_receipt_are_those_of_its_case(house: &House) {
        let whole = write_case(house).await;
        let days = cases::days(&mut *house.connect().await, whole.row.id).await.unwrap();
        assert_eq!(days, Some((TODAY, TODAY.plus_days(90))));
    }

    async fn cases_that_wait_for_a_handler_come_first_then_the_earliest_feedback(house: &House) {
        use WaitingFor::{Handler, Reporter};
        let reader = *HandlerId::random().as_bytes();
        let mut transaction = house.begin().await;
        let mut ids = Vec::new();
        for (feedback, waiting) in [
            (5, Reporter),
            (30, Handler),
            (1, Reporter),
            (20, Handler),
        ] {
            let row = case(feedback);
            cases::insert(&mut transaction, &row).await.unwrap();
            cases::insert_wrap(&mut transaction, row.id, CONTENT, 1, reader, &wrap(1))
                .await
                .unwrap();
            cases::set_waiting_for(&mut transaction, row.id, waiting).await.unwrap();
            ids.push(row.id);
        }
        transaction.commit().await.unwrap();
        let mut connection = house.connect().await;
        let page = cases::page_for(&mut connection, reader, 0, 50).await.unwrap();
        let order: Vec<CaseId> = page.iter().map(|row| row.id).collect();
        assert_eq!(order, [ids[3], ids[1], ids[2], ids[0]]);
        let waiting: Vec<WaitingFor> = page.iter().map(|row| row.waiting_for).collect();
        assert_eq!(waiting, [Handler, Handler, Reporter, Reporter]);
    }

    async fn pages_hold_each_case_once_also_when_all_are_due_on_one_day(house: &House) {
        let reader = *HandlerId::random().as_bytes();
        let mut transaction = house.begin().await;
        let mut ids = Vec::new();
        for _ in 0..7 {
            let row = case(3);
            cases::insert(&mut transaction, &row).await.unwrap();
            cases::insert_wrap(&mut transaction, row.id, CONTENT, 1, reader, &wrap(1))
                .await
                .unwrap();
            ids.push(row.id);
        }
        transaction.commit().await.unwrap();
        let mut connection = house.connect().await;
        let mut seen = Vec::new();
        for offset in [0, 3, 6] {
            let page = cases::page_for(&mut connection, reader, offset, 3).await.unwrap();
            seen.extend(page.iter().map(|row| row.id));
        }
        ids.sort();
        assert_eq!(seen, ids, "by id, when nothing else tells them apart");
        assert!(cases::page_for(&mut connection, reader, 7, 3).await.unwrap().is_empty());
    }

    async fn a_case_is_shown_once_to_a_reader_with_wraps_of_two_epochs(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        cases::insert_wrap(&mut transaction, whole.row.id, CONTENT, 2, whole.reader, &wrap(9))
            .await
            .unwrap();
        assert_eq!(cases::page_for(&mut transaction, whole.reader, 0, 50).await.unwrap().len(), 1);
    }

    async fn the_day_of_the_first_feedback_stays(house: &House) {
        let (whole, other) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        for day in [3, 9] {
            let day = TODAY.plus_days(day);
            cases::set_feedback(&mut transaction, whole.row.id, day).await.unwrap();
        }
        let row = cases::get_for(&mut transaction, whole.row.id, whole.reader).await.unwrap();
        assert_eq!(row.unwrap().feedback_on, Some(TODAY.plus_days(3)));
        let row = cases::get_for(&mut transaction, other.row.id, other.reader).await.unwrap();
        assert_eq!(row.unwrap().feedback_on, None);
    }

    async fn the_newest_epoch_is_the_one_to_write_under(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        for (epoch, number) in [(10, 5), (9, 6)] {
            cases::insert_epoch(&mut transaction, whole.row.id, CONTENT, epoch, &public(number))
                .await
                .unwrap();
        }
        let notes = Compartment::Notes;
        cases::insert_epoch(&mut transaction, whole.row.id, notes, 11, &public(7)).await.unwrap();
        let (epoch, key) =
            cases::newest_epoch(&mut transaction, whole.row.id, CONTENT).await.unwrap().unwrap();
        assert_eq!(epoch, 10);
        assert!(key == public(5));
    }

    async fn wraps_come_by_epoch_and_only_of_their_compartment(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        for (compartment, epoch, number) in
            [(CONTENT, 12, 12), (CONTENT, 2, 2), (Compartment::Decision, 3, 30)]
        {
            let wrap = wrap(number);
            cases::insert_wrap(
                &mut transaction, whole.row.id, compartment, epoch, whole.reader, &wrap,
            )
            .await
            .unwrap();
        }
        let wraps =
            cases::wraps_of(&mut transaction, whole.row.id, CONTENT, whole.reader).await.unwrap();
        let epochs: Vec<i64> = wraps.iter().map(|(epoch, _)| *epoch).collect();
        assert_eq!(epochs, [1, 2, 12]);
        for ((_, stored), number) in wraps.iter().zip([3, 2, 12]) {
            assert!(is_wrap(stored, number));
        }
    }

    async fn nobody_gets_two_wraps_of_one_epoch(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        let (case, wrap) = (whole.row.id, wrap(1));
        let again = cases::insert_wrap(&mut transaction, case, CONTENT, 1, whole.reader, &wrap);
        assert!(is_taken(again.await));
    }

    async fn an_epoch_has_one_key_pair(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        let again =
            cases::insert_epoch(&mut transaction, whole.row.id, CONTENT, 1, &public(9)).await;
        assert!(is_taken(again));
    }

    async fn a_case_is_written_once(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        assert!(is_taken(cases::insert(&mut transaction, &whole.row).await));
    }

    async fn a_wrap_and_an_epoch_need_a_case(house: &House) {
        let nobody = CaseId::random();
        let mut transaction = house.begin().await;
        let reader = *HandlerId::random().as_bytes();
        let wrap = wrap(1);
        let orphan = cases::insert_wrap(&mut transaction, nobody, CONTENT, 1, reader, &wrap).await;
        assert!(is_orphan(&orphan));
        drop(transaction);
        let mut transaction = house.begin().await;
        let orphan = cases::insert_epoch(&mut transaction, nobody, CONTENT, 1, &public(1)).await;
        assert!(is_orphan(&orphan));
    }

    async fn saying_whose_turn_it_is_touches_no_other_case(house: &House) {
        let (one, other) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        let turn = WaitingFor::Reporter;
        cases::set_waiting_for(&mut transaction, one.row.id, turn).await.unwrap();
        for (whole, turn) in [(one, WaitingFor::Reporter), (other, WaitingFor::Handler)] {
            let read = cases::get_for(&mut transaction, whole.row.id, whole.reader).await.unwrap();
            assert_eq!(read.unwrap().waiting_for, turn);
        }
    }

    async fn a_state_this_program_does_not_write_is_an_error_and_no_state(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        sqlx::query("update cases set state = 'lost'").execute(&mut *transaction).await.unwrap();
        let read = cases::get_for(&mut transaction, whole.row.id, whole.reader).await;
        assert!(matches!(read, Err(StoreError::Row { table: "cases" })));
    }

    async fn a_closed_case_is_read_as_closed(house: &House) {
        let mut row = case(1);
        row.state = CaseState::Closed;
        row.waiting_for = WaitingFor::Reporter;
        let reader = *HandlerId::random().as_bytes();
        let mut transaction = house.begin().await;
        cases::insert(&mut transaction, &row).await.unwrap();
        cases::insert_wrap(&mut transaction, row.id, CONTENT, 1, reader, &wrap(1)).await.unwrap();
        let read = cases::get_for(&mut transaction, row.id, reader).await.unwrap().unwrap();
        assert_eq!((read.state, read.waiting_for), (CaseState::Closed, WaitingFor::Reporter));
    }
}

/// Whether the database refused a row because its case is not there.
fn is_orphan(written: &Result<(), StoreError>) -> bool {
    match written {
        Err(StoreError::Database(sqlx::Error::Database(error))) => error.is_foreign_key_violation(),
        _ => false,
    }
}
