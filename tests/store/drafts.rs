//! Drafts and their files.

use sluse::store::{CaseId, Connection, FileId, ObjectId, drafts};
use sluse::vault::LookupId;

use crate::rows::{TODAY, add_file, lookup, mark_sent, save_draft, sealed, text};

/// True if the draft is found by this code from now on.
async fn save_for_later(connection: &mut Connection, draft: &LookupId, code: &LookupId) -> bool {
    let (ticket, kept) = (sealed("ticket"), sealed("kept code"));
    drafts::save_for_later(connection, draft, code, &ticket, &kept).await.unwrap()
}

on_both_engines! {
    async fn a_draft_is_read_as_it_was_saved(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY.plus_days(1)).await;
        let row = drafts::get(&mut *house.connect().await, &draft).await.unwrap().unwrap();
        assert_eq!(row.expires_on, TODAY.plus_days(1));
        assert_eq!(text(&row.body), "draft");
        assert!(row.case.is_none() && row.code.is_none(), "not sent yet");
    }

    async fn drafts_are_counted_and_sent_ones_with_them(house: &House) {
        let mut connection = house.connect().await;
        assert_eq!(drafts::count(&mut connection).await.unwrap(), 0);
        drop(connection);
        let (one, other) = (lookup(), lookup());
        save_draft(house, &one, TODAY).await;
        save_draft(house, &other, TODAY).await;
        let mut transaction = house.begin().await;
        assert!(mark_sent(&mut transaction, &one, CaseId::random()).await);
        assert_eq!(drafts::count(&mut transaction).await.unwrap(), 2);
        drafts::erase(&mut transaction, &one).await.unwrap();
        assert_eq!(drafts::count(&mut transaction).await.unwrap(), 1);
    }

    async fn another_cookie_finds_no_draft(house: &House) {
        save_draft(house, &lookup(), TODAY).await;
        assert!(drafts::get(&mut *house.connect().await, &lookup()).await.unwrap().is_none());
    }

    async fn saving_again_replaces_text_and_day_and_keeps_the_files(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        add_file(&mut transaction, &draft, 5, None).await;
        let day = TODAY.plus_days(3);
        assert!(drafts::save(&mut transaction, &draft, day, &sealed("better")).await.unwrap());
        let row = drafts::get(&mut transaction, &draft).await.unwrap().unwrap();
        assert_eq!((text(&row.body).as_str(), row.expires_on), ("better", day));
        assert_eq!(drafts::files(&mut transaction, &draft).await.unwrap().len(), 1);
    }

    async fn a_sent_draft_holds_its_case_and_its_code_until_a_day_of_its_own(house: &House) {
        let (draft, case) = (lookup(), CaseId::random());
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        assert!(mark_sent(&mut transaction, &draft, case).await);
        let row = drafts::get(&mut transaction, &draft).await.unwrap().unwrap();
        assert_eq!(row.case, Some(case));
        assert_eq!((text(&row.body).as_str(), row.expires_on), ("", TODAY.plus_days(1)));
        assert_eq!(text(&row.code.unwrap()), "code");
        assert_eq!(drafts::erase_expired(&mut transaction, TODAY.plus_days(1)).await.unwrap(), 0);
    }

    async fn a_draft_that_is_saved_for_later_is_found_by_its_code_until_it_is_sent(house: &House) {
        let (draft, code) = (lookup(), lookup());
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        assert!(save_for_later(&mut transaction, &draft, &code).await);
        let (found, ticket) = drafts::find_saved(&mut transaction, &code).await.unwrap().unwrap();
        assert_eq!((found, text(&ticket).as_str()), (draft, "ticket"));
        let row = drafts::get(&mut transaction, &draft).await.unwrap().unwrap();
        assert!(row.case.is_none());
        assert_eq!(text(&row.code.unwrap()), "kept code");
        assert!(drafts::find_saved(&mut transaction, &lookup()).await.unwrap().is_none());
        drafts::forget_saved(&mut transaction, &draft).await.unwrap();
        assert!(drafts::find_saved(&mut transaction, &code).await.unwrap().is_none());
    }

    async fn a_draft_has_one_code_and_a_sent_one_gets_no_other(house: &House) {
        let (draft, sent) = (lookup(), lookup());
        save_draft(house, &draft, TODAY).await;
        save_draft(house, &sent, TODAY).await;
        let mut transaction = house.begin().await;
        let (first, second) = (lookup(), lookup());
        assert!(save_for_later(&mut transaction, &draft, &first).await);
        assert!(!save_for_later(&mut transaction, &draft, &second).await);
        assert!(mark_sent(&mut transaction, &sent, CaseId::random()).await);
        assert!(!save_for_later(&mut transaction, &sent, &second).await);
        assert!(!save_for_later(&mut transaction, &lookup(), &second).await, "no such draft");
        assert!(drafts::find_saved(&mut transaction, &second).await.unwrap().is_none());
    }

    async fn a_code_that_opened_its_draft_ends_and_another_does_not(house: &House) {
        let (opened, other) = (lookup(), lookup());
        let (code, kept) = (lookup(), lookup());
        save_draft(house, &opened, TODAY).await;
        save_draft(house, &other, TODAY).await;
        let mut transaction = house.begin().await;
        assert!(save_for_later(&mut transaction, &opened, &code).await);
        assert!(save_for_later(&mut transaction, &other, &kept).await);
        let was_opened = async |transaction: &mut _, draft: &_| {
            drafts::get(transaction, draft).await.unwrap().unwrap().was_opened
        };
        assert!(!was_opened(&mut transaction, &opened).await);
        drafts::note_opened(&mut transaction, &opened).await.unwrap();
        assert!(was_opened(&mut transaction, &opened).await);
        for draft in [&opened, &other] {
            drafts::forget_opened(&mut transaction, draft).await.unwrap();
        }
        for (draft, code, is_there) in [(&opened, &code, false), (&other, &kept, true)] {
            let found = drafts::find_saved(&mut transaction, code).await.unwrap();
            assert_eq!(found.is_some(), is_there);
            let row = drafts::get(&mut transaction, draft).await.unwrap().unwrap();
            assert_eq!(row.code.is_some(), is_there);
        }
    }

    async fn a_file_moves_to_another_draft_as_it_is_sealed_there(house: &House) {
        let (from, to) = (lookup(), lookup());
        save_draft(house, &from, TODAY).await;
        save_draft(house, &to, TODAY).await;
        let mut transaction = house.begin().await;
        add_file(&mut transaction, &from, 5, None).await;
        let file = drafts::files(&mut transaction, &from).await.unwrap().pop().unwrap();
        let manifest = sealed("anew");
        let ids = (file.id, FileId::random());
        drafts::move_file(&mut transaction, (&from, &to), ids, &manifest).await.unwrap();
        assert!(drafts::files(&mut transaction, &from).await.unwrap().is_empty());
        let moved = drafts::files(&mut transaction, &to).await.unwrap().pop().unwrap();
        assert_eq!((moved.id, text(&moved.manifest).as_str()), (ids.1, "anew"));
    }

    async fn a_draft_that_is_there_is_not_begun_again(house: &House) {
        let (old, new) = (lookup(), lookup());
        save_draft(house, &old, TODAY).await;
        let mut transaction = house.begin().await;
        for (draft, body) in [(&old, "draft"), (&new, "empty")] {
            drafts::begin(&mut transaction, draft, TODAY, &sealed("empty")).await.unwrap();
            let row = drafts::get(&mut transaction, draft).await.unwrap().unwrap();
            assert_eq!(text(&row.body), body);
        }
    }

    async fn a_code_goes_with_its_draft(house: &House) {
        let (draft, code) = (lookup(), lookup());
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        assert!(save_for_later(&mut transaction, &draft, &code).await);
        drafts::erase(&mut transaction, &draft).await.unwrap();
        assert!(drafts::find_saved(&mut transaction, &code).await.unwrap().is_none());
    }

    async fn the_receipt_of_one_case_is_erased_and_no_other(house: &House) {
        let (mine, yours, unsent) = (lookup(), lookup(), lookup());
        let case = CaseId::random();
        for draft in [&mine, &yours, &unsent] {
            save_draft(house, draft, TODAY).await;
        }
        let mut transaction = house.begin().await;
        assert!(mark_sent(&mut transaction, &mine, case).await);
        assert!(mark_sent(&mut transaction, &yours, CaseId::random()).await);
        drafts::erase_receipt(&mut transaction, case).await.unwrap();
        for (draft, is_there) in [(&mine, false), (&yours, true), (&unsent, true)] {
            let row = drafts::get(&mut transaction, draft).await.unwrap();
            assert_eq!(row.is_some(), is_there);
        }
    }

    async fn a_draft_is_sent_once(house: &House) {
        let (draft, first) = (lookup(), CaseId::random());
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        for (case, sent) in [(first, true), (CaseId::random(), false)] {
            assert_eq!(mark_sent(&mut transaction, &draft, case).await, sent);
        }
        let row = drafts::get(&mut transaction, &draft).await.unwrap().unwrap();
        assert_eq!(row.case, Some(first));
    }

    async fn a_draft_that_is_not_there_is_not_sent(house: &House) {
        let mut transaction = house.begin().await;
        assert!(!mark_sent(&mut transaction, &lookup(), CaseId::random()).await);
    }

    async fn of_two_requests_that_send_at_once_one_wins(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let send = || {
            let store = house.store.clone();
            async move {
                let mut transaction = store.begin().await.unwrap();
                let case = CaseId::random();
                let sent = mark_sent(&mut transaction, &draft, case).await;
                transaction.commit().await.unwrap();
                (sent, case)
            }
        };
        let (one, other) = tokio::join!(send(), send());
        assert!(one.0 ^ other.0, "exactly one");
        let winner = if one.0 { one.1 } else { other.1 };
        let row = drafts::get(&mut *house.connect().await, &draft).await.unwrap().unwrap();
        assert_eq!(row.case, Some(winner));
    }

    async fn of_two_that_send_at_once_the_other_wins_if_the_first_gives_up(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let mut first = house.begin().await;
        let case = CaseId::random();
        assert!(mark_sent(&mut first, &draft, case).await);
        let second = async {
            let mut second = house.begin().await;
            let sent = mark_sent(&mut second, &draft, case).await;
            second.commit().await.unwrap();
            sent
        };
        let (sent, ()) = tokio::join!(second, async { first.rollback().await.unwrap() });
        assert!(sent);
    }

    async fn a_sent_draft_takes_no_new_text(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        assert!(mark_sent(&mut transaction, &draft, CaseId::random()).await);
        let day = TODAY.plus_days(9);
        assert!(!drafts::save(&mut transaction, &draft, day, &sealed("late")).await.unwrap());
        let row = drafts::get(&mut transaction, &draft).await.unwrap().unwrap();
        assert_eq!((text(&row.body).as_str(), row.expires_on), ("", TODAY.plus_days(1)));
    }

    async fn erasing_a_draft_takes_its_files_and_no_other_draft(house: &House) {
        let (one, other) = (lookup(), lookup());
        let mut transaction = {
            save_draft(house, &one, TODAY).await;
            save_draft(house, &other, TODAY).await;
            house.begin().await
        };
        add_file(&mut transaction, &one, 5, None).await;
        add_file(&mut transaction, &other, 7, None).await;
        drafts::erase(&mut transaction, &one).await.unwrap();
        assert!(drafts::get(&mut transaction, &one).await.unwrap().is_none());
        assert!(drafts::files(&mut transaction, &one).await.unwrap().is_empty());
        assert!(drafts::get(&mut transaction, &other).await.unwrap().is_some());
        assert_eq!(drafts::usage_of_all(&mut transaction).await.unwrap(), 7);
    }

    async fn a_draft_expires_when_its_last_day_is_over(house: &House) {
        let days = [-1, 0, 1].map(|days| TODAY.plus_days(days));
        let drafts_by_day = days.map(|day| (lookup(), day));
        for (draft, day) in &drafts_by_day {
            save_draft(house, draft, *day).await;
        }
        let mut transaction = house.begin().await;
        assert_eq!(drafts::erase_expired(&mut transaction, TODAY).await.unwrap(), 1);
        assert_eq!(drafts::erase_expired(&mut transaction, TODAY).await.unwrap(), 0);
        for (draft, day) in &drafts_by_day {
            let row = drafts::get(&mut transaction, draft).await.unwrap();
            assert_eq!(row.is_some(), *day >= TODAY);
        }
    }

    async fn a_draft_that_is_begun_anew_is_not_taken_for_one_that_is_over(house: &House) {
        for (day, is_kept) in [(-1, false), (0, true)] {
            let (draft, other) = (lookup(), lookup());
            save_draft(house, &draft, TODAY.plus_days(day)).await;
            save_draft(house, &other, TODAY.plus_days(-1)).await;
            let mut transaction = house.begin().await;
            drafts::erase_if_over(&mut transaction, &draft, TODAY).await.unwrap();
            assert_eq!(drafts::get(&mut transaction, &draft).await.unwrap().is_some(), is_kept);
            assert!(drafts::get(&mut transaction, &other).await.unwrap().is_some());
            transaction.rollback().await.unwrap();
        }
    }

    async fn a_draft_that_expires_takes_its_files(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        add_file(&mut transaction, &draft, 5, Some(ObjectId::random())).await;
        let gone = drafts::erase_expired(&mut transaction, TODAY.plus_days(1)).await.unwrap();
        assert_eq!(gone, 1);
        assert_eq!(drafts::usage_of_all(&mut transaction).await.unwrap(), 0);
    }

    async fn a_draft_that_is_kept_for_longer_does_not_expire(house: &House) {
        let (one, other) = (lookup(), lookup());
        save_draft(house, &one, TODAY).await;
        save_draft(house, &other, TODAY).await;
        let mut transaction = house.begin().await;
        drafts::keep_until(&mut transaction, &one, TODAY, TODAY.plus_days(2)).await.unwrap();
        drafts::erase_expired(&mut transaction, TODAY.plus_days(2)).await.unwrap();
        assert!(drafts::get(&mut transaction, &one).await.unwrap().is_some());
        assert!(drafts::get(&mut transaction, &other).await.unwrap().is_none());
    }

    async fn files_come_in_the_order_in_which_they_came(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        let mut ids = Vec::new();
        for object in [Some(ObjectId::random()), None, Some(ObjectId::random())] {
            ids.push((add_file(&mut transaction, &draft, 5, object).await, object));
        }
        // A gap in the middle does not change who comes last.
        drafts::remove_file(&mut transaction, &draft, ids.remove(1).0).await.unwrap();
        ids.push((add_file(&mut transaction, &draft, 5, None).await, None));
        let rows = drafts::files(&mut transaction, &draft).await.unwrap();
        assert!(rows.iter().all(|row| text(&row.manifest) == "manifest"));
        let read: Vec<_> = rows.iter().map(|row| (row.id, row.object)).collect();
        assert_eq!(read, ids);
    }

    async fn a_file_that_is_taken_out_tells_its_object(house: &House) {
        let (draft, object) = (lookup(), ObjectId::random());
        save_draft(house, &draft, TODAY).await;
        let mut transaction = house.begin().await;
        let file = add_file(&mut transaction, &draft, 5, Some(object)).await;
        let refused = add_file(&mut transaction, &draft, 0, None).await;
        let found = drafts::file(&mut transaction, &draft, file).await.unwrap().unwrap();
        assert_eq!((found.id, found.object), (file, Some(object)));
        let gone = drafts::remove_file(&mut transaction, &draft, file).await.unwrap();
        assert_eq!(gone, Some(object));
        assert!(drafts::file(&mut transaction, &draft, file).await.unwrap().is_none());
        let gone = drafts::remove_file(&mut transaction, &draft, file).await.unwrap();
        assert_eq!(gone, None, "the second time");
        let gone = drafts::remove_file(&mut transaction, &draft, refused).await.unwrap();
        assert_eq!(gone, None, "a refused file has no object");
        assert!(drafts::files(&mut transaction, &draft).await.unwrap().is_empty());
    }

    async fn nobody_takes_a_file_out_of_another_draft(house: &House) {
        let (one, other) = (lookup(), lookup());
        save_draft(house, &one, TODAY).await;
        save_draft(house, &other, TODAY).await;
        let mut transaction = house.begin().await;
        let file = add_file(&mut transaction, &one, 5, Some(ObjectId::random())).await;
        assert!(drafts::file(&mut transaction, &other, file).await.unwrap().is_none());
        let gone = drafts::remove_file(&mut transaction, &other, file).await.unwrap();
        assert_eq!(gone, None);
        let gone = drafts::remove_file(&mut transaction, &one, FileId::random()).await.unwrap();
        assert_eq!(gone, None);
        assert_eq!(drafts::files(&mut transaction, &one).await.unwrap().len(), 1);
    }

    async fn all_files_are_taken_out_of_their_draft_and_of_no_other(house: &House) {
        let (one, other) = (lookup(), lookup());
        save_draft(house, &one, TODAY).await;
        save_draft(house, &other, TODAY).await;
        let mut transaction = house.begin().await;
        for draft in [&one, &one, &other] {
            add_file(&mut transaction, draft, 5, None).await;
        }
        drafts::remove_files(&mut transaction, &one).await.unwrap();
        assert!(drafts::files(&mut transaction, &one).await.unwrap().is_empty());
        assert_eq!(drafts::files(&mut transaction, &other).await.unwrap().len(), 1);
        assert!(drafts::get(&mut transaction, &one).await.unwrap().is_some());
    }

    async fn a_file_needs_a_draft(house: &House) {
        let mut transaction = house.begin().await;
        let (draft, manifest) = (lookup(), sealed("manifest"));
        let new = drafts::NewDraftFile {
            id: FileId::random(),
            draft: &draft,
            bytes: 1,
            manifest: &manifest,
            object: None,
        };
        assert!(drafts::insert_file(&mut transaction, &new).await.is_err());
    }

    async fn usage_counts_files_and_bytes_of_one_draft_and_of_all(house: &House) {
        let (one, other) = (lookup(), lookup());
        let mut connection = house.connect().await;
        let none = drafts::Usage { files: 0, rows: 0, bytes: 0 };
        assert_eq!(drafts::usage(&mut connection, &one).await.unwrap(), none);
        assert_eq!(drafts::usage_of_all(&mut connection).await.unwrap(), 0);
        drop(connection);
        save_draft(house, &one, TODAY).await;
        save_draft(house, &other, TODAY).await;
        let mut transaction = house.begin().await;
        let large = 3 << 40;
        for (draft, bytes) in [(&one, large), (&one, 5), (&other, 7)] {
            add_file(&mut transaction, draft, bytes, Some(ObjectId::random())).await;
        }
        add_file(&mut transaction, &one, 0, None).await;
        let [of_one, of_other] = [
            drafts::Usage { files: 2, rows: 3, bytes: large + 5 },
            drafts::Usage { files: 1, rows: 1, bytes: 7 },
        ];
        assert_eq!(drafts::usage(&mut transaction, &one).await.unwrap(), of_one);
        assert_eq!(drafts::usage(&mut transaction, &other).await.unwrap(), of_other);
        assert_eq!(drafts::usage_of_all(&mut transaction).await.unwrap(), large + 12);
    }

    async fn a_file_that_comes_while_a_draft_is_sent_finds_it_sent(house: &House) {
        let draft = lookup();
        save_draft(house, &draft, TODAY).await;
        let mut sending = house.begin().await;
        let case = CaseId::random();
        assert!(mark_sent(&mut sending, &draft, case).await);
        let coming = async {
            let mut transaction = house.begin().await;
            // First the write, then the look: the write waits for whoever is sending.
            drafts::keep_until(&mut transaction, &draft, TODAY, TODAY).await.unwrap();
            drafts::get(&mut transaction, &draft).await.unwrap().unwrap().case
        };
        let (found, ()) = tokio::join!(coming, async { sending.commit().await.unwrap() });
        assert_eq!(found, Some(case));
    }
}
