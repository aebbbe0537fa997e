use std::io::Cursor;

use super::*;
use crate::Category;
use crate::refusal::Feature;

const WORDS: &[u8] = b"words words words words words words words words words words words";

fn two() -> Vec<u8> {
    let mut writer = Writer::default();
    writer.store("mimetype", b"text/plain").unwrap();
    writer.add("words.txt", WORDS).unwrap();
    writer.finish().unwrap()
}

type Members = Vec<(String, Vec<u8>)>;

fn read(file: &[u8]) -> Result<(Members, Notes), Refusal> {
    let mut notes = Notes::default();
    let mut source = Cursor::new(file);
    let mut archive = Archive::open(&mut source, &Limits::default(), &mut notes)?;
    let mut all = Vec::new();
    for number in 0..archive.members().len() {
        all.push((archive.members()[number].name.clone(), archive.read(number)?));
    }
    Ok((all, notes))
}

fn refusal(file: &[u8]) -> Refusal {
    match read(file) {
        Err(refusal) => refusal,
        Ok((all, _)) => panic!("read: {all:?}"),
    }
}

/// Places of a signature in the file.
fn places(file: &[u8], signature: &[u8]) -> Vec<usize> {
    memchr::memmem::find_iter(file, signature).collect()
}

fn directory(file: &[u8]) -> usize {
    places(file, b"PK\x01\x02")[0]
}

fn end(file: &[u8]) -> usize {
    places(file, b"PK\x05\x06")[0]
}

/// The same file with bytes at a place replaced.
fn with(file: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut file = file.to_vec();
    file[at..at + bytes.len()].copy_from_slice(bytes);
    file
}

/// The same file with bytes put in before the directory, and its place moved.
fn with_gap(file: &[u8], bytes: &[u8]) -> Vec<u8> {
    let at = directory(file);
    let place = u32::try_from(at + bytes.len()).unwrap();
    let file = with(file, end(file) + 16, &place.to_le_bytes());
    [&file[..at], bytes, &file[at..]].concat()
}

#[test]
fn what_was_written_is_read_and_tells_nothing() {
    let (all, notes) = read(&two()).unwrap();
    assert_eq!(all[0], ("mimetype".to_owned(), b"text/plain".to_vec()));
    assert_eq!(all[1], ("words.txt".to_owned(), WORDS.to_vec()));
    assert!(notes.findings().is_empty(), "{:?}", notes.findings());
    assert_eq!(two()[38..48], *b"text/plain", "the first member is readable as it is");
    let (none, _) = read(&Writer::default().finish().unwrap()).unwrap();
    assert!(none.is_empty());
}

#[test]
fn bytes_that_belong_to_nothing_are_counted() {
    let behind = [&two()[..], b"stray"].concat();
    let commented = [&with(&two(), two().len() - 2, &[5, 0])[..], b"Anna!"].concat();
    for (file, category) in [
        (with_gap(&two(), b"stray"), Category::StrayBytes),
        (behind, Category::StrayBytes),
        (commented, Category::Comments),
        (with(&two(), directory(&two()) + 12, &[9, 9, 9, 9]), Category::Dates),
        (with(&two(), directory(&two()) + 5, &[3]), Category::Software),
    ] {
        let (all, notes) = read(&file).unwrap();
        assert_eq!(all.len(), 2);
        assert_eq!(notes.findings()[0].category, category);
    }
}

#[test]
fn a_header_that_says_something_else_than_the_directory_is_refused() {
    // Method, checksum, packed size, size, name.
    for (at, byte) in [(8, 8), (14, 1), (18, 9), (22, 9), (30, b'M')] {
        let file = with(&two(), at, &[byte]);
        assert_eq!(refusal(&file), Refusal::Damaged(Damage::Value), "{at}");
    }
    assert_eq!(refusal(&with(&two(), 0, b"PK\x03\x05")), Refusal::Damaged(Damage::Order));
}

#[test]
fn two_members_of_one_name_are_refused() {
    for other in ["words.txt", "WORDS.txt", "./words.txt", "/words.txt"] {
        let mut writer = Writer::default();
        writer.add("words.txt", WORDS).unwrap();
        writer.add(other, b"other words").unwrap();
        assert_eq!(refusal(&writer.finish().unwrap()), Refusal::Damaged(Damage::Missing));
    }
}

#[test]
fn members_that_share_bytes_are_refused() {
    let file = two();
    let second = places(&file, b"PK\x01\x02")[1];
    // The second entry is made a copy of the first under another name: both claim one header.
    let mut overlap = file.clone();
    overlap.drain(second..end(&file));
    let mut entry = file[directory(&file)..second].to_vec();
    let again = entry.clone();
    entry.extend(again);
    overlap.splice(directory(&file)..second, entry);
    let at = end(&overlap);
    let length = u32::try_from(at - directory(&file)).unwrap();
    let overlap = with(&overlap, at + 12, &length.to_le_bytes());
    assert_eq!(refusal(&overlap), Refusal::Damaged(Damage::Order));
}

#[test]
fn passwords_other_disks_and_rare_methods_are_refused() {
    let file = two();
    let entry = directory(&file);
    let (construct, filter) = (Feature::Construct, Feature::Filter);
    assert_eq!(refusal(&with(&file, entry + 8, &[1])), Refusal::Password);
    assert_eq!(refusal(&with(&file, entry + 10, &[99])), Refusal::Password);
    assert_eq!(refusal(&with(&file, entry + 10, &[12])), Refusal::Feature(filter));
    assert_eq!(refusal(&with(&file, entry + 34, &[1])), Refusal::Feature(construct));
    assert_eq!(refusal(&with(&file, end(&file) + 4, &[1])), Refusal::Feature(construct));
}

#[test]
fn a_directory_that_two_readers_would_find_in_two_places_is_refused() {
    let file = two();
    let moved = [&b"prefix"[..], &file].concat();
    assert_eq!(refusal(&moved), Refusal::Damaged(Damage::Order));
    let short = with(&file, end(&file) + 10, &[1]);
    assert_eq!(refusal(&short), Refusal::Damaged(Damage::Order));
    assert_eq!(refusal(&file[..file.len() - 1]), Refusal::Truncated);
    // A second record inside the comment of the first, whose own comment does not fit.
    let inner = b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\0";
    let outer = [&with(&file, file.len() - 2, &[22, 0])[..], inner].concat();
    assert_eq!(refusal(&outer), Refusal::Polyglot);
}

#[test]
fn data_that_is_longer_or_other_than_it_says_is_refused() {
    let file = two();
    let data = places(&file, b"words.txt")[0] + 9;
    let damaged = Refusal::Damaged(Damage::Length);
    assert_eq!(refusal(&with(&file, data + 1, &[0xFF, 0xFF])), damaged);
    assert_eq!(refusal(&with(&file, 38, b"T")), damaged);
    // One byte less than it unfolds to, in both places.
    let second = places(&file, b"PK\x03\x04")[1];
    let length = [u8::try_from(WORDS.len()).unwrap() - 1];
    let less = with(&file, second + 22, &length);
    let less = with(&less, places(&file, b"PK\x01\x02")[1] + 24, &length);
    assert_eq!(refusal(&less), damaged);
}

#[test]
fn a_bomb_is_refused_by_what_it_claims() {
    let mut writer = Writer::default();
    writer.add("zeros", &vec![0; 5 << 20]).unwrap();
    assert_eq!(refusal(&writer.finish().unwrap()), Refusal::Limit(Limit::Inflated));
}

#[test]
fn sizes_behind_the_data_are_accepted_when_they_are_right() {
    let file = two();
    let second = places(&file, b"PK\x03\x04")[1];
    let mut blank = with(&file, second + 6, &[8]);
    let numbers = blank[second + 14..second + 26].to_vec();
    blank[second + 14..second + 26].fill(0);
    let mut right = b"PK\x07\x08".to_vec();
    right.extend(&numbers);
    let (_, notes) = read(&with_gap(&blank, &right)).unwrap();
    assert!(notes.findings().is_empty());
    let (_, notes) = read(&with_gap(&blank, &numbers)).unwrap();
    assert!(notes.findings().is_empty());
    right[4] ^= 1;
    assert_eq!(refusal(&with_gap(&blank, &right)), Refusal::Damaged(Damage::Length));
    // Without the flag there is no excuse for zeros.
    assert_eq!(refusal(&with(&blank, second + 6, &[0])), Refusal::Damaged(Damage::Value));
}

#[test]
fn large_fields_are_read_where_a_small_one_says_so() {
    let file = two();
    let (start, at) = (directory(&file), end(&file));
    let mut large = file[..at].to_vec();
    large.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    large
        .extend([2_u64, 2, (at - start) as u64, start as u64].iter().flat_map(|n| n.to_le_bytes()));
    large.extend(b"PK\x06\x07\0\0\0\0");
    large.extend((at as u64).to_le_bytes());
    large.extend(1_u32.to_le_bytes());
    let behind = large.len();
    large.extend(&file[at..]);
    assert_eq!(read(&large).unwrap().0.len(), 2);
    // Small fields that say something else, and not that they are too small.
    let other = with(&large, behind + 16, &[1]);
    assert_eq!(refusal(&other), Refusal::Damaged(Damage::Value));
    let full = with(&large, behind + 8, &[0xFF; 12]);
    assert_eq!(read(&full).unwrap().0.len(), 2);
}

#[test]
fn no_damage_to_any_byte_is_a_panic() {
    let file = two();
    for at in 0..file.len() {
        for bits in [0x01, 0x80, 0xFF] {
            let mut damaged = file.clone();
            damaged[at] ^= bits;
            drop(read(&damaged));
        }
        drop(read(&file[..at]));
    }
}
