-- This installation. One row, made by `init`.
-- Another cost or salt would give other keys: a change here locks out every reporter.
create table instance (
    instance_id   blob    primary key not null,  -- random, 16 bytes
    created_on    integer not null,              -- day
    memory_kib    integer not null,              -- cost of one derivation
    passes        integer not null,
    code_salt     blob    not null,              -- 16 bytes
    pepper_check  blob    not null,              -- tells a wrong pepper, opens nothing
    voucher_key   blob                           -- verifying key of the first receiver; pinned once
) strict, without rowid;
create unique index instance_once on instance ((1));  -- a second row is refused
