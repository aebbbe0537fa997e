-- A message or an attachment of a case. Who wrote it stands inside the seal.
create table items (
    item_id     blob    primary key not null,  -- random, 16 bytes
    case_id     blob    not null references cases (case_id) on delete cascade,
    compartment text    not null,
    epoch       integer not null,
    position    integer not null,              -- order inside the case
    written_on  integer not null,              -- day
    wrap        blob    not null,              -- the item's key, wrapped to the epoch
    body        blob    not null,              -- message or manifest, sealed under the item's key
    object_id   blob,                          -- of an attachment; its key is in the manifest
    unique (case_id, position)
) strict, without rowid;
create index items_by_object on items (object_id);
