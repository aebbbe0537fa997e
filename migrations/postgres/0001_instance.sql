-- This installation. One row, made by `init`.
-- Another cost or salt would give other keys: a change here locks out every reporter.
create table instance (
    instance_id   bytea    primary key not null,  -- random, 16 bytes
    created_on    bigint not null,              -- day
    memory_kib    bigint not null,              -- cost of one derivation
    passes        bigint not null,
    code_salt     bytea    not null,              -- 16 bytes
    pepper_check  bytea    not null,              -- tells a wrong pepper, opens nothing
    voucher_key   bytea                           -- verifying key of the first receiver; pinned once
);
create unique index instance_once on instance ((1));  -- a second row is refused
