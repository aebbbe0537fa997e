//! Transactions, and what hangs on a case.

use sluse::store::cases::{self, WaitingFor};
use sluse::store::{HandlerId, ItemId, Store, drafts, handlers, items, reporters};
use sqlx::Row as _;

use crate::rows::{CONTENT, TODAY, case, lookup, name, save_draft, wrap, write_case, write_item};

on_both_engines! {
    async fn a_dropped_transaction_never_happened(house: &House) {
        let (id, link) = (HandlerId::random(), lookup());
        let mut transaction = house.begin().await;
        handlers::invite(&mut transaction, id, &name("anna"), &link, TODAY).await.unwrap();
        drop(transaction);
        assert!(handlers::all(&mut *house.connect().await).await.unwrap().is_empty());
    }

    async fn a_transaction_that_ends_in_a_refusal_leaves_nothing(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        let turn = WaitingFor::Reporter;
        cases::set_waiting_for(&mut transaction, whole.row.id, turn).await.unwrap();
        let new = ItemId::random();
        let item = (new, whole.row.id, 2, None);
        write_item(&mut transaction, item, "second").await.unwrap();
        let taken = (ItemId::random(), whole.row.id, 1, None);
        assert!(write_item(&mut transaction, taken, "first again").await.is_err());
        drop(transaction);
        let mut connection = house.connect().await;
        let read = cases::get_for(&mut connection, whole.row.id, whole.reader).await.unwrap();
        assert_eq!(read.unwrap().waiting_for, WaitingFor::Handler);
        assert!(!items::exists(&mut connection, new).await.unwrap());
    }

    async fn what_was_committed_is_there_for_every_connection(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let again = Store::open(&house.url).await.unwrap();
        let row = drafts::get(&mut again.connect().await.unwrap(), &draft).await.unwrap();
        assert!(row.is_some());
        again.close().await;
    }

    async fn nobody_sees_what_is_not_committed_yet(house: &House) {
        let (id, link) = (HandlerId::random(), lookup());
        let mut transaction = house.begin().await;
        handlers::invite(&mut transaction, id, &name("anna"), &link, TODAY).await.unwrap();
        let other = house.elsewhere().await;
        let seen = async || handlers::all(&mut other.connect().await.unwrap()).await.unwrap();
        assert!(seen().await.is_empty());
        transaction.commit().await.unwrap();
        assert_eq!(seen().await.len(), 1);
    }

    async fn of_two_who_lock_a_case_one_waits_and_sees_what_the_other_wrote(house: &House) {
        let whole = write_case(house).await;
        let other = house.elsewhere().await;
        let new = ItemId::random();
        let mut transaction = house.begin().await;
        cases::lock(&mut transaction, whole.row.id).await.unwrap();
        let waits = async {
            let mut transaction = other.begin().await.unwrap();
            cases::lock(&mut transaction, whole.row.id).await.unwrap();
            items::exists(&mut transaction, new).await.unwrap()
        };
        let writes = async {
            write_item(&mut transaction, (new, whole.row.id, 2, None), "second").await.unwrap();
            transaction.commit().await.unwrap();
        };
        let (seen, ()) = tokio::join!(waits, writes);
        assert!(seen);
    }

    async fn bringing_up_to_date_again_changes_no_table_and_no_row(house: &House) {
        let whole = write_case(house).await;
        for _ in 0..2 {
            let again = Store::open(&house.url).await.unwrap();
            again.update().await.unwrap();
            let mut connection = again.connect().await.unwrap();
            let row = cases::get_for(&mut connection, whole.row.id, whole.reader).await.unwrap();
            assert!(row.is_some());
            drop(connection);
            again.close().await;
        }
    }

    async fn erasing_a_case_takes_everything_that_hangs_on_it_and_no_other_case(house: &House) {
        let (gone, kept) = (write_case(house).await, write_case(house).await);
        let mut transaction = house.begin().await;
        sqlx::query("delete from cases where case_id = $1")
            .bind(gone.row.id.as_bytes().to_vec())
            .execute(&mut *transaction)
            .await
            .unwrap();
        for (whole, rows) in [(&gone, 0), (&kept, 1)] {
            let case = whole.row.id;
            let read = items::before(&mut transaction, case, CONTENT, i64::MAX, 9).await.unwrap();
            assert_eq!(read.len(), rows);
            let read = cases::wraps_of(&mut transaction, case, CONTENT, whole.reader).await;
            assert_eq!(read.unwrap().len(), rows);
            let read = cases::newest_epoch(&mut transaction, case, CONTENT).await.unwrap();
            assert_eq!(read.iter().count(), rows);
            let read = reporters::find(&mut transaction, &whole.lookup).await.unwrap();
            assert_eq!(read.iter().count(), rows);
            let needed = items::object_is_needed(&mut transaction, whole.object).await.unwrap();
            assert_eq!(needed, rows == 1);
        }
        for table in ["epochs", "wraps", "reporters", "items"] {
            let count = sqlx::AssertSqlSafe(format!("select count(*) as rows from {table}"));
            let count = sqlx::query(count).fetch_one(&mut *transaction).await.unwrap();
            assert_eq!(count.get::<i64, _>("rows"), 1, "{table}");
        }
    }

    async fn erased_rows_are_forgotten_on_every_engine_without_an_error(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        drafts::erase(&mut transaction, &draft).await.unwrap();
        transaction.commit().await.unwrap();
        assert!(house.store.forget_erased().await.unwrap());
    }

    async fn many_writers_wait_for_each_other_and_none_is_lost(house: &House) {
        let reader = *HandlerId::random().as_bytes();
        let writers = (0..12).map(|day| {
            let store = house.store.clone();
            async move {
                let row = case(day);
                let mut transaction = store.begin().await.unwrap();
                cases::insert(&mut transaction, &row).await.unwrap();
                cases::insert_wrap(&mut transaction, row.id, CONTENT, 1, reader, &wrap(1))
                    .await
                    .unwrap();
                transaction.commit().await.unwrap();
            }
        });
        futures::future::join_all(writers).await;
        let page = cases::page_for(&mut *house.connect().await, reader, 0, 50).await.unwrap();
        assert_eq!(page.len(), 12);
    }
}
