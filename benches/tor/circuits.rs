//! Many people at once, each on a fresh circuit: nobody may be left outside.

use std::time::{Duration, Instant};

use crate::both::{Both, Keeper};
use crate::table::{Table, percentile};

const PEOPLE: usize = 100;
const ROUNDS: usize = 3;

pub fn measure(both: &Both, table: &mut Table) {
    let mut times = [Vec::new(), Vec::new()];
    let mut errors = [0, 0];
    for round in 0..ROUNDS {
        let mut order = [(0, Keeper::Arti), (1, Keeper::CTor)];
        order.rotate_left(round % 2);
        for (which, keeper) in order {
            let begun = Instant::now();
            errors[which] += PEOPLE - served(both, keeper, round);
            times[which].push(begun.elapsed());
        }
    }
    let [mut ours, mut theirs] = times;
    let (ours, theirs) = (percentile(&mut ours, 50), percentile(&mut theirs, 50));
    let asked = PEOPLE * ROUNDS;
    table.line(&format!("C tor: {PEOPLE} fresh circuits"), &format!("{theirs:.2?}"), None);
    table.line("C tor: errors", &format!("{} of {asked}", errors[1]), None);
    table.at_most(&format!("arti: {PEOPLE} fresh circuits"), ours, theirs.mul_f64(1.5));
    let measured = format!("{} of {asked}", errors[0]);
    table.line("arti: errors", &measured, Some(("none", errors[0] == 0)));
}

/// How many of them got the front page.
fn served(both: &Both, keeper: Keeper, round: usize) -> usize {
    std::thread::scope(|scope| {
        let visits: Vec<_> = (0..PEOPLE)
            .map(|person| {
                scope.spawn(move || {
                    let visitor = both.visitor(keeper, &format!("fresh {round} {person}"));
                    let request = crate::browser::head("GET", "/", both.address(keeper), "", "");
                    visitor.send(request.as_bytes()).is_ok_and(|answer| answer.status == 200)
                })
            })
            .collect();
        visits.into_iter().map(|visit| usize::from(visit.join().unwrap())).sum()
    })
}
