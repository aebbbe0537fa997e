//! Every word a person reads, in Danish and English.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Date;
use serde::Serialize;

use crate::clock::Day;
use crate::domain::attachment::Language;

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Danish.
    Da,
    /// English.
    En,
}

impl Lang {
    /// All languages, in the order in which the pages offer them.
    pub const ALL: [Lang; 2] = [Lang::Da, Lang::En];

    /// The language tag.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Da => "da",
            Lang::En => "en",
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Da => "Dansk",
            Lang::En => "English",
        }
    }

    /// Reads a language tag.
    pub fn parse(code: &str) -> Option<Self> {
        Lang::ALL.into_iter().find(|lang| lang.code().eq_ignore_ascii_case(code))
    }

    /// The first of our languages that a browser asks for. Norwegians and Swedes read
    /// Danish more easily than English, but they did not ask for it.
    pub fn from_header(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| {
            let tag = part.split(';').next()?.trim();
            Lang::parse(tag.split('-').next()?)
        })
    }

    /// A day as people write it. The space is one that does not break.
    pub fn day(self, day: Day) -> String {
        const DA: [&str; 12] = [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ];
        const EN: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let date: Date = day.date();
        let month = usize::try_from(date.month() - 1).unwrap_or_default();
        match self {
            Lang::Da => {
                let month = DA.get(month).unwrap_or(&"");
                format!("{}.\u{a0}{month} {}", date.day(), date.year())
            }
            Lang::En => {
                let month = EN.get(month).unwrap_or(&"");
                format!("{}\u{a0}{month} {}", date.day(), date.year())
            }
        }
    }

    /// A size as people write it.
    pub fn size(self, bytes: u64) -> String {
        let tenths = |unit: u64| (bytes * 10).div_ceil(unit);
        let number = |tenths: u64| match (tenths % 10, self) {
            (0, _) => format!("{}", tenths / 10),
            (rest, Lang::Da) => format!("{},{rest}", tenths / 10),
            (rest, Lang::En) => format!("{}.{rest}", tenths / 10),
        };
        if bytes < 1_000_000 {
            format!("{}\u{a0}KB", bytes.div_ceil(1000))
        } else {
            format!("{}\u{a0}MB", number(tenths(1_000_000)))
        }
    }

    /// For the sanitizers' advice.
    pub(super) fn for_advice(self) -> Language {
        match self {
            Lang::Da => Language::Da,
            Lang::En => Language::En,
        }
    }
}

impl Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

const SOURCES: [(Lang, &str); 2] = [
    (Lang::Da, include_str!("../../templates/text/da.ftl")),
    (Lang::En, include_str!("../../templates/text/en.ftl")),
];

/// The texts of all languages.
pub struct Texts {
    da: FluentBundle<FluentResource>,
    en: FluentBundle<FluentResource>,
}

impl Texts {
    /// Reads the texts that are part of the program.
    pub fn load() -> anyhow::Result<Self> {
        let mut bundles = SOURCES.map(|(lang, source)| bundle(lang, source)).into_iter();
        match (bundles.next(), bundles.next()) {
            (Some(da), Some(en)) => Ok(Texts { da: da?, en: en? }),
            _ => anyhow::bail!("a language is missing"),
        }
    }

    /// One text; none if there is no such id or an argument is missing.
    pub fn get(&self, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = match lang {
            Lang::Da => &self.da,
            Lang::En => &self.en,
        };
        let pattern = bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

fn bundle(lang: Lang, source: &str) -> anyhow::Result<FluentBundle<FluentResource>> {
    let resource = FluentResource::try_new(source.to_owned())
        .map_err(|(_, errors)| anyhow::anyhow!("{}.ftl: {errors:?}", lang.code()))?;
    let tag = lang.code().parse()?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // Isolation marks would end up in codes that people copy.
    bundle.set_use_isolating(false);
    bundle.add_resource(resource).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
    Ok(bundle)
}

/// A template's argument as Fluent takes it.
pub(super) fn argument(value: &tera::Value) -> FluentValue<'static> {
    if let Some(number) = value.as_i64() {
        FluentValue::from(number)
    } else {
        FluentValue::from(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_gets_the_first_of_our_languages_it_asks_for() {
        for (header, lang) in [
            ("da", Some(Lang::Da)),
            ("da-DK,da;q=0.9,en;q=0.8", Some(Lang::Da)),
            ("en-US,en;q=0.5", Some(Lang::En)),
            ("de,fr;q=0.7,EN-gb;q=0.3", Some(Lang::En)),
            ("de", None),
            ("", None),
            (";;,,--", None),
        ] {
            assert_eq!(Lang::from_header(header), lang, "{header:?}");
        }
    }

    #[test]
    fn days_and_sizes_are_written_as_people_do() {
        assert_eq!(Lang::Da.day(Day(20_779)), "22.\u{a0}november 2026");
        assert_eq!(Lang::En.day(Day(20_779)), "22\u{a0}November 2026");
        assert_eq!(Lang::Da.size(1), "1\u{a0}KB");
        assert_eq!(Lang::Da.size(1_250_000), "1,3\u{a0}MB");
        assert_eq!(Lang::En.size(40_000_000), "40\u{a0}MB");
    }
}
