use std::io::Read;

use super::*;

fn noise(count: usize) -> Vec<u8> {
    let mut state = 0x2545_F491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        // Small numbers are common, as after a row filter.
        u8::try_from((state >> 8) % 23 + (state >> 16) % 19).unwrap()
    };
    (0..count).map(|_| next()).collect()
}

fn text(count: usize) -> Vec<u8> {
    b"one line of text after another, ".iter().copied().cycle().take(count).collect()
}

fn folded(rows: &[Vec<u8>]) -> Vec<u8> {
    let mut folder = Folder::new();
    for row in rows {
        folder.row(|block| block.extend(row)).unwrap();
    }
    folder.finish().unwrap().into_iter().flatten().collect()
}

/// Both compared with other people's readers.
fn unfolds(folded: &[u8], to: &[Vec<u8>]) {
    let expected = to.concat();
    let mut whole = Vec::new();
    let mut zlib = flate2::read::ZlibDecoder::new(folded);
    zlib.read_to_end(&mut whole).unwrap();
    assert!(whole == expected);
    assert_eq!(zlib.total_in(), folded.len() as u64);
}

#[test]
fn nothing_is_lost_whatever_follows_whatever() {
    let (noise, text) = (noise(BLOCK), text(BLOCK));
    for kinds in [[&noise, &text], [&text, &noise], [&noise, &noise], [&text, &text]] {
        let rows: Vec<Vec<u8>> = kinds.iter().map(|kind| (*kind).clone()).collect();
        unfolds(&folded(&rows), &rows);
        let twice = [rows.clone(), rows].concat();
        unfolds(&folded(&twice), &twice);
    }
}

#[test]
fn rows_of_any_length_and_number_come_back() {
    for length in [1, 2, 3, 1000, LEAST - 1, LEAST, BLOCK - 1, BLOCK + 1, 3 * BLOCK] {
        for rows in [vec![noise(length)], vec![text(length)], vec![noise(length), text(7)]] {
            unfolds(&folded(&rows), &rows);
        }
    }
    unfolds(&folded(&[]), &[]);
}

#[test]
fn noise_is_written_without_looking_for_what_came_before() {
    assert!(is_noise(&noise(BLOCK)).unwrap());
    assert!(!is_noise(&text(BLOCK)).unwrap());
    assert!(!is_noise(&noise(LEAST - 1)).unwrap());
}

#[test]
fn noise_takes_no_more_than_its_letters_are_worth() {
    let rows = [noise(BLOCK)];
    let code = Code::of(&rows[0]).size(&rows[0]);
    assert!(folded(&rows).len() < code + 200);
}

#[test]
fn text_is_left_to_the_compressor() {
    assert!(folded(&[text(BLOCK)]).len() < BLOCK / 100);
}

#[test]
fn letters_so_rare_that_their_words_are_too_long_come_back_too() {
    // Each comes as often as the two before together: the worst case of the method.
    let (mut often, mut before) = (1, 1);
    let mut block = Vec::new();
    for letter in 0..24 {
        block.extend(std::iter::repeat_n(letter, often));
        (often, before) = (often + before, often);
    }
    let mut bits = Bits::new();
    Code::of(&block).write(&block, &mut bits);
    bits.put(END.0, END.1);
    bits.align();
    let mut whole = Vec::new();
    flate2::read::DeflateDecoder::new(bits.take().as_slice()).read_to_end(&mut whole).unwrap();
    assert!(whole == block);
}

#[test]
fn every_piece_but_the_last_is_full() {
    let mut parts = Parts::new();
    parts.extend(&vec![7; 2 * parts::PART + 5]);
    parts.extend(&[7; 3]);
    assert_eq!(parts.size(), 2 * parts::PART as u64 + 8);
    let sizes: Vec<usize> = parts.into_iter().map(|part| part.len()).collect();
    assert_eq!(sizes, [parts::PART, parts::PART, 8]);
}
