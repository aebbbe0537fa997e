-- When the portal began to take reports.
alter table instance add column opened_on integer;
-- Where reports came in already, it was open from the start.
update instance set opened_on = created_on where exists (select 1 from cases);
