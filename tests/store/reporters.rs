//! Reporters, found by what their code gives.

use sluse::store::ReporterId;
use sluse::store::reporters::{self, NewReporter};

use crate::rows::{is_taken, lookup, public, sealed, text, write_case};

on_both_engines! {
    async fn a_reporter_is_found_by_the_lookup_id_of_the_code(house: &House) {
        let (whole, _) = (write_case(house).await, write_case(house).await);
        let found = reporters::find(&mut *house.connect().await, &whole.lookup).await.unwrap();
        let found = found.unwrap();
        assert_eq!(found.case, whole.row.id);
        assert_eq!(text(&found.seed), "seed");
    }

    async fn a_new_code_finds_and_the_old_one_finds_nobody(house: &House) {
        let (whole, other) = (write_case(house).await, write_case(house).await);
        let new = lookup();
        let mut transaction = house.begin().await;
        let reporter =
            reporters::find(&mut transaction, &whole.lookup).await.unwrap().unwrap().id;
        let both = (&whole.lookup, &new);
        let seed = sealed("new seed");
        assert!(reporters::change_code(&mut transaction, reporter, both, &seed).await.unwrap());
        let found = reporters::find(&mut transaction, &new).await.unwrap().unwrap();
        assert_eq!((found.id, found.case), (reporter, whole.row.id));
        assert_eq!(text(&found.seed), "new seed");
        assert!(reporters::find(&mut transaction, &whole.lookup).await.unwrap().is_none());
        let kept = reporters::find(&mut transaction, &other.lookup).await.unwrap().unwrap();
        assert_eq!(text(&kept.seed), "seed", "nobody else's code was changed");
    }

    async fn a_code_that_was_changed_meanwhile_is_not_changed_again(house: &House) {
        let whole = write_case(house).await;
        let (first, second) = (lookup(), lookup());
        let mut transaction = house.begin().await;
        let reporter =
            reporters::find(&mut transaction, &whole.lookup).await.unwrap().unwrap().id;
        for (new, is_changed) in [(&first, true), (&second, false)] {
            let both = (&whole.lookup, new);
            let done = reporters::change_code(&mut transaction, reporter, both, &sealed("x")).await;
            assert_eq!(done.unwrap(), is_changed);
        }
        let elsewhere = (&first, &second);
        let stranger = ReporterId::random();
        let done = reporters::change_code(&mut transaction, stranger, elsewhere, &sealed("x")).await;
        assert!(!done.unwrap());
        assert!(reporters::find(&mut transaction, &second).await.unwrap().is_none());
    }

    async fn another_lookup_id_finds_nobody(house: &House) {
        write_case(house).await;
        let found = reporters::find(&mut *house.connect().await, &lookup()).await.unwrap();
        assert!(found.is_none());
    }

    async fn two_reporters_never_share_a_lookup_id(house: &House) {
        let whole = write_case(house).await;
        let mut transaction = house.begin().await;
        let new = NewReporter {
            id: ReporterId::random(),
            lookup: &whole.lookup,
            case: whole.row.id,
            public_key: &public(3),
            seed: &sealed("another seed"),
        };
        assert!(is_taken(reporters::insert(&mut transaction, &new).await));
    }
}
