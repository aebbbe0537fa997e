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
