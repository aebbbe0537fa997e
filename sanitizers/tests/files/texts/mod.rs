//! Tables, web pages, mails, archives and books through the front door.

mod archive;
mod corpus;
mod csv;
mod epub;
mod html;
mod mail;
mod plain;
