//! The one row of an installation.

use sluse::store::instance::{self, Instance};
use sluse::vault::vouch::{Voucher, VoucherKey};
use sluse::vault::{Cost, InstanceId};

use crate::rows::{TODAY, pair};

on_both_engines! {
    async fn before_init_there_is_no_row(house: &House) {
        assert!(instance::get(&mut *house.connect().await).await.unwrap().is_none());
    }

    async fn the_row_is_read_as_it_was_written(house: &House) {
        let mut transaction = house.begin().await;
        assert!(instance::insert(&mut transaction, &new(1)).await.unwrap());
        transaction.commit().await.unwrap();
        let read = instance::get(&mut *house.connect().await).await.unwrap().unwrap();
        assert_eq!(format!("{read:?}"), format!("{:?}", new(1)));
    }

    async fn a_second_installation_in_one_database_is_refused(house: &House) {
        let mut transaction = house.begin().await;
        assert!(instance::insert(&mut transaction, &new(1)).await.unwrap());
        assert!(!instance::insert(&mut transaction, &new(2)).await.unwrap());
        let read = instance::get(&mut transaction).await.unwrap().unwrap();
        assert_eq!(read.id, new(1).id);
    }

    async fn the_first_day_of_reports_is_kept(house: &House) {
        let mut transaction = house.begin().await;
        assert_eq!(instance::opened_on(&mut transaction).await.unwrap(), None, "no installation");
        assert!(instance::insert(&mut transaction, &new(1)).await.unwrap());
        assert_eq!(instance::opened_on(&mut transaction).await.unwrap(), None);
        for later in [3, 5] {
            instance::open(&mut transaction, TODAY.plus_days(later)).await.unwrap();
        }
        let read = instance::opened_on(&mut transaction).await.unwrap();
        assert_eq!(read, Some(TODAY.plus_days(3)));
    }

    async fn the_first_receivers_key_is_pinned_once(house: &House) {
        let mut transaction = house.begin().await;
        assert!(instance::insert(&mut transaction, &new(1)).await.unwrap());
        assert!(instance::pin_voucher(&mut transaction, &voucher(1), &[1; 32]).await.unwrap());
        assert!(!instance::pin_voucher(&mut transaction, &voucher(2), &[2; 32]).await.unwrap());
        assert!(!instance::pin_voucher(&mut transaction, &voucher(1), &[1; 32]).await.unwrap());
        let read = instance::get(&mut transaction).await.unwrap().unwrap();
        assert_eq!((read.voucher_key, read.voucher_tag), (Some(voucher(1)), Some([1; 32])));
    }

    async fn of_two_that_pin_at_once_one_wins(house: &House) {
        let mut transaction = house.begin().await;
        assert!(instance::insert(&mut transaction, &new(1)).await.unwrap());
        transaction.commit().await.unwrap();
        let pin = |number| {
            let store = house.store.clone();
            async move {
                let mut transaction = store.begin().await.unwrap();
                let key = voucher(number);
                let pinned = instance::pin_voucher(&mut transaction, &key, &[number; 32]).await.unwrap();
                transaction.commit().await.unwrap();
                pinned
            }
        };
        let (one, other) = tokio::join!(pin(1), pin(2));
        assert!(one ^ other, "exactly one");
        let read = instance::get(&mut *house.connect().await).await.unwrap().unwrap();
        assert_eq!(read.voucher_key, Some(voucher(if one { 1 } else { 2 })));
    }

    async fn without_an_installation_nothing_is_pinned(house: &House) {
        let mut transaction = house.begin().await;
        assert!(!instance::pin_voucher(&mut transaction, &voucher(1), &[1; 32]).await.unwrap());
    }
}

fn new(number: u8) -> Instance {
    Instance {
        id: InstanceId([number; 16]),
        created_on: TODAY,
        cost: Cost::STANDARD,
        code_salt: [2; 16],
        pepper_check: [3; 32],
        voucher_key: None,
        voucher_tag: None,
    }
}

fn voucher(number: u8) -> VoucherKey {
    Voucher::from_seed(pair(number).seed()).public()
}
