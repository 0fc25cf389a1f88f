//! The program as people run it: the binary, real servers, what it prints.

mod cli;
mod docs;
mod lab;
mod lint;
mod run;
mod schema;
