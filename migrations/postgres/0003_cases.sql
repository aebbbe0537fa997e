-- A case: one report and all that follows from it.
-- Only days are stored: an hour could be matched against a log elsewhere.
create table cases (
    case_id         bytea    primary key not null,  -- random, 16 bytes
    state           text    not null,              -- acknowledged, closed
    waiting_for     text    not null,              -- handler, reporter
    received_on     bigint not null,              -- day
    acknowledged_on bigint not null,              -- day
    feedback_due    bigint not null,              -- day
    erase_on        bigint                        -- day; null while open
);
create index cases_by_day on cases (received_on, case_id);
