-- The policies of the scheme, as the site's file said them on the day before. Who reported on
-- a day reported under the newest that was in force then.
create table policies (
    since_on bigint primary key not null,  -- day
    da       text   not null,
    en       text   not null
);
