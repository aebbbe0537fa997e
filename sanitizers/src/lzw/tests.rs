use super::*;

fn noise(count: usize, below: u32) -> Vec<u8> {
    let mut state = 0x2545_F491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        u8::try_from((state >> 9) % below).unwrap()
    };
    (0..count).map(|_| next()).collect()
}

/// Letters without a pattern, with few letters, and with one.
fn texts(bits: u32) -> Vec<Vec<u8>> {
    let mut texts = vec![Vec::new(), vec![1], vec![3; 9000], vec![0; 2]];
    for length in [1, 2, 3, 7, 250, 600, 3837, 3838, 3839, 3840, 3841, 5000, 70_000] {
        texts.push(noise(length, 1 << bits));
        texts.push(noise(length, 2));
    }
    texts
}

/// A reader that others wrote.
fn foreign(lzw: Lzw) -> weezl::decode::Decoder {
    let bits = u8::try_from(lzw.letter_bits).unwrap();
    if lzw.tiff {
        weezl::decode::Decoder::with_tiff_size_switch(weezl::BitOrder::Msb, bits)
    } else {
        weezl::decode::Decoder::new(weezl::BitOrder::Lsb, bits)
    }
}

#[test]
fn other_readers_read_it_and_the_verifier_writes_the_same() {
    for lzw in (2..=8).map(Lzw::gif).chain([Lzw::tiff()]) {
        for text in texts(lzw.letter_bits) {
            let folded = lzw.fold(&text);
            assert!(foreign(lzw).decode(&folded).unwrap() == text, "{lzw:?} {}", text.len());
            let second = crate::verify::lzw::fold(&text, lzw.letter_bits, lzw.tiff);
            assert!(second == folded, "{lzw:?} {}", text.len());
            let unfolded = lzw.unfold(&folded, text.len()).unwrap();
            assert!(unfolded.letters == text && !unfolded.tail, "{lzw:?} {}", text.len());
        }
    }
}

#[test]
fn what_follows_the_last_letter_is_left_and_told() {
    let lzw = Lzw::gif(8);
    let folded = lzw.fold(b"one two three");
    let more = [&folded[..], b"four"].concat();
    for (coded, most, tail) in [(&folded, 13, false), (&folded, 12, true), (&more, 13, true)] {
        let unfolded = lzw.unfold(coded, most).unwrap();
        assert_eq!(unfolded.letters, b"one two three"[..most]);
        assert_eq!(unfolded.tail, tail, "{most}");
    }
    assert!(lzw.unfold(&more, 99).unwrap().tail);
    assert_eq!(lzw.unfold(&folded, 99).unwrap().letters, b"one two three");
}

#[test]
fn a_code_without_a_word_is_damage() {
    // Clear, a letter, and a word that nobody made.
    let mut writer = bits::Writer::new(false);
    for code in [4, 1, 7] {
        writer.put(code, 3);
    }
    let coded = writer.finish();
    assert_eq!(
        Lzw::gif(2).unfold(&coded, 9).err(),
        Some(Refusal::Damaged(Damage::Value)),
        "{coded:?}"
    );
}

#[test]
fn coders_that_clear_late_or_never_are_read() {
    // A full table that is not cleared stays in use: codes of letters only.
    let mut writer = bits::Writer::new(false);
    writer.put(256, 9);
    let text = noise(9000, 256);
    for (words, &letter) in (257..).zip(&text) {
        let bits = Lzw::gif(8).code_bits(words.min(WORDS - 1));
        writer.put(u16::from(letter), bits);
    }
    let coded = writer.finish();
    let mut theirs = Vec::new();
    drop(foreign(Lzw::gif(8)).into_vec(&mut theirs).decode(&coded));
    assert!(theirs == text);
    assert!(Lzw::gif(8).unfold(&coded, text.len()).unwrap().letters == text);
}
