-- An attachment is known by its number in the case: how many come before it is counted
-- without reading what is in them.
create index items_attached on items (case_id, compartment, position) where object_id is not null;
