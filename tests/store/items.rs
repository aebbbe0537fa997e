//! Messages and attachments.

use sluse::store::cases::{self, Compartment, WaitingFor};
use sluse::store::{CaseId, ItemId, ObjectId, items};

use crate::rows::{
    CONTENT, TODAY, add_file, is_taken, is_wrap, lookup, save_draft, text, write_case, write_item,
};

on_both_engines! {
    async fn an_item_is_read_as_it_was_written(house: &House) {
        let whole = write_case(house).await;
        let rows = items::of_case(&mut *house.connect().await, whole.row.id, CONTENT).await;
        let row = rows.unwrap().pop().unwrap();
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
        let rows = items::of_case(&mut transaction, whole.row.id, CONTENT).await.unwrap();
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
        let rows = items::of_case(&mut transaction, whole.row.id, CONTENT).await.unwrap();
        let bodies: Vec<String> = rows.iter().map(|row| text(&row.body)).collect();
        assert_eq!(bodies, ["first", "second", "tenth"]);
    }

    async fn items_of_another_case_or_compartment_are_not_among_them(house: &House) {
        let (one, _) = (write_case(house).await, write_case(house).await);
        let mut connection = house.connect().await;
        assert_eq!(items::of_case(&mut connection, one.row.id, CONTENT).await.unwrap().len(), 1);
        let notes = items::of_case(&mut connection, one.row.id, Compartment::Notes).await.unwrap();
        assert!(notes.is_empty());
        let none = items::of_case(&mut connection, CaseId::random(), CONTENT).await.unwrap();
        assert!(none.is_empty());
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
