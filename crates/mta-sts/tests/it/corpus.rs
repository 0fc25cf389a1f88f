use std::{fs, path::Path};

use mta_sts::{policy, record};

use crate::codes;

/// Each text of `testdata` beside what is to be said of it: `NAME.txt` and `NAME.expected`, the
/// latter two lines: whether there is a value, and the codes.
fn each(folder: &str, judge: impl Fn(&[u8]) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("testdata")
        .join(folder);
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "txt") {
            let expected = fs::read_to_string(path.with_extension("expected")).unwrap();
            assert_eq!(
                judge(&fs::read(&path).unwrap()),
                expected.trim_end(),
                "{}",
                path.display()
            );
            count += 1;
        }
    }
    assert!(count >= 8, "{count} texts");
}

#[test]
fn policies() {
    each("policy", |body| {
        let parsed = policy::parse(body);
        let verdict = if parsed.value.is_some() {
            "valid"
        } else {
            "invalid"
        };
        format!("{verdict}\n{}", codes(&parsed.findings))
            .trim_end()
            .to_owned()
    });
}

#[test]
fn records() {
    each("record", |text| {
        let parsed = record::parse(text);
        let verdict = if parsed.value.is_some() {
            "valid"
        } else {
            "invalid"
        };
        format!("{verdict}\n{}", codes(&parsed.findings))
            .trim_end()
            .to_owned()
    });
}
