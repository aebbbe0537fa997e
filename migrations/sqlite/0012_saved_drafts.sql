-- A draft that its reporter wants to find again with a code, from any browser. The cookie's
-- value is sealed under the code's key: neither this row nor the draft opens without the code.
create table saved_drafts (
    lookup_id blob primary key not null,  -- from the code; 32 bytes
    draft_id  blob not null unique references drafts (draft_id) on delete cascade,
    ticket    blob not null,              -- sealed under the code's key
    opened    integer not null              -- 1 once the code was used: it ends with the next change
) strict, without rowid;
