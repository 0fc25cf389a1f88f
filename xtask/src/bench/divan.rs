//! Reading the tables that divan prints: a tree of names, with a row of figures at each leaf.

use std::collections::BTreeMap;

/// The figures of one benchmark.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    /// The run that was disturbed least, in nanoseconds: on a busy machine the only one that two
    /// benchmarks can be compared by.
    pub(crate) fastest: f64,
    /// The most heap held at once over all runs, in bytes, where the benchmark counts allocations.
    pub(crate) max_heap: Option<f64>,
}

/// Rows by path, such as `record/ours`; the root of the tree (the bench's own name) is left out.
pub(crate) fn read(text: &str) -> BTreeMap<String, Row> {
    let mut rows = BTreeMap::new();
    let mut path: Vec<String> = Vec::new();
    let mut alloc_line = None;
    for line in text.lines() {
        let (depth, is_entry, rest) = branch(line);
        if is_entry {
            alloc_line = None;
            let (name, figures) = rest.split_once("  ").unwrap_or((rest, ""));
            path.truncate(depth - 1);
            path.push(name.trim().to_owned());
            if let Some(fastest) = cells(figures).first().and_then(|cell| nanoseconds(cell)) {
                rows.insert(
                    path.join("/"),
                    Row {
                        fastest,
                        max_heap: None,
                    },
                );
            }
            continue;
        }
        // Below a row: "max alloc:", then a line of counts, then one of sizes.
        let cells = cells(rest);
        alloc_line = match (alloc_line, cells.first()) {
            (_, Some(&"max alloc:")) => Some(0),
            (Some(0), _) => Some(1),
            (Some(1), _) => {
                let most = cells
                    .iter()
                    .filter_map(|cell| bytes(cell))
                    .fold(0.0, f64::max);
                if let Some(row) = rows.get_mut(&path.join("/")) {
                    row.max_heap = Some(most);
                }
                None
            }
            (other, _) => other,
        };
    }
    rows
}

/// How deep a line stands in the tree, whether it is an entry, and what follows the branches.
fn branch(line: &str) -> (usize, bool, &str) {
    let (mut depth, mut rest) = (0, line);
    loop {
        if let Some(after) = rest
            .strip_prefix("├─ ")
            .or_else(|| rest.strip_prefix("╰─ "))
        {
            return (depth + 1, true, after);
        }
        match rest
            .strip_prefix("│  ")
            .or_else(|| rest.strip_prefix("   "))
        {
            Some(after) => (depth, rest) = (depth + 1, after),
            None => return (depth, false, rest),
        }
    }
}

fn cells(row: &str) -> Vec<&str> {
    row.split('│')
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

fn nanoseconds(cell: &str) -> Option<f64> {
    let (number, unit) = cell.split_once(' ')?;
    let scale = match unit {
        "ps" => 1e-3,
        "ns" => 1.0,
        "µs" | "us" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * scale)
}

fn bytes(cell: &str) -> Option<f64> {
    let (number, unit) = cell.split_once(' ')?;
    let scale = match unit {
        "B" => 1.0,
        "KB" => 1e3,
        "MB" => 1e6,
        "GB" => 1e9,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
Timer precision: 20 ns
protocol         fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ record                      │               │               │               │         │
│  ├─ mailrs     153.9 ns      │ 1.2 µs        │ 155 ns        │ 160 ns        │ 100     │ 6400
│  ╰─ ours       71.2 ns       │ 90 ns         │ 72 ns         │ 73 ns         │ 100     │ 6400
╰─ report                      │               │               │               │         │
   ├─ million    1.5 s         │ 1.6 s         │ 1.5 s         │ 1.5 s         │ 3       │ 3
   │             max alloc:    │               │               │               │         │
   │               12          │ 14            │ 12            │ 12.5          │         │
   │               1.2 MB      │ 1.5 MB        │ 1.2 MB        │ 1.3 MB        │         │
   │             alloc:        │               │               │               │         │
   │               99          │ 99            │ 99            │ 99            │         │
   │               900 MB      │ 900 MB        │ 900 MB        │ 900 MB        │         │
   ╰─ small      3.25 µs       │ 4 µs          │ 3.3 µs        │ 3.4 µs        │ 100     │ 100
";

    #[test]
    fn rows_are_found_by_path_with_time_and_heap() {
        let rows = read(TABLE);
        let names: Vec<&str> = rows.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "record/mailrs",
                "record/ours",
                "report/million",
                "report/small"
            ]
        );
        let close = |path: &str, want: f64| (rows[path].fastest / want - 1.0).abs() < 1e-9;
        assert!(close("record/mailrs", 153.9) && close("record/ours", 71.2));
        assert!(close("report/million", 1.5e9) && close("report/small", 3250.0));
        assert_eq!(rows["report/million"].max_heap, Some(1.5e6));
        assert_eq!(rows["report/small"].max_heap, None);
    }
}
