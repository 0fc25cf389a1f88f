//! What a developer runs: set-up, tests, fuzzing, benchmarks.
fn main() {}
