//! The contract of the store: every function, on SQLite and on PostgreSQL, with the same
//! calls and the same answers.
//!
//! One SQL text serves both engines, and nothing checks it when the portal is built; this
//! program does. A fact is written once and becomes two tests.

#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    reason = "a test that cannot go on says where it stopped"
)]

/// Makes two tests of each fact: one on SQLite, one on PostgreSQL.
macro_rules! on_both_engines {
    ($($(#[$doc:meta])* async fn $name:ident($house:ident: &House) $body:block)*) => {
        mod facts {
            use super::*;
            use crate::engines::House;
            $($(#[$doc])* pub(super) async fn $name($house: &House) $body)*
        }
        mod sqlite {
            $(#[tokio::test] async fn $name() {
                let house = crate::engines::sqlite().await;
                super::facts::$name(&house).await;
                house.store.close().await;
            })*
        }
        mod postgres {
            $(#[tokio::test] async fn $name() {
                let house = crate::engines::postgres().await;
                super::facts::$name(&house).await;
                house.store.close().await;
            })*
        }
    };
}

#[path = "../support/mod.rs"]
mod support;

mod engines;
mod postgres;
mod rows;

mod cases;
mod complete;
mod drafts;
mod handlers;
mod instance;
mod items;
mod objects;
mod policies;
mod portal;
mod reporters;
mod schema;
mod sqlite;
mod transactions;
