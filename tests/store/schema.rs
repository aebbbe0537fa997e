//! Both engines have the same tables: two folders of migrations, one schema.

use std::collections::BTreeSet;

use sqlx::Row as _;
use sqlx::any::AnyRow;

use crate::engines::{self, House};

/// Table, column, type, whether it may be null, place in the primary key.
const SQLITE_COLUMNS: &str = "
    select t.name || '.' || c.name || ' ' || lower(c.type)
        || case when c.\"notnull\" = 1 then ' not null' else '' end || ' key ' || c.pk as line
    from pragma_table_list t join pragma_table_info(t.name) c
    where t.type = 'table' and t.name not like 'sqlite_%'";
const POSTGRES_COLUMNS: &str = "
    select c.relname || '.' || a.attname || ' '
        || case a.atttypid::regtype::text when 'bytea' then 'blob' when 'bigint' then 'integer'
               else a.atttypid::regtype::text end
        || case when a.attnotnull then ' not null' else '' end || ' key '
        || coalesce(array_position(i.indkey::smallint[], a.attnum) + 1, 0) as line
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace";

/// Table, whether unique, columns in order.
const SQLITE_INDEXES: &str = "
    select t.name || case when i.\"unique\" = 1 then ' unique ' else ' ' end
        || (select group_concat(coalesce(name, 'expression'))
            from (select name from pragma_index_info(i.name) order by seqno)) as line
    from pragma_table_list t join pragma_index_list(t.name) i
    where t.type = 'table' and t.name not like 'sqlite_%'";
const POSTGRES_INDEXES: &str = "
    select c.relname || case when i.indisunique then ' unique ' else ' ' end
        || (select string_agg(coalesce(a.attname, 'expression'), ',' order by k.place)
            from unnest(i.indkey::smallint[]) with ordinality as k (number, place)
            left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number and k.number > 0)
        as line
    from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace";

/// Column, the column it points to, what happens on erasure.
const SQLITE_REFERENCES: &str = "
    select t.name || '.' || f.\"from\" || ' ' || f.\"table\" || '.' || f.\"to\" || ' '
        || lower(f.on_delete) as line
    from pragma_table_list t join pragma_foreign_key_list(t.name) f where t.type = 'table'";
const POSTGRES_REFERENCES: &str = "
    select c.relname || '.' || a.attname || ' ' || o.relname || '.' || b.attname || ' '
        || case k.confdeltype when 'c' then 'cascade' else 'no action' end as line
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_class o on o.oid = k.confrelid
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    join pg_attribute b on b.attrelid = o.oid and b.attnum = k.confkey[1]
    where k.contype = 'f'";

/// Kept by sqlx, each engine in its own way.
const NOT_OURS: &str = "_sqlx_migrations";

async fn lines(house: &House, sql: &'static str) -> BTreeSet<String> {
    let rows = sqlx::query(sql).fetch_all(&mut *house.connect().await).await.unwrap();
    let line = |row: &AnyRow| row.get::<String, _>("line");
    rows.iter().map(line).filter(|line| !line.starts_with(NOT_OURS)).collect()
}

async fn both(sqlite: &'static str, postgres: &'static str) -> BTreeSet<String> {
    let one = lines(&engines::sqlite().await, sqlite).await;
    let other = lines(&engines::postgres().await, postgres).await;
    let differing: Vec<_> = one.symmetric_difference(&other).collect();
    assert!(differing.is_empty(), "in one engine only: {differing:#?}");
    one
}

#[tokio::test]
async fn tables_columns_types_nulls_and_keys_are_the_same() {
    let columns = both(SQLITE_COLUMNS, POSTGRES_COLUMNS).await;
    // The comparison would also hold between two empty lists.
    for known in [
        "cases.case_id blob not null key 1",
        "cases.erase_on integer key 0",
        "wraps.case_id blob not null key 2",
        "handlers.name text not null key 0",
    ] {
        assert!(columns.contains(known), "{known}: {columns:#?}");
    }
}

#[tokio::test]
async fn indexes_and_what_is_unique_are_the_same() {
    let indexes = both(SQLITE_INDEXES, POSTGRES_INDEXES).await;
    for known in ["handlers unique name", "items unique case_id,position", "wraps case_id"] {
        assert!(indexes.contains(known), "{known}: {indexes:#?}");
    }
}

#[tokio::test]
async fn references_are_the_same_and_every_one_erases() {
    let references = both(SQLITE_REFERENCES, POSTGRES_REFERENCES).await;
    assert!(references.contains("items.case_id cases.case_id cascade"), "{references:#?}");
    assert!(references.iter().all(|line| line.ends_with(" cascade")), "{references:#?}");
}

#[tokio::test]
async fn a_column_of_sqlite_holds_its_type_and_no_other() {
    let house = engines::sqlite().await;
    let loose = "select name as line from pragma_table_list
                 where type = 'table' and strict = 0 and name not like 'sqlite_%'";
    assert_eq!(lines(&house, loose).await, BTreeSet::new());
}

#[test]
fn both_folders_hold_the_same_migrations() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = format!("{}/migrations/{engine}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(folder).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgres"));
    assert!(names("sqlite").contains("0001_instance.sql"));
}
