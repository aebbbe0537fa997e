use std::io::Read;

use serde_json::Value;
use sha2::{Digest, Sha512};

use super::*;

const WYCHEPROOF: &str =
    include_str!("../../../tests/vectors/c2sp_chunked_encryption_aes_256_gcm_test.json");

fn hex_field(vector: &Value, name: &str) -> Vec<u8> {
    hex::decode(vector[name].as_str().unwrap()).unwrap()
}

/// The published vectors of the format: valid messages open to the right bytes, and
/// every cut, swapped, extended or changed one is refused.
#[test]
fn every_wycheproof_vector_of_cobblestone_256_holds() {
    let vectors: Value = serde_json::from_str(WYCHEPROOF).unwrap();
    let (mut valid, mut refused) = (0, 0);
    for group in vectors["testGroups"].as_array().unwrap() {
        for vector in group["tests"].as_array().unwrap() {
            let mut sealed = Vec::new();
            flate2::read::ZlibDecoder::new(&hex_field(vector, "ct")[..])
                .read_to_end(&mut sealed)
                .unwrap();
            let context = hex_field(vector, "ctx");
            let opened = Key::from_slice(&hex_field(vector, "key"))
                .and_then(|key| open(&key, &context, &sealed).ok());
            let name = format!("tc{}: {}", vector["tcId"], vector["comment"]);
            if vector["result"] == "valid" {
                let plain = opened.expect(&name);
                assert_eq!(hex::encode(Sha512::digest(&*plain)), vector["msgSha512"], "{name}");
                valid += 1;
            } else {
                assert!(opened.is_none(), "{name}");
                refused += 1;
            }
        }
    }
    assert_eq!(Some(valid + refused), vectors["numberOfTests"].as_u64());
    assert_eq!((valid, refused), (10, 25));
}

const LENGTHS: [usize; 9] = [
    0,
    1,
    CHUNK - 1,
    CHUNK,
    CHUNK + 1,
    2 * CHUNK - 1,
    2 * CHUNK,
    3 * CHUNK + 5,
    (256 + 2) * CHUNK + 9,
];

fn plain(length: usize) -> Vec<u8> {
    (0..=250u8).cycle().take(length).collect()
}

#[test]
fn an_independent_implementation_opens_what_we_seal_and_the_other_way() {
    let bytes: [u8; 32] = random();
    let (ours, theirs) = (Key::from_bytes(bytes), cobblestone::Key256::from_bytes(&bytes));
    for length in LENGTHS {
        let message = plain(length);
        let sealed = seal(&ours, b"context", &message);
        assert_eq!(cobblestone::decrypt(&theirs, b"context", &sealed).unwrap(), message);
        let sealed = cobblestone::encrypt(&theirs, b"context", &message).unwrap();
        assert_eq!(**open(&ours, b"context", &sealed).unwrap(), message);
    }
}

#[test]
fn lengths_are_told_without_opening() {
    for length in LENGTHS {
        let sealed = seal(&Key::random(), b"", &plain(length));
        assert_eq!(sealed.len() as u64, sealed_length(length as u64));
        assert_eq!(plain_length(sealed.len() as u64), Some(length as u64));
    }
    assert_eq!(plain_length(0), None);
    assert_eq!(plain_length((HEADER + TAG - 1) as u64), None);
    assert_eq!(plain_length((HEADER + CHUNK + TAG) as u64), None);
}

#[test]
fn chunks_open_in_any_order() {
    let key = Key::random();
    let message = plain(5 * CHUNK + 77);
    let sealed = seal(&key, b"c", &message);
    let (header, body) = sealed.split_first_chunk::<HEADER>().unwrap();
    let opener = Opener::new(&key, b"c", header, sealed.len() as u64).unwrap();
    for (index, at) in [(5, 5), (0, 0), (3, 3), (3, 3), (1, 1)] {
        let mut chunk = body.chunks(CHUNK + TAG).nth(at).unwrap().to_vec();
        assert_eq!(opener.open(index, &mut chunk).unwrap(), message.chunks(CHUNK).nth(at).unwrap());
    }
}

#[test]
fn a_message_cut_or_extended_anywhere_does_not_open() {
    let key = Key::random();
    let sealed = seal(&key, b"c", &plain(2 * CHUNK + 100));
    let borders = [HEADER, HEADER + CHUNK + TAG, HEADER + 2 * (CHUNK + TAG)];
    for length in (0..sealed.len()).step_by(97).chain(borders) {
        assert!(open(&key, b"c", &sealed[..length]).is_err(), "{length} bytes");
    }
    assert!(open(&key, b"c", &[&sealed[..], &[0]].concat()).is_err());
}

#[test]
fn swapped_doubled_and_dropped_chunks_do_not_open() {
    let key = Key::random();
    let sealed = seal(&key, b"c", &plain(3 * CHUNK));
    let (header, body) = sealed.split_at(HEADER);
    let chunks: Vec<&[u8]> = body.chunks(CHUNK + TAG).collect();
    for order in [vec![1, 0, 2, 3], vec![0, 0, 2, 3], vec![0, 1, 3], vec![0, 1, 2, 2, 3]] {
        let mixed: Vec<u8> = std::iter::once(header)
            .chain(order.iter().map(|at| chunks[*at]))
            .flatten()
            .copied()
            .collect();
        assert!(open(&key, b"c", &mixed).is_err(), "{order:?}");
    }
}

#[test]
fn a_chunk_of_another_message_under_the_same_key_does_not_open() {
    let key = Key::random();
    let (one, other) = (seal(&key, b"c", &plain(CHUNK + 1)), seal(&key, b"c", &plain(CHUNK + 1)));
    let at = HEADER + CHUNK + TAG;
    assert!(open(&key, b"c", &[&one[..at], &other[at..]].concat()).is_err());
}

#[test]
fn neither_another_key_nor_another_context_opens() {
    let key = Key::random();
    let sealed = seal(&key, b"c", b"words");
    assert!(open(&Key::random(), b"c", &sealed).is_err());
    assert!(open(&key, b"d", &sealed).is_err());
    assert!(open(&key, b"", &sealed).is_err());
}

#[test]
fn the_same_words_never_give_the_same_bytes() {
    let key = Key::random();
    assert_ne!(seal(&key, b"c", b"words"), seal(&key, b"c", b"words"));
}
