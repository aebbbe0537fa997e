//! Words and bytes that exist nowhere but where a person put them.

use std::collections::BTreeMap;

use data_encoding::{BASE64, HEXLOWER};
use memchr::memmem;
use sluse::vault::random;

/// What one person typed, sent or was given, in every form it could take.
struct Canary {
    what: &'static str,
    forms: Vec<Vec<u8>>,
}

/// All of them.
#[derive(Default)]
pub struct Canaries(Vec<Canary>);

/// What was found, and where.
pub type Found = BTreeMap<&'static str, Vec<String>>;

impl Canaries {
    /// A new word.
    pub fn word(&mut self, what: &'static str) -> String {
        let word = format!("k{}n", HEXLOWER.encode(&random::<8>()));
        self.text(what, &word);
        word
    }

    /// New words in a row.
    pub fn words(&mut self, what: &'static str, number: usize) -> String {
        let words: Vec<String> = (0..number).map(|_| self.word(what)).collect();
        words.join(" ")
    }

    /// A text that is there already.
    pub fn text(&mut self, what: &'static str, text: &str) {
        let wide = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut forms = encodings(text.as_bytes());
        forms.push(wide);
        self.0.push(Canary { what, forms });
    }

    /// Bytes that are no text.
    pub fn bytes(&mut self, what: &'static str, bytes: &[u8]) {
        self.0.push(Canary { what, forms: encodings(bytes) });
    }

    /// A code, in the six spellings that people use: each counts.
    pub fn code(&mut self, what: &'static str, in_groups: &str) {
        for between in ["", " ", "-", "+", "%20", "\u{a0}"] {
            self.text(what, &in_groups.replace(' ', between));
        }
    }

    /// Windows out of the second half of bytes that were sent: before it stand tables that
    /// every picture has.
    pub fn windows(&mut self, what: &'static str, bytes: &[u8], number: usize) {
        for nth in 1..=number {
            let half = bytes.len() / 2;
            let at = half + nth * half / (number + 1);
            self.bytes(what, &bytes[at..at + 16]);
        }
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Looks for every form of every canary.
    pub fn find(&self, place: &str, hay: &[u8], found: &mut Found) {
        for canary in &self.0 {
            for form in &canary.forms {
                for at in memmem::find_iter(hay, form) {
                    let around = &hay[at.saturating_sub(48)..(at + 64).min(hay.len())];
                    let place = format!("{place} at {at:#x}: {}", around.escape_ascii());
                    found.entry(canary.what).or_default().push(place);
                }
            }
        }
    }
}

/// As it is, in hexadecimal, and as it looks inside Base64 at each of three places.
fn encodings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let inside = (0..3).map(|before| {
        let text = BASE64.encode(&[&[0; 3][..before], bytes].concat());
        // Letters at both ends also depend on what stands beside it.
        text.as_bytes()[4..text.len() - 4].to_vec()
    });
    let hexadecimal = HEXLOWER.encode(bytes).into_bytes();
    [bytes.to_vec(), hexadecimal].into_iter().chain(inside).collect()
}
