//! Connecting through a SOCKS port (RFC 1928, with the names of RFC 1929).
//!
//! tor never shares a circuit between two SOCKS user names. A test that wants to be
//! somebody else gives another name.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// tor itself gives up on a request after two minutes.
const ANSWER_WITHIN: Duration = Duration::from_secs(130);

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum SocksError {
    /// The proxy says why: a code of RFC 1928, or 0xF0 to 0xF7 for what tor knows
    /// about the onion service (proposal 304).
    #[error("the proxy refused with code {0:#04x}")]
    Refused(u8),
    /// A name is longer than the protocol can say.
    #[error("a name has more than 255 bytes")]
    TooLong,
    /// The connection to the proxy failed.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// tor: the onion service cannot be found or reached.
pub const ONION_NOT_FOUND: u8 = 0xF0;
/// tor: the onion service wants a client key, and the client has none.
pub const ONION_NEEDS_CLIENT_KEY: u8 = 0xF4;

/// Connects to `host` and `port` through the proxy, on the circuits of `isolation`.
pub fn connect(
    proxy: SocketAddr,
    isolation: &str,
    host: &str,
    port: u16,
) -> Result<TcpStream, SocksError> {
    let mut stream = TcpStream::connect(proxy)?;
    stream.set_read_timeout(Some(ANSWER_WITHIN))?;
    sign_in(&mut stream, isolation)?;
    request(&mut stream, host, port)?;
    stream.set_read_timeout(None)?;
    Ok(stream)
}

/// Offers only "user name and password", so that isolation cannot be lost silently.
fn sign_in(stream: &mut TcpStream, isolation: &str) -> Result<(), SocksError> {
    stream.write_all(&[5, 1, 2])?;
    expect(stream, [5, 2])?;
    let mut message = vec![1];
    push(&mut message, isolation)?;
    push(&mut message, "x")?;
    stream.write_all(&message)?;
    expect(stream, [1, 0])
}

fn request(stream: &mut TcpStream, host: &str, port: u16) -> Result<(), SocksError> {
    let mut message = vec![5, 1, 0, 3];
    push(&mut message, host)?;
    message.extend(port.to_be_bytes());
    stream.write_all(&message)?;
    let [_, code, _, kind] = read(stream)?;
    if code != 0 {
        return Err(SocksError::Refused(code));
    }
    match kind {
        1 => read::<6>(stream).map(drop),
        4 => read::<18>(stream).map(drop),
        // tor answers with an IP address even if asked for a name.
        _ => Err(io::Error::from(io::ErrorKind::InvalidData).into()),
    }
}

fn push(message: &mut Vec<u8>, name: &str) -> Result<(), SocksError> {
    message.push(u8::try_from(name.len()).map_err(|_| SocksError::TooLong)?);
    message.extend(name.as_bytes());
    Ok(())
}

fn expect(stream: &mut TcpStream, answer: [u8; 2]) -> Result<(), SocksError> {
    if read(stream)? == answer {
        Ok(())
    } else {
        Err(io::Error::from(io::ErrorKind::PermissionDenied).into())
    }
}

fn read<const N: usize>(stream: &mut TcpStream) -> Result<[u8; N], SocksError> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}
