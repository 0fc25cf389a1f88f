//! Tests of the rules, through the public API.

mod oracle;
mod plan_world;
