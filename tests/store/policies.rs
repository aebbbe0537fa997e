//! Versions of the policy.

use sluse::store::policies::{self, PolicyRow, PublicText};

use crate::rows::TODAY;

on_both_engines! {
    async fn a_version_is_read_as_it_was_written_and_never_written_over(house: &House) {
        let mut transaction = house.begin().await;
        assert_eq!(policies::get(&mut transaction, 1).await.unwrap(), None);
        assert!(policies::insert(&mut transaction, &version(1, "# Æ\n")).await.unwrap());
        assert!(!policies::insert(&mut transaction, &version(1, "# Ø\n")).await.unwrap());
        let read = policies::get(&mut transaction, 1).await.unwrap();
        assert_eq!(read, Some(version(1, "# Æ\n")));
    }

    async fn the_newest_version_comes_first(house: &House) {
        let mut transaction = house.begin().await;
        assert!(policies::all(&mut transaction).await.unwrap().is_empty());
        for number in 1..=10 {
            policies::insert(&mut transaction, &version(number, "# A\n")).await.unwrap();
        }
        let all = policies::all(&mut transaction).await.unwrap();
        assert_eq!(all.len(), 10);
        assert_eq!(all[0], (10, TODAY.plus_days(10)));
        assert_eq!(all[9], (1, TODAY.plus_days(1)));
    }
}

fn version(number: i64, da: &str) -> PolicyRow {
    let text = PublicText { da: da.to_owned(), en: "# A\n".to_owned() };
    PolicyRow { number, since_on: TODAY.plus_days(number), text }
}
