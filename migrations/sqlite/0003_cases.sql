-- A case: one report and all that follows from it.
-- Only days are stored: an hour could be matched against a log elsewhere.
create table cases (
    case_id         blob    primary key not null,  -- random, 16 bytes
    state           text    not null,              -- acknowledged, closed
    waiting_for     text    not null,              -- handler, reporter
    received_on     integer not null,              -- day
    acknowledged_on integer not null,              -- day
    feedback_due    integer not null,              -- day
    erase_on        integer                        -- day; null while open
) strict, without rowid;
create index cases_by_day on cases (received_on, case_id);
