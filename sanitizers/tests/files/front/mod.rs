//! PNG, text and the safe view through the front door.

mod build;
mod content;
mod corpus;
mod flat;
mod hiding_places;
mod mutated;
mod readme;
mod refused;
mod text;
mod view;
mod witness;
