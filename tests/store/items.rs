//! Messages and attachments.

use sluse::store::cases::{self, Compartment, WaitingFor};
use sluse::store::items::{self, ItemRow};
use sluse::store::{CaseId, Connection, ItemId, ObjectId};

use crate::rows::{
    CONTENT, TODAY, add_file, is_taken, is_wrap, lookup, save_draft, sealed, text, write_case,
    write_item,
};

/// All items of a compartment.
async fn all(connection: &mut Connection, case: CaseId, compartment: Compartment) -> Vec<ItemRow> {
    items::before(connection, case, compartment, i64::MAX, i64::MAX).await.unwrap()
}

on_both_engines! {
    async fn an_item_is_read_as_it_was_written(house: &House) {
        let whole = write_case(house).await;
        let mut connection = house.connect().await;
        let row = all(&mut connection, whole.row.id, CONTENT).await.pop().unwrap();
        assert_eq!((row.id, row.epoch, row.position), (whole.item, 1, 1));
        assert_eq!(row.written_on, TODAY);
        assert!(is_wrap(&row.wrap, 4));
        assert_eq!(text(&row.body), "first");
        assert_eq!(row.object, Some(whole.object));
    }

    async fn a_message_has_no_object(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        let item = (ItemId::random(), whole.row.id, 2, None);
        write_item(&mut transaction, item, "second").await.unwrap();
        let rows = all(&mut transaction, whole.row.id, CONTENT).await;
        let objects: Vec<Option<ObjectId>> = rows.iter().map(|row| row.object).collect();
        assert_eq!(objects, [Some(whole.object), None]);
    }

    async fn items_come_in_their_order_and_not_in_that_of_writing(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        for (position, body) in [(10, "tenth"), (2, "second")] {
            let item = (ItemId::random(), whole.row.id, position, None);
            write_item(&mut transaction, item, body).await.unwrap();
        }
        let rows = all(&mut transaction, whole.row.id, CONTENT).await;
        let bodies: Vec<String> = rows.iter().map(|row| text(&row.body)).collect();
        assert_eq!(bodies, ["first", "second", "tenth"]);
    }

    async fn items_of_another_case_or_compartment_are_not_among_them(house: &House) {
        let (one, _) = (write_case(house).await, write_case(house).await);
        let mut connection = house.connect().await;
        assert_eq!(all(&mut connection, one.row.id, CONTENT).await.len(), 1);
        assert!(all(&mut connection, one.row.id, Compartment::Notes).await.is_empty());
        assert!(all(&mut connection, CaseId::random(), CONTENT).await.is_empty());
    }

    async fn what_is_erased_is_one_compartment_of_one_case(house: &House) {
        let (whole, other) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        items::erase(&mut transaction, whole.row.id, Compartment::Identity).await.unwrap();
        assert_eq!(all(&mut transaction, whole.row.id, CONTENT).await.len(), 1);
        items::erase(&mut transaction, whole.row.id, CONTENT).await.unwrap();
        assert!(all(&mut transaction, whole.row.id, CONTENT).await.is_empty());
        assert_eq!(all(&mut transaction, other.row.id, CONTENT).await.len(), 1);
    }

    async fn a_page_has_the_last_items_before_a_position_in_order(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        for position in 2..=5 {
            let item = (ItemId::random(), whole.row.id, position, None);
            write_item(&mut transaction, item, "more").await.unwrap();
        }
        for (before, limit, expected) in [
            (i64::MAX, 2, &[4, 5][..]),
            (4, 2, &[2, 3]),
            (2, 2, &[1]),
            (1, 2, &[]),
            (i64::MAX, 9, &[1, 2, 3, 4, 5]),
        ] {
            let rows = items::before(&mut transaction, whole.row.id, CONTENT, before, limit).await;
            let positions: Vec<i64> = rows.unwrap().iter().map(|row| row.position).collect();
            assert_eq!(positions, expected, "{limit} before {before}");
        }
    }

    async fn one_item_is_read_from_its_own_case_and_compartment_only(house: &House) {
        let (whole, other) = (write_case(house).await, write_case(house).await);
        let mut connection = house.connect().await;
        let row = items::get(&mut connection, whole.row.id, CONTENT, whole.item).await.unwrap();
        let row = row.unwrap();
        assert_eq!((row.id, row.position, row.object), (whole.item, 1, Some(whole.object)));
        assert_eq!(text(&row.body), "first");
        for (case, compartment, item) in [
            (other.row.id, CONTENT, whole.item),
            (whole.row.id, Compartment::Notes, whole.item),
            (whole.row.id, CONTENT, ItemId::random()),
        ] {
            let none = items::get(&mut connection, case, compartment, item).await.unwrap();
            assert!(none.is_none());
        }
    }

    async fn the_last_short_items_without_a_file_are_found_in_order(house: &House) {
        let (whole, other) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        let long = "long".repeat(100);
        for (position, body) in [(2, "second"), (3, &long), (4, "fourth")] {
            let item = (ItemId::random(), whole.row.id, position, None);
            write_item(&mut transaction, item, body).await.unwrap();
        }
        let bytes = i64::try_from(sealed(&long).as_bytes().len()).unwrap();
        for (case, compartment, bytes, limit, expected) in [
            (whole.row.id, CONTENT, bytes, 9, &["second", "fourth"][..]),
            (whole.row.id, CONTENT, bytes + 1, 9, &["second", &long, "fourth"]),
            (whole.row.id, CONTENT, bytes, 1, &["fourth"]),
            (whole.row.id, Compartment::Notes, bytes, 9, &[]),
            (other.row.id, CONTENT, bytes, 9, &[]),
        ] {
            let found = items::shorter_than(&mut transaction, case, compartment, bytes, limit).await;
            let bodies: Vec<String> = found.unwrap().iter().map(|row| text(&row.body)).collect();
            assert_eq!(bodies, expected, "{limit} under {bytes}");
        }
    }

    async fn attachments_are_counted_up_to_a_position_in_one_case(house: &House) {
        let (whole, _) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        for (position, object) in [(2, None), (3, Some(ObjectId::random()))] {
            let item = (ItemId::random(), whole.row.id, position, object);
            write_item(&mut transaction, item, "more").await.unwrap();
        }
        for (position, expected) in [(0, 0), (1, 1), (2, 1), (3, 2), (i64::MAX, 2)] {
            let found =
                items::attachments_until(&mut transaction, whole.row.id, CONTENT, position).await;
            assert_eq!(found.unwrap(), expected, "until {position}");
        }
    }

    async fn items_are_counted_by_case_and_day(house: &House) {
        let (whole, _) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        let item = (ItemId::random(), whole.row.id, 2, None);
        write_item(&mut transaction, item, "more").await.unwrap();
        for (day, expected) in [(TODAY, 2), (TODAY.plus_days(1), 0)] {
            let found = items::written_on(&mut transaction, whole.row.id, day).await.unwrap();
            assert_eq!(found, expected);
        }
        assert_eq!(items::written_on(&mut transaction, CaseId::random(), TODAY).await.unwrap(), 0);
    }

    async fn positions_begin_with_one_and_count_in_each_case_alone(house: &House) {
        let (one, other) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        let new = items::next_position(&mut transaction, CaseId::random()).await.unwrap();
        assert_eq!(new, 1);
        let item = (ItemId::random(), one.row.id, 7, None);
        write_item(&mut transaction, item, "seventh").await.unwrap();
        assert_eq!(items::next_position(&mut transaction, one.row.id).await.unwrap(), 8);
        assert_eq!(items::next_position(&mut transaction, other.row.id).await.unwrap(), 2);
    }

    async fn a_position_is_taken_once(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        let item = (ItemId::random(), whole.row.id, 1, None);
        assert!(is_taken(write_item(&mut transaction, item, "again first").await));
    }

    async fn an_item_id_is_taken_once(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        let item = (whole.item, whole.row.id, 2, None);
        assert!(is_taken(write_item(&mut transaction, item, "same id").await));
    }

    async fn an_item_that_was_written_exists_and_no_other(house: &House) {
        let whole = write_case(house).await;
        let mut connection = house.connect().await;
        assert!(items::exists(&mut connection, whole.item).await.unwrap());
        assert!(!items::exists(&mut connection, ItemId::random()).await.unwrap());
    }

    async fn two_writers_at_once_get_one_position_after_the_other(house: &House) {
        let whole = write_case(house).await;
        let write = |body: &'static str| {
            let (store, case) = (house.store.clone(), whole.row.id);
            async move {
                let mut transaction = store.begin().await.unwrap();
                let turn = WaitingFor::Handler;
                cases::set_waiting_for(&mut transaction, case, turn).await.unwrap();
                let position = items::next_position(&mut transaction, case).await.unwrap();
                let item = (ItemId::random(), case, position, None);
                write_item(&mut transaction, item, body).await.unwrap();
                transaction.commit().await.unwrap();
                position
            }
        };
        let (one, other) = tokio::join!(write("one"), write("other"));
        let mut positions = [one, other];
        positions.sort_unstable();
        assert_eq!(positions, [2, 3]);
    }

    async fn an_object_is_needed_while_a_case_or_a_draft_names_it(house: &House) {
        let (whole, draft, object) = (write_case(house).await, lookup(), ObjectId::random());
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        add_file(&mut transaction, &draft, 5, Some(object)).await;
        assert!(items::object_is_needed(&mut transaction, whole.object).await.unwrap());
        assert!(items::object_is_needed(&mut transaction, object).await.unwrap());
        assert!(!items::object_is_needed(&mut transaction, ObjectId::random()).await.unwrap());
    }

    async fn an_object_that_both_name_is_needed_until_neither_does(house: &House) {
        let (whole, draft) = (write_case(house).await, lookup());
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        add_file(&mut transaction, &draft, 5, Some(whole.object)).await;
        sqlx::query("delete from items").execute(&mut *transaction).await.unwrap();
        assert!(items::object_is_needed(&mut transaction, whole.object).await.unwrap());
        sqlx::query("delete from drafts").execute(&mut *transaction).await.unwrap();
        assert!(!items::object_is_needed(&mut transaction, whole.object).await.unwrap());
    }
}
