-- A message or an attachment of a case. Who wrote it stands inside the seal.
create table items (
    item_id     bytea    primary key not null,  -- random, 16 bytes
    case_id     bytea    not null references cases (case_id) on delete cascade,
    compartment text    not null,
    epoch       bigint not null,
    position    bigint not null,              -- order inside the case
    written_on  bigint not null,              -- day
    wrap        bytea    not null,              -- the item's key, wrapped to the epoch
    body        bytea    not null,              -- message or manifest, sealed under the item's key
    object_id   bytea,                          -- of an attachment; its key is in the manifest
    unique (case_id, position)
);
create index items_by_object on items (object_id);
