//! Versions of the policy.

use sluse::store::policies::{self, PublicText};

use crate::rows::TODAY;

on_both_engines! {
    async fn a_version_is_read_as_it_was_written_and_one_of_the_same_day_takes_its_place(house: &House) {
        let mut transaction = house.begin().await;
        assert_eq!(policies::get(&mut transaction, TODAY).await.unwrap(), None);
        for da in ["# Æ\n", "# Ø\n"] {
            policies::put(&mut transaction, TODAY, &text(da)).await.unwrap();
            assert_eq!(policies::get(&mut transaction, TODAY).await.unwrap(), Some(text(da)));
        }
        assert_eq!(policies::get(&mut transaction, TODAY.plus_days(1)).await.unwrap(), None);
        assert_eq!(policies::days(&mut transaction).await.unwrap(), [TODAY]);
    }

    async fn the_newest_version_comes_first_until_all_are_forgotten(house: &House) {
        let mut transaction = house.begin().await;
        for later in [3, 10, 1] {
            policies::put(&mut transaction, TODAY.plus_days(later), &text("# A\n")).await.unwrap();
        }
        let days = [10, 3, 1].map(|later| TODAY.plus_days(later));
        assert_eq!(policies::days(&mut transaction).await.unwrap(), days);
        policies::forget_all(&mut transaction).await.unwrap();
        assert!(policies::days(&mut transaction).await.unwrap().is_empty());
    }
}

fn text(da: &str) -> PublicText {
    PublicText { da: da.to_owned(), en: "# A\n".to_owned() }
}
