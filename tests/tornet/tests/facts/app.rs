//! A web server with one page, on a local port, for the onion service to forward to.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;

/// What every request gets.
pub(crate) const PAGE: &str = "a page behind an onion address";

/// Starts the server and returns its port.
pub(crate) fn start() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(serve(stream))));
    Ok(port)
}

fn serve(mut stream: TcpStream) -> io::Result<()> {
    let head = BufReader::new(stream.try_clone()?).lines();
    head.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);
    write!(stream, "HTTP/1.0 200 OK\r\n\r\n{PAGE}")
}

/// Asks for the page and returns it without the head.
pub(crate) fn get(mut stream: TcpStream) -> io::Result<String> {
    stream.write_all(b"GET / HTTP/1.0\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
    Ok(body.to_owned())
}
