-- A key pair of a case: one per compartment, a new epoch when somebody leaves.
-- The private half is in `wraps`, once per reader.
create table epochs (
    case_id     blob    not null references cases (case_id) on delete cascade,
    compartment text    not null,               -- content, identity, notes, decision
    epoch       integer not null,
    public_key  blob    not null,
    primary key (case_id, compartment, epoch)
) strict, without rowid;
