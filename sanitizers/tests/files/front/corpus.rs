//! Real pictures: accepted and unchanged, or refused with a reason.

use crate::front::content::frames;
use crate::front::witness::identifying;
use crate::real;

#[test]
fn real_pictures_are_cleaned_without_a_change_or_refused_with_a_reason() {
    real::each(&["png"], |file| {
        assert_eq!(identifying(&file.copy), Vec::<String>::new(), "{}", file.name);
        assert!(frames(&file.original) == frames(&file.copy), "{}", file.name);
    });
}
