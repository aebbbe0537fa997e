//! Which of the files in an archive or a mail is refused.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Damage, Feature, Foreign, Limit, Refusal};

/// One of several files, and why it is refused.
///
/// It is told by its number and not by its name: names tell who gave them, and must not
/// reach a log or a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inside {
    /// Counted from one: in an archive by the names, in a mail as they are shown.
    pub number: u32,
    /// How many files there are.
    pub of: u32,
    reason: Reason,
}

impl std::fmt::Display for Inside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "file {} of {} inside of it: {}", self.number, self.of, self.reason.0)
    }
}

/// A refusal that is not about a file inside another one: these nest no deeper, so that a
/// refusal stays a handful of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reason(&'static Refusal);

impl Reason {
    fn of(refusal: Refusal) -> Option<Reason> {
        REASONS.iter().find(|reason| **reason == refusal).map(Reason)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let reason = Reason::of(Refusal::deserialize(deserializer)?);
        reason.ok_or_else(|| de::Error::custom("not a reason of its own"))
    }
}

impl Refusal {
    /// Says that this is about one of several files. Of files inside of files inside of
    /// files the outermost counts: it is the one that a person can take out.
    pub(crate) fn inside(self, number: usize, of: usize) -> Refusal {
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Reason::of(self.reason()).map_or(self, |reason| {
            Refusal::Inside(Inside { number: count(number), of: count(of), reason })
        })
    }

    /// The reason itself, whichever file it is about.
    #[must_use]
    pub fn reason(self) -> Refusal {
        match self {
            Refusal::Inside(inside) => *inside.reason.0,
            other => other,
        }
    }
}

/// Every reason for which a file can be refused that lies inside another one. One that is
/// missing here is told without a number.
static REASONS: [Refusal; 49] = {
    use Refusal::{Damaged, Feature as Rare, Limit as Reached, NotCleanable};
    [
        Refusal::Empty,
        Refusal::UnknownFormat,
        Refusal::NotTaken,
        Refusal::Polyglot,
        Refusal::Truncated,
        Refusal::Password,
        Refusal::NotDrawable,
        Refusal::Verification,
        NotCleanable(Foreign::Picture),
        NotCleanable(Foreign::RawPicture),
        NotCleanable(Foreign::VectorPicture),
        NotCleanable(Foreign::Cad),
        NotCleanable(Foreign::Office),
        NotCleanable(Foreign::Document),
        NotCleanable(Foreign::Sound),
        NotCleanable(Foreign::Film),
        NotCleanable(Foreign::Archive),
        NotCleanable(Foreign::DiskImage),
        NotCleanable(Foreign::Database),
        NotCleanable(Foreign::Mail),
        NotCleanable(Foreign::OutlookMail),
        NotCleanable(Foreign::Mailbox),
        NotCleanable(Foreign::Encrypted),
        NotCleanable(Foreign::Card),
        NotCleanable(Foreign::WebPage),
        NotCleanable(Foreign::Shortcut),
        NotCleanable(Foreign::Program),
        NotCleanable(Foreign::Font),
        NotCleanable(Foreign::Medical),
        Damaged(Damage::Order),
        Damaged(Damage::Length),
        Damaged(Damage::Missing),
        Damaged(Damage::Value),
        Damaged(Damage::Recovered),
        Damaged(Damage::Encoding),
        Rare(Feature::Coding),
        Rare(Feature::Filter),
        Rare(Feature::Construct),
        Rare(Feature::Codec),
        Rare(Feature::Macros),
        Reached(Limit::InputBytes),
        Reached(Limit::OutputBytes),
        Reached(Limit::Pixels),
        Reached(Limit::Frames),
        Reached(Limit::Pages),
        Reached(Limit::Parts),
        Reached(Limit::Depth),
        Reached(Limit::Inflated),
        Reached(Limit::Memory),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_foreign_kind_can_be_told_with_a_number() {
        for kind in Foreign::ALL {
            let inside = Refusal::NotCleanable(kind).inside(3, 7);
            assert_eq!(
                inside.to_string(),
                format!("file 3 of 7 inside of it: {}", inside.reason())
            );
            assert_eq!(inside.reason(), Refusal::NotCleanable(kind));
            let sent = serde_json::to_vec(&inside).unwrap();
            assert_eq!(serde_json::from_slice::<Refusal>(&sent).unwrap(), inside);
        }
    }

    #[test]
    fn the_outermost_number_counts_and_faults_of_ours_have_none() {
        let inner = Refusal::Password.inside(2, 2);
        let outer = inner.inside(5, 9);
        let Refusal::Inside(inside) = outer else { panic!("{outer}") };
        assert_eq!((inside.number, inside.of, outer.reason()), (5, 9, Refusal::Password));
        assert_eq!(outer.exit_code(), 10);
        assert_eq!(Refusal::Internal.inside(1, 2), Refusal::Internal);
        let nested = br#"{"refusal":"inside","detail":{"number":1,"of":1,"reason":
            {"refusal":"inside","detail":{"number":1,"of":1,"reason":{"refusal":"empty"}}}}}"#;
        assert!(serde_json::from_slice::<Refusal>(nested).is_err());
    }
}
