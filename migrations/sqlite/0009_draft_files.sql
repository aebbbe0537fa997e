-- An attachment of a draft, cleaned, or refused with its reason.
create table draft_files (
    file_id   blob    primary key not null,  -- random, 16 bytes
    draft_id  blob    not null references drafts (draft_id) on delete cascade,
    position  integer not null,
    bytes     integer not null,              -- on disk, padded; 0 if refused
    manifest  blob    not null,              -- sealed under the draft's key
    object_id blob                           -- null if refused
) strict, without rowid;
create index draft_files_by_draft on draft_files (draft_id, position);
create index draft_files_by_object on draft_files (object_id);
