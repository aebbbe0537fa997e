-- When the portal began to take reports.
alter table instance add column opened_on bigint;
-- Where somebody could read them, it took them from the start.
update instance set opened_on = created_on
where exists (select 1 from handlers where vouch is not null);
