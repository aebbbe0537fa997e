//! What is made of a file.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// What is made of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// The same, without what is hidden in it.
    #[default]
    Strip,
    /// Pictures of what is seen, and nothing else.
    Flatten,
}
