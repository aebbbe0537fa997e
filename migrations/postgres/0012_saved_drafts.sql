-- A draft that its reporter wants to find again with a code, from any browser. The cookie's
-- value is sealed under the code's key: neither this row nor the draft opens without the code.
create table saved_drafts (
    lookup_id bytea primary key not null,  -- from the code; 32 bytes
    draft_id  bytea not null unique references drafts (draft_id) on delete cascade,
    ticket    bytea not null,              -- sealed under the code's key
    opened    bigint not null              -- 1 once the code was used: it ends with the next change
);
