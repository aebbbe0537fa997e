-- Whoever knows the code of a case. The row is found by a value that only the code
-- gives, and opened by another one.
create table reporters (
    reporter_id blob primary key not null,  -- random, 16 bytes
    lookup_id   blob not null unique,       -- from the code; 32 bytes
    case_id     blob not null references cases (case_id) on delete cascade,
    public_key  blob not null,
    seed        blob not null               -- sealed under the code's key
) strict, without rowid;
create index reporters_by_case on reporters (case_id);
