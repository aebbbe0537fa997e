-- Whoever knows the code of a case. The row is found by a value that only the code
-- gives, and opened by another one.
create table reporters (
    reporter_id bytea primary key not null,  -- random, 16 bytes
    lookup_id   bytea not null unique,       -- from the code; 32 bytes
    case_id     bytea not null references cases (case_id) on delete cascade,
    public_key  bytea not null,
    seed        bytea not null               -- sealed under the code's key
);
create index reporters_by_case on reporters (case_id);
