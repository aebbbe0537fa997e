-- A person of the unit that receives reports.
-- `name` is what they sign in with: an identifier of staff, not of a reporter.
create table handlers (
    handler_id    bytea    primary key not null,  -- random, 16 bytes
    name          text    collate "C" not null unique,  -- in the same order everywhere
    state         text    not null,              -- invited, enrolled, vouched, left
    link_id       bytea    unique,                -- of the one-time link; null once used
    link_until    bigint,                       -- day
    salt          bytea,                          -- of the password; null while invited
    verifier      bytea,
    seed          bytea,                          -- sealed under the password key
    second_factor bytea,                          -- sealed under the password key
    last_step     bigint not null,              -- of the last one-time password: no replay
    public_key    bytea,
    voucher_key   bytea,                          -- the handler's own verifying key
    vouch         bytea                           -- the first receiver's signature over public_key
);
