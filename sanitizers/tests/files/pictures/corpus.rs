//! Real pictures.

use sluse_sanitizers::{Kind, Report};

use crate::real;

/// Has each accepted picture of a format looked at: name, original, copy, report.
pub(crate) fn each(endings: &[&str], kind: Kind, look: impl Fn(&str, &[u8], &[u8], &Report)) {
    real::each(endings, |file| {
        if file.report.kind == kind {
            look(&file.name, &file.original, &file.copy, &file.report);
        }
    });
}
