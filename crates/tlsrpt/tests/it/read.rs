use std::{
    fs,
    path::{Path, PathBuf},
};

fn files(dir: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(dir) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, out)
        } else {
            out.push(path)
        }
    }
}

#[test]
fn fixtures() {
    let mut list = Vec::new();
    files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/tlsrpt-reports"),
        &mut list,
    );
    for file in &list {
        let lint = tlsrpt::lint(&fs::read(file).unwrap());
        println!(
            "{} {} {:?}",
            file.display(),
            lint.reports.len(),
            lint.outcome
        );
        for f in &lint.findings {
            println!("   {} {} {:?}", f.code(), f.message(), f.bytes());
        }
    }
}
