-- When feedback was given first: from then on the case is not late.
alter table cases add column feedback_on integer;
