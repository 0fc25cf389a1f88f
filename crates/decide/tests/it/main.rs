//! Tests of the rules, through the public API.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::too_many_lines,
    clippy::trivially_copy_pass_by_ref,
    clippy::or_fun_call,
    reason = "helpers of tests may panic as tests do, tables are long, nothing has to be fast"
)]

mod assess_codes;
mod assess_judgement;
mod assess_sides;
mod dane;
mod judge;
mod oracle;
mod plan;
mod plan_random;
mod plan_reasons;
mod plan_world;
mod world;
