//! The choice of a code that nobody can guess.

use serde::Serialize;

use crate::domain::CodeLength;
use crate::web::form::ProtectedForm;
use crate::web::view::View;

/// At the end of an address: a long code is wanted.
pub(super) const LONG: &str = "long";

/// The choice, as a page offers it.
#[derive(Debug, Serialize)]
pub(super) struct CodeChoice {
    offered: bool,
    chosen: bool,
    lengths: [usize; 2],
}

impl CodeChoice {
    /// For a first code.
    pub(super) fn first(view: &View) -> Self {
        CodeChoice::after(view, None)
    }

    /// For a code after one of this length. Not where it will be long in any case.
    pub(super) fn after(view: &View, before: Option<CodeLength>) -> Self {
        let is_long = |length| length == CodeLength::Long;
        CodeChoice {
            offered: !is_long(view.site.portal().code_length()) && !before.is_some_and(is_long),
            chosen: view.asked(LONG),
            lengths: CodeLength::ALL.map(CodeLength::digits),
        }
    }
}

/// Whether a form asks for a long code. What was chosen stays chosen on the page that answers.
pub(super) fn wants_long(view: &mut View, form: &ProtectedForm) -> bool {
    let long = form.get("code") == LONG;
    if long {
        view.ask(LONG);
    }
    long
}
