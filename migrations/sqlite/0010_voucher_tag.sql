-- Shows that the first receiver's key was pinned by us. Only whoever has the pepper makes it:
-- without it, whoever can write the database would choose to whom cases are wrapped.
alter table instance add column voucher_tag blob;
