//! What is promised about documents, proven on documents made for it.

mod build;
mod canaries;
mod corpus;
mod covered;
mod doubts;
mod exact;
mod flat;
mod hostile;
mod kept;
mod refusals;
mod unused;
mod witnesses;
