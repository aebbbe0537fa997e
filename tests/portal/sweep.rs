//! What the sweep erases, and what it leaves alone although nothing names it.

use std::collections::HashSet;

use sluse::limits::DOUBTFUL_OBJECTS;
use sluse::store::drafts::{self, NewDraftFile};
use sluse::store::{FileId, ObjectId};
use sluse::vault::{Context, InstanceId, Key, Sealed};

use crate::support::House;

/// Puts files into the object store that no row names.
fn unnamed(house: &House, number: usize) -> HashSet<ObjectId> {
    let objects: HashSet<ObjectId> =
        std::iter::repeat_with(ObjectId::random).take(number).collect();
    for object in &objects {
        std::fs::write(house.config.objects().join(object.to_string()), b"sealed").unwrap();
    }
    objects
}

/// Drafts of one file each, all to be kept until the end of today.
async fn drafts_with_files(house: &House, number: usize) {
    let store = sluse::installation::open_store(&house.config).await.unwrap();
    let mut transaction = store.begin().await.unwrap();
    let context = Context::new("test", InstanceId([0; 16]));
    let sealed = Sealed::new(&Key::random(), &context, b"sealed");
    let today = house.clock.today();
    for object in unnamed(house, number) {
        let draft = sluse::domain::Ticket::random().id("test");
        assert!(drafts::save(&mut transaction, &draft, today, &sealed).await.unwrap());
        let (id, object) = (FileId::random(), Some(object));
        let file = NewDraftFile { id, draft: &draft, bytes: 6, manifest: &sealed, object };
        drafts::insert_file(&mut transaction, &file).await.unwrap();
    }
    transaction.commit().await.unwrap();
    store.close().await;
}

fn left(house: &House) -> usize {
    std::fs::read_dir(house.config.objects()).unwrap().count()
}

/// Two sweeps, an hour apart. Returns how many objects the second left because they are so
/// many.
async fn sweep_twice(house: &House) -> u64 {
    let (_, needless) = house.portal.sweep(Some(&HashSet::new())).await.unwrap();
    house.portal.sweep(Some(&needless)).await.unwrap().0.doubtful
}

#[tokio::test]
async fn a_start_with_an_older_database_costs_no_attachment() {
    let house = House::empty().await;
    unnamed(&house, 3);
    house.portal.sweep(None).await.unwrap();
    assert_eq!(left(&house), 3, "the rows may come back with the right database");
}

#[tokio::test]
async fn what_a_crash_left_half_written_is_gone_after_the_start() {
    let house = House::empty().await;
    let half = house.config.objects().join(format!("{}#1", ObjectId::random()));
    let spooled = house.config.spool().join("name");
    for file in [&half, &spooled] {
        std::fs::write(file, b"half").unwrap();
    }
    house.portal.sweep(None).await.unwrap();
    assert!(!half.exists() && !spooled.exists());
}

#[tokio::test]
async fn files_that_nothing_names_are_erased_after_an_hour_unless_they_are_so_many() {
    let house = House::empty().await;
    unnamed(&house, DOUBTFUL_OBJECTS);
    assert_eq!(sweep_twice(&house).await, 0);
    assert_eq!(left(&house), 0);
    unnamed(&house, DOUBTFUL_OBJECTS + 1);
    assert_eq!(sweep_twice(&house).await, DOUBTFUL_OBJECTS as u64 + 1);
    assert_eq!(left(&house), DOUBTFUL_OBJECTS + 1, "this may be the wrong database");
}

#[tokio::test]
async fn many_files_that_nothing_names_are_erased_beside_as_many_that_something_names() {
    let house = House::empty().await;
    let many = DOUBTFUL_OBJECTS + 1;
    drafts_with_files(&house, many).await;
    unnamed(&house, many + 1);
    assert_eq!(sweep_twice(&house).await, many as u64 + 1);
    assert_eq!(left(&house), 2 * many + 1);
    drafts_with_files(&house, 1).await;
    assert_eq!(sweep_twice(&house).await, 0);
    assert_eq!(left(&house), many + 1);
}

#[tokio::test]
async fn an_operator_who_is_sure_has_them_erased() {
    let house = House::empty().await;
    let many = unnamed(&house, DOUBTFUL_OBJECTS + 1);
    house.portal.sweep_even_many(Some(&many)).await.unwrap();
    assert_eq!(left(&house), 0);
}

/// Otherwise whoever saves enough drafts would stop the sweep for good.
#[tokio::test]
async fn the_files_of_drafts_that_end_are_erased_however_many_they_are() {
    let house = House::empty().await;
    drafts_with_files(&house, DOUBTFUL_OBJECTS + 1).await;
    house.clock.advance(86_400);
    let (swept, _) = house.portal.sweep(Some(&HashSet::new())).await.unwrap();
    assert_eq!((swept.drafts, swept.doubtful), (DOUBTFUL_OBJECTS as u64 + 1, 0));
    assert_eq!(left(&house), 0);
}
