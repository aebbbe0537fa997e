mod canaries;
mod facts;
mod mutations;
mod refusals;
