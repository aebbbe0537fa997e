-- The policies of the scheme, as they stood on the page that everybody can read.
create table policies (
    number   bigint primary key not null,  -- 1 is the first
    since_on bigint not null,              -- day
    da       text   not null,
    en       text   not null
);
-- Under which of them a report came in. Those from before have none.
alter table cases add column policy bigint;
