-- A report that is not sent yet, or was sent and whose code was not typed back yet.
-- Everything is sealed under a key that is only in the reporter's cookie.
create table drafts (
    draft_id   bytea    primary key not null,  -- from the cookie; 32 bytes
    expires_on bigint not null,              -- day
    body       bytea    not null,              -- sealed; padded
    case_id    bytea,                          -- once sent
    code       bytea                           -- sealed; null before sending and after it was typed back
);
