//! Tests of the rules, through the public API.

mod assess_codes;
mod assess_judgement;
mod dane;
mod judge;
mod oracle;
mod plan;
mod plan_random;
mod plan_reasons;
mod plan_world;
mod world;
