//! The files of the checkout, as git sees them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

/// Every file that is tracked or would be, relative to the checkout.
pub(crate) fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files of the checkout");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut files: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter(|file| root().join(file).is_file())
        .map(str::to_owned)
        .collect();
    files.sort();
    files.dedup();
    assert!(
        files.iter().any(|file| file == "Cargo.toml"),
        "the list holds the workspace"
    );
    files
}

/// A file's text; what is no UTF-8 (test data) is read as far as it goes.
pub(crate) fn text(file: &str) -> String {
    String::from_utf8_lossy(&fs::read(root().join(file)).unwrap()).into_owned()
}

/// Whether the file is Rust.
pub(crate) fn is_rust(file: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

/// A Rust file without the unit tests at its foot, and these.
pub(crate) fn split_tests(text: &str) -> (&str, &str) {
    match text.find("\n#[cfg(test)]\nmod ") {
        Some(at) => text.split_at(at + 1),
        None => (text, ""),
    }
}
