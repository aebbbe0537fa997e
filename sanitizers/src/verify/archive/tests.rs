use super::*;

const ONE: &[u8] = b"One and one and one and one and one and one.\n";
const TWO: &[u8] = b"Two\n";

fn original() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = zip::ZipWriter::new(&mut bytes);
    for (name, content) in [("b.txt", TWO), ("a.txt", ONE), (".DS_Store", b"junk"), ("c", b"")] {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut writer, content).unwrap();
    }
    writer.finish().unwrap();
    bytes.into_inner()
}

fn copy(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = crate::zip::Writer::default();
    for (name, content) in members {
        writer.add(name, content).unwrap();
    }
    writer.finish().unwrap()
}

fn outcome(copy: Vec<u8>) -> Result<(), Refusal> {
    let copy = Copy::of(Kind::Zip, copy);
    verify_zip(&mut Cursor::new(original()), &copy, &Limits::default())
}

#[test]
fn all_files_under_numbers_pass() {
    assert_eq!(outcome(copy(&[("1.txt", ONE), ("2.txt", TWO)])), Ok(()));
}

#[test]
fn names_missing_files_and_other_words_are_refused() {
    for members in [
        &[("a.txt", ONE), ("2.txt", TWO)][..],
        &[("1.txt", ONE)],
        &[("1.txt", TWO), ("2.txt", ONE)],
        &[("1.txt", ONE), ("2.txt", b"Three\n")],
        &[("1.txt", ONE), ("2.txt", TWO), ("3.txt", TWO)],
        &[("1.csv", ONE), ("2.txt", TWO)],
        &[("x/1.txt", ONE), ("x/2.txt", TWO)],
        &[],
    ] {
        assert_eq!(outcome(copy(members)), Err(Refusal::Verification), "{members:?}");
    }
    let mut writer = crate::zip::Writer::default();
    writer.store("1.txt", ONE).unwrap();
    writer.add("2.txt", TWO).unwrap();
    assert_eq!(outcome(writer.finish().unwrap()), Err(Refusal::Verification));
}

#[test]
fn no_byte_can_be_changed_or_added() {
    let clean = copy(&[("1.txt", ONE), ("2.txt", TWO)]);
    for at in 0..clean.len() {
        let mut changed = clean.clone();
        changed[at] ^= 0x11;
        assert_eq!(outcome(changed), Err(Refusal::Verification), "{at}");
        let added = [&clean[..at], b"x", &clean[at..]].concat();
        assert_eq!(outcome(added), Err(Refusal::Verification), "{at}");
    }
    assert_eq!(outcome([&clean[..], b"x"].concat()), Err(Refusal::Verification));
}

#[test]
fn both_orders_of_names_are_one() {
    let mut names = ["10.jpg", "b", "2.jpg", "A", "1.pdf", "a2", "a10", "a-1", "a/1", "02.jpg"];
    names.sort_by(|one, other| compare(one, other));
    assert_eq!(names, ["1.pdf", "02.jpg", "2.jpg", "10.jpg", "A", "a2", "a10", "a-1", "a/1", "b"]);
}

#[test]
fn two_files_of_one_name_are_refused() {
    let tar = |other: &str| {
        let mut writer = tar::Builder::new(Vec::new());
        for (name, content) in [("a.txt", ONE), (other, TWO)] {
            let mut header = tar::Header::new_gnu();
            header.set_size(content.len() as u64);
            header.set_cksum();
            writer.append_data(&mut header, name, content).unwrap();
        }
        writer.into_inner().unwrap()
    };
    let copy = Copy::of(Kind::Zip, copy(&[("1.txt", ONE), ("2.txt", TWO)]));
    let outcome = |bytes| verify_tar(&mut Cursor::new(bytes), &copy, &Limits::default());
    assert_eq!(outcome(tar("b.txt")), Ok(()));
    assert_eq!(outcome(tar("./A.txt")), Err(Refusal::Verification));
}
