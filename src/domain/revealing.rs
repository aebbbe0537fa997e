//! What in a text may tell who wrote it.
//!
//! A guess that is shown before a report is sent, made anew each time and kept nowhere. It
//! finds what can be told by its form: numbers, addresses, and a few ways of speaking of
//! oneself. Nobody should rely on it: a detail that only one person can know has no form.

use serde::Serialize;

/// What a piece of text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// A Danish civil registration number.
    CprNumber,
    /// A telephone number.
    Telephone,
    /// An address for mail.
    Mail,
    /// A street with a number.
    Street,
    /// The name of whoever writes.
    Name,
    /// Words that say that nobody else was there or knew.
    OnlyOne,
}

/// A piece of text that may tell who wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revealing {
    /// What it looks like.
    pub sign: Sign,
    /// The piece itself.
    pub words: String,
}

/// How many pieces are shown: more would not be read.
const MOST: usize = 10;
/// Characters of a piece that is a part of a sentence.
const PIECE: usize = 60;

const NAMED: [&str; 5] = ["jeg hedder ", "mit navn er ", "my name is ", "hilsen ", "regards "];
const ALONE: [&str; 14] = [
    "jeg er den eneste",
    "jeg var den eneste",
    "vi er de eneste",
    "er det kun mig",
    "var det kun mig",
    "er kun mig",
    "jeg var alene",
    "kun jeg ",
    "i am the only",
    "i was the only",
    "i'm the only",
    "only me who",
    "i was alone",
    "only i ",
];
/// What names of Danish streets end in.
const ENDINGS: [&str; 15] = [
    "vej",
    "vejen",
    "gade",
    "gaden",
    "allé",
    "alle",
    "alléen",
    "stræde",
    "strædet",
    "vænge",
    "vænget",
    "parken",
    "torv",
    "torvet",
    "boulevard",
];
/// Words that stand behind the name of a street, or alone: `alle` alone means everybody.
const STREETS: [&str; 5] = ["allé", "street", "road", "avenue", "lane"];

/// The pieces of a text that may tell who wrote it, each once.
pub fn revealing(text: &str) -> Vec<Revealing> {
    let mut found = Vec::new();
    for line in text.lines() {
        found.extend(numbers(line));
        found.extend(mails(line));
        found.extend(streets(line));
        found.extend(phrases(line));
    }
    let mut once: Vec<Revealing> = Vec::new();
    for piece in found {
        if once.len() < MOST && !once.contains(&piece) {
            once.push(piece);
        }
    }
    once
}

fn piece(sign: Sign, words: &str) -> Revealing {
    Revealing { sign, words: words.to_owned() }
}

/// Runs of digits with blanks and dashes between them.
fn numbers(line: &str) -> Vec<Revealing> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '+');
    let runs = line.split(|c| !is_part(c)).map(|run| {
        run.trim_matches(|c: char| !c.is_ascii_digit() && c != '+').trim_end_matches('+')
    });
    let runs = runs.filter_map(|run| Some(piece(number(run)?, run)));
    // Other marks stand in sums and dates; four pairs of digits are neither.
    let words = line.split_whitespace();
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()));
    let is_pairs = |word: &&str| {
        let groups: Vec<&str> = word.split(['.', '-']).collect();
        let is_pair = |group: &&str| group.len() == 2 && group.chars().all(|c| c.is_ascii_digit());
        groups.len() == 4 && groups.iter().all(is_pair) && !word.starts_with(['0', '1'])
    };
    runs.chain(words.filter(is_pairs).map(|word| piece(Sign::Telephone, word))).collect()
}

fn number(run: &str) -> Option<Sign> {
    let digits: String = run.chars().filter(char::is_ascii_digit).collect();
    let groups: Vec<usize> = run.split(|c: char| !c.is_ascii_digit()).map(str::len).collect();
    let first = |from, to| digits.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let is_abroad = run.starts_with('+') || run.starts_with("00");
    if !is_abroad && matches!(groups.as_slice(), [10] | [6, 4]) {
        // Days of replacement numbers are 60 higher.
        let (day, month) = (first(0, 2)?, first(2, 4)?);
        let is_day = (1..=31).contains(&day) || (61..=91).contains(&day);
        return (is_day && (1..=12).contains(&month)).then_some(Sign::CprNumber);
    }
    let danish = matches!(groups.as_slice(), [8] | [4, 4] | [2, 2, 2, 2] | [2, 3, 3])
        && !run.contains('-')
        && !run.starts_with(['0', '1']);
    let abroad = is_abroad && (9..=15).contains(&digits.len());
    (danish || abroad).then_some(Sign::Telephone)
}

fn mails(line: &str) -> Vec<Revealing> {
    let words = line.split_whitespace();
    let words = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let is_mail = |word: &&str| {
        let Some((name, domain)) = word.split_once('@') else { return false };
        let end = domain.rsplit_once('.').map_or("", |(_, end)| end);
        !name.is_empty() && !domain.contains('@') && end.chars().count() >= 2
    };
    words.filter(is_mail).map(|word| piece(Sign::Mail, word)).collect()
}

/// A street and its number, in the order of either language.
fn streets(line: &str) -> Vec<Revealing> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_street = |word: &str| {
        let word = bare(word);
        let ends = |end: &&str| word.len() > end.len() && word.ends_with(*end);
        ENDINGS.iter().any(ends) || STREETS.contains(&&*word)
    };
    let is_number = |word: &str| {
        let word = bare(word);
        word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 4
    };
    let two = words.windows(2).filter_map(|pair| match pair {
        [street, number] if is_street(street) && is_number(number) => Some(pair.join(" ")),
        _ => None,
    });
    let three = words.windows(3).filter_map(|triple| match triple {
        [number, _, street] if is_number(number) && is_street(street) => Some(triple.join(" ")),
        _ => None,
    });
    let clean =
        |words: String| piece(Sign::Street, words.trim_matches(|c: char| !c.is_alphanumeric()));
    two.chain(three).map(clean).collect()
}

fn phrases(line: &str) -> Vec<Revealing> {
    let small = line.to_lowercase();
    // Where small letters are as long as large ones, the words are shown as they were typed.
    let shown = if small.len() == line.len() { line } else { &small };
    let all = NAMED.map(|phrase| (Sign::Name, phrase)).into_iter();
    let all = all.chain(ALONE.map(|phrase| (Sign::OnlyOne, phrase)));
    let find = |(sign, phrase): (Sign, &str)| {
        let rest = shown.get(small.find(phrase)?..)?;
        let sentence = rest.split(['.', '!', '?']).next().unwrap_or(rest);
        let words: String = sentence.chars().take(PIECE).collect();
        // A greeting without a name names nobody.
        let more = words.trim().chars().count() > phrase.trim().chars().count();
        (more || sign == Sign::OnlyOne).then(|| piece(sign, words.trim()))
    };
    all.filter_map(find).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<(Sign, String)> {
        revealing(text).into_iter().map(|piece| (piece.sign, piece.words)).collect()
    }

    #[test]
    fn numbers_addresses_and_ways_of_speaking_of_oneself_are_found() {
        let cases = [
            ("Mit nummer er 010203-1234.", Sign::CprNumber, "010203-1234"),
            ("cpr 0102031234", Sign::CprNumber, "0102031234"),
            ("Ring på 20 30 40 50 i morgen", Sign::Telephone, "20 30 40 50"),
            ("tlf. 20304050", Sign::Telephone, "20304050"),
            ("Call +44 20 7946 0958 please", Sign::Telephone, "+44 20 7946 0958"),
            ("Skriv til anna.k@example.dk.", Sign::Mail, "anna.k@example.dk"),
            ("Jeg bor på Skovvej 12, 2. tv.", Sign::Street, "Skovvej 12"),
            ("Bo på Kirke Allé 7", Sign::Street, "Allé 7"),
            ("I live at 12 Harbour Street.", Sign::Street, "12 Harbour Street"),
            ("Jeg hedder Anna Kuhn.", Sign::Name, "Jeg hedder Anna Kuhn"),
            ("Venlig hilsen Anna", Sign::Name, "hilsen Anna"),
            ("Jeg var den eneste i rummet.", Sign::OnlyOne, "Jeg var den eneste i rummet"),
            ("I was the only one there!", Sign::OnlyOne, "I was the only one there"),
            ("Jeg var den eneste.", Sign::OnlyOne, "Jeg var den eneste"),
            ("Den aften var kun jeg på arbejde.", Sign::OnlyOne, "kun jeg på arbejde"),
            ("Jeg var alene i kassen.", Sign::OnlyOne, "Jeg var alene i kassen"),
            ("Only I had the key.", Sign::OnlyOne, "Only I had the key"),
            ("Ring 20.30.40.50.", Sign::Telephone, "20.30.40.50"),
            ("Ring 20-30-40-50", Sign::Telephone, "20-30-40-50"),
            ("Jeg bor Strandvejen 5.", Sign::Street, "Strandvejen 5"),
            ("Søgaden 2, Ribe", Sign::Street, "Søgaden 2"),
        ];
        for (text, sign, words) in cases {
            assert_eq!(signs(text), [(sign, words.to_owned())], "{text}");
        }
    }

    #[test]
    fn other_numbers_and_words_are_left_alone() {
        let cases = [
            "Det kostede 12.500.000 kr. den 1. maj 2024.",
            "Faktura 991399-1234 og 324567-1234",
            "2024-05-06 og 12345678",
            "Side 12 af 40, kapitel 3",
            "De er de eneste, der må.",
            "Vi gik ned ad en vej.",
            "Alle 12 var der, og alle 3 ledere.",
            "12 people abroad 3 times, by plane 4",
            "a@b og @anna",
            "Venlig hilsen",
            "Det tog 12.30.40.50 og 20.30.40, og 20.30.40.501.",
            "Only if they ask, and only in May.",
            "",
        ];
        for text in cases {
            assert_eq!(signs(text), [], "{text}");
        }
    }

    #[test]
    fn a_text_of_any_length_gives_few_pieces_and_each_once() {
        let many: Vec<String> = (0..100).map(|number| format!("a{number}@example.dk")).collect();
        assert_eq!(revealing(&many.join(" ")).len(), MOST);
        assert_eq!(revealing("a@example.dk a@example.dk").len(), 1);
        let long = format!("jeg hedder {}", "å".repeat(10_000));
        assert!(revealing(&long).iter().all(|piece| piece.words.chars().count() <= PIECE));
        assert_eq!(revealing(&"İ 1 vej ".repeat(2_000)).len(), 0);
    }
}
