-- A report that is not sent yet, or was sent and whose code was not typed back yet.
-- Everything is sealed under a key that is only in the reporter's cookie.
create table drafts (
    draft_id   blob    primary key not null,  -- from the cookie; 32 bytes
    expires_on integer not null,              -- day
    body       blob    not null,              -- sealed; padded
    case_id    blob,                          -- once sent
    code       blob                           -- sealed; null before sending and after it was typed back
) strict, without rowid;
