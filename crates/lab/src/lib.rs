//! A mail internet on loopback: signed DNS, a validating resolver, a CA, policy hosts and MX hosts with chosen faults
