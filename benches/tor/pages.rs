//! Page after page on a connection that is there.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::both::{Both, Keeper};
use crate::table::{Table, percentile};

const PAGES: usize = 200;
const MOST: Duration = Duration::from_millis(100);

pub fn measure(both: &Both, table: &mut Table) {
    for keeper in Keeper::ALL {
        let mut times = pages(both, keeper);
        let half = percentile(&mut times, 50);
        let what = format!("{}: warm page, p95 of {PAGES} (half within {half:.1?})", keeper.name());
        let slow = percentile(&mut times, 95);
        match keeper {
            Keeper::Arti => table.at_most(&what, slow, MOST),
            Keeper::CTor => table.line(&what, &format!("{slow:.2?}"), None),
        }
    }
}

fn pages(both: &Both, keeper: Keeper) -> Vec<Duration> {
    let stream = both.visitor(keeper, "pages").connect(80).unwrap();
    let mut stream = BufReader::new(stream);
    let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", both.address(keeper));
    let mut one = || {
        let begun = Instant::now();
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        read_answer(&mut stream);
        begun.elapsed()
    };
    one();
    (0..PAGES).map(|_| one()).collect()
}

fn read_answer(stream: &mut BufReader<TcpStream>) {
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        assert_ne!(stream.read_line(&mut line).unwrap(), 0, "the connection ended");
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).unwrap();
}
