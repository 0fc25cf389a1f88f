//! What is found inside a report: `report.*` (RFC 8460 §4).

family! {
}
