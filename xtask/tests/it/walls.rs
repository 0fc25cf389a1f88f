//! The walls of the house (docs/architecture.md): which crate may depend on which.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

use crate::tree::root;

/// Arrows, read transitively: a crate may use whatever those it points to may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("names", &[]),
    ("findings", &["names"]),
    ("mta-sts", &["findings"]),
    ("tlsrpt", &["findings"]),
    ("decide", &["mta-sts", "tlsrpt"]),
    ("net", &["names"]),
    ("probe", &["decide", "net"]),
    ("lab", &["names", "tlsrpt"]),
    ("postseal", &["probe", "lab"]),
    ("xtask", &[]),
];

/// No I/O, so nothing that does it, however far down.
const PURE: &[&str] = &["names", "findings", "mta-sts", "tlsrpt", "decide"];
const DOES_IO: &[&str] = &[
    "tokio",
    "mio",
    "socket2",
    "hyper",
    "rustls",
    "domain",
    "async-std",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Normal,
    Dev,
}

fn allowed(from: &str) -> BTreeSet<&'static str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(next) = open.pop() {
        let arrows = ARROWS
            .iter()
            .find(|(name, _)| *name == next)
            .map_or(&[][..], |(_, to)| to);
        open.extend(
            arrows
                .iter()
                .filter(|to| reached.insert(**to))
                .map(|to| (*to).to_owned()),
        );
    }
    reached
}

/// Why this dependency is a hole in the wall, or nothing.
fn fault(from: &str, to: &str, kind: Kind) -> Option<String> {
    if !ARROWS.iter().any(|(name, _)| *name == from) {
        return Some(format!(
            "{from} stands in no arrow: give it its place in the house"
        ));
    }
    let fine = match (to, kind) {
        // The lab is what tests run against.
        ("lab", Kind::Dev) => true,
        ("lab", Kind::Normal) => from == "postseal",
        _ => allowed(from).contains(to),
    };
    (!fine).then(|| format!("{from} may not depend on {to}"))
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap()
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

#[test]
fn no_crate_depends_on_one_above_or_beside_it() {
    let metadata = metadata();
    let members: BTreeSet<&str> = list(&metadata, "workspace_members")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let packages: Vec<&Value> = list(&metadata, "packages")
        .iter()
        .filter(|package| members.contains(word(package, "id")))
        .collect();
    let ours: BTreeSet<&str> = packages
        .iter()
        .map(|package| word(package, "name"))
        .collect();
    assert!(
        ours.contains("decide"),
        "the metadata holds the workspace: {ours:?}"
    );
    let mut faults = Vec::new();
    for package in &packages {
        let from = word(package, "name");
        faults.extend(
            ARROWS
                .iter()
                .all(|(name, _)| *name != from)
                .then(|| fault(from, from, Kind::Normal))
                .flatten(),
        );
        for dependency in list(package, "dependencies") {
            let to = word(dependency, "name");
            let kind = if dependency["kind"] == "dev" {
                Kind::Dev
            } else {
                Kind::Normal
            };
            if ours.contains(to) {
                faults.extend(fault(from, to, kind));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn pure_crates_reach_nothing_that_does_io() {
    let metadata = metadata();
    let names: BTreeMap<&str, &str> = list(&metadata, "packages")
        .iter()
        .map(|package| (word(package, "id"), word(package, "name")))
        .collect();
    let nodes: BTreeMap<&str, &Value> = list(&metadata["resolve"], "nodes")
        .iter()
        .map(|node| (word(node, "id"), node))
        .collect();
    for pure in PURE {
        let start = *nodes.keys().find(|id| names[**id] == *pure).unwrap();
        let (mut open, mut seen) = (vec![(start, (*pure).to_owned())], BTreeSet::from([start]));
        while let Some((id, way)) = open.pop() {
            let name = names[id];
            assert!(
                !DOES_IO.contains(&name),
                "{pure} is pure and reaches {name}: {way}"
            );
            for dependency in list(nodes[id], "deps") {
                // A null kind is a normal dependency.
                let normal = list(dependency, "dep_kinds")
                    .iter()
                    .any(|kind| kind["kind"].is_null());
                let to = word(dependency, "pkg");
                if normal && seen.insert(to) {
                    open.push((to, format!("{way} -> {}", names[to])));
                }
            }
        }
    }
}

/// The rule itself, over dependencies that must not pass and such that must.
#[test]
fn the_rule_tells_holes_from_doors() {
    for (from, to) in [
        ("names", "findings"),
        ("decide", "net"),
        ("net", "decide"),
        ("probe", "lab"),
        ("lab", "net"),
        ("net", "postseal"),
        ("store", "decide"),
    ] {
        assert!(fault(from, to, Kind::Normal).is_some(), "{from} -> {to}");
    }
    assert!(
        fault("mta-sts", "decide", Kind::Dev).is_some(),
        "tests may not climb either"
    );
    for (from, to) in [
        ("decide", "names"),
        ("probe", "findings"),
        ("postseal", "lab"),
    ] {
        assert_eq!(fault(from, to, Kind::Normal), None);
    }
    assert_eq!(fault("net", "lab", Kind::Dev), None);
}
