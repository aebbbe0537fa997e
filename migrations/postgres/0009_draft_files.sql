-- An attachment of a draft, cleaned, or refused with its reason.
create table draft_files (
    file_id   bytea    primary key not null,  -- random, 16 bytes
    draft_id  bytea    not null references drafts (draft_id) on delete cascade,
    position  bigint not null,
    bytes     bigint not null,              -- on disk, padded; 0 if refused
    manifest  bytea    not null,              -- sealed under the draft's key
    object_id bytea                           -- null if refused
);
create index draft_files_by_draft on draft_files (draft_id, position);
create index draft_files_by_object on draft_files (object_id);
