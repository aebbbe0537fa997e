//! Sluse.
