//! One large upload on a circuit of its own.

use std::time::Instant;

use crate::both::{Both, Keeper};
use crate::browser::head;
use crate::support::browser::{BOUNDARY, Upload, multipart};
use crate::table::Table;

const PAIRS: usize = 9;
const BYTES: usize = 10_000_000;

pub fn measure(both: &Both, table: &mut Table) {
    // No format at all: it is received whole and then refused at once.
    let file: Vec<u8> = (0..BYTES).map(|n| (n % 251) as u8).collect();
    let mut ratios = Vec::new();
    let mut rates = [Vec::new(), Vec::new()];
    for pair in 0..PAIRS {
        // Who goes first changes, so that neither gains by it.
        let mut order = [(0, Keeper::Arti), (1, Keeper::CTor)];
        order.rotate_left(pair % 2);
        for (which, keeper) in order {
            rates[which].push(upload(both, keeper, &format!("upload {pair}"), &file));
        }
        ratios.push(rates[0][pair] / rates[1][pair]);
    }
    for (keeper, rates) in Keeper::ALL.into_iter().zip(rates) {
        let what = format!("10 MB upload by {}, median of {PAIRS}", keeper.name());
        table.line(&what, &format!("{:.2} MB/s", median(rates) / 1e6), None);
    }
    let ratio = median(ratios);
    let goal = Some(("at least 0.5, better 1.0", ratio >= 0.5));
    table.line("rate of arti in times of C tor, median of pairs", &format!("{ratio:.2}"), goal);
}

/// Bytes in a second, from the first byte of the form to the last of the answer.
fn upload(both: &Both, keeper: Keeper, name: &str, file: &[u8]) -> f64 {
    let visitor = both.visitor(keeper, name);
    let form = visitor.get("/report", "");
    let fields = [("token".to_owned(), form.token()), ("text".to_owned(), "Stor fil.".to_owned())];
    let body = multipart(&fields, &[Upload { name: "fil.bin", bytes: file }]);
    let kind = format!(
        "Content-Type: multipart/form-data; boundary={BOUNDARY}\r\nContent-Length: {}\r\n",
        body.len()
    );
    let head = head("POST", "/report", both.address(keeper), &form.cookies(), &kind);
    let request = [head.as_bytes(), &body].concat();
    let begun = Instant::now();
    let answer = visitor.send(&request).unwrap();
    let took = begun.elapsed();
    assert_eq!((answer.status, answer.header("location")), (303, Some("/report/check")));
    body.len() as f64 / took.as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
