use super::*;

fn known(known: Known) -> Vec<u8> {
    known.profile().write().unwrap()
}

const ALL: [Known; 6] = [
    Known::Srgb,
    Known::DisplayP3,
    Known::AdobeRgb,
    Known::Rec2020,
    Known::SrgbGrey,
    Known::GammaGrey,
];

/// Writes into the header and at the end what devices and programs write there.
fn signed_by_a_device(mut profile: Vec<u8>) -> Vec<u8> {
    profile[4..8].copy_from_slice(b"appl");
    profile[24..36].copy_from_slice(&[7, 230, 0, 3, 0, 9, 0, 12, 0, 30, 0, 1]);
    profile[48..56].copy_from_slice(b"NIKONZ50");
    profile[80..84].copy_from_slice(b"anna");
    profile[84..100].copy_from_slice(b"0123456789abcdef");
    profile[100..116].copy_from_slice(b"SECRET-IN-PADDIN");
    profile.extend(b"SECRET-AT-END");
    profile
}

#[test]
fn our_own_profiles_are_returned_unchanged() {
    for space in ALL {
        assert_eq!(canonical(&known(space)).unwrap(), known(space), "{space:?}");
    }
}

#[test]
fn two_devices_with_the_same_colours_get_the_same_profile() {
    for space in ALL {
        assert_eq!(canonical(&signed_by_a_device(known(space))).unwrap(), known(space));
    }
}

#[test]
fn small_differences_of_rounding_still_mean_the_same_space() {
    let mut profile = Known::Srgb.profile();
    for (name, body) in &mut profile.tags {
        if &name[1..] == b"XYZ" {
            body[19] ^= 0x07;
        }
    }
    assert_eq!(canonical(&profile.write().unwrap()).unwrap(), known(Known::Srgb));
}

#[test]
fn a_sampled_srgb_curve_is_recognised() {
    let mut profile = Known::Srgb.profile();
    let formula = profile.curve(*b"rTRC").unwrap();
    let points: Vec<u16> = (0..=64)
        .map(|step| {
            let value = (formula.at(step).unwrap() * 65_535.0).round();
            (0..=u16::MAX).find(|&n| f64::from(n) >= value).unwrap()
        })
        .collect();
    for (name, body) in &mut profile.tags {
        if &name[1..] == b"TRC" {
            *body = curve::Curve::Points(points.clone()).write();
        }
    }
    assert_eq!(canonical(&profile.write().unwrap()).unwrap(), known(Known::Srgb));
}

#[test]
fn other_colours_are_rebuilt_without_their_device() {
    let mut profile = Known::Srgb.profile();
    profile.version = Version::Two;
    for (name, body) in &mut profile.tags {
        if &name[1..] == b"TRC" {
            *body = curve::Curve::Points(vec![0x01CD]).write();
        }
    }
    let plain = profile.write().unwrap();
    let rebuilt = canonical(&signed_by_a_device(plain.clone())).unwrap();
    assert_eq!(rebuilt, plain);
    assert_eq!(canonical(&rebuilt).unwrap(), rebuilt);
    assert_ne!(rebuilt, known(Known::Srgb));
}

#[test]
fn a_gamma_of_2_2_is_not_taken_for_srgb() {
    let mut profile = Known::Srgb.profile();
    for (name, body) in &mut profile.tags {
        if &name[1..] == b"TRC" {
            *body = curve::Curve::Points(vec![0x0233]).write();
        }
    }
    assert_eq!(Known::recognise(&profile), None);
}

#[test]
fn private_tags_are_gone() {
    let mut profile = Known::DisplayP3.profile();
    profile.tags.push((*b"mmod", b"mmod\0\0\0\0SERIAL-OF-SCREEN".to_vec()));
    let written = profile.write().unwrap();
    assert!(written.windows(16).any(|window| window == b"SERIAL-OF-SCREEN"));
    assert_eq!(canonical(&written).unwrap(), known(Known::DisplayP3));
}

fn printer(table: Vec<u8>) -> Option<Vec<u8>> {
    Profile {
        version: Version::Two,
        class: *b"prtr",
        space: *b"CMYK",
        connection: *b"Lab ",
        intent: 1,
        tags: vec![(*b"A2B0", table)],
    }
    .write()
}

/// A `lut8` with a grid of two points for four inks.
fn small_table() -> Vec<u8> {
    let mut table = b"mft1\0\0\0\0\x04\x03\x02\0".to_vec();
    table.resize(48 + 4 * 256 + 16 * 3 + 3 * 256, 0x55);
    table
}

#[test]
fn tables_of_printers_are_kept_to_the_byte_and_no_further() {
    let mut longer = small_table();
    longer.extend(b"SECRET-BEHIND-TABLE");
    let rebuilt = canonical(&printer(longer).unwrap()).unwrap();
    assert_eq!(rebuilt, printer(small_table()).unwrap());
    assert_eq!(channels(&rebuilt), Some(4));
}

#[test]
fn a_table_that_claims_more_than_it_has_is_refused() {
    let mut table = small_table();
    table[10] = 255;
    assert_eq!(canonical(&printer(table).unwrap()), None);
}

#[test]
fn a_table_for_other_channels_than_the_picture_is_refused() {
    let mut table = small_table();
    table[8] = 3;
    assert_eq!(canonical(&printer(table).unwrap()), None);
}

#[test]
fn a_new_style_table_is_packed_without_gaps() {
    let mut table = b"mAB \0\0\0\0\x03\x03\0\0".to_vec();
    table.extend(44_u32.to_be_bytes());
    table.extend([0; 16]);
    table.extend(b"GAP-SECRET!!");
    for _ in 0..3 {
        table.extend(b"curv\0\0\0\0\0\0\0\x01\x02\x33\xEE\xEE");
    }
    let mut profile = Known::Srgb.profile();
    profile.tags.push((*b"A2B0", table));
    let rebuilt = canonical(&profile.write().unwrap()).unwrap();
    assert!(!rebuilt.windows(10).any(|window| window == b"GAP-SECRET"));
    assert!(!rebuilt.windows(2).any(|window| window == b"\xEE\xEE"));
    assert_eq!(canonical(&rebuilt).unwrap(), rebuilt);
    assert!(crate::verify::icc::is_canonical(&rebuilt));
}

#[test]
fn damaged_profiles_are_refused_and_never_panic() {
    let profile = known(Known::AdobeRgb);
    for length in 0..profile.len() - 2 {
        assert_eq!(canonical(&profile[..length]), None, "{length}");
    }
    for at in 0..profile.len() {
        for value in [0, 1, 0x7F, 0xFF] {
            let mut damaged = profile.clone();
            damaged[at] = value;
            if let Some(rebuilt) = canonical(&damaged) {
                assert!(crate::verify::icc::is_canonical(&rebuilt), "byte {at}");
                assert_eq!(canonical(&rebuilt), Some(rebuilt));
            }
        }
    }
}

#[test]
fn the_verifier_accepts_every_profile_that_is_written() {
    for space in ALL {
        assert!(crate::verify::icc::is_canonical(&known(space)), "{space:?}");
    }
    assert!(crate::verify::icc::is_canonical(&printer(small_table()).unwrap()));
    let mut old = Known::Srgb.profile();
    old.version = Version::Two;
    assert!(crate::verify::icc::is_canonical(&old.write().unwrap()));
}

#[test]
fn the_verifier_refuses_what_a_device_writes_into_a_profile() {
    let profile = known(Known::Srgb);
    for at in (4..12).chain(24..64).chain(68..128) {
        let mut written = profile.clone();
        written[at] ^= 0x20;
        assert!(!crate::verify::icc::is_canonical(&written), "byte {at}");
    }
}

#[test]
fn the_verifier_refuses_other_texts_other_tags_gaps_and_trailers() {
    let mut written = Known::Srgb.profile();
    written.tags.push((*b"mmod", b"mmod\0\0\0\0SERIAL".to_vec()));
    assert!(!crate::verify::icc::is_canonical(&written.write().unwrap()));

    let profile = known(Known::Srgb);
    let text = profile.windows(4).position(|window| window == b"\0c\0o").unwrap();
    let mut renamed = profile.clone();
    renamed[text + 1] = b'k';
    assert!(!crate::verify::icc::is_canonical(&renamed));

    let mut longer = profile.clone();
    longer.extend(b"more");
    assert!(!crate::verify::icc::is_canonical(&longer));
    let size = u32::try_from(longer.len()).unwrap();
    longer[..4].copy_from_slice(&size.to_be_bytes());
    assert!(!crate::verify::icc::is_canonical(&longer));
}

#[test]
fn tables_for_printing_are_gone_and_cannot_spoil_a_profile() {
    let mut profile = Known::DisplayP3.profile();
    for (name, body) in [
        (*b"B2A0", [b"mft1\0\0\0\0\x03\x03\x02\0".as_slice(), b"SERIAL-OF-A-PRESS"].concat()),
        (*b"gamt", b"SERIAL-OF-A-PRESS".to_vec()),
    ] {
        profile.tags.push((name, body));
    }
    assert_eq!(canonical(&profile.write().unwrap()).unwrap(), known(Known::DisplayP3));
    let mut printed = printer(small_table()).unwrap();
    printed.extend(b"mft1");
    assert_eq!(canonical(&printed).unwrap(), printer(small_table()).unwrap());
}
