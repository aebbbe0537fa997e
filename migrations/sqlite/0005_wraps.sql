-- An epoch's seed, wrapped to one person. No row, no way to read.
create table wraps (
    case_id     blob    not null references cases (case_id) on delete cascade,
    compartment text    not null,
    epoch       integer not null,
    reader_id   blob    not null,               -- a handler or the reporter
    wrap        blob    not null,
    primary key (reader_id, case_id, compartment, epoch)
) strict, without rowid;
create index wraps_by_case on wraps (case_id);
