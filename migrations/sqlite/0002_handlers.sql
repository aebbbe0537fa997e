-- A person of the unit that receives reports.
-- `name` is what they sign in with: an identifier of staff, not of a reporter.
create table handlers (
    handler_id    blob    primary key not null,  -- random, 16 bytes
    name          text    not null unique,
    state         text    not null,              -- invited, enrolled, vouched, left
    link_id       blob    unique,                -- of the one-time link; null once used
    link_until    integer,                       -- day
    salt          blob,                          -- of the password; null while invited
    verifier      blob,
    seed          blob,                          -- sealed under the password key
    second_factor blob,                          -- sealed under the password key
    last_step     integer not null,              -- of the last one-time password: no replay
    public_key    blob,
    voucher_key   blob,                          -- the handler's own verifying key
    vouch         blob                           -- the first receiver's signature over public_key
) strict, without rowid;
